"""Making and changing people and bureaus: on the system chain."""

import datetime
from typing import Any

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.audit.models import SYSTEM, Chain

from ..models import Bureau, BureauAlias, User

SERVICE = "service"
"""The account under which commands act when no person does."""


def ensure_system() -> User:
    """The system chain and the service user; made on first use, safe to run again."""
    Chain.objects.get_or_create(scope=SYSTEM, defaults={"code": "system"})
    found = User.objects.filter(username=SERVICE).first()
    if found is not None:
        return found
    service = User(username=SERVICE, name="系统", is_service=True, date_joined=clock.now())
    service.set_unusable_password()
    with trail.unit():
        return trail.create(service, by=service)


def service_user(door: str = "command") -> User:
    """The service user, acting through this door."""
    service = ensure_system()
    service.door = door
    return service


def create_user(username: str, *, by: Any, name: str, password: str | None = None, **fields: Any) -> User:
    """A new person; without a password nobody can sign in to it. Raises ValidationError with the fields' names."""
    user = User(username=username, name=name, date_joined=clock.now(), **fields)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    with trail.unit():
        return trail.create(user, by=by)


def create_bureau(code: str, *, by: Any, name: str, short_name: str = "", parent: Bureau | None = None,
                  kind: str = Bureau.Kind.BUREAU, aliases: tuple[str, ...] = (), position: int = 0,
                  acting: trail.Acting | None = None) -> Bureau:  # fmt: skip
    """A new bureau below `parent`, or a region without one; its aliases with it."""
    bureau = Bureau(
        code=code,
        name=name,
        short_name=short_name or name,
        parent=parent,
        region_id=parent.root_id if parent else None,
        kind=kind if parent else Bureau.Kind.REGION,
        position=position,
    )
    with trail.unit():
        trail.create(bureau, by=by, acting=acting)
        bureau.path = f"{parent.path if parent else '/'}{bureau.pk}/"
        bureau.save(update_fields=["path"])
        for alias in aliases:
            add_alias(bureau, alias, by=by, acting=acting)
    return bureau


def add_alias(bureau: Bureau, name: str, *, by: Any, acting: trail.Acting | None = None) -> BureauAlias:
    """Another name for a bureau; raises ValidationError where the region has it already."""
    with trail.unit():
        return trail.create(
            BureauAlias(bureau=bureau, region_id=bureau.root_id, name=name), by=by, acting=acting
        )


def sign_in_noted(user: User, *, before: datetime.datetime | None) -> None:
    """Record a sign-in and remember the one before it, by the domain's clock.

    `before` was read ahead of Django's own sign-in, which writes the real time over it.
    """
    with trail.unit() as unit:
        fresh = trail.lock(user)
        fresh.previous_login, fresh.last_login = before, unit.began
        fresh.save(update_fields=["previous_login", "last_login"])
        trail.record(fresh, "sign_in", by=user)


def sign_out_noted(user: User) -> None:
    """Record that the person left."""
    with trail.unit():
        trail.record(trail.lock(user), "sign_out", by=user)


def set_language(user: User, language: str) -> None:
    """Remember the person's language; a preference, not recorded."""
    User.objects.filter(pk=user.pk).update(language=language)


def set_mails(user: User, mails: str) -> None:
    """Remember which mails the person wants; a preference, not recorded."""
    User.objects.filter(pk=user.pk).update(mails=mails)


def set_current_programme(user: User, code: str) -> None:
    """Remember which programme the person works in; a preference, not recorded."""
    User.objects.filter(pk=user.pk).update(current_programme=code)
