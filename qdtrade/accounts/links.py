"""One-time links: how a secret looks, whose it is, and under which address it is handed over.

Their clock is the real one (DECISIONS 7).
"""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from .models import SignInLink


def new_secret() -> str:
    """A new secret: 256 bits that nobody guesses, so a hash without salt hides it."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_of(secret: str) -> SignInLink | None:
    """The link with this secret that still works, its person with it."""
    digest = digest_of(secret)
    found = SignInLink.objects.valid_at(timezone.now()).select_related("user").filter(digest=digest).first()
    return found if found is not None and hmac.compare_digest(found.digest, digest) else None


def address(secret: str, base: str = "") -> str:
    """The whole address of a link, below `base` or below the first origin or host that the program answers to."""
    return (base or _base()).rstrip("/") + reverse("link", args=[secret])


def _base() -> str:
    if settings.CSRF_TRUSTED_ORIGINS:
        return str(settings.CSRF_TRUSTED_ORIGINS[0])
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "")
    return f"{'https' if settings.HTTPS else 'http'}://{host}" if host else ""
