"""Progress reports at the review desk."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qdtrade.errors import Refusal
from qdtrade.lights.reading import light_up
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from qdtrade.templatetags import days
from qdtrade.workflow import why_not
from tasks import rules, workflow
from tasks.forms import remarks
from tasks.models import Light, Milestone, Report, ReportVersion
from tasks.models.report import ReportQuerySet

from . import report_page
from .kind import LOOK_CLOSER, LOOK_FIRST, NOTHING_NEW, USUAL, Decided, Kind, Line, address, clock_of
from .report_page import signed

MOVES = {Report.Status.APPROVED: workflow.APPROVE.name, Report.Status.RETURNED: workflow.RETURN.name}


def rows(user: Any, programme: Programme) -> ReportQuerySet:
    return Report.objects.visible_to(user).filter(expected__period__programme=programme)


def risk(today: datetime.date) -> Case:
    """Red or an overdue milestone first; then yellow, gone back, or late; last what brings nothing new."""
    overdue = Milestone.objects.overdue(today).filter(task=OuterRef("expected__task")).order_by()
    late = Q(expected__first_submitted_on__gt=F("expected__period__due_on"))
    behind = ~Q(current__content__progress_reason="")
    return Case(
        When(Q(current__content__self_light=Light.RED) | Exists(overdue), then=Value(LOOK_FIRST)),
        When(Q(current__content__self_light=Light.YELLOW) | late | behind, then=Value(LOOK_CLOSER)),
        When(current__content__no_change=True, then=Value(NOTHING_NEW)),
        default=Value(USUAL),
        output_field=IntegerField(),
    )


def lines(user: Any, pks: Sequence[int], calendar: Calendar) -> list[Line]:
    """The named rows as the queue shows them."""
    found = list(Report.objects.visible_to(user).filter(pk__in=pks).for_list().with_base())
    light_up(row.task for row in found)
    bases = ReportVersion.objects.visible_to(user).in_bulk([row.base for row in found if row.base])
    return [_line(row, bases.get(row.base) if row.base else None, user, calendar) for row in found]


def _line(row: Any, base: ReportVersion | None, user: Any, calendar: Calendar) -> Line:
    waiting, now = row.status == Report.Status.SUBMITTED, row.current
    reason = why_not(workflow.APPROVE, row, user) if waiting else ""
    said = now.content if now else {}
    marks = []
    if now and now.filed_from:
        marks.append(_("filed by the office"))
    if now and now.number > 1:
        marks.append(_("version %(number)s") % {"number": now.number})
    return Line(
        row=row,
        kind=KIND.name,
        url=address(KIND.name, row.pk),
        title=row.task.title,
        bureau=str(row.bureau),
        facts=[row.task.code, str(row.bureau), row.period.month_name],
        change=change_words(base.content if base else None, said) if said else "",
        light=row.task.light,
        own_light=said.get("self_light", ""),
        marks=marks,
        clock=clock_of(row.review_due_on if waiting else row.resubmit_due_on, calendar),
        reason=reason,
        note="" if reason else _taken_words(row, user),
        may_tick=waiting and not reason and _is_unchanged(row, base),
    )


def _taken_words(row: Report, user: Any) -> str:
    if row.taken_by_id is None:
        return ""
    words = {"who": row.taker, "at": days.moment_in_words(row.taken_at)}
    return (
        _("taken by you, %(at)s") % words
        if row.taken_by_id == user.pk
        else _("taken by %(who)s, %(at)s") % words
    )


def _is_unchanged(row: Report, base: ReportVersion | None) -> bool:
    try:
        rules.changes_nothing(row, base.content if base else None)
    except Refusal:
        return False
    return True


def change_words(base: Mapping[str, Any] | None, now: Mapping[str, Any]) -> str:
    """What is new in a report, in half a dozen words."""
    if base is None:
        return _("first report")
    words = []
    moved = Decimal(now["progress"]) - Decimal(base["progress"])
    if moved:
        words.append(_("progress %(points)s") % {"points": signed(moved)})
    claims = len(now["milestones"])
    if claims:
        words.append(ngettext("%(count)d milestone", "%(count)d milestones", claims) % {"count": claims})
    if now.get("self_light") != base.get("self_light"):
        words.append(_("another light"))
    if now.get("forecast_on") != base.get("forecast_on"):
        words.append(_("another forecast"))
    if not words and now.get("done") != base.get("done"):
        words.append(_("another text"))
    return _(", ").join(words[:3]) or _("no change")


def one(user: Any) -> QuerySet[Report]:
    """With what the page of one report and its moves read."""
    rows = Report.objects.visible_to(user).for_list().with_base()
    return rows.select_related("in_force", "expected__task__facts_period").prefetch_related(
        "expected__task__milestones"
    )


def decided(row: Report) -> Decided | None:
    """The last decision, where the report waits no longer."""
    if row.status == Report.Status.SUBMITTED:
        return None
    last = row.versions.exclude(decision="").select_related("decided_by", "decided_for").in_order().first()
    if last is None or last.decided_at is None:
        return None
    move = MOVES.get(Report.Status(row.status), "")
    words = str(last.get_decision_display())
    return Decided(move, words, last.decided_by_id, last.decider, last.decided_at, last.comment)


def counted(number: int) -> str:
    return ngettext("%(number)d report", "%(number)d reports", number) % {"number": number}


def written(shown: Mapping[str, Any], beside: Mapping[str, str]) -> dict[str, Any]:
    """The fields with what was typed beside them."""
    return {"lines": [replace(line, written=beside.get(line.name, "")) for line in shown.get("lines", [])]}


KIND = Kind(
    name="report",
    label=gettext_lazy("Progress reports"),
    counted=counted,
    rows=rows,
    waits=Q(status=Report.Status.SUBMITTED),
    reaches={"field": "expected__task__field", "bureau": "expected__bureau", "due": "review_due_on"},
    risk=risk,
    lines=lines,
    one=one,
    page=report_page.page,
    template="home/_desk_report.html",
    moves=workflow.REPORT_MOVES,
    moves_url="report_move",
    approve=workflow.APPROVE,
    refuse=workflow.RETURN,
    done={
        workflow.APPROVE.name: pgettext_lazy("decision", "Approved: %(row)s"),
        workflow.RETURN.name: pgettext_lazy("decision", "Returned: %(row)s"),
    },
    decided=decided,
    unchanged=lambda found: found.with_base().unchanged(),
    data=lambda posted: {"remarks": remarks(posted)},
    written=written,
)
