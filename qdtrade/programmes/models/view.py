"""Views of lists that people keep: which rows, in which order, in which columns."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import held
from .programme import Programme

LONGEST_QUERY = 2000


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Reads of kept views."""

    def visible_to(self, user: Any) -> Self:
        """A person's own, and those that members of their programmes share."""
        if not getattr(user, "is_active", False):
            return self.none()
        mine = self.filter(programme__in=held.programme_ids(user))
        return mine.filter(Q(owner=user.pk) | Q(is_shared=True))

    def of_list(self, programme: Programme, listed: str) -> Self:
        return self.filter(programme=programme, listed=listed)

    def in_order(self) -> Self:
        return self.order_by("listed", "name", "pk")


class SavedView(models.Model):
    """The address of a list under a name. It holds no rows: whoever opens it sees their own."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="views")
    listed = models.CharField(_("list"), max_length=30)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True)
    is_shared = models.BooleanField(_("shared with the programme"), default=False)

    objects = SavedViewQuerySet.as_manager()
    recorded = ("programme", "owner", "listed", "name", "query", "is_shared")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "listed", "owner", "name"], name="view_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "savedview", self.pk


class DefaultView(models.Model):
    """The view in which a person's list opens; a preference, and nobody else's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    listed = models.CharField(max_length=30)
    view = models.ForeignKey(SavedView, models.PROTECT, related_name="defaults")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "programme", "listed"], name="view_default"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.listed}"
