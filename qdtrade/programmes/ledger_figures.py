"""What a bulletin quotes of a ledger: who reported in time, with the rates, of the whole and of each group."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .freezing import FigureSet, Part, figure
from .ledgers import Ledger, Line, broken_down, counts_of
from .models import Period, PeriodFigure
from .rates import RATES, rates_of

COUNTS = {
    "expected": Part(_("Expected"), _("rows of the ledger written when the period opened")),
    "exempt": Part(
        _("Exempt"), _("excused with a reason; they stay in the ledger"), {"timeliness": "exempt"}
    ),
    "filed": Part(_("Filed"), _("first submitted by the due date or in grace"), {"filed": "true"}),
    "on_time": Part(_("On time"), _("first submitted by the due date"), {"timeliness": "on_time"}),
    "late": Part(_("Late"), _("first submitted after the due date"), {"timeliness": "late"}),
    "missing": Part(_("Missing"), _("not submitted when the form closed"), {"timeliness": "missing"}),
    "exceptions": Part(
        _("Exceptions"), _("accepted until a later day, with a reason"), {"exception": "true"}
    ),
    "sent_back": Part(_("Returned"), _("returned at least once"), {"returned": "true"}),
}
"""Counts of a ledger; those that it does not have are left out."""

LABELS = {
    "coverage": _("Coverage rate"),
    "timeliness": _("On-time rate"),
    "returned": _("Return rate"),
}
"""Beside counts of the same name a rate is called one."""

PARTS = COUNTS | {f"rate_{rate.name}": Part(LABELS[rate.name], rate.formula) for rate in RATES}


def figures_of(ledger: Ledger) -> FigureSet:
    """The set of a ledger; nothing where nothing was owed in the period."""

    def count(period: Period) -> Iterator[PeriodFigure]:
        rows = ledger.everything()
        whole = counts_of(ledger, rows, [period])[period.pk]
        if not whole["expected"]:
            return
        yield from _of_line(whole)
        for by in ledger.groups:
            for line in broken_down(ledger, rows, period, by):
                yield from _of_line(line, by=by, key=line["key"], label=line["name"])

    def url(row: PeriodFigure) -> str:
        asked = {"programme": row.period.programme.code, "period": row.period_id}
        group = {row.by: row.key} if row.by else {}
        return f"{reverse(ledger.list_name)}?{urlencode({**asked, **group, **PARTS[row.part].opens})}"

    return FigureSet(f"ledger.{ledger.name}", ledger.label, count, PARTS, url)


def _of_line(line: Line, **of: Any) -> Iterator[PeriodFigure]:
    for name in COUNTS:
        if name in line:
            yield figure(name, line[name], unit="count", **of)
    for rate, value in rates_of(line):
        if rate.over in line:
            yield figure(
                f"rate_{rate.name}",
                value,
                numerator=line[rate.over],
                denominator=line[rate.under],
                unit="percent",
                **of,
            )
