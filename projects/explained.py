"""What stands behind the figures of the signings and of their updates; their rates have pages of their own."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.errors import Words
from qdtrade.lights.filters import MEANINGS
from qdtrade.money import plain, yi
from qdtrade.programmes.explained import TIMELY, Explained, Figure, Measured, rates, records_below, records_of
from qdtrade.programmes.models import Programme
from qdtrade.templatetags.words import grouped

from . import sums
from .models import ExpectedUpdate, Project


def _projects(user: Any, programme: Programme) -> QuerySet[Any]:
    return Project.objects.visible_to(user).filter(programme=programme).with_money().with_light()


def _updates(user: Any, programme: Programme) -> QuerySet[Any]:
    rows = ExpectedUpdate.objects.visible_to(user).filter(period__programme=programme)
    return rows.with_timeliness(clock.now())


def _carriers(rows: QuerySet[Any], user: Any) -> Measured:
    number = rows.order_by().aggregate(n=Count("carrier", distinct=True))["n"]
    return Measured(grouped(number), _("each carrier once, however many projects it carries"))


def _sum(name: str, label: Words, formula: Words) -> Figure:
    """A sum that stands below the list."""

    def measure(rows: Any, user: Any) -> Measured:
        found = sums.totals(rows)
        amount = Decimal(found[name])
        words = _("the amounts of %(n)s projects together = %(yuan)s yuan")
        return Measured(
            f"{yi(amount)} 亿元", words % {"n": grouped(found["projects"]), "yuan": plain(amount)}
        )

    return Figure(name, label, formula, measure)


OF_ENTRIES = gettext_lazy("sum of the dated entries, counter-entries taken off")
PROJECTS = Explained(
    rows=_projects,
    records=records_below,
    counted=gettext_lazy("projects that were signed, ended ones among them"),
    figures=[
        Figure("carriers", gettext_lazy("Carriers"), gettext_lazy("bureaus that carry these projects"), _carriers),
        _sum(
            "planned_investment", gettext_lazy("Planned investment"),
            gettext_lazy("sum of what was planned at the signing"),
        ),
        _sum(
            "contracted_inflow", gettext_lazy("Contracted inflow"),
            gettext_lazy("sum of what was contracted to come in"),
        ),
        _sum("came_in", gettext_lazy("Money that came in"), OF_ENTRIES),
        _sum("paid", gettext_lazy("Money that was paid"), OF_ENTRIES),
        _sum("invested", gettext_lazy("Money that was invested"), OF_ENTRIES),
    ],
    meanings={
        **MEANINGS,
        ("behind", "true"): gettext_lazy("a gate past its day, or money that lags its plan"),
        ("stalled", "true"): gettext_lazy("no confirmed change for longer than the programme allows"),
        ("waiting", "true"): gettext_lazy("a proposed gate that the pilot office has not decided yet"),
        ("ended", "true"): gettext_lazy("terminated or removed; they stay in their cohort and in every denominator"),
    },
)  # fmt: skip
UPDATES = Explained(
    rows=_updates,
    records=records_of,
    counted=gettext_lazy("expected updates: one for each project and period"),
    figures=rates(),
    meanings=TIMELY,
)
