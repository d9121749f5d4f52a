"""Parts of tasks, and what is filed on them, in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade import clock
from qdtrade.moderation import INSPECTION, SPECIFICATION, TrailAdmin, column, move_action
from qdtrade.programmes.admin.expected import EXPECTED_ACTS
from qdtrade.templatetags import qdtrade as tags

from ..filters import ExpectedPartFilter, PartFilter
from ..models import ExpectedPart, Part
from ..workflow import PART_MOVES
from . import cells


@admin.register(Part)
class PartAdmin(TrailAdmin):
    """Who was asked for what, who signed for it, and whether it is done."""

    group = SPECIFICATION
    label = gettext_lazy("Parts of tasks")
    place = 15
    sentence = gettext_lazy(
        "The lead bureau or the pilot office gives a part on the page of the task; the bureau signs for it, files it "
        "each period, and finishes it. Completion waits for all of them."
    )
    not_added = gettext_lazy("Parts are given on the page of their task")
    of_programme = "task__programme"
    filters = PartFilter
    pills = ("lead", "bureau")
    facets = {
        "status": gettext_lazy("State"),
        "clock": gettext_lazy("Clock"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, bureau")
    list_display = ("task", "bureau", "what", "lead", "state", "accept_due_on", "due_on")
    link = "bureau"
    facts = ("task", "lead", "bureau", "above", "what", "state", "given", "accept_due_on", "accepted", "due_on",
             "closed")  # fmt: skip
    actions = [move_action(move) for move in PART_MOVES.values()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Part]:
        return Part.objects.visible_to(request.user).for_list().in_order()

    @column(gettext_lazy("Task"), ordering="task", css="name")
    def task(self, row: Part) -> SafeString:
        return cells.coded(row.task)

    @column(gettext_lazy("Bureau"), ordering="bureau", css="nowrap")
    def bureau(self, row: Part) -> str:
        return str(row.bureau)

    @column(gettext_lazy("What is asked"))
    def what(self, row: Part) -> SafeString:
        return cells.with_mark(row.what, row)

    @column(gettext_lazy("Lead bureau"), ordering="lead", css="nowrap")
    def lead(self, row: Part) -> str:
        return str(row.task.lead)

    @column(gettext_lazy("Below the part of"))
    def above(self, row: Part) -> str:
        return str(row.under.bureau) if row.under is not None else ""

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Part) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    @column(gettext_lazy("To be accepted by"), ordering="accept_due_on", css="nowrap")
    def accept_due_on(self, row: Part) -> Any:
        return row.accept_due_on if row.status == Part.Status.GIVEN else None

    @column(pgettext_lazy("task", "Due date"), ordering="due_on", css="nowrap")
    def due_on(self, row: Part) -> Any:
        return row.due_on

    @column(gettext_lazy("Given"))
    def given(self, row: Part) -> str:
        return cells.done_by(row.giver, row.given_at, "")

    @column(gettext_lazy("Accepted"))
    def accepted(self, row: Part) -> str:
        return cells.done_by(row.accepter, row.accepted_at, "")

    @column(gettext_lazy("Sent back, done or ended"))
    def closed(self, row: Part) -> str:
        return cells.done_by(row.closer, row.closed_at, row.closed_words)

    def row_name(self, row: Part) -> SafeString:
        return cells.coded(row.task)

    def page_url(self, row: Part) -> str:
        return f"{reverse('task', args=[row.task_id])}#part-{row.pk}"


@admin.register(ExpectedPart)
class ExpectedPartAdmin(TrailAdmin):
    """The ledger of parts: what each bureau owes for a period, and what it says."""

    group = INSPECTION
    label = gettext_lazy("Filed on parts")
    place = 25
    sentence = gettext_lazy(
        "An exempt row stays in the ledger and leaves the denominator; one that is accepted later still counts as late."
    )
    not_added = gettext_lazy("What is owed is written when a period opens")
    of_programme = "period__programme"
    filters = ExpectedPartFilter
    pills = ("period", "bureau", "lead")
    facets = {
        "filed": gettext_lazy("Filed"),
        "timeliness": gettext_lazy("Timeliness"),
        "exception": gettext_lazy("Exception"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, bureau, text")
    list_display = ("task", "bureau", "period", "state", "in_time", "text")
    link = "bureau"
    facts = (
        "task",
        "bureau",
        "period",
        "what",
        "state",
        "in_time",
        "text",
        "filed",
        "exempt",
        "accepted_until",
    )
    actions = EXPECTED_ACTS

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExpectedPart]:
        rows = ExpectedPart.objects.visible_to(request.user).for_list()
        found: QuerySet[ExpectedPart] = rows.with_timeliness(clock.now()).in_order()
        return found

    @column(gettext_lazy("Task"), ordering="task", css="name")
    def task(self, row: ExpectedPart) -> SafeString:
        return cells.coded(row.task)

    @column(gettext_lazy("Bureau"), ordering="bureau", css="nowrap")
    def bureau(self, row: ExpectedPart) -> str:
        return str(row.bureau)

    @column(gettext_lazy("Period"), ordering="period", css="nowrap")
    def period(self, row: ExpectedPart) -> str:
        return str(row.period)

    @column(gettext_lazy("What is asked"))
    def what(self, row: ExpectedPart) -> SafeString:
        return cells.with_mark(row.part.what, row.part)

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: ExpectedPart) -> SafeString:
        code = "exempt" if row.exempt_reason else row.status
        return tags.state(code, "" if row.exempt_reason else row.get_status_display())

    @column(gettext_lazy("Timeliness"), css="nowrap")
    def in_time(self, row: ExpectedPart) -> SafeString | str:
        return cells.in_time(row)

    @column(gettext_lazy("What was done"))
    def text(self, row: ExpectedPart) -> SafeString | str:
        return cells.with_mark(row.text, row.part) if row.text else ""

    @column(gettext_lazy("Filed by"))
    def filed(self, row: ExpectedPart) -> str:
        return cells.done_by(row.filer, row.filed_at, "")

    @column(gettext_lazy("Exempt because"))
    def exempt(self, row: ExpectedPart) -> str:
        return row.exempt_words

    @column(gettext_lazy("Accepted until"), css="nowrap")
    def accepted_until(self, row: ExpectedPart) -> Any:
        return row.exception_until

    def row_name(self, row: ExpectedPart) -> SafeString:
        return cells.coded(row.task)

    def page_url(self, row: ExpectedPart) -> str:
        return reverse("part_report", args=[row.pk])
