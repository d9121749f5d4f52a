"""Who may change accounts and the ways people sign in. Memberships are asked for through the person alone."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import NotAllowed

from .models import Bureau, User
from .models.user import ADMINISTRATOR


def runs_accounts(user: Any) -> None:
    """The server's administrator, or the program's own service."""
    if not (user.is_superuser or user.is_service):
        raise NotAllowed(_("Only the administrator of the server may do this. Ask them."))


def makes_tokens(owner: User, user: Any) -> None:
    """Everybody for themselves alone: a token acts in its person's name."""
    if owner.pk != user.pk:
        raise NotAllowed(_("A token is made by the person in whose name it acts."))


def revokes_tokens(owner: User, user: Any) -> None:
    """Everybody their own, and whoever looks after the person."""
    if owner.pk != user.pk:
        looks_after(owner, user)


def keeps_people(user: Any) -> None:
    """An administrator of any programme, or the server's administrator."""
    if not (user.is_superuser or user.is_service or user.administers):
        raise NotAllowed(_("Only administrators see the accounts of people."))


def unlocks(person: User, user: Any) -> None:
    """An administrator of a programme that the person is or was in, or the server's administrator; never oneself."""
    _is_another(person, user)
    if not _shares_a_programme(person, user):
        raise NotAllowed(_("Only an administrator of the person's programme, or of the server, may do this."))


def looks_after(person: User, user: Any) -> None:
    """Who may unlock, unless the account could do more than the administrator answers for: a one-time link is the
    account itself. So only the server's administrator looks after those who run the server, and after those who also
    have a role in a programme that the administrator does not administer.
    """
    unlocks(person, user)
    if user.is_superuser or user.is_service:
        return
    if person.is_superuser or person.is_staff:
        raise NotAllowed(_("This account runs the server. Ask the server's administrator."))
    if _programmes_from_now_on(person) - user.administers:
        raise NotAllowed(
            _("This person has a role in another programme too. Ask the server's administrator.")
        )


def ends_sessions(person: User, user: Any) -> None:
    """Everybody their own, and whoever looks after the person."""
    if person.pk != user.pk:
        looks_after(person, user)


def keeps_contact(person: User, user: Any) -> None:
    """Everybody their own, and whoever looks after the person."""
    if person.pk != user.pk:
        looks_after(person, user)


def keeps_bureaus(region_id: int | None, user: Any) -> Any:
    """An administrator of a programme of the region, or the server's administrator, who alone makes regions; returns
    the membership that the person acts under, None for the server's administrator.
    """
    if user.is_superuser or user.is_service:
        return None
    held = user.memberships.on(clock.today()).filter(role=ADMINISTRATOR, programme__region=region_id)
    found = held.select_related("bureau", "deputy_of__user").order_by("pk").first() if region_id else None
    if found is None:
        raise NotAllowed(_("Only an administrator of a programme of this region may change its bureaus."))
    return found


def may_merge(bureau: Bureau, into: Bureau) -> None:
    """Raises ValidationError that says why this bureau cannot become a part of that one."""
    if bureau.parent_id is None:
        raise ValidationError({"into": _("A region is merged into nothing.")})
    if bureau.merged_into_id is not None:
        words = _("%(bureau)s was merged into %(into)s already.")
        raise ValidationError({"into": words % {"bureau": bureau, "into": bureau.merged_into}})
    if into.pk == bureau.pk or into.parent_id is None or into.region_id != bureau.region_id:
        raise ValidationError({"into": _("Choose another bureau of the same region.")})
    if into.merged_into_id is not None:
        words = _("%(into)s was merged itself, into %(other)s. Choose that one.")
        raise ValidationError({"into": words % {"into": into, "other": into.merged_into}})
    if into.path.startswith(bureau.path):
        words = _("%(into)s stands below %(bureau)s. Give it another place first.")
        raise ValidationError({"into": words % {"into": into, "bureau": bureau}})


def takes_new_work(bureau: Bureau, day: datetime.date) -> None:
    """Raises ValidationError for a bureau that was merged into another one by this day: that one takes what is new."""
    if bureau.is_merged_on(day):
        words = _("%(bureau)s was merged into %(into)s. Choose that one.")
        raise ValidationError(words % {"bureau": bureau, "into": bureau.merged_into})


def capacity(person: User, user: Any) -> Any:
    """The membership under which an administrator acts on this person; None for the server's administrator."""
    programmes = user.administers & {membership.programme_id for membership in person.memberships.all()}
    held = user.memberships.on(clock.today()).filter(role=ADMINISTRATOR, programme__in=programmes)
    return held.select_related("bureau", "deputy_of__user").order_by("pk").first()


def _is_another(person: User, user: Any) -> None:
    if person.is_service:
        raise NotAllowed(_("This is an account of the program itself; nobody signs in to it."))
    if person.pk == user.pk:
        raise NotAllowed(_("Nobody does this for their own account. Ask another administrator."))


def _shares_a_programme(person: User, user: Any) -> bool:
    if user.is_superuser or user.is_service:
        return True
    return any(membership.programme_id in user.administers for membership in person.memberships.all())


def _programmes_from_now_on(person: User) -> set[int]:
    """The programmes in which the person has a role today or will have one."""
    today = clock.today()
    rows = person.memberships.all()
    return {row.programme_id for row in rows if row.ends_on is None or row.ends_on >= today}
