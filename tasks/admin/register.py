"""Fields, tasks and milestones in the administration."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.errors import NotAllowed, Words, refusal_of
from qdtrade.lights.words import sentence
from qdtrade.moderation import SPECIFICATION, RowAct, TrailAdmin, column, move_action
from qdtrade.moderation.acts import Asked
from qdtrade.posted import number_of
from qdtrade.programmes.models import Period
from qdtrade.templatetags import qdtrade as tags
from qdtrade.templatetags.words import standing_in
from qdtrade.workflow import perform

from .. import choosing, rules
from ..actions import milestones, register
from ..filters import FieldFilter, MilestoneFilter, TaskFilter
from ..models import ExpectedReport, Field, Milestone, Task
from ..workflow import HAND_OVER, TASK_MOVES
from . import cells
from .forms import FieldForm, NewTaskForm, TaskForm, plain_fields


class ProgrammeRows(TrailAdmin):
    """Rows of one programme, which its reviewers and administrators add and change."""

    group = SPECIFICATION
    of_programme = "programme"

    def may_add(self, request: HttpRequest) -> None:
        programme = self.programme(request)
        if programme is None:
            raise NotAllowed(_("Only members of the programme may do this."))
        rules.runs_programme(programme, request.user)

    def may_edit(self, request: HttpRequest, row: Any) -> None:
        rules.runs_programme(row.programme, request.user)

    def form_extra(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"programme": row.programme if row is not None else self.programme(request)}


@admin.register(Field)
class FieldAdmin(ProgrammeRows):
    """The fields that tasks are grouped under."""

    label = gettext_lazy("Fields")
    place = 30
    filters = FieldFilter
    search_hint = gettext_lazy("Name")
    list_display = ("number", "name", "tasks")
    link = "name"
    add_form = edit_form = FieldForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Field]:
        rows = Field.objects.visible_to(request.user).select_related("programme")
        return rows.annotate(number_of_tasks=Count("tasks")).in_order()

    @column(gettext_lazy("Tasks"), css="num")
    def tasks(self, row: Any) -> int:
        return int(row.number_of_tasks)

    def add(self, request: HttpRequest, form: FieldForm) -> Field:
        return register.create_field(self.programme(request), by=request.user, **form.values())

    def edit(self, request: HttpRequest, row: Field, form: FieldForm) -> Field:
        return register.edit_field(row, form.values(), by=request.user, seen=form.cleaned_data["seen"])


def _hand_over(row: Task, asked: Asked, seen: int | None) -> Any:
    bureau = choosing.chosen(row.programme, asked.by, asked.choice)
    return perform(HAND_OVER, row, by=asked.by, comment=asked.comment, seen=seen, bureau=bureau)


HANDING_OVER = replace(move_action(HAND_OVER), do=_hand_over, needs_choice=gettext_lazy("New lead bureau"))


@admin.register(Task)
class TaskAdmin(ProgrammeRows):
    """The register: what each bureau owes, and where it stands."""

    label = gettext_lazy("Tasks")
    place = 10
    sentence = gettext_lazy(
        "A state changes by moves alone; what is changed here is recorded as on the pages."
    )
    filters = TaskFilter
    pills = ("field", "lead", "report")
    facets = {
        "light": gettext_lazy("Light"),
        "status": gettext_lazy("State"),
        "declined": gettext_lazy("Declined"),
        "overdue": gettext_lazy("Overdue milestone"),
        "own_choice": gettext_lazy("Own-choice measure"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, bureau")
    export = "tasks_export"
    list_display = (
        "code",
        "title",
        "lead",
        "state",
        "light",
        "progress",
        "due_on",
        "lateness",
        "this_report",
    )
    link = "title"
    facts = ("state", "light", "why", "lead", "cooperating", "progress", "forecast_on", "baseline_due_on",
             "registered_at", "accepted_at", "declined", "claimed", "decided", "provenance")  # fmt: skip
    add_form, edit_form = NewTaskForm, TaskForm
    actions = [HANDING_OVER if move is HAND_OVER else move_action(move) for move in TASK_MOVES.values()]

    def act_choices(self, request: HttpRequest) -> list[tuple[str, str]]:
        programme = self.programme(request)
        if programme is None:
            return []
        return [(one.code, str(one)) for one in choosing.could_lead(programme, request.user)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Task]:
        user = request.user
        period = Period.objects.visible_to(user).opened_last()
        expected = ExpectedReport.objects.visible_to(user).filter(period__in=period)
        expected = expected.with_timeliness(clock.now()).select_related("period", "report__draft")
        expected = expected.defer("report__draft__content", "report__draft__past")
        rows = Task.objects.visible_to(user).with_light().for_list().in_order()
        return rows.prefetch_related(Prefetch("expected_reports", expected, to_attr="of_this_period"))

    @column(gettext_lazy("Code"), ordering="code", css="code")
    def code(self, row: Task) -> str:
        return row.code

    @column(gettext_lazy("Task"), ordering="title", css="name")
    def title(self, row: Task) -> SafeString:
        return cells.named(row)

    @column(gettext_lazy("Lead bureau"), ordering="lead", css="nowrap")
    def lead(self, row: Task) -> str:
        return str(row.lead)

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Task) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    @column(gettext_lazy("Light"), ordering="light", css="nowrap")
    def light(self, row: Any) -> SafeString:
        return tags.light(row.light, short=True)

    @column(gettext_lazy("Why this light"))
    def why(self, row: Any) -> str:
        return sentence(row.light_reasons)

    @column(gettext_lazy("Progress %"), ordering="progress", css="num")
    def progress(self, row: Task) -> str:
        return f"{float(row.progress):g}"

    @column(pgettext_lazy("task", "Due date"), ordering="due_on", css="nowrap")
    def due_on(self, row: Task) -> Any:
        return row.due_on

    @column(gettext_lazy("Lateness"))
    def lateness(self, row: Task) -> SafeString | str:
        return cells.lateness(row)

    @column(gettext_lazy("This period's report"), css="nowrap")
    def this_report(self, row: Any) -> SafeString | str:
        return cells.filed(row.of_this_period[0]) if row.of_this_period else ""

    @column(gettext_lazy("Declined"))
    def declined(self, row: Task) -> str:
        return cells.done_by(row.decliner, row.declined_at, row.declined_reason)

    @column(gettext_lazy("Completion claimed"))
    def claimed(self, row: Task) -> str:
        return cells.done_by(row.claimer, row.claimed_at, row.claim)

    @column(gettext_lazy("Last decision"))
    def decided(self, row: Task) -> str:
        return cells.done_by(row.decider, row.decided_at, row.decision_reason)

    @column(gettext_lazy("Cooperating bureaus"))
    def cooperating(self, row: Task) -> str:
        return _(", ").join(str(bureau) for bureau in row.supporting)

    @column(gettext_lazy("Where it comes from"))
    def provenance(self, row: Task) -> SafeString | str:
        return row.source or tags.sample_mark(row)

    def row_name(self, row: Task) -> SafeString:
        return cells.coded(row)

    def links(self, request: HttpRequest) -> list[tuple[str, Words]]:
        if not self.has_add_permission(request):
            return []
        programme = self.programme(request)
        return [(f"{reverse('task_imports')}?programme={programme.code}", _("Import a register"))]

    def page_url(self, row: Task) -> str:
        return reverse("task", args=[row.pk])

    def history_of(self, request: HttpRequest, row: Task) -> Any:
        """With what happened to its milestones and reports."""
        return history.of_root(row)

    def add(self, request: HttpRequest, form: NewTaskForm) -> Task:
        given = form.cleaned_data
        return register.create_task(
            self.programme(request), by=request.user, code=given["code"], lead=given["lead"],
            supporting=tuple(given["supporting"]), milestones=form.plan(), **plain_fields(form),
        )  # fmt: skip

    def edit(self, request: HttpRequest, row: Task, form: TaskForm) -> Task:
        given = form.cleaned_data
        seen = number_of(given["seen"])
        return register.edit_task(
            row, plain_fields(form), by=request.user, seen=seen, comment=given["comment"],
            milestones=form.milestones(),
        )  # fmt: skip


def _may_waive(row: Milestone, user: Any) -> str:
    return refusal_of(lambda: rules.waives(row, user), lambda: rules.may_be_waived(row))


def _may_unwaive(row: Milestone, user: Any) -> str:
    return refusal_of(lambda: rules.waives(row, user), lambda: rules.may_be_owed_again(row))


def _is_reviewers(row: Milestone, user: Any) -> bool:
    return not refusal_of(lambda: rules.manages(row.task, user))


def _waive(row: Milestone, asked: Asked, seen: int | None) -> Milestone:
    return milestones.waive(row, by=asked.by, reason=asked.comment)


def _unwaive(row: Milestone, asked: Asked, seen: int | None) -> Milestone:
    return milestones.unwaive(row, by=asked.by, reason=asked.comment)


WAIVE = RowAct("waive", gettext_lazy("Waive"), _waive, _may_waive, _is_reviewers, needs_comment=True)
UNWAIVE = RowAct(
    "unwaive", gettext_lazy("Owe again"), _unwaive, _may_unwaive, _is_reviewers, needs_comment=True
)


@admin.register(Milestone)
class MilestoneAdmin(TrailAdmin):
    """The roadmap; a milestone is changed with its task, claimed in a report, and done when that is approved."""

    group = SPECIFICATION
    label = gettext_lazy("Milestones")
    place = 20
    sentence = gettext_lazy(
        "A milestone is planned on the page of its task, and done when a report that claims it is approved."
    )
    not_added = gettext_lazy("Milestones are added on the page of their task")
    of_programme = "task__programme"
    filters = MilestoneFilter
    pills = ("lead",)
    facets = {
        "state": gettext_lazy("State"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, bureau")
    list_display = ("title", "task", "lead", "plan_on", "baseline_on", "forecast_on", "actual_on", "state")
    facts = (
        "task",
        "lead",
        "plan_on",
        "baseline_on",
        "slipped",
        "forecast_on",
        "actual_on",
        "state",
        "waived",
    )
    actions = [WAIVE, UNWAIVE]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        rows = Milestone.objects.visible_to(request.user).for_move().select_related("task__field")
        return rows.order_by("task__field__number", "task__position", "task__code", "number", "pk")

    @column(gettext_lazy("Milestone"), ordering="number")
    def title(self, row: Milestone) -> str:
        return str(row)

    @column(gettext_lazy("Task"), ordering="task", css="name")
    def task(self, row: Milestone) -> SafeString:
        return cells.coded(row.task)

    @column(gettext_lazy("Lead bureau"), css="nowrap")
    def lead(self, row: Milestone) -> str:
        return str(row.task.lead)

    @column(gettext_lazy("Slippage, days"), css="num")
    def slipped(self, row: Milestone) -> int:
        return row.slippage

    @column(gettext_lazy("Waived"))
    def waived(self, row: Milestone) -> str:
        who = standing_in(row.waived_by, row.waived_for) if row.waived_by else ""
        return cells.done_by(who, row.waived_at, row.waived_reason)

    @column(gettext_lazy("State"), css="nowrap")
    def state(self, row: Milestone) -> SafeString:
        now = row.state(clock.today())
        return tags.state("not_due" if now == Milestone.State.PENDING else now, now.label)

    def page_url(self, row: Milestone) -> str:
        return reverse("admin:tasks_task_change", args=[row.task_id])
