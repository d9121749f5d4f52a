"""How a period moves: planned → open → grace → closed → frozen."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.audit import trail
from qdtrade.workflow import Act, Move, Written

from . import freezing, rules
from .ledgers import LEDGERS, figures
from .models import Period

PLANNED, OPEN, GRACE, CLOSED, FROZEN = Period.Status


def _write_ledgers(period: Period, act: Act) -> Iterator[Written]:
    """Writes down who owes what: one expected row and its report for each task in progress."""
    for ledger in LEDGERS.values():
        yield from ledger.opens(period, act)


def _keep_figures(period: Period, act: Act) -> Iterator[Written]:
    """Keeps the figures that bulletins quote, for ever, and records their hash."""
    rows = freezing.count(period, act.at)
    trail.append(rows)
    kept = {name: figures(ledger, period) for name, ledger in LEDGERS.items()}
    bound = {"figures_kept": len(rows), "figures_hash": freezing.digest_of(rows)}
    yield period, {"figures": kept, **bound}


OPEN_PERIOD = Move(
    name="open",
    label=_("Open"),
    sources=(PLANNED,),
    target=OPEN,
    who=rules.keeps_calendar,
    guard=rules.by_clock_or_reason("opens_on", after=False),
    effect=_write_ledgers,
)
ENTER_GRACE = Move(
    name="enter_grace",
    label=_("Enter grace"),
    sources=(OPEN,),
    target=GRACE,
    who=rules.keeps_calendar,
    guard=rules.by_clock_or_reason("due_on", after=True),
)
CLOSE_PERIOD = Move(
    name="close",
    label=pgettext_lazy("period", "Close"),
    sources=(OPEN, GRACE),
    target=CLOSED,
    who=rules.keeps_calendar,
    guard=rules.by_clock_or_reason("grace_on", after=True),
)
FREEZE_PERIOD = Move(
    name="freeze",
    label=_("Freeze"),
    sources=(CLOSED,),
    target=FROZEN,
    who=rules.manages,
    guard=rules.grace_is_over,
    effect=_keep_figures,
)

MOVES = {move.name: move for move in (OPEN_PERIOD, ENTER_GRACE, CLOSE_PERIOD, FREEZE_PERIOD)}
