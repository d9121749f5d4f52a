"""The filters of the lists of projects and what belongs to them, for page, API and export alike."""

import datetime
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.lights import filters as lights
from qdtrade.programmes.filters import (
    Filters,
    OfBureau,
    OfProgramme,
    Ordering,
    Rows,
    YesNo,
    bureaus,
    periods,
    searching,
    seek,
    text_filter,
)
from qdtrade.programmes.models import Timeliness
from tasks.models import Task

from . import lagging, sorting
from .models import (
    Currency,
    ExpectedUpdate,
    Gate,
    GateFile,
    MoneyEvent,
    MoneyKind,
    Partner,
    Project,
    Rate,
    Sector,
    SigningEvent,
)
from .rate_rows import Part

REVIEW_CLOCK = [("over", _("over time")), ("today", _("due today")), ("later", _("later"))]
"""How long a proposed gate may still wait for its decision."""


def projects(request: Any) -> QuerySet[Project]:
    return Project.objects.visible_to(request.user)


def sectors(request: Any) -> QuerySet[Sector]:
    return Sector.objects.visible_to(request.user).in_order()


def events(request: Any) -> QuerySet[SigningEvent]:
    return SigningEvent.objects.visible_to(request.user).in_order()


def partners(request: Any) -> QuerySet[Partner]:
    return Partner.objects.visible_to(request.user)


def tasks(request: Any) -> QuerySet[Task]:
    return Task.objects.visible_to(request.user)


def search_by_project(lookup: str) -> Any:
    """A search of rows by the project that they belong to."""

    def search(rows: Rows, name: str, text: str) -> Rows:
        return rows.filter(**{f"{lookup}__in": Project.matching(text)}) if text.strip() else rows

    return search


def by_sample(lookup: str) -> Any:
    """Rows of whose project anything is invented, or nothing."""

    def filter_samples(rows: Rows, name: str, wanted: bool) -> Rows:
        samples = {f"{lookup}__in": Project.sampled()}
        return rows.filter(**samples) if wanted else rows.exclude(**samples)

    return filter_samples


class SectorFilter(Filters):
    """Filters of the list of sectors."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("name"))
    ordering = Ordering(fields=("number", "name"))

    class Meta:
        model = Sector
        fields: tuple[str, ...] = ()


class SigningEventFilter(Filters):
    """Filters of the list of signing events."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("code", "fair", "occasion", "place"))
    sample = YesNo(field_name="is_sample", label=_("Sample"))
    ordering = Ordering(fields=("code", "fair", "starts_on", "ends_on"))

    class Meta:
        model = SigningEvent
        fields: tuple[str, ...] = ()


class PartnerFilter(Filters):
    """Filters of the list of partners."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("name", "uscc", "country", sounds=("",)))
    country = django_filters.CharFilter(max_length=60, label=_("Country or region"))
    sample = YesNo(field_name="is_sample", label=_("Sample"))
    ordering = Ordering(fields=("name", "country", "uscc"))

    class Meta:
        model = Partner
        fields: tuple[str, ...] = ()


class ProjectFilter(Filters):
    """Filters of the projects, which came with their lights; `waiting` are those with a gate to decide."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(seek)
    event = django_filters.ModelChoiceFilter(queryset=events, label=_("Signed at"))
    no_event = YesNo(field_name="event", lookup_expr="isnull", label=_("Signed at no event"))
    kind = django_filters.ChoiceFilter(choices=Project.Kind.choices, label=_("Kind"))
    sector = django_filters.ModelChoiceFilter(queryset=sectors, label=_("Sector"))
    carrier = OfBureau(queryset=bureaus, label=_("Carrier"))
    status = django_filters.ChoiceFilter(choices=Project.Status.choices, label=_("State"))
    light = lights.light_filter()
    waiting = YesNo(method="that_wait", label=_("Gate to confirm"))
    behind = YesNo(method="that_are_behind", label=_("Behind"))
    stalled = YesNo(method="that_are_stalled", label=_("Stalled"))
    ended = YesNo(method="that_ended", label=_("Ended"))
    countable = YesNo(label=_("Counts in the figures"))
    partner = django_filters.ModelChoiceFilter(queryset=partners, method="with_partner", label=_("Partner"))
    task = django_filters.ModelChoiceFilter(queryset=tasks, method="that_serve", label=_("Task served"))
    sample = YesNo(method=by_sample("pk"), label=_("Sample"))
    signed_from = django_filters.DateFilter(field_name="signed_on", lookup_expr="gte", label=_("Signed from"))
    signed_to = django_filters.DateFilter(field_name="signed_on", lookup_expr="lte", label=_("Signed to"))
    passed = django_filters.ChoiceFilter(
        choices=Gate.Step.choices, method="that_passed", label=_("Gate passed")
    )
    passed_from = django_filters.DateFilter(method="that_passed", label=_("Passed from"))
    passed_to = django_filters.DateFilter(method="that_passed", label=_("Passed to"))
    money = django_filters.ChoiceFilter(choices=MoneyKind.choices, method="with_sums", label=_("Money"))
    money_from = django_filters.DateFilter(method="with_sums", label=_("Money from"))
    money_to = django_filters.DateFilter(method="with_sums", label=_("Money to"))
    ordering = Ordering(
        fields=(
            ("code", "code"),
            ("name", "name"),
            ("kind", "kind"),
            ("sector__number", "sector"),
            ("event__starts_on", "event"),
            ("carrier__short_name", "carrier"),
            ("status", "status"),
            ("signed_on", "signed_on"),
            ("planned_investment", "planned_investment"),
            ("contracted_inflow", "contracted_inflow"),
            ("officers", "officers"),
            ("countable", "countable"),
        ),
        counted={
            "light": lights.rank,
            "gates": sorting.next_number,
            "next": sorting.next_on,
            "came_in": sorting.total("came_in"),
            "paid": sorting.total("paid"),
            "invested": sorting.total("invested"),
        },
    )

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def that_wait(self, rows: Any, name: str, wanted: bool) -> Rows:
        waiting: Rows = rows.to_confirm()
        return waiting if wanted else rows.exclude(pk__in=waiting.values("pk"))

    def that_are_behind(self, rows: Any, name: str, wanted: bool) -> Rows:
        behind = {"pk__in": lagging.behind(clock.today(), rows).values("pk")}
        return rows.filter(**behind) if wanted else rows.exclude(**behind)

    def that_are_stalled(self, rows: Rows, name: str, wanted: bool) -> Rows:
        stalled = {"pk__in": lagging.stalled(clock.today(), rows).values("pk")}
        return rows.filter(**stalled) if wanted else rows.exclude(**stalled)

    def that_ended(self, rows: Rows, name: str, wanted: bool) -> Rows:
        ended = {"status__in": Project.ENDED}
        return rows.filter(**ended) if wanted else rows.exclude(**ended)

    def that_passed(self, rows: Any, name: str, value: Any) -> Rows:
        """One gate must answer all that is asked of a passed one, whichever of the filters asks."""
        found: Rows = rows.that_passed(*self._asked("passed", "passed_from", "passed_to"))
        return found

    def with_sums(self, rows: Any, name: str, value: Any) -> Rows:
        """One sum must answer all that is asked of money."""
        found: Rows = rows.with_sums(*self._asked("money", "money_from", "money_to"))
        return found

    def _asked(self, *names: str) -> list[Any]:
        return [self.form.cleaned_data.get(name) for name in names]

    def with_partner(self, rows: Rows, name: str, partner: Partner | None) -> Rows:
        return rows.filter(pk__in=partner.project_links.values("project")) if partner else rows

    def that_serve(self, rows: Rows, name: str, task: Task | None) -> Rows:
        return rows.filter(pk__in=task.project_links.values("project")) if task else rows


DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CohortFilter(Filters):
    """The cohort that rates are asked of, and the day by which they stand."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(seek)
    event = django_filters.ModelChoiceFilter(queryset=events, label=_("Signed at"))
    kind = django_filters.ChoiceFilter(choices=Project.Kind.choices, label=_("Kind"))
    sector = django_filters.ModelChoiceFilter(queryset=sectors, label=_("Sector"))
    carrier = OfBureau(queryset=bureaus, label=_("Carrier"))
    sample = YesNo(method=by_sample("pk"), label=_("Sample"))
    on = django_filters.DateFilter(method="by_day", label=_("As of"), widget=DAY)

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def by_day(self, rows: Rows, name: str, value: Any) -> Rows:
        """Each rate asks for itself what was signed by the day."""
        return rows

    def day(self) -> datetime.date:
        """The day that is asked for, today where none is; raises ValidationError for one to come."""
        day: datetime.date = self.form.cleaned_data.get("on") or clock.today()
        if day > clock.today():
            raise ValidationError({"on": _("The day must not be in the future.")})
        return day


class RateRowFilter(CohortFilter):
    """The same for the projects behind a rate: all that it divides by, those that it counts, or the others."""

    part = django_filters.ChoiceFilter(choices=Part.choices, method="by_day", label=_("Rows"))

    def part_asked(self) -> str:
        return str(self.form.cleaned_data.get("part") or "")


class RateFilter(CohortFilter):
    """Filters of the rates themselves, and of the cohort over which they are evaluated."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("code", "name", "name_en"))
    event = django_filters.ModelChoiceFilter(queryset=events, method="by_day", label=_("Signed at"))
    kind = django_filters.ChoiceFilter(choices=Project.Kind.choices, method="by_day", label=_("Kind"))
    sector = django_filters.ModelChoiceFilter(queryset=sectors, method="by_day", label=_("Sector"))
    carrier = OfBureau(queryset=bureaus, method="by_day", label=_("Carrier"))
    sample = YesNo(method="by_day", label=_("Sample"))
    code = django_filters.CharFilter(max_length=40, label=_("Code"))
    foot = YesNo(field_name="at_foot", label=_("At the foot of lists"))
    every_version = YesNo(method="by_day", label=_("Every version"))
    ordering = Ordering(fields=("number", "code", "version", "valid_from"))

    class Meta:
        model = Rate
        fields: tuple[str, ...] = ()


class GateFilter(Filters):
    """Filters of the gates; `clock=over` tells what the pilot office has left undecided too long."""

    programme = OfProgramme(field_name="project__programme")
    search = q = text_filter(search_by_project("project"))
    project = django_filters.ModelChoiceFilter(queryset=projects)
    step = django_filters.ChoiceFilter(choices=Gate.Step.choices, label=_("Gate"))
    status = django_filters.ChoiceFilter(choices=Gate.Status.choices, label=_("State"))
    carrier = OfBureau(field_name="project__carrier", queryset=bureaus, label=_("Carrier"))
    clock = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="by_clock", label=_("Decision clock"))
    plan_from = django_filters.DateFilter(field_name="plan_on", lookup_expr="gte")
    plan_to = django_filters.DateFilter(field_name="plan_on", lookup_expr="lte")
    fact_from = django_filters.DateFilter(field_name="fact_on", lookup_expr="gte")
    fact_to = django_filters.DateFilter(field_name="fact_on", lookup_expr="lte")
    sample = YesNo(method=by_sample("project"), label=_("Sample"))
    ordering = Ordering(
        fields=(
            ("project__code", "project"),
            "number",
            "status",
            "plan_on",
            "forecast_on",
            "fact_on",
            "proposed_at",
            "review_due_on",
            "decided_at",
        )
    )

    class Meta:
        model = Gate
        fields: tuple[str, ...] = ()

    def by_clock(self, rows: Any, name: str, value: str) -> Rows:
        look_up = {"over": "lt", "today": "exact", "later": "gt"}[value]
        found: Rows = rows.to_decide().filter(**{f"review_due_on__{look_up}": clock.today()})
        return found


class GateFileFilter(Filters):
    """Filters of the evidence of gates."""

    programme = OfProgramme(field_name="gate__project__programme")
    search = q = text_filter(search_by_project("gate__project"))
    project = django_filters.ModelChoiceFilter(field_name="gate__project", queryset=projects)
    step = django_filters.ChoiceFilter(field_name="gate__step", choices=Gate.Step.choices, label=_("Gate"))
    ordering = Ordering(fields=("added_at", "name", ("blob__size", "size")))

    class Meta:
        model = GateFile
        fields: tuple[str, ...] = ()


class MoneyEventFilter(Filters):
    """Filters of the money."""

    programme = OfProgramme(field_name="project__programme")
    search = q = text_filter(search_by_project("project"))
    project = django_filters.ModelChoiceFilter(queryset=projects)
    kind = django_filters.ChoiceFilter(choices=MoneyKind.choices, label=pgettext_lazy("money", "Kind"))
    currency = django_filters.ChoiceFilter(choices=Currency.choices, label=_("Currency"))
    on_from = django_filters.DateFilter(field_name="on", lookup_expr="gte", label=_("From"))
    on_to = django_filters.DateFilter(field_name="on", lookup_expr="lte", label=_("To"))
    counter = YesNo(method="that_correct", label=_("Counter-entry"))
    sample = YesNo(method=by_sample("project"), label=_("Sample"))
    ordering = Ordering(fields=("on", "amount", "added_at", "kind", ("project__code", "project")))

    class Meta:
        model = MoneyEvent
        fields: tuple[str, ...] = ()

    def that_correct(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(corrects__isnull=not wanted)


class ExpectedUpdateFilter(Filters):
    """Filters of the updates that are owed; `timeliness=missing` tells who has not filed."""

    programme = OfProgramme(field_name="period__programme")
    search = q = text_filter(seek)
    period = django_filters.ModelChoiceFilter(queryset=periods, label=_("Period"))
    project = django_filters.ModelChoiceFilter(queryset=projects)
    bureau = OfBureau(queryset=bureaus, label=_("Carrier"))
    sector = django_filters.ModelChoiceFilter(
        field_name="project__sector", queryset=sectors, label=_("Sector")
    )
    event = django_filters.ModelChoiceFilter(
        field_name="project__event", queryset=events, label=_("Signed at")
    )
    no_event = YesNo(field_name="project__event", lookup_expr="isnull", label=_("Signed at no event"))
    kind = django_filters.ChoiceFilter(
        field_name="project__kind", choices=Project.Kind.choices, label=_("Kind")
    )
    countable = YesNo(field_name="project__countable", label=_("Counts in the figures"))
    signed_from = django_filters.DateFilter(field_name="project__signed_on", lookup_expr="gte")
    signed_to = django_filters.DateFilter(field_name="project__signed_on", lookup_expr="lte")
    status = django_filters.ChoiceFilter(choices=ExpectedUpdate.Status.choices, label=_("State"))
    timeliness = django_filters.ChoiceFilter(
        choices=Timeliness.choices, method="by_timeliness", label=_("Timeliness")
    )
    owed = YesNo(method="that_are_owed", label=_("Owed"))
    filed = YesNo(method="that_are_filed", label=_("Filed"))
    exception = YesNo(method="with_exception", label=_("Exception"))
    no_change = YesNo(label=_("No change"))
    sample = YesNo(method=by_sample("project"), label=_("Sample"))
    ordering = Ordering(
        fields=(
            ("period__starts_on", "period"),
            ("period__due_on", "due_on"),
            ("project__code", "project"),
            ("project__name", "name"),
            ("bureau__short_name", "bureau"),
            ("status", "status"),
            ("first_submitted_at", "first_submitted_at"),
            ("next_on", "next_on"),
            ("text", "text"),
        )
    )

    class Meta:
        model = ExpectedUpdate
        fields: tuple[str, ...] = ()

    def by_timeliness(self, rows: Any, name: str, value: str) -> Rows:
        found: Rows = rows.with_timeliness(clock.now()).filter(timeliness=value)
        return found

    def that_are_owed(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.owed() if wanted else rows.exclude(exempt_reason="")
        return found

    def that_are_filed(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.owed().filter(first_submitted_at__isnull=not wanted)
        return found

    def with_exception(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(exception_until__isnull=not wanted)
