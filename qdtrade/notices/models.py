"""A person's inbox."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of the inbox."""

    def visible_to(self, user: Any) -> Self:
        """A notice is its recipient's alone."""
        return self.filter(to=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing a person is told: code and parameters, so that it reads in the reader's language (DECISIONS 13).

    `kind` and `move` name what happened to which object; `params` holds the object's label, who did it and why.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    scope = models.BigIntegerField(_("programme"), default=0)
    kind = models.CharField(max_length=40)
    move = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    params = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["to", "read_at", "-created_at"], name="notice_inbox")]

    def __str__(self) -> str:
        return f"{self.move} {self.params.get('label', '')}"
