"""The filters of the register and of what belongs to its tasks."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

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
    searching,
    seek,
    text_filter,
)
from qdtrade.programmes.models import Period

from .. import light_changes, slippage, sorting
from ..models import ExpectedReport, Extension, Field, Milestone, Task
from ..sorting import REPORT_STATES
from .asked import REPORT_STATE_CHOICES, REVIEW_CLOCK, by_sample, fields, search_by_task, tasks

MOVED = [("due", _("its due date")), ("milestone", _("a milestone"))]
"""What of a task may stand later than its baseline."""


class FieldFilter(Filters):
    """Filters of the list of fields of work."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("name"))
    ordering = Ordering(fields=("number", "name"))

    class Meta:
        model = Field
        fields: tuple[str, ...] = ()


class TaskFilter(Filters):
    """Filters of the register, of rows that came with their lights; `report` is that of the period opened last."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(seek)
    field = django_filters.ModelChoiceFilter(queryset=fields, label=_("Field"))
    lead = OfBureau(queryset=bureaus, label=_("Lead bureau"))
    status = django_filters.ChoiceFilter(choices=Task.Status.choices, label=_("State"))
    light = lights.light_filter()
    report = django_filters.ChoiceFilter(
        choices=REPORT_STATE_CHOICES, method="in_report_state", label=_("This period's report")
    )
    overdue = YesNo(method="with_overdue", label=_("Overdue milestone"))
    declined = YesNo(method="that_were_declined", label=_("Declined"))
    district = OfBureau(queryset=bureaus, method="with_part_of", label=_("Taking part"))
    moved = django_filters.ChoiceFilter(
        choices=MOVED, method="that_moved", label=_("Moved from its baseline")
    )
    worse_since = django_filters.DateFilter(method="whose_light_changed", label=_("Light worse since"))
    better_since = django_filters.DateFilter(method="whose_light_changed", label=_("Light better since"))
    done_from = django_filters.DateFilter(method="verified_from", label=_("Done from"))
    own_choice = YesNo(label=_("Own-choice measure"))
    sample = YesNo(method=by_sample("pk"), label=_("Sample"))
    due_from = django_filters.DateFilter(field_name="due_on", lookup_expr="gte", label=_("Due from"))
    due_to = django_filters.DateFilter(field_name="due_on", lookup_expr="lte", label=_("Due to"))
    ordering = Ordering(
        fields=(
            ("code", "code"),
            ("title", "title"),
            ("status", "status"),
            ("starts_on", "starts_on"),
            ("due_on", "due_on"),
            ("forecast_on", "forecast_on"),
            ("progress", "progress"),
            ("lead__short_name", "lead"),
            ("field__number", "field"),
            ("accepted_at", "accepted_at"),
            ("baseline_due_on", "baseline_due_on"),
            ("standard", "standard"),
            ("own_choice", "own_choice"),
        ),
        counted={
            "light": lights.rank,
            "late": sorting.lateness,
            "plan": sorting.planned,
            "milestones": sorting.milestones_done,
            "report": sorting.this_report,
            "self_light": sorting.self_light,
            "supporting": sorting.supporting,
        },
    )

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()

    def in_report_state(self, rows: Rows, name: str, state: str) -> Rows:
        user = self.request.user
        this_period = Period.objects.visible_to(user).opened_last()
        expected = ExpectedReport.objects.visible_to(user).filter(
            REPORT_STATES[state], period__in=this_period
        )
        return rows.filter(pk__in=expected.values("task"))

    def that_were_declined(self, rows: Any, name: str, wanted: bool) -> Rows:
        declined: Rows = rows.declined()
        return declined if wanted else rows.exclude(pk__in=declined.values("pk"))

    def with_part_of(self, rows: Rows, name: str, bureau: Any) -> Rows:
        return rows.filter(pk__in=tasks(self.request).with_part_of(bureau).values("pk"))

    def that_moved(self, rows: Rows, name: str, value: str) -> Rows:
        return slippage.moved_tasks(rows) if value == "due" else slippage.with_moved_milestones(rows)

    def verified_from(self, rows: Any, name: str, day: Any) -> Rows:
        found: Rows = rows.verified_since(day)
        return found

    def whose_light_changed(self, rows: Rows, name: str, day: Any) -> Rows:
        found = light_changes.changed(tasks(self.request), name.removesuffix("_since"), day)
        return rows.filter(pk__in=found.values("pk"))

    def with_overdue(self, rows: Any, name: str, wanted: bool) -> Rows:
        late: Rows = rows.overdue(clock.today())
        return late if wanted else rows.exclude(pk__in=late.values("pk"))


class MilestoneFilter(Filters):
    """Filters of the roadmap."""

    programme = OfProgramme(field_name="task__programme")
    search = q = text_filter(search_by_task("task"))
    task = django_filters.ModelChoiceFilter(queryset=tasks)
    lead = OfBureau(field_name="task__lead", queryset=bureaus, label=_("Lead bureau"))
    state = django_filters.ChoiceFilter(choices=Milestone.State.choices, method="in_state")
    plan_from = django_filters.DateFilter(field_name="plan_on", lookup_expr="gte")
    plan_to = django_filters.DateFilter(field_name="plan_on", lookup_expr="lte")
    sample = YesNo(method=by_sample("task"))
    ordering = Ordering(fields=("plan_on", "forecast_on", "actual_on", "number", ("task__code", "task")))

    class Meta:
        model = Milestone
        fields: tuple[str, ...] = ()

    def in_state(self, rows: Any, name: str, state: str) -> Rows:
        today = clock.today()
        states = {
            Milestone.State.DONE: rows.filter(actual_on__isnull=False),
            Milestone.State.WAIVED: rows.filter(actual_on=None, waived_at__isnull=False),
            Milestone.State.OVERDUE: rows.overdue(today),
            Milestone.State.PENDING: rows.still_open().exclude(pk__in=rows.overdue(today).values("pk")),
        }
        found: Rows = states[Milestone.State(state)]
        return found


class ExtensionFilter(Filters):
    """Filters of the extensions; `clock=over` tells what the pilot office has left undecided too long."""

    programme = OfProgramme(field_name="task__programme")
    search = q = text_filter(search_by_task("task"))
    task = django_filters.ModelChoiceFilter(queryset=tasks)
    bureau = OfBureau(field_name="bureau", queryset=bureaus, label=_("Bureau"))
    status = django_filters.ChoiceFilter(choices=Extension.Status.choices, label=_("State"))
    clock = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="by_clock", label=_("Decision clock"))
    sample = YesNo(method=by_sample("task"), label=_("Sample"))
    ordering = Ordering(
        fields=(
            ("task__code", "task"),
            "asked_at",
            "to_on",
            "status",
            "decide_due_on",
            ("bureau__short_name", "bureau"),
        )
    )

    class Meta:
        model = Extension
        fields: tuple[str, ...] = ()

    def by_clock(self, rows: Any, name: str, value: str) -> Rows:
        look_up = {"over": "lt", "today": "exact", "later": "gt"}[value]
        found: Rows = rows.to_decide().filter(**{f"decide_due_on__{look_up}": clock.today()})
        return found
