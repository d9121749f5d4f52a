"""Gates of signed projects at the review desk: was this one passed?"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from projects import rules, showing, workflow
from projects.models import Gate, GateFile
from projects.models.gate import GateQuerySet
from qdtrade.audit import history
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from qdtrade.templatetags import days
from qdtrade.workflow import why_not

from .kind import LOOK_CLOSER, USUAL, Check, Decided, Kind, Line, address, clock_of

MOVES = {Gate.Status.CONFIRMED: workflow.CONFIRM.name, Gate.Status.RETURNED: workflow.RETURN.name}


def rows(user: Any, programme: Programme) -> GateQuerySet:
    return Gate.objects.visible_to(user).filter(project__programme=programme)


def risk(today: datetime.date) -> Case:
    """What came later than planned, or came back before, is looked at more closely."""
    closer = When(Q(fact_on__gt=F("plan_on")) | Q(decided_at__isnull=False), then=Value(LOOK_CLOSER))
    return Case(closer, default=Value(USUAL), output_field=IntegerField())


def lines(user: Any, pks: Sequence[int], calendar: Calendar) -> list[Line]:
    """The named gates as the queue shows them."""
    found = Gate.objects.visible_to(user).filter(pk__in=pks).for_list()
    return [_line(row, user, calendar) for row in found]


def _line(row: Gate, user: Any, calendar: Calendar) -> Line:
    marks = [_("gate of a signing")]
    if row.proposed_from:
        marks.append(_("filed by the office"))
    return Line(
        row=row,
        kind=KIND.name,
        url=address(KIND.name, row.pk),
        title=row.project.name,
        bureau=str(row.project.carrier),
        facts=[row.project.code, str(row.project.carrier)],
        change=_("%(gate)s on %(day)s") % {"gate": row.get_step_display(), "day": days.iso(row.fact_on)},
        marks=marks,
        clock=clock_of(row.review_due_on, calendar),
        reason=why_not(workflow.CONFIRM, row, user) if row.status == Gate.Status.PROPOSED else "",
    )


def one(user: Any) -> QuerySet[Gate]:
    return Gate.objects.visible_to(user).for_list()


def page(row: Gate, user: Any) -> dict[str, Any]:
    """The gate before beside this one, what was said, and the proof."""
    before = rules.previous(row)
    return {
        "project": row.project,
        "due": row.review_due_on,
        "before": before,
        "off": showing.off_words(row),
        "proof": rules.proof_of(row),
        "files": list(GateFile.objects.visible_to(user).filter(gate=row).in_use()),
        "checks": checks(row, before),
        "effect": _("Confirming puts the project at “%(gate)s”: it counts from then on.")
        % {"gate": row.get_step_display()},
        "refuse_note": _(
            "The project stays where it stands; the carrier reads the reason and proposes again."
        ),
        "traffic": history.acts(history.of_object(row).defer("line", "state")[:20]),
    }


def checks(row: Gate, before: Gate | None) -> list[Check]:
    """What the program could check of the proposal."""
    found = [Check(True, _("after the gate before it, and not in the future"))]
    if before is None:
        found = [Check(True, _("on the day of the signing or later, and not in the future"))]
    if row.plan_on and row.fact_on and row.fact_on > row.plan_on:
        found.append(Check(False, _("planned for %(day)s") % {"day": days.in_words(row.plan_on)}))
    if row.remarks:
        found.append(Check(False, _("it came back before: %(why)s") % {"why": row.remarks}))
    if row.proposed_from:
        found.append(
            Check(False, _("entered by the office from: %(source)s") % {"source": row.proposed_from})
        )
    return found


def decided(row: Gate) -> Decided | None:
    """The decision, where the gate waits no longer."""
    if row.status == Gate.Status.PROPOSED or row.decided_at is None:
        return None
    move, words = MOVES.get(Gate.Status(row.status), ""), str(row.get_status_display())
    return Decided(move, words, row.decided_by_id, row.decider, row.decided_at, row.remarks)


def counted(number: int) -> str:
    return ngettext("%(number)d gate of signings", "%(number)d gates of signings", number) % {
        "number": number
    }


KIND = Kind(
    name="gate",
    label=gettext_lazy("Gates of signings"),
    counted=counted,
    rows=rows,
    waits=Q(status=Gate.Status.PROPOSED),
    reaches={"bureau": "project__carrier", "due": "review_due_on"},
    risk=risk,
    lines=lines,
    one=one,
    page=page,
    template="home/_desk_gate.html",
    moves={move.name: move for move in (workflow.CONFIRM, workflow.RETURN)},
    moves_url="gate_move",
    approve=workflow.CONFIRM,
    refuse=workflow.RETURN,
    done={
        workflow.CONFIRM.name: pgettext_lazy("decision", "Confirmed: %(row)s"),
        workflow.RETURN.name: pgettext_lazy("decision", "Returned: %(row)s"),
    },
    decided=decided,
)
