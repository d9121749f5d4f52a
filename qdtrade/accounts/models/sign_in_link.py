"""One-time links by which a new person, or one who lost the password, signs in and sets a password."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade.audit.models import SYSTEM


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    """Reads of links. Their clock is the real one (DECISIONS 7)."""

    def valid_at(self, moment: datetime.datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=moment, user__is_active=True)


class SignInLink(models.Model):
    """A link that works once, until it expires. Only the SHA-256 of its secret is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()
    recorded = ("user", "made_at", "made_by", "expires_at", "used_at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="sign_in_link_expires_later"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    def trail_scope(self) -> int:
        return SYSTEM

    def trail_root(self) -> tuple[str, int]:
        return "user", self.user_id
