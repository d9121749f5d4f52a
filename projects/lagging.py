"""What is behind and what is stalled, each with the sentence that says why. Counted in SQL, one rule for every door.

Behind: a gate is past its planned day and its carrier has not proposed it, or the money that came in lags its plan by
as many points as the programme says. Stalled: for as many days as the programme says no gate was confirmed and no sum
was entered. Neither is said of a project that ended or is at full output. (Lights come with the cockpit.)
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import (
    BigIntegerField,
    DateField,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Round
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qdtrade import money
from qdtrade.errors import Words
from qdtrade.programmes.models.programme import DAYS_TO_STALL, POINTS_BEHIND

from . import plans
from .models import Gate, MoneyEvent, MoneyKind, Project
from .models.days import DayOf, Days, whether

Rows = TypeVar("Rows", bound=QuerySet[Any])

BEHIND, STALLED = "behind", "stalled"
OPEN = (Gate.Status.PLANNED, Gate.Status.RETURNED)
"""Gates that wait for their carrier; a proposed one waits for the pilot office."""

UNDER_WAY = [state for state in Project.ALIVE if state != Project.Status.FULL]


@dataclass(frozen=True)
class Lag:
    """One thing that is wrong with a project: the state that it is in, and why."""

    state: str
    reason: str

    @property
    def label(self) -> Words:
        return pgettext("project", "behind") if self.state == BEHIND else pgettext("project", "stalled")


def with_lags(rows: Rows, today: datetime.date) -> Rows:
    """Adds what `lags` reads."""
    late = _late_gates(today).filter(project=OuterRef("pk")).order_by("plan_on", "number")
    named = _measured(rows, today).annotate(
        late_since=Subquery(late.values("plan_on")[:1]), late_step=Subquery(late.values("step")[:1])
    )
    found: Rows = named.annotate(
        is_late=whether(_is_late(today)), is_short=whether(_is_short()), is_idle=whether(_is_idle())
    )
    return found


def behind(today: datetime.date, among: QuerySet[Project] | None = None) -> QuerySet[Project]:
    """All that are behind, or those among some projects."""
    return _measured(_among(among), today).filter(_is_late(today) | _is_short())


def stalled(today: datetime.date, among: QuerySet[Project] | None = None) -> QuerySet[Project]:
    """All that are stalled, or those among some projects."""
    return _measured(_among(among), today).filter(_is_idle())


def _among(some: QuerySet[Project] | None) -> QuerySet[Project]:
    rows = Project.objects.order_by()
    return rows if some is None else rows.filter(pk__in=some.order_by().values("pk"))


def lags(project: Any, today: datetime.date) -> list[Lag]:
    """Why a project is behind or stalled, gates first; the row came with `with_lags()`."""
    found = []
    if project.is_late:
        days = (today - project.late_since).days
        found.append(Lag(BEHIND, late_words(Gate.Step(project.late_step).label, days)))
    if project.is_short:
        found.append(Lag(BEHIND, short_words(missing_money(project))))
    if project.is_idle:
        found.append(Lag(STALLED, idle_words(project.idle_days)))
    return found


def missing_money(project: Any) -> Decimal:
    """What is due by plan less what came in, in yuan."""
    return Decimal(project.money_due - Decimal(project.money_came) / 100)


def late_words(gate: Words, days: int) -> str:
    """By how much a gate is past its planned day."""
    words = ngettext("%(gate)s %(days)d day overdue", "%(gate)s %(days)d days overdue", days)
    return words % {"gate": gate, "days": days}


def short_words(missing: Decimal) -> str:
    """How much of the money that is due did not come."""
    return _("money in is %(amount)s 亿元 behind plan") % {"amount": money.yi(missing)}


def idle_words(days: int) -> str:
    """For how long nothing changed."""
    return ngettext("%(days)d day without a change", "%(days)d days without a change", days) % {"days": days}


def _measured(rows: Rows, today: datetime.date) -> Rows:
    """How long nothing changed, and what of the money is due and came: yuan that are wanted and due, fen that came."""
    wanted = ["contracted_inflow", "planned_investment"]
    found: Rows = rows.annotate(
        idle_days=_idle_days(today),
        money_wanted=Cast(Round(Coalesce(*wanted)), BigIntegerField()),
        money_due=plans.asked_by(today, wanted),
        money_came=_came(),
    )
    return found


def _late_gates(today: datetime.date) -> QuerySet[Gate]:
    return Gate.objects.filter(plan_on__lt=today, status__in=OPEN)


def _is_late(today: datetime.date) -> Q:
    return Q(status__in=UNDER_WAY, pk__in=_late_gates(today).values("project"))


def _is_short() -> Q:
    """What is due less what came is at least so many points of what is wanted; in fen on either side, whole numbers."""
    points = Coalesce("programme__behind_points", Value(POINTS_BEHIND))
    lag = Greatest(F("money_wanted") * points, Value(1))
    return Q(status__in=UNDER_WAY, money_came__lte=F("money_due") * 100 - lag)


def _is_idle() -> Q:
    days = Coalesce("programme__stalled_days", Value(DAYS_TO_STALL))
    return Q(status__in=UNDER_WAY, idle_days__gte=days)


def _came() -> Coalesce:
    """The fen that came in."""
    return MoneyEvent.objects.filter(kind=MoneyKind.IN).fen_of_project()


def _idle_days(today: datetime.date) -> Days:
    """Days since the signing, the last confirmation, or the last sum that was entered."""
    confirmed = Gate.objects.filter(project=OuterRef("pk"), status=Gate.Status.CONFIRMED).order_by()
    entered = MoneyEvent.objects.filter(project=OuterRef("pk")).order_by()
    acts = [
        Subquery(confirmed.values("project").annotate(last=Max("decided_at")).values("last")),
        Subquery(entered.values("project").annotate(last=Max("added_at")).values("last")),
    ]
    last = Greatest("signed_on", *(Coalesce(DayOf(one), F("signed_on")) for one in acts))
    return Days(Value(today, output_field=DateField()), last)
