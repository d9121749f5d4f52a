"""Extensions in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from qdtrade.moderation import SPECIFICATION, TrailAdmin, column, move_action
from qdtrade.templatetags import qdtrade as tags

from ..filters import ExtensionFilter
from ..models import Extension
from ..workflow import EXTENSION_MOVES
from . import cells


@admin.register(Extension)
class ExtensionAdmin(TrailAdmin):
    """Who asked for more time, for what, and what became of it."""

    group = SPECIFICATION
    label = gettext_lazy("Extensions")
    place = 25
    sentence = gettext_lazy(
        "A bureau asks on the page of the task, its head signs, the pilot office decides: the plan moves, the baseline "
        "never does."
    )
    not_added = gettext_lazy("Extensions are asked for on the page of their task")
    of_programme = "task__programme"
    filters = ExtensionFilter
    pills = ("bureau",)
    facets = {
        "status": gettext_lazy("State"),
        "clock": gettext_lazy("Decision clock"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, bureau")
    list_display = ("task", "subject", "bureau", "from_on", "to_on", "state", "decide_due_on")
    link = "subject"
    facts = ("task", "subject", "bureau", "from_on", "to_on", "cause", "state", "asked", "signed", "decide_due_on",
             "decided")  # fmt: skip
    actions = [move_action(move) for move in EXTENSION_MOVES.values()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Extension]:
        return Extension.objects.visible_to(request.user).for_list().in_order()

    @column(gettext_lazy("Task"), ordering="task", css="name")
    def task(self, row: Extension) -> SafeString:
        return cells.coded(row.task)

    @column(gettext_lazy("What"), css="nowrap")
    def subject(self, row: Extension) -> str:
        return row.subject

    @column(gettext_lazy("Bureau"), ordering="bureau", css="nowrap")
    def bureau(self, row: Extension) -> str:
        return str(row.bureau)

    @column(gettext_lazy("Day so far"), css="nowrap")
    def from_on(self, row: Extension) -> Any:
        return row.from_on

    @column(gettext_lazy("Day asked for"), ordering="to_on", css="nowrap")
    def to_on(self, row: Extension) -> Any:
        return row.to_on

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Extension) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    @column(gettext_lazy("To be decided by"), ordering="decide_due_on", css="nowrap")
    def decide_due_on(self, row: Extension) -> Any:
        return row.decide_due_on if row.status == Extension.Status.SIGNED else None

    @column(gettext_lazy("Asked"))
    def asked(self, row: Extension) -> str:
        return cells.done_by(row.asker, row.asked_at, "")

    @column(gettext_lazy("Signed"))
    def signed(self, row: Extension) -> str:
        return cells.done_by(row.signer, row.signed_at, "")

    @column(gettext_lazy("Decided"))
    def decided(self, row: Extension) -> str:
        return cells.done_by(row.decider, row.decided_at, row.answer)

    def row_name(self, row: Extension) -> SafeString:
        return cells.coded(row.task)

    def page_url(self, row: Extension) -> str:
        return f"{reverse('task', args=[row.task_id])}#extension-{row.pk}"
