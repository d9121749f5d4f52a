"""The cockpit of a past period: the moment at which it is read, and what was put right since it was frozen."""

from dataclasses import dataclass

from django.http import HttpRequest

from qdtrade import clock
from qdtrade.programmes import freezing
from qdtrade.programmes.freezing import Quoted
from qdtrade.programmes.models import Period, PeriodFigure, Restatement

from .asked import settled_on


@dataclass(frozen=True)
class Frozen:
    """A period whose figures do not change any more, and those of them that were restated, with every value."""

    period: Period
    restated: list[Quoted]


def moment_of(period: Period) -> str:
    """When a past period is read: the moment at which its figures were kept, else the day on which it was settled."""
    kept = PeriodFigure.objects.filter(period=period).order_by("computed_at", "pk")
    at = kept.values_list("computed_at", flat=True).first() if freezing.are_kept(period) else None
    return at.astimezone(clock.BEIJING).isoformat() if at is not None else settled_on(period).isoformat()


def chosen(request: HttpRequest, periods: list[Period]) -> Period | None:
    """The period that the address names, where it is over and another one has opened since."""
    asked = request.GET.get("period", "")
    found = next((period for period in periods[1:] if str(period.pk) == asked), None)
    return found if found is not None and settled_on(found) < clock.today() else None


def frozen(user: object, period: Period | None) -> Frozen | None:
    """What is said above the figures of a frozen period; its restatements to those who read the programme whole."""
    if period is None or period.status != Period.Status.FROZEN:
        return None
    if not Restatement.objects.visible_to(user).filter(period=period).exists():
        return Frozen(period, [])
    kept = freezing.kept(period)
    return Frozen(period, [one for rows in kept.values() for one in rows if one.replaced])
