"""Letting people in, and keeping them out: on the system chain, never with a secret, an address or a password."""

import datetime
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import WrongState

from .. import links, locks, rules
from ..models import Session, SignInLink, User
from .people import service_user


def try_password(username: str, password: str, *, request: HttpRequest, door: str) -> User | None:
    """The person with this account and password, or None; raises Locked after too many failures.

    A failure is recorded for an account that there is; unknown names are not kept, they may be passwords.
    """
    locks.refuse_locked(username)
    person = authenticate(locks.bare(request), username=username, password=password)
    if isinstance(person, User):
        return person
    _note_failure(username, door)
    locks.refuse_locked(username)
    return None


def _note_failure(username: str, door: str) -> None:
    person = User.objects.filter(username=username).first()
    if person is None:
        return
    service = service_user(door)
    with trail.unit():
        fresh = trail.lock(person)
        trail.record(fresh, "sign_in_failed", by=service)
        if locks.locked([username]):
            trail.record(fresh, "lock", by=service)


def unlock(user: User, *, by: Any) -> None:
    """Let the person try again before the lock ends; raises WrongState where there is none."""
    by.forget()
    rules.unlocks(user, by)
    with trail.unit():
        fresh = trail.lock(user)
        if not locks.locked([fresh.username]):
            raise WrongState(_("%(person)s is not locked.") % {"person": fresh})
        _forget_failures(fresh)
        trail.record(fresh, "unlock", by=by, acting=rules.capacity(user, by))


def make_link(user: User, *, by: Any) -> str:
    """A link by which the person sets a password and is signed in, once; returns its secret, which is kept nowhere.

    Older links that nobody used end. Raises NotAllowed, and WrongState for a closed account.
    """
    by.forget()
    rules.looks_after(user, by)
    acting, secret = rules.capacity(user, by), links.new_secret()
    with trail.unit():
        fresh, now = trail.lock(user), timezone.now()
        if not fresh.is_active:
            raise WrongState(_("The account of %(person)s is closed. Open it first.") % {"person": fresh})
        _end_links(fresh, by, acting)
        link = SignInLink(
            user=fresh,
            digest=links.digest_of(secret),
            made_at=now,
            made_by_id=by.pk,
            expires_at=now + datetime.timedelta(hours=settings.SIGN_IN_LINK_HOURS),
        )
        trail.create(link, by=by, acting=acting, action="make_link")
    return secret


def use_link(secret: str, password: str) -> User:
    """Set the person's own password by a link, which ends with it, as every session and every lock does.

    Raises WrongState for a link that was used, has ended or never was.
    """
    link = links.link_of(secret)
    if link is None:
        raise WrongState(_("This link no longer works. Ask for a new one."))
    user = link.user
    user.door = "page"
    with trail.unit():
        fresh = trail.lock(user)
        if links.link_of(secret) is None:
            raise WrongState(_("This link no longer works. Ask for a new one."))
        trail.change(link, {"used_at": timezone.now()}, by=user, action="use_link")
        _end_links(fresh, user, None)
        _set_password(fresh, password, by=user, is_first=False)
        _forget_failures(fresh)
        fresh.sessions.all().delete()
    return fresh


def change_password(user: User, password: str, *, by: Any, keep: str = "") -> User:
    """A new password; every session but `keep` (its key) ends, and so does every link.

    The record says that it changed, never what it is. One that somebody else set must be changed at the next sign-in.
    """
    if user.is_service:
        raise ValidationError(_("A service account has no password."))
    if by.pk != user.pk:
        rules.runs_accounts(by)
    with trail.unit():
        fresh = trail.lock(user)
        _end_links(fresh, by, None)
        _set_password(fresh, password, by=by, is_first=by.pk != user.pk)
        fresh.sessions.exclude(pk=keep).delete()
    return fresh


def end_sessions(user: User, *, by: Any, keep: str = "") -> int:
    """Sign the person out everywhere but in the session `keep` (its key); returns how many sessions ended."""
    by.forget()
    rules.ends_sessions(user, by)
    with trail.unit():
        fresh = trail.lock(user)
        count: int = fresh.sessions.exclude(pk=keep).delete()[0]
        acting = rules.capacity(user, by) if by.pk != user.pk else None
        trail.record(fresh, "end_sessions", by=by, acting=acting)
    return count


def end_session(session: Session, *, by: Any) -> None:
    """Sign a person out of one of their sessions."""
    user = session.user
    if user is None:
        raise WrongState(_("Nobody is signed in there."))
    rules.ends_sessions(user, by)
    with trail.unit():
        fresh = trail.lock(user)
        fresh.sessions.filter(pk=session.pk).delete()
        trail.record(fresh, "end_session", by=by)


def close_account(user: User, *, by: Any, comment: str = "") -> User:
    """Nobody signs in to the account any more: its sessions, links and tokens end. What it did stays recorded."""
    by.forget()
    rules.looks_after(user, by)
    acting, now = rules.capacity(user, by), timezone.now()
    with trail.unit():
        fresh = trail.lock(user)
        if not fresh.is_active:
            raise WrongState(_("The account of %(person)s is closed already.") % {"person": fresh})
        _end_links(fresh, by, acting)
        for token in fresh.tokens.filter(revoked_at=None).order_by("pk"):
            trail.change(token, {"revoked_at": now}, by=by, acting=acting, action="revoke")
        fresh.sessions.all().delete()
        closed = {"is_active": False}
        return trail.change(fresh, closed, by=by, acting=acting, action="close_account", comment=comment)


def open_account(user: User, *, by: Any) -> User:
    """The person may sign in again, with the password they had or by a link."""
    by.forget()
    rules.looks_after(user, by)
    with trail.unit():
        if trail.lock(user).is_active:
            raise WrongState(_("The account of %(person)s is open already.") % {"person": user})
        acting = rules.capacity(user, by)
        return trail.change(user, {"is_active": True}, by=by, acting=acting, action="open_account")


def change_contact(user: User, *, by: Any, email: str, phone: str) -> User:
    """Another mail address and telephone number; the record says that they changed, never to what."""
    rules.keeps_contact(user, by)
    with trail.unit():
        fresh = trail.lock(user)
        if (fresh.email, fresh.phone) == (email, phone):
            return fresh
        fresh.email, fresh.phone = email, phone
        fresh.full_clean(exclude={field.name for field in fresh._meta.fields} - {"email", "phone"})
        fresh.save(update_fields=["email", "phone"])
        acting = rules.capacity(user, by) if by.pk != user.pk else None
        trail.record(fresh, "edit_contact", by=by, acting=acting)
    return fresh


def _set_password(user: User, password: str, *, by: Any, is_first: bool) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    changes = trail.apply(user, {"must_change_password": is_first})
    trail.record(user, "change_password", by=by, changes=changes)


def _end_links(user: User, by: Any, acting: Any) -> None:
    """End the links that nobody used."""
    now = timezone.now()
    for link in user.sign_in_links.valid_at(now).order_by("pk"):
        ends = max(now, link.made_at + datetime.timedelta(microseconds=1))
        trail.change(link, {"expires_at": ends}, by=by, acting=acting, action="end_link")


def _forget_failures(user: User) -> None:
    reset(username=locks.digest_of(user.username))
