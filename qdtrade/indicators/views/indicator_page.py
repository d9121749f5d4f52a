"""What the page of an indicator shows: its definition, its readings with their moves, targets, picture and past."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from qdtrade.audit import history, past
from qdtrade.errors import NotAllowed, refusal_of
from qdtrade.lists import page_of
from qdtrade.programmes.current import records_of
from qdtrade.web import Offer, offers

from .. import drawn, rules
from ..models import Indicator, IndicatorTarget, Reading
from ..said import Distance, Said, distance, is_press, said, value_words
from ..workflow import READING_MOVES, SUBMIT

SHOWN_ACTS, EVENTS_PER_ACT = 8, 6
SIZE = 50


@dataclass(frozen=True)
class Line:
    """One reading with its moves; `resubmits` and `corrects` say that the person may open those forms."""

    reading: Reading
    said: Said
    is_press: bool
    moves: list[Offer]
    resubmits: bool
    corrects: bool

    @property
    def looks(self) -> str:
        """What is in force asks for nothing: its buttons are bare."""
        return "bare" if self.reading.is_in_force else "plain"


@dataclass(frozen=True)
class Aim:
    """A baseline or a target, with the newest reading's way to it."""

    row: IndicatorTarget
    words: str
    distance: Distance | None


def context(request: HttpRequest, indicator: Indicator) -> dict[str, Any]:
    """Everything that the page's template reads; the indicator came with `for_list()`."""
    user = request.user
    seen = Reading.objects.visible_to(user).filter(indicator=indicator)
    held = [_of(one, indicator) for one in seen.in_force().for_list().order_by("on", "submitted_at", "pk")]
    aims = sorted(indicator.targets.all(), key=lambda one: (one.on, one.pk))
    page = page_of(request, seen.for_list().newest_first(), SIZE)
    newest = held[-1] if held else None
    submits = not _refused(indicator, user) and indicator.ended_at is None
    acts, count = _history(indicator)
    return {
        "indicator": indicator,
        "programme": indicator.programme,
        "page": page,
        "lines": [_line(_of(one, indicator), user, submits) for one in page],
        "newest": newest,
        "newest_said": said(newest) if newest else None,
        "newest_press": is_press(newest) if newest else False,
        "aims": [_aim(one, indicator, newest) for one in aims],
        "picture": drawn.picture(indicator, held, aims),
        "may_submit": submits,
        "may_change": not refusal_of(lambda: rules.runs_programme(indicator.programme, user)),
        "acts": acts,
        "event_count": count,
        "all_records": records_of(user, indicator.programme, about=indicator.code),
    }


def _of(reading: Reading, indicator: Indicator) -> Reading:
    """The reading with the indicator that was read already."""
    reading.indicator = indicator
    return reading


def _refused(indicator: Indicator, user: Any) -> bool:
    if past.current() is not None:
        return True
    try:
        rules.submits(indicator, user)
    except NotAllowed:
        return True
    return False


def _line(reading: Reading, user: Any, submits: bool) -> Line:
    shown = {name: move for name, move in READING_MOVES.items() if name != SUBMIT.name}
    moves = offers(reading, shown, user, "reading_move").values()
    return Line(
        reading=reading,
        said=said(reading),
        is_press=is_press(reading),
        moves=[one for one in moves if reading.status in shown[one.name].sources],
        resubmits=submits and reading.status in SUBMIT.sources,
        corrects=submits and reading.is_in_force,
    )


def _aim(aim: IndicatorTarget, indicator: Indicator, newest: Reading | None) -> Aim:
    is_target = aim.kind == IndicatorTarget.Kind.TARGET
    way = distance(newest, aim) if newest is not None and is_target else None
    return Aim(aim, value_words(indicator, aim.value), way)


def _history(indicator: Indicator) -> tuple[Sequence[history.Line], int]:
    """The latest acts, and how many events there are."""
    events = history.of_root(indicator)
    latest = events.defer("line", "state")[: SHOWN_ACTS * EVENTS_PER_ACT]
    return history.acts(latest)[:SHOWN_ACTS], events.count()
