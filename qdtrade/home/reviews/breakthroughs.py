"""Claims of breakthroughs at the review desk: is it new, and what did it bring?"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.breakthroughs import contents, forms, rules, showing, workflow
from qdtrade.breakthroughs.curve import curve
from qdtrade.breakthroughs.models import Breakthrough, Claim, ClaimFile
from qdtrade.breakthroughs.models.breakthrough import BreakthroughQuerySet
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from qdtrade.workflow import why_not

from .kind import LOOK_CLOSER, USUAL, Check, Decided, Kind, Line, address, clock_of

Status = Breakthrough.Status
MOVES = {
    Status.RECOGNISED: workflow.RECOGNISE.name,
    Status.RETURNED: workflow.RETURN.name,
    Status.NOT_RECOGNISED: workflow.NOT_RECOGNISE.name,
}


def rows(user: Any, programme: Programme) -> BreakthroughQuerySet:
    return Breakthrough.objects.visible_to(user).of_programme(programme)


def risk(today: datetime.date) -> Case:
    """What came back before is looked at more closely."""
    again = When(Q(current__number__gt=1), then=Value(LOOK_CLOSER))
    return Case(again, default=Value(USUAL), output_field=IntegerField())


def lines(user: Any, pks: Sequence[int], calendar: Calendar) -> list[Line]:
    """The named claims as the queue shows them."""
    found = Breakthrough.objects.visible_to(user).filter(pk__in=pks).for_list()
    return [_line(row, user, calendar) for row in found]


def _line(row: Breakthrough, user: Any, calendar: Calendar) -> Line:
    marks = [_("breakthrough")]
    if row.current and row.current.claimed_from:
        marks.append(_("filed by the office"))
    return Line(
        row=row,
        kind=KIND.name,
        url=address(KIND.name, row.pk),
        title=row.task.title,
        bureau=str(row.bureau),
        facts=[row.task.code, str(row.bureau)],
        change=row.current.content.get("novelty", "") if row.current else "",
        marks=marks,
        clock=clock_of(row.review_due_on, calendar),
        reason=why_not(workflow.RECOGNISE, row, user) if row.status == Status.CLAIMED else "",
    )


def one(user: Any) -> QuerySet[Breakthrough]:
    return Breakthrough.objects.visible_to(user).for_list()


def page(row: Breakthrough, user: Any) -> dict[str, Any]:
    """The claim part by part, what could be checked of it, the levels, and what reads alike."""
    version = row.current
    if version is not None:
        version.breakthrough = row
    returned = row.claims.filter(decision=Claim.Decision.RETURNED).order_by("-number").first()
    before = returned if returned and version and returned.number < version.number else None
    claim = showing.whole(version.content, before=before) if version else None
    files = list(ClaimFile.objects.visible_to(user).filter(breakthrough=row).in_use())
    stand = curve(row.programme, clock.today().year, user=user)
    return {
        "version": version,
        "claim": claim,
        "files": files,
        "due": row.review_due_on,
        "levels": rules.levels(row) if row.status == Status.CLAIMED else [],
        "alike": showing.alike(row, user),
        "recognised": stand.recognised,
        "checks": checks(row, claim, files) if claim else [],
        "effect": _effect(stand),
        "refuse_note": _("It goes back with the remarks; the clock begins anew when it is claimed again."),
        "traffic": history.acts(history.of_object(row).defer("line", "state")[:20]),
    }


def _effect(stand: Any) -> str:
    words = _(
        "Recognised: %(now)d → %(then)d; claimed: %(claimed)d → %(left)d. It stands in the curve at once."
    )
    said = {"now": stand.recognised, "then": stand.recognised + 1, "claimed": stand.claimed}
    return words % (said | {"left": max(0, stand.claimed - 1)})


def checks(row: Breakthrough, claim: showing.Whole, files: Sequence[ClaimFile]) -> list[Check]:
    """What the program could check of the claim."""
    found = [
        Check(True, _("a document, in force for %(n)d days") % {"n": claim.days or 0}),
        Check(True, _("effects: %(n)d, each with before and now") % {"n": len(claim.effects)}),
        Check(True, _("proof: %(n)d files, one from who benefits") % {"n": len(files)}),
    ]
    if not claim.content["elsewhere"]:
        found.append(Check(False, _("nothing is said of how others do it")))
    elif not claim.content["elsewhere_source"]:
        found.append(Check(False, _("the comparison with others names no source")))
    for part in claim.parts.values():
        if part.remark and not part.answered:
            words = _("“%(part)s” was remarked on and is as it was")
            found.append(Check(False, words % {"part": part.label}))
    if row.current and row.current.claimed_from:
        words = _("entered by the office from: %(source)s")
        found.append(Check(False, words % {"source": row.current.claimed_from}))
    return found


def decided(row: Breakthrough) -> Decided | None:
    """The decision, where the claim waits no longer."""
    if row.status == Status.CLAIMED or row.decided_at is None:
        return None
    move, words = MOVES.get(Status(row.status), ""), str(row.get_status_display())
    return Decided(move, words, row.decided_by_id, row.decider, row.decided_at, row.reason)


def written(shown: Mapping[str, Any], remarks: Mapping[str, str]) -> dict[str, Any]:
    """The claim with what was typed beside its parts."""
    return {"claim": showing.with_remarks(shown["claim"], remarks)} if shown["claim"] else {}


def counted(number: int) -> str:
    words = ngettext("%(number)d claim of a breakthrough", "%(number)d claims of breakthroughs", number)
    return words % {"number": number}


KIND = Kind(
    name="breakthrough",
    label=gettext_lazy("Claims of breakthroughs"),
    counted=counted,
    rows=rows,
    waits=Q(status=Status.CLAIMED),
    reaches={"field": "task__field", "bureau": "bureau", "due": "review_due_on"},
    risk=risk,
    lines=lines,
    one=one,
    page=page,
    template="home/_desk_breakthrough.html",
    moves={move.name: move for move in (workflow.RECOGNISE, workflow.RETURN, workflow.NOT_RECOGNISE)},
    moves_url="breakthrough_move",
    approve=workflow.RECOGNISE,
    refuse=workflow.RETURN,
    others=(workflow.NOT_RECOGNISE,),
    done={
        workflow.RECOGNISE.name: pgettext_lazy("decision", "Recognised: %(row)s"),
        workflow.RETURN.name: pgettext_lazy("decision", "Returned: %(row)s"),
        workflow.NOT_RECOGNISE.name: pgettext_lazy("decision", "Not recognised: %(row)s"),
    },
    decided=decided,
    data=lambda posted: {"remarks": forms.remarks(posted)},
    labels=contents.LABELS,
    written=written,
    approving=lambda posted: {"level": posted.get("level", "")},
)
