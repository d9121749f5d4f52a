"""The practice case that a recognised breakthrough is passed on as."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .breakthrough import Breakthrough


class PracticeCaseQuerySet(models.QuerySet["PracticeCase"]):
    """Reads of practice cases."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(breakthrough__in=Breakthrough.objects.visible_to(user).values("pk"))


class PracticeCase(models.Model):
    """A case 创新案例 as others are to read it: by the pilot office; it outlives a revocation."""

    texts = ("title", "background", "practice", "effect", "replicable")

    breakthrough = models.OneToOneField(Breakthrough, models.PROTECT, related_name="case")
    title = models.CharField(pgettext_lazy("practice case", "title"), max_length=80)
    background = models.TextField(_("background"), max_length=2000)
    practice = models.TextField(pgettext_lazy("practice case", "what was done"), max_length=4000)
    effect = models.TextField(_("effect"), max_length=2000)
    replicable = models.TextField(_("where it can be copied, and what it takes"), max_length=2000)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = PracticeCaseQuerySet.as_manager()
    recorded = ("breakthrough", *texts, "written_at", "written_by")

    def __str__(self) -> str:
        return self.title

    def trail_scope(self) -> int:
        return self.breakthrough.programme_id

    def trail_root(self) -> tuple[str, int]:
        return self.breakthrough.trail_root()
