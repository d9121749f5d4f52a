"""Personal tokens, by which a program acts as a person."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade.audit.models import SYSTEM


class TokenQuerySet(models.QuerySet["Token"]):
    """Reads of tokens. Their clock is the real one (DECISIONS 7)."""

    def visible_to(self, user: Any) -> Self:
        """A person's own."""
        return self.filter(user=user.pk) if getattr(user, "is_active", False) else self.none()

    def valid_at(self, moment: datetime.datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=moment, user__is_active=True)

    def in_order(self) -> Self:
        return self.order_by("-made_at", "-pk")


class Token(models.Model):
    """A named token of a person. The secret is shown once; only its SHA-256 is kept, which needs no salt: it is long
    and random. `writes` lets it change things; without it, it only reads.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    writes = models.BooleanField(_("may write"), default=False)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = TokenQuerySet.as_manager()
    recorded = ("user", "name", "prefix", "writes", "made_at", "expires_at", "revoked_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                condition=models.Q(revoked_at__isnull=True),
                name="token_name",
                violation_error_message=_("You have a token of this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="token_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state_at(self, moment: datetime.datetime) -> str:
        """Whether it works: live, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= moment else "live"

    def trail_scope(self) -> int:
        return SYSTEM

    def trail_root(self) -> tuple[str, int]:
        return "user", self.user_id
