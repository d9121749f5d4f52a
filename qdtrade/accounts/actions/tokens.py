"""Making and revoking personal tokens: on the system chain, never with the secret."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import WrongState

from .. import rules
from ..models import Token, User
from ..tokens import SHOWN, digest_of, new_secret

USE_NOTED_EVERY = datetime.timedelta(minutes=1)


def make_token(user: User, *, by: Any, name: str, writes: bool, days: int) -> tuple[Token, str]:
    """A new token of the person who asks, and its secret, which is kept nowhere and can never be shown again.

    Raises NotAllowed for somebody else's, and ValidationError with the names of `name` or `days`.
    """
    rules.makes_tokens(user, by)
    if not 1 <= days <= settings.TOKEN_DAYS:
        raise ValidationError({"days": _("From 1 to %(most)d days.") % {"most": settings.TOKEN_DAYS}})
    secret, now = new_secret(), timezone.now()
    token = Token(
        user=user,
        name=keepable(name),
        prefix=secret[:SHOWN],
        digest=digest_of(secret),
        writes=writes,
        made_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    with trail.unit():
        trail.lock(user)
        if user.tokens.filter(name=token.name, revoked_at=None).exists():
            raise ValidationError({"name": _("You have a token of this name already.")})
        return trail.create(token, by=by), secret


def revoke_token(token: Token, *, by: Any) -> Token:
    """End a token for good, at once; raises WrongState where that was done before."""
    rules.revokes_tokens(token.user, by)
    with trail.unit():
        if trail.lock(token).revoked_at is not None:
            raise WrongState(_("This token has been revoked already."))
        return _revoke(token, by)


def revoke_all(user: User, *, by: Any) -> int:
    """End every token of a person, because the account closes or a secret may have leaked; returns how many."""
    rules.revokes_tokens(user, by)
    with trail.unit():
        tokens = list(user.tokens.filter(revoked_at=None).order_by("pk"))
        for token in tokens:
            _revoke(token, by)
    return len(tokens)


def _revoke(token: Token, by: Any) -> Token:
    return trail.change(token, {"revoked_at": timezone.now()}, by=by, action="revoke")


def note_use(token: Token) -> None:
    """Remember when a token was used last, to the minute; not recorded (DECISIONS 14)."""
    now = timezone.now()
    if token.last_used_at is not None and now - token.last_used_at < USE_NOTED_EVERY:
        return
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED_EVERY)
    Token.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)
