"""Gates, their proof, money and updates in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade import clock, money
from qdtrade.moderation import SIGNINGS, TrailAdmin, column, move_action
from qdtrade.programmes.admin.expected import EXPECTED_ACTS
from qdtrade.templatetags import days
from qdtrade.templatetags import qdtrade as tags

from ..filters import ExpectedUpdateFilter, GateFileFilter, GateFilter, MoneyEventFilter
from ..models import ExpectedUpdate, Gate, GateFile, MoneyEvent, Project
from ..workflow import GATE_MOVES, UPDATE_MOVES
from . import cells


class OfProject(TrailAdmin):
    """Rows that belong to a project; nobody adds or changes one by hand."""

    group = SIGNINGS
    of_programme = "project__programme"
    search_hint = gettext_lazy("Code, name, carrier, partner")

    def of(self, row: Any) -> Project:
        """The project that the row belongs to."""
        project: Project = row.project
        return project

    @column(gettext_lazy("Project"), ordering="project", css="name")
    def project(self, row: Any) -> SafeString:
        return cells.coded(self.of(row))

    @column(gettext_lazy("Carrier"), css="nowrap")
    def carrier(self, row: Any) -> str:
        return str(self.of(row).carrier)

    def row_name(self, row: Any) -> SafeString:
        return cells.coded(self.of(row))

    def page_url(self, row: Any) -> str:
        return reverse("project", args=[self.of(row).pk])


@admin.register(Gate)
class GateAdmin(OfProject):
    """The gates, with every move on many at once."""

    label = gettext_lazy("Gates")
    place = 15
    sentence = gettext_lazy(
        "A carrier proposes on the page of the gate, with proof; the pilot office confirms. Only then it counts."
    )
    not_added = gettext_lazy("Each project has its six gates from the start")
    filters = GateFilter
    pills = ("step", "carrier")
    facets = {
        "status": gettext_lazy("State"),
        "clock": gettext_lazy("Decision clock"),
        "sample": gettext_lazy("Sample"),
    }
    list_display = ("project", "step", "carrier", "plan_on", "fact_on", "state", "review_due_on")
    facts = ("project", "step", "carrier", "plan_on", "forecast_on", "fact_on", "words", "state", "proposed",
             "review_due_on", "decided")  # fmt: skip
    actions = [move_action(move) for move in GATE_MOVES.values()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gate]:
        return Gate.objects.visible_to(request.user).for_list().in_order()

    @column(gettext_lazy("Gate"), ordering="number", css="nowrap")
    def step(self, row: Gate) -> str:
        return str(row.get_step_display())

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Gate) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    @column(gettext_lazy("To be decided by"), ordering="review_due_on", css="nowrap")
    def review_due_on(self, row: Gate) -> Any:
        return row.review_due_on

    @column(gettext_lazy("Proposed"))
    def proposed(self, row: Gate) -> str:
        return cells.done_by(row.proposer, row.proposed_at, row.proposed_from)

    @column(gettext_lazy("Decided"))
    def decided(self, row: Gate) -> str:
        return cells.done_by(row.decider, row.decided_at, row.remarks)


@admin.register(GateFile)
class GateFileAdmin(OfProject):
    """The files that prove gates."""

    label = gettext_lazy("Evidence of gates")
    place = 60
    sentence = gettext_lazy("Read only: a file belongs to its gate; what is taken off stays in the records.")
    not_added = gettext_lazy("Files are added when a gate is proposed")
    of_programme = "gate__project__programme"
    filters = GateFileFilter
    list_display = ("name", "project", "step", "size", "added_by", "added_at", "checksum")
    facts = ("project", "step", "size", "added_by", "added_at", "dropped_at", "whole_checksum")

    def get_queryset(self, request: HttpRequest) -> QuerySet[GateFile]:
        rows = GateFile.objects.visible_to(request.user)
        related = ("blob", "added_by", "gate__project__carrier", "gate__project__programme")
        return rows.select_related(*related).order_by("-added_at", "-pk")

    def of(self, row: GateFile) -> Project:
        return row.gate.project

    @column(gettext_lazy("Project"), css="name")
    def project(self, row: GateFile) -> SafeString:
        return cells.coded(self.of(row))

    @column(gettext_lazy("Gate"), css="nowrap")
    def step(self, row: GateFile) -> str:
        return str(row.gate.get_step_display())

    @column(gettext_lazy("Size"), ordering="size", css="num")
    def size(self, row: GateFile) -> str:
        return filesizeformat(row.blob.size)

    @column("SHA-256")
    def checksum(self, row: GateFile) -> SafeString:
        return format_html('<span class="code">{}…</span>', row.blob.sha256[:8])

    @column("SHA-256")
    def whole_checksum(self, row: GateFile) -> SafeString:
        return format_html('<span class="code hash">{}</span>', row.blob.sha256)


@admin.register(MoneyEvent)
class MoneyEventAdmin(OfProject):
    """The dated sums, counter-entries among them."""

    label = gettext_lazy("Money")
    place = 25
    sentence = gettext_lazy("Read only: a sum is entered, and taken back, on the page of its project.")
    not_added = gettext_lazy("Sums are entered on the page of their project")
    filters = MoneyEventFilter
    facets = {
        "kind": pgettext_lazy("money", "Kind"),
        "counter": gettext_lazy("Counter-entry"),
        "sample": gettext_lazy("Sample"),
    }
    export = "money_export"
    list_display = ("on", "project", "kind", "amount", "note", "added_by")
    link = "project"
    facts = ("project", "kind", "on", "amount", "currency", "original_amount", "rate", "rate_on", "note", "takes_back",
             "added_by", "added_at")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[MoneyEvent]:
        rows = MoneyEvent.objects.visible_to(request.user).for_list()
        return rows.select_related("project__carrier", "corrects", "added_by").order_by("-on", "-pk")

    @column(pgettext_lazy("money", "Kind"), ordering="kind", css="nowrap")
    def kind(self, row: MoneyEvent) -> str:
        return str(row.get_kind_display())

    @column(gettext_lazy("Amount, yuan"), ordering="amount", css="num")
    def amount(self, row: MoneyEvent) -> str:
        return money.plain(row.amount)

    @column(gettext_lazy("Takes back the sum of"))
    def takes_back(self, row: MoneyEvent) -> Any:
        return row.corrects.on if row.corrects else None


@admin.register(ExpectedUpdate)
class ExpectedUpdateAdmin(OfProject):
    """What is owed on projects: exempt a row, or take it later, for many at once."""

    label = gettext_lazy("Updates of projects")
    place = 50
    sentence = gettext_lazy("One line for each project that owed an update in a period.")
    not_added = gettext_lazy("Opening a period makes them, one for each project that goes on")
    of_programme = "period__programme"
    filters = ExpectedUpdateFilter
    pills = ("period", "bureau", "sector")
    facets = {
        "status": gettext_lazy("State"),
        "timeliness": gettext_lazy("Timeliness"),
        "exception": gettext_lazy("Exception"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, carrier, update")
    export = "project_updates_export"
    list_display = ("project", "bureau", "period", "state", "first_filed", "in_time", "given")
    facts = ("bureau", "period", "state", "first_filed", "in_time", "given", "text", "next_on", "filed_by")
    actions = [*(move_action(move) for move in UPDATE_MOVES.values()), *EXPECTED_ACTS]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExpectedUpdate]:
        rows = ExpectedUpdate.objects.visible_to(request.user).for_list()
        return rows.with_timeliness(clock.now()).in_order()

    @column(gettext_lazy("Carrier"), ordering="bureau", css="nowrap")
    def bureau(self, row: ExpectedUpdate) -> str:
        return str(row.bureau)

    @column(gettext_lazy("Period"), ordering="period", css="nowrap")
    def period(self, row: ExpectedUpdate) -> str:
        return str(row.period)

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: ExpectedUpdate) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    @column(pgettext_lazy("update", "First filed"), css="nowrap")
    def first_filed(self, row: Any) -> str:
        return cells.filed_at(row)

    @column(gettext_lazy("Timeliness"), css="nowrap")
    def in_time(self, row: ExpectedUpdate) -> SafeString | str:
        return cells.in_time(row)

    @column(gettext_lazy("Exemption or exception"))
    def given(self, row: ExpectedUpdate) -> str:
        if row.exempt_reason:
            return row.exempt_words
        return f"{days.iso(row.exception_until)} {row.exception_reason}" if row.exception_until else ""

    def page_url(self, row: ExpectedUpdate) -> str:
        return reverse("project_update", args=[row.pk])
