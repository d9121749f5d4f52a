"""Figures of signings as pictures: which lines and bars are drawn, in what words. qdtrade.charts has the geometry."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qdtrade import money
from qdtrade.charts import bars, steps
from qdtrade.errors import Words
from qdtrade.templatetags.words import grouped as with_commas
from qdtrade.templatetags.words import listed

from .grouped import Dated, Group
from .models import Gate, MoneyKind, Project

DESK, PHONE, WIDE = steps.Frame(540, 220), steps.Frame(358, 200), steps.Frame(856, 200)
SHORTEST = datetime.timedelta(days=30)
"""A picture of less time would show nothing but its own ends."""


@dataclass(frozen=True)
class Picture:
    """One picture in its drawings; the page shows the one that fits the room."""

    name: str
    title: Words
    unit: Words
    desc: str
    desk: Any
    phone: Any
    wide: Any = None


def tick_name(day: datetime.date, step: int) -> str:
    """A tick's word: a month, a quarter or a year."""
    short = {"year": day.year % 100, "month": day.month, "quarter": (day.month + 2) // 3}
    if step == 3:
        return _("Q%(quarter)d %(year)02d") % short
    return str(day.year) if step >= 12 else _("%(month)02d/%(year)02d") % short


def over_time(
    name: str, title: Words, unit: Words, lines: Sequence[steps.Line], *, first: datetime.date, today: datetime.date,
    whole: bool = False, is_wide: bool = False,
) -> Picture:  # fmt: skip
    """Running totals since the first day, known until today; drawn for a wide column too where it stands in one."""
    last = max(today, first + SHORTEST)
    draw = partial(steps.draw, lines, first=first, until=today, last=last, name=tick_name, whole=whole)
    said = {"lines": listed(line.words for line in lines), "unit": unit, "day": today.isoformat()}
    return Picture(
        name=name,
        title=title,
        unit=unit,
        desc=_("By %(day)s, in %(unit)s: %(lines)s.") % said,
        desk=draw(DESK),
        phone=draw(PHONE),
        wide=draw(WIDE) if is_wide else None,
    )


def count_line(words: Words, kind: str, days: Sequence[Dated], since: datetime.date, url: str) -> steps.Line:
    """How many, day by day."""
    points = steps.running(((day, Decimal(tally.count)) for day, tally in days), since)
    return steps.Line(f"{words} {with_commas(int(points[-1][1]))}", kind, points, url)


def amount_line(
    words: Words,
    kind: str,
    days: Sequence[tuple[datetime.date, Decimal]],
    since: datetime.date,
    url: str = "",
) -> steps.Line:
    """How much, day by day, in 亿元."""
    points = steps.running(((day, amount / money.YI) for day, amount in days), since)
    total = sum((amount for _day, amount in days), Decimal(0))
    return steps.Line(f"{words} {money.yi(total)}", kind, points, url if total else "")


def by_group(
    name: str, title: Words, groups: Sequence[Group], names: dict[Any, str], urls: dict[Any, str]
) -> Picture:
    """A bar for each group: what was signed, what of it has a contract, and what was started."""
    rows = [
        bars.Group(
            name=names[one.key],
            note=_("%(amount)s 亿元 · %(count)d")
            % {"amount": money.yi(one.signed.amount), "count": one.signed.count},
            whole=one.signed.amount,
            parts=[
                one.passed[step].amount if step in one.passed else Decimal(0)
                for step in (Gate.Step.CONTRACT, Gate.Step.STARTED)
            ],
            url=urls[one.key],
        )
        for one in groups
    ]
    desc = listed(f"{row.name} {row.note}" for row in rows)
    return Picture(name, title, _("亿元"), desc, bars.draw(rows, bars.DESK), bars.draw(rows, bars.PHONE))


LOOKS = ((MoneyKind.IN, "actual"), (MoneyKind.PAID, "second"), (MoneyKind.INVESTED, "dotted"))


def money_of(
    project: Project, totals: Sequence[tuple[str, datetime.date, Decimal]], today: datetime.date
) -> Picture:
    """The running totals (kind, day, total) of one project below what its contract or its plan promises.

    Money in is drawn while it is still zero, for that is a value; the other kinds once there is any.
    """
    since = project.signed_on.replace(day=1)
    lines = [_promised(project, since)]
    for kind, look in LOOKS:
        points = [(day, total / money.YI) for of, day, total in totals if of == kind]
        if points or kind == MoneyKind.IN:
            points = [(since, Decimal(0)), *points]
            words = f"{kind.label} {money.yi(points[-1][1] * money.YI)}"
            lines.append(steps.Line(words, look, points))
    return over_time("money", _("Money"), _("亿元"), lines, first=since, today=today, is_wide=True)


def _promised(project: Project, since: datetime.date) -> steps.Line:
    """The contracted inflow where it is known, else the planned investment."""
    amount, label = project.contracted_inflow, pgettext("money", "contracted")
    if amount is None:
        amount, label = project.planned_investment, pgettext("money", "planned")
    return steps.Line(f"{label} {money.yi(amount)}", "plan", [(since, amount / money.YI)])
