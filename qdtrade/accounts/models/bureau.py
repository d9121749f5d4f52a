"""The tree of bureaus of a region."""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.audit.models import SYSTEM
from qdtrade.pinyin import sounds_of
from qdtrade.sought import Word


class BureauQuerySet(models.QuerySet["Bureau"]):
    """Reads of the tree."""

    def visible_to(self, user: Any) -> Self:
        """Members see all bureaus of their programmes' regions: everything is led or supported by one of them. The
        server's administrator keeps those of every region.
        """
        if not getattr(user, "is_active", False):
            return self.none()
        if user.is_superuser:
            return self.all()
        regions = user.memberships.on(clock.today()).values("programme__region")
        return self.filter(models.Q(pk__in=regions) | models.Q(region__in=regions))

    def of_region(self, region_id: int) -> Self:
        """A region and everything in it."""
        return self.filter(models.Q(pk=region_id) | models.Q(region=region_id))

    def below(self, paths: list[str]) -> Self:
        """The bureaus at these paths and everything below them."""
        if not paths:
            return self.none()
        inside = models.Q()
        for path in paths:
            inside |= models.Q(path__startswith=path)
        return self.filter(inside)

    def for_new_work(self, day: datetime.date) -> Self:
        """Those that something new may be given to on this day: a merged bureau keeps what it had."""
        return self.exclude(merged_on__lte=day)

    def sought(self, asked: Iterable[Word]) -> Self:
        """Those whose code, name or other name holds each word, or sounds like it."""
        found = self
        for word in asked:
            aliases = BureauAlias.objects.filter(word.within("name") | word.sounds())
            named = word.within("code", "name", "short_name") | word.sounds()
            found = found.filter(named | models.Q(pk__in=aliases.values("bureau")))
        return found

    def in_order(self) -> Self:
        return self.order_by("position", "code", "pk")


class Bureau(models.Model):
    """An office that can owe something: a region at the root, its bureaus, districts and zones, and their offices.

    A bureau that was merged into another one stays, for what it owed and answered stays its own; from `merged_on` on
    its names mean the other one, and nothing new is given to it.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        BUREAU = "bureau", _("bureau")
        OFFICE = "office", _("pilot office")
        DISTRICT = "district", _("district")
        ZONE = "zone", _("zone")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BUREAU)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=40)
    position = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=200, editable=False, db_index=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    merged_on = models.DateField(_("merged on"), null=True, blank=True)
    pinyin = models.TextField(default="", blank=True, editable=False)
    initials = models.TextField(default="", blank=True, editable=False)

    objects = BureauQuerySet.as_manager()
    recorded = (
        "parent", "region", "kind", "code", "name", "short_name", "position", "merged_into", "merged_on",
    )  # fmt: skip
    derived = sounds_of("name", "short_name")
    derived_from = ("name", "short_name")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="bureau_code"),
            models.UniqueConstraint(fields=["region", "name"], name="bureau_name"),
            models.CheckConstraint(
                condition=models.Q(kind="region", parent__isnull=True, region__isnull=True)
                | (~models.Q(kind="region") & models.Q(parent__isnull=False, region__isnull=False)),
                name="bureau_root_is_region",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True, merged_on__isnull=True)
                | models.Q(merged_into__isnull=False, merged_on__isnull=False),
                name="bureau_merged_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="bureau_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        """A bureau stands below a bureau of the same region, never below itself."""
        if self.parent is None:
            return
        if self.pk and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("A bureau cannot stand below itself.")})
        if self.region_id != self.parent.root_id:
            raise ValidationError({"parent": _("The bureau above belongs to another region.")})

    def is_merged_on(self, day: datetime.date) -> bool:
        """Whether the bureau was merged into another one by this day."""
        return self.merged_on is not None and self.merged_on <= day

    @property
    def root_id(self) -> int:
        """The id of the region this bureau belongs to; a region belongs to itself."""
        return self.region_id or self.pk

    def trail_scope(self) -> int:
        return SYSTEM

    def trail_root(self) -> tuple[str, int]:
        return "bureau", self.pk


class BureauAlias(models.Model):
    """Another name under which a bureau stands in files; unique in its region, the names of bureaus included that have
    not been merged into others."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="aliases")
    region = models.ForeignKey(Bureau, models.PROTECT, related_name="+")
    name = models.CharField(_("alias"), max_length=100)
    pinyin = models.TextField(default="", blank=True, editable=False)
    initials = models.TextField(default="", blank=True, editable=False)

    recorded = ("bureau", "region", "name")
    derived = sounds_of("name")
    derived_from = ("name",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="bureau_alias")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if (
            Bureau.objects.filter(region_id=self.region_id, name=self.name, merged_into=None)
            .exclude(pk=self.bureau_id)
            .exists()
        ):
            raise ValidationError({"name": _("Another bureau has this name.")})

    def trail_scope(self) -> int:
        return SYSTEM

    def trail_root(self) -> tuple[str, int]:
        return "bureau", self.bureau_id
