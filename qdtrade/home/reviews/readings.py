"""Readings of indicators at the review desk: is this the figure?"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qdtrade.audit import history
from qdtrade.indicators import workflow
from qdtrade.indicators.models import Qualifier, Reading
from qdtrade.indicators.models.reading import ReadingQuerySet
from qdtrade.indicators.said import distance, said, target_for, value_words
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from qdtrade.templatetags import days
from qdtrade.workflow import why_not

from .kind import LOOK_CLOSER, USUAL, Check, Decided, Kind, Line, address, clock_of

MOVES = {Reading.Status.APPROVED: workflow.APPROVE.name, Reading.Status.RETURNED: workflow.RETURN.name}


def rows(user: Any, programme: Programme) -> ReadingQuerySet:
    return Reading.objects.visible_to(user).filter(indicator__programme=programme)


def risk(today: datetime.date) -> Case:
    """A correction, or what came back before, is looked at more closely."""
    closer = When(Q(corrects__isnull=False) | Q(decided_at__isnull=False), then=Value(LOOK_CLOSER))
    return Case(closer, default=Value(USUAL), output_field=IntegerField())


def lines(user: Any, pks: Sequence[int], calendar: Calendar) -> list[Line]:
    """The named readings as the queue shows them."""
    found = Reading.objects.visible_to(user).filter(pk__in=pks).for_list()
    return [_line(row, user, calendar) for row in found]


def _line(row: Reading, user: Any, calendar: Calendar) -> Line:
    marks = [_("correction of a reading") if row.corrects_id else _("reading of an indicator")]
    return Line(
        row=row,
        kind=KIND.name,
        url=address(KIND.name, row.pk),
        title=row.indicator.display_name,
        bureau=str(row.indicator.owner),
        facts=[row.indicator.code, str(row.indicator.owner)],
        change=f"{row.period} {said(row)}",
        marks=marks,
        clock=clock_of(row.review_due_on, calendar),
        reason=why_not(workflow.APPROVE, row, user) if row.status == Reading.Status.SUBMITTED else "",
    )


def one(user: Any) -> QuerySet[Reading]:
    return Reading.objects.visible_to(user).for_list().prefetch_related("indicator__targets")


def page(row: Reading, user: Any) -> dict[str, Any]:
    """The reading in force beside the one submitted, and how far that is from the target."""
    before = row.corrects or _before(row, user)
    if before is not None:
        before.indicator = row.indicator
    target = target_for(row.indicator, row)
    return {
        "indicator": row.indicator,
        "due": row.review_due_on,
        "before": before,
        "before_said": said(before) if before else None,
        "row_said": said(row),
        "target": target,
        "target_words": value_words(row.indicator, target.value) if target else "",
        "distance": distance(row, target) if target else None,
        "checks": checks(row, before),
        "effect": _("Approving puts it in force: tiles, lists and figures show it from then on."),
        "refuse_note": _("Nothing changes in the figures; the owner reads the reason and submits again."),
        "traffic": history.acts(history.of_object(row).defer("line", "state")[:20]),
    }


def _before(row: Reading, user: Any) -> Reading | None:
    """The newest reading in force so far."""
    held = Reading.objects.visible_to(user).filter(indicator=row.indicator).in_force()
    return held.for_list().newest_first().first()


def checks(row: Reading, before: Reading | None) -> list[Check]:
    """What the program could check of the reading."""
    found = [Check(True, _("of a day that has passed, with its source"))]
    if row.corrects_id:
        found.append(Check(False, _("takes the place of an approved reading, which is kept")))
    elif before is not None and before.on >= row.on:
        words = _("a reading of %(day)s is in force already; this one is older")
        found.append(Check(False, words % {"day": days.in_words(before.on)}))
    if row.qualifier != Qualifier.EXACT:
        words = _("not an exact figure: “%(qualifier)s” stays with it")
        found.append(Check(False, words % {"qualifier": row.get_qualifier_display()}))
    if row.remarks:
        found.append(Check(False, _("it came back before: %(why)s") % {"why": row.remarks}))
    return found


def decided(row: Reading) -> Decided | None:
    """The decision, where the reading waits no longer."""
    if row.status == Reading.Status.SUBMITTED or row.decided_at is None:
        return None
    move, words = MOVES.get(Reading.Status(row.status), ""), str(row.get_status_display())
    return Decided(move, words, row.decided_by_id, row.decider, row.decided_at, row.remarks)


def counted(number: int) -> str:
    return ngettext("%(number)d reading of indicators", "%(number)d readings of indicators", number) % {
        "number": number
    }


KIND = Kind(
    name="reading",
    label=gettext_lazy("Readings of indicators"),
    counted=counted,
    rows=rows,
    waits=Q(status=Reading.Status.SUBMITTED),
    reaches={"bureau": "indicator__owner", "due": "review_due_on"},
    risk=risk,
    lines=lines,
    one=one,
    page=page,
    template="home/_desk_reading.html",
    moves={move.name: move for move in (workflow.APPROVE, workflow.RETURN)},
    moves_url="reading_move",
    approve=workflow.APPROVE,
    refuse=workflow.RETURN,
    done={
        workflow.APPROVE.name: pgettext_lazy("decision", "Approved: %(row)s"),
        workflow.RETURN.name: pgettext_lazy("decision", "Returned: %(row)s"),
    },
    decided=decided,
)
