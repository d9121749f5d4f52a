"""Breakthroughs, their proof and their targets: every move on many at once, and nothing changed by hand."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade.moderation import SPECIFICATION, TrailAdmin, column, move_action
from qdtrade.templatetags import qdtrade as tags
from tasks.admin.cells import done_by

from ..filters import BreakthroughFilter, BreakthroughTargetFilter, ClaimFileFilter
from ..models import Breakthrough, BreakthroughTarget, ClaimFile
from ..workflow import BREAKTHROUGH_MOVES, CLAIM, PROMOTE


def coded(row: Breakthrough) -> SafeString:
    """Code and title of the task with their mark."""
    return format_html(
        '<span class="code">{}</span> {}{}', row.task.code, row.task.title, tags.sample_mark(row.task)
    )


@admin.register(Breakthrough)
class BreakthroughAdmin(TrailAdmin):
    """The breakthroughs; what needs a form of its own is not offered for many."""

    group = SPECIFICATION
    label = gettext_lazy("Breakthroughs")
    place = 70
    sentence = gettext_lazy(
        "Each is decided by a reviewer of no bureau concerned; claims and cases are written on their own pages."
    )
    not_added = gettext_lazy("Candidates are named on the pages of tasks")
    of_programme = "task__programme"
    filters = BreakthroughFilter
    pills = ("field", "bureau", "year")
    facets = {
        "status": gettext_lazy("State"),
        "level": pgettext_lazy("breakthrough", "Level"),
        "counted": gettext_lazy("Counts"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, task, bureau, what is new")
    export = "breakthroughs_export"
    list_display = ("task", "bureau", "state", "level", "recognised_on", "review_due_on")
    facts = ("task", "bureau", "state", "level", "expected_on", "flagged", "claimed", "review_due_on", "decided",
             "recognised_on", "revoked", "reason")  # fmt: skip
    actions = [
        move_action(move)
        for name, move in BREAKTHROUGH_MOVES.items()
        if name not in {CLAIM.name, PROMOTE.name}
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Breakthrough]:
        return Breakthrough.objects.visible_to(request.user).for_list().in_order()

    @column(gettext_lazy("Task"), css="name")
    def task(self, row: Breakthrough) -> SafeString:
        return coded(row)

    @column(gettext_lazy("Bureau"), ordering="bureau", css="nowrap")
    def bureau(self, row: Breakthrough) -> str:
        return str(row.bureau)

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Breakthrough) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    @column(pgettext_lazy("breakthrough", "Level"), ordering="level", css="nowrap")
    def level(self, row: Breakthrough) -> str:
        return str(row.get_level_display()) if row.level else ""

    @column(gettext_lazy("To be decided by"), ordering="due", css="nowrap")
    def review_due_on(self, row: Breakthrough) -> Any:
        return row.review_due_on

    @column(gettext_lazy("Flagged"))
    def flagged(self, row: Breakthrough) -> str:
        return done_by(row.flagger, row.flagged_at, "")

    @column(gettext_lazy("Claimed"))
    def claimed(self, row: Breakthrough) -> str:
        return done_by(row.claimer, row.claimed_at, "")

    @column(gettext_lazy("Decided"))
    def decided(self, row: Breakthrough) -> str:
        return done_by(row.decider, row.decided_at, "")

    @column(gettext_lazy("Revoked"))
    def revoked(self, row: Breakthrough) -> str:
        return done_by(row.revoker, row.revoked_at, "")

    def row_name(self, row: Any) -> SafeString:
        return coded(row)

    def page_url(self, row: Any) -> str:
        return reverse("breakthrough", args=[row.pk])


@admin.register(ClaimFile)
class ClaimFileAdmin(TrailAdmin):
    """The files that prove claims."""

    group = SPECIFICATION
    label = gettext_lazy("Proof of claims")
    place = 75
    sentence = gettext_lazy("Read only: a file belongs to its claim; what is taken off stays in the records.")
    not_added = gettext_lazy("Files are added when a claim is written")
    of_programme = "breakthrough__task__programme"
    filters = ClaimFileFilter
    facets = {"proves": gettext_lazy("What it is"), "dropped": gettext_lazy("Taken off")}
    list_display = ("name", "task", "proves", "size", "added_by", "added_at")
    facts = ("task", "proves", "size", "added_by", "added_at", "dropped_at", "whole_checksum")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimFile]:
        rows = ClaimFile.objects.visible_to(request.user)
        related = ("blob", "added_by", "breakthrough__task__programme")
        return rows.select_related(*related).order_by("-added_at", "-pk")

    @column(gettext_lazy("Task"), css="name")
    def task(self, row: ClaimFile) -> SafeString:
        return coded(row.breakthrough)

    @column(gettext_lazy("What it is"), css="nowrap")
    def proves(self, row: ClaimFile) -> str:
        return str(row.get_proves_display())

    @column(gettext_lazy("Size"), css="num")
    def size(self, row: ClaimFile) -> str:
        return filesizeformat(row.blob.size)

    @column("SHA-256")
    def whole_checksum(self, row: ClaimFile) -> SafeString:
        return format_html('<span class="code hash">{}</span>', row.blob.sha256)

    def row_name(self, row: Any) -> SafeString:
        return coded(row.breakthrough)

    def page_url(self, row: Any) -> str:
        return reverse("breakthrough", args=[row.breakthrough_id])


@admin.register(BreakthroughTarget)
class BreakthroughTargetAdmin(TrailAdmin):
    """The targets of the years."""

    group = SPECIFICATION
    label = gettext_lazy("Targets of breakthroughs")
    place = 80
    sentence = gettext_lazy("Read only: a target is set, with its reason, from the list of breakthroughs.")
    not_added = gettext_lazy("Targets are set from the list of breakthroughs")
    of_programme = "programme"
    filters = BreakthroughTargetFilter
    list_display = ("year", "total", "curve", "days_in_force")
    facts = ("year", "total", "curve", "days_in_force", "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet[BreakthroughTarget]:
        return BreakthroughTarget.objects.visible_to(request.user).select_related("programme").in_order()

    @column(gettext_lazy("Target"), css="num")
    def total(self, row: BreakthroughTarget) -> int:
        return row.total

    @column(gettext_lazy("Due by the end of each month"))
    def curve(self, row: BreakthroughTarget) -> str:
        return " / ".join(map(str, row.points))

    def row_name(self, row: Any) -> str:
        return str(row)

    def page_url(self, row: Any) -> str:
        return reverse("breakthrough_list")
