"""What a programme's rates divide by what: rules that are data, kept version by version."""

import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme


class Measure(models.TextChoices):
    """What can be counted of a cohort, by number of projects and by amount."""

    SIGNED = "signed", pgettext_lazy("measure", "signed")
    PERFORMING = "performing", pgettext_lazy("measure", "performing")
    FRAMEWORK = "framework", pgettext_lazy("measure", "framework agreement")
    CONTRACT = "contract", pgettext_lazy("measure", "formal contract")
    REGISTERED = "registered", pgettext_lazy("measure", "registered")
    STARTED = "started", pgettext_lazy("measure", "started")
    PRODUCING = "producing", pgettext_lazy("measure", "producing")
    FULL = "full", pgettext_lazy("measure", "at full output")
    IN = "in", pgettext_lazy("measure", "money in")
    PAID = "paid", pgettext_lazy("measure", "money paid")
    INVESTED = "invested", pgettext_lazy("measure", "investment completed")
    INFLOW = "inflow", pgettext_lazy("measure", "contracted inflow")
    TERMINATED = "terminated", pgettext_lazy("measure", "terminated")
    REMOVED = "removed", pgettext_lazy("measure", "removed")


STEPS = (
    Measure.FRAMEWORK, Measure.CONTRACT, Measure.REGISTERED, Measure.STARTED, Measure.PRODUCING, Measure.FULL,
)  # fmt: skip
MONEY = (Measure.IN, Measure.PAID, Measure.INVESTED)


class Exclusion(models.TextChoices):
    """What a rate leaves out of its cohort, and so out of numerator and denominator alike."""

    UNCOUNTABLE = "uncountable", _("projects that do not count in the figures")
    SERVICE = "service", _("service trade")
    INDUSTRIAL = "industrial", _("industrial investment")


def usual_exclusions() -> list[str]:
    """What does not count is in no rate."""
    return [Exclusion.UNCOUNTABLE.value]


class RateQuerySet(models.QuerySet["Rate"]):
    """Reads of rates."""

    def visible_to(self, user: Any) -> Self:
        """Members see all rates of their programmes, older versions among them."""
        return self.filter(programme__in=held.programme_ids(user))

    def in_force(self, day: datetime.date) -> Self:
        """The version of each rate that holds on a day: the last that had begun, or the first where none had."""
        begun = Q(valid_from__lte=day)
        later = Rate.objects.filter(begun, programme=OuterRef("programme"), code=OuterRef("code"))
        later = later.filter(version__gt=OuterRef("version"))
        return self.filter(begun | Q(version=1)).exclude(Exists(later))

    def in_order(self) -> Self:
        return self.order_by("programme", "number", "code", "-version", "pk")


class Rate(models.Model):
    """One version of a rate: what it divides by what, in which cohort, up to which day, and what it leaves out.

    A row is never changed. A new version is a new row, so that every figure can be computed again as it was quoted.
    """

    class By(models.TextChoices):
        BOTH = "both", _("by count and by amount")
        AMOUNT = "amount", _("by amount alone")

    class Cohort(models.TextChoices):
        SIGNED = "signed", _("all signed by the day")
        YEAR = "year", _("signed in the calendar year of the day")

    class CutOff(models.TextChoices):
        FACT = "fact", _("by the day of the fact")
        CONFIRMED = "confirmed", _("by the day of the confirmation")

    class Less(models.TextChoices):
        ELAPSED = "elapsed", _("elapsed share")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rates")
    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    number = models.PositiveSmallIntegerField(_("place in the list"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    numerator = models.CharField(_("numerator"), max_length=12, choices=Measure)
    denominator = models.CharField(_("denominator"), max_length=12, choices=Measure, default=Measure.SIGNED)
    less = models.CharField(
        _("of which is taken off"),
        max_length=8,
        choices=Less,
        blank=True,
        help_text=_("The rate is then a difference, in points."),
    )
    by = models.CharField(_("counted"), max_length=6, choices=By, default=By.BOTH)
    cohort = models.CharField(_("cohort"), max_length=8, choices=Cohort, default=Cohort.SIGNED)
    cut_off = models.CharField(_("cut-off"), max_length=10, choices=CutOff, default=CutOff.FACT)
    exclusions = models.JSONField(_("leaves out"), default=usual_exclusions, blank=True)
    at_foot = models.BooleanField(_("at the foot of lists"), default=False)
    valid_from = models.DateField(_("valid from"))
    reason = models.CharField(_("why this version"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = RateQuerySet.as_manager()
    rule_fields = (
        "number", "name", "name_en", "numerator", "denominator", "less", "by", "cohort", "cut_off", "exclusions",
        "at_foot", "valid_from",
    )  # fmt: skip
    recorded = ("programme", "code", "version", *rule_fields, "reason", "made_at", "made_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code", "version"], name="rate_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="rate_version_from_one"),
            models.CheckConstraint(
                condition=~Q(numerator=models.F("denominator")), name="rate_divides_another"
            ),
            models.CheckConstraint(
                condition=Q(less="") | Q(by="amount", denominator="signed"), name="rate_difference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    @property
    def display_name(self) -> str:
        """In the reader's language where the rate has a name in it."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def is_of_money(self) -> bool:
        """Whether it counts dated sums, and not how many projects came how far."""
        return self.numerator in MONEY

    def clean(self) -> None:
        """What must hold between its fields."""
        faults: dict[str, Any] = {}
        if self.numerator and self.numerator == self.denominator:
            faults["denominator"] = _("A rate divides by something else than itself.")
        if self.less and self.by != self.By.AMOUNT:
            faults["by"] = _("An elapsed share is taken off amounts alone.")
        if self.less and self.denominator != Measure.SIGNED:
            faults["denominator"] = _("An elapsed share is that of all that was signed.")
        if not isinstance(self.exclusions, list) or set(self.exclusions) - set(Exclusion.values):
            faults["exclusions"] = _("Choose among what can be left out.")
        elif {Exclusion.SERVICE, Exclusion.INDUSTRIAL} <= set(self.exclusions):
            faults["exclusions"] = _("Without either kind nothing is left.")
        if faults:
            raise ValidationError(faults)

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "rate", self.pk
