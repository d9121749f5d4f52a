"""Wishes for more time at the review desk: may the day come later?"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.lights.reading import light_up
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from qdtrade.templatetags import days
from qdtrade.workflow import why_not
from tasks import workflow
from tasks.models import Extension
from tasks.models.extension import ExtensionQuerySet

from .kind import LOOK_CLOSER, USUAL, Check, Decided, Kind, Line, address, clock_of

SOON = datetime.timedelta(days=7)
"""A day this near is decided with care: there is no time for a second try (DOMAIN, lights: milestone)."""

MOVES = {
    Extension.Status.GRANTED: workflow.GRANT.name,
    Extension.Status.REFUSED: workflow.REFUSE.name,
}


def rows(user: Any, programme: Programme) -> ExtensionQuerySet:
    return Extension.objects.visible_to(user).filter(task__programme=programme)


def risk(today: datetime.date) -> Case:
    """A wish whose day has almost come is looked at more closely."""
    soon = When(from_on__lte=today + SOON, then=Value(LOOK_CLOSER))
    return Case(soon, default=Value(USUAL), output_field=IntegerField())


def lines(user: Any, pks: Sequence[int], calendar: Calendar) -> list[Line]:
    """The named wishes as the queue shows them."""
    found = list(Extension.objects.visible_to(user).filter(pk__in=pks).for_list())
    light_up(row.task for row in found)
    return [_line(row, user, calendar) for row in found]


def _line(row: Any, user: Any, calendar: Calendar) -> Line:
    words = {"what": row.subject, "days": row.days}
    return Line(
        row=row,
        kind=KIND.name,
        url=address(KIND.name, row.pk),
        title=row.task.title,
        bureau=str(row.bureau),
        facts=[row.task.code, str(row.bureau)],
        change=_("%(what)s, %(days)d days later") % words,
        light=row.task.light,
        own_light=row.task.self_light,
        marks=[_("more time asked for")],
        clock=clock_of(row.decide_due_on, calendar),
        reason=why_not(workflow.GRANT, row, user) if row.status == Extension.Status.SIGNED else "",
    )


def one(user: Any) -> QuerySet[Extension]:
    return Extension.objects.visible_to(user).for_list()


def page(row: Extension, user: Any) -> dict[str, Any]:
    """The day so far beside the day asked for, the baseline, the cause, and what was granted before."""
    milestone, task = row.milestone, row.task
    light_up([task])
    earlier = Extension.objects.visible_to(user).filter(task=task).exclude(pk=row.pk)
    words = {"what": row.subject, "old": days.iso(row.from_on), "new": days.iso(row.to_on)}
    return {
        "task": task,
        "due": row.decide_due_on,
        "baseline_on": milestone.baseline_on if milestone else task.baseline_due_on,
        "now_on": milestone.plan_on if milestone else task.due_on,
        "earlier": list(earlier.for_list().in_order()[:10]),
        "checks": checks(row),
        "effect": _("Granting moves the plan of %(what)s from %(old)s to %(new)s; the baseline stays.")
        % words,
        "refuse_note": _("The day stays as it is; the bureau reads the reason."),
        "traffic": history.acts(history.of_object(row).defer("line", "state")[:20]),
    }


def checks(row: Extension) -> list[Check]:
    """What the program could check of the wish."""
    baseline = row.milestone.baseline_on if row.milestone else row.task.baseline_due_on
    found = [Check(True, _("asked for before the day, and signed by the head"))]
    if row.from_on <= clock.today() + SOON:
        found.append(Check(False, _("the day so far is %(day)s") % {"day": days.in_words(row.from_on)}))
    if baseline is not None and row.from_on > baseline:
        moved = (row.from_on - baseline).days
        words = ngettext(
            "already %(days)d day behind its baseline", "already %(days)d days behind its baseline", moved
        )
        found.append(Check(False, words % {"days": moved}))
    return found


def decided(row: Extension) -> Decided | None:
    """The decision, where the wish waits no longer."""
    if row.status in Extension.UNDER_WAY or row.decided_at is None:
        return None
    move, words = MOVES.get(Extension.Status(row.status), ""), str(row.get_status_display())
    return Decided(move, words, row.decided_by_id, row.decider, row.decided_at, row.answer)


def counted(number: int) -> str:
    return ngettext("%(number)d wish for more time", "%(number)d wishes for more time", number) % {
        "number": number
    }


KIND = Kind(
    name="extension",
    label=gettext_lazy("Wishes for more time"),
    counted=counted,
    rows=rows,
    waits=Q(status=Extension.Status.SIGNED),
    reaches={"field": "task__field", "bureau": "bureau", "due": "decide_due_on"},
    risk=risk,
    lines=lines,
    one=one,
    page=page,
    template="home/_desk_extension.html",
    moves={move.name: move for move in (workflow.GRANT, workflow.REFUSE)},
    moves_url="extension_move",
    approve=workflow.GRANT,
    refuse=workflow.REFUSE,
    done={
        workflow.GRANT.name: pgettext_lazy("decision", "More time granted: %(row)s"),
        workflow.REFUSE.name: pgettext_lazy("decision", "More time refused: %(row)s"),
    },
    decided=decided,
)
