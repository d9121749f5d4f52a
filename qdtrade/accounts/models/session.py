"""Sessions that know whose they are, so that a person can see and end them: a documented extension of Django's own."""

import datetime
import hashlib
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SessionQuerySet(models.QuerySet["Session"]):
    """Reads of sessions. Their clock is the real one (DECISIONS 7)."""

    def visible_to(self, user: Any) -> Self:
        """A person's own."""
        return self.filter(user=user.pk) if getattr(user, "is_active", False) else self.none()

    def valid_at(self, moment: datetime.datetime) -> Self:
        """Neither idle for too long nor too old."""
        began = models.Q(started_at=None) | models.Q(started_at__gt=moment - longest())
        return self.filter(began, expire_date__gt=moment)

    def in_order(self) -> Self:
        return self.order_by("-seen_at", "-expire_date", "pk")


def longest() -> datetime.timedelta:
    """How long a session lasts, however busy."""
    return datetime.timedelta(hours=settings.SESSION_HOURS)


class Session(AbstractBaseSession):
    """A session with its person, where it came from and when it was last used; not recorded (DECISIONS 14)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    started_at = models.DateTimeField(_("signed in"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    agent = models.CharField(_("browser"), max_length=200, blank=True)

    objects: ClassVar = BaseSessionManager.from_queryset(SessionQuerySet)()

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at}"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        return SessionStore

    @property
    def handle(self) -> str:
        """What names the session on a page: its key would let whoever reads it in."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:24]

    def is_too_old(self) -> bool:
        """Whether it has lasted as long as a session may."""
        return self.started_at is not None and self.started_at <= timezone.now() - longest()


class SessionStore(DatabaseStore):
    """Keeps with each session whose it is and when it was in use; settings.SESSION_ENGINE names this module."""

    seen_at: datetime.datetime | None = None
    """When the session was last noted as in use; None for one that this request has begun."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        if row is not None and row.is_too_old():
            self._session_key = None
            return None
        self.seen_at = row.seen_at if row is not None else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        user, presence = data.get("_auth_user_id"), data.get("presence", {})
        row.user_id, row.seen_at = int(user) if user else None, timezone.now()
        if presence:
            row.started_at = datetime.datetime.fromisoformat(presence["started_at"])
            row.address, row.agent = presence["address"], presence["agent"]
        return row
