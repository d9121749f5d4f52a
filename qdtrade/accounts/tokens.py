"""Personal tokens as programs send them: how a secret looks, and whose it is.

Their clock is the real one (DECISIONS 7): the demo's day moves no expiry.
"""

import hashlib
import secrets
import string

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Token

MARK = "qdt_"
"""What every secret begins with, so that people and scanners of leaked secrets know one when they see it."""

LENGTH = 40
SHOWN = 8
"""How much of a secret stays to be seen in the list: its mark and four characters of 40."""

LETTERS = string.ascii_letters + string.digits


def new_secret() -> str:
    """A new secret: 238 bits that nobody guesses, so a hash without salt hides it."""
    return MARK + "".join(secrets.choice(LETTERS) for _number in range(LENGTH))


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> Token | None:
    """The token with this secret, its person with it, whether or not it still works."""
    return Token.objects.select_related("user").filter(digest=digest_of(secret)).first()


def refusal(token: Token | None) -> str:
    """Why a token does not work, or an empty string. Whoever holds the secret may know."""
    if token is None:
        return _("This token is not known. Check that all of it was copied, or make a new one.")
    if token.revoked_at is not None:
        return _("This token has been revoked. Make a new one.")
    if token.expires_at <= timezone.now():
        return _("This token has expired. Make a new one.")
    if not token.user.is_active:
        return _("This account has been closed. Ask the system administrator.")
    if token.user.must_change_password:
        return _("First sign in on the page and set a new password; then this token works again.")
    return ""
