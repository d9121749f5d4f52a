"""Pictures of the signings: the gates, the course of time, and by sector, carrier and event; each with its table."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.charts.steps import Line
from qdtrade.errors import Words
from qdtrade.lists import kept, pills, search_pill
from qdtrade.programmes.current import current_programme

from .. import drawn, grouped
from ..figures import Tally
from ..grouped import Dated, Group
from ..models import Gate, MoneyKind, Sector, SigningEvent
from . import above

MOST = 20
"""Bars of one picture, the largest; the table by carriers and the lists hold the others."""
MOST_MONTHS = 60
"""Lines of the table over time; where the cohort is older, it goes by years."""

Sums = list[tuple[datetime.date, Decimal]]


@dataclass(frozen=True)
class Part:
    """One picture by groups with the table behind it."""

    picture: drawn.Picture
    rows: list[tuple[str, Group, str]]
    left: int


@dataclass(frozen=True)
class Span:
    """A line of the table over time: what happened in a month or a year, and where its rows are."""

    label: str
    signed: Tally
    started: Tally
    came_in: Decimal
    invested: Decimal
    signed_url: str
    started_url: str
    in_url: str
    invested_url: str


@require_GET
def project_pictures(request: HttpRequest) -> HttpResponse:
    """What became of what was signed, in pictures."""
    programme, today = current_programme(request), clock.today()
    meant = above.Meant(request, programme)
    form = meant.filters().form
    shown = above.funnel(meant, today)
    context = {
        "programme": programme,
        "funnel": shown,
        "ways": above.ways(request, programme, "project_pictures"),
        "search": search_pill(form, "q", _("Code, name, carrier, partner")),
        "pills": pills(form, above.PILLS),
        "set": above.asked(request, above.PILLS).keys(),
        "kept": kept(request, "programme", "q", *above.PILLS),
        "is_narrowed": bool(meant.filters().in_use().keys() - {"programme"}),
        "without": f"?programme={programme.code}",
        "now": clock.now(),
    }
    if shown["whole"].count:
        context |= _over_time(meant, today) | {"parts": _parts(meant, today)}
    return render(request, "projects/pictures.html", context)


def _over_time(meant: above.Meant, today: datetime.date) -> dict[str, Any]:
    """Three pictures, and the one table behind them."""
    projects = meant.projects()
    signed = grouped.signed_over(projects, today)
    started = grouped.passed_over(projects, Gate.Step.STARTED, today)
    sums = grouped.money_over(projects, today)
    since = signed[0][0].replace(day=1)
    span = "month" if (today - since).days < MOST_MONTHS * 30 else "year"
    return {
        "times": _pictures(meant, signed, started, sums, since, today),
        "spans": _spans(meant, span, today),
        "is_by_year": span == "year",
    }


def _pictures(
    meant: above.Meant, signed: list[Dated], started: list[Dated], sums: dict[str, Sums], since: datetime.date,
    today: datetime.date,
) -> list[drawn.Picture]:  # fmt: skip
    all_url = meant.opens()
    started_url = meant.opens(passed="started") if started else ""
    counts = [
        drawn.count_line(pgettext("over time", "signed"), "second", signed, since, all_url),
        drawn.count_line(pgettext("over time", "started"), "actual", started, since, started_url),
    ]
    amounts = [
        drawn.amount_line(pgettext("over time", "signed"), "second", _amounts(signed), since, all_url),
        drawn.amount_line(pgettext("over time", "started"), "actual", _amounts(started), since, started_url),
    ]
    money: list[Line] = [
        drawn.amount_line(MoneyKind(kind).label, look, sums[kind], since, meant.opens(money=kind))
        for kind, look in ((MoneyKind.IN, "actual"), (MoneyKind.INVESTED, "dotted"))
    ]
    draw = partial(drawn.over_time, first=since, today=today)
    projects, yi = pgettext("unit", "projects"), _("亿元")
    return [
        draw("over-count", _("Projects signed and started"), projects, counts, whole=True),
        draw("over-amount", _("Planned investment signed and started"), yi, amounts),
        draw("over-money", _("Money in and investment completed"), yi, money),
    ]


def _amounts(days: list[Dated]) -> Sums:
    return [(day, tally.amount) for day, tally in days]


def _spans(meant: above.Meant, span: str, today: datetime.date) -> list[Span]:
    """The latest first; a month in which nothing happened has no line."""
    projects = meant.projects()
    signed = dict(grouped.signed_over(projects, today, span))
    started = dict(grouped.passed_over(projects, Gate.Step.STARTED, today, span))
    sums = {kind: dict(rows) for kind, rows in grouped.money_over(projects, today, span).items()}
    came, made = sums[MoneyKind.IN], sums[MoneyKind.INVESTED]
    found = sorted({*signed, *started, *came, *made}, reverse=True)
    return [
        Span(
            label=f"{first:%Y}" if span == "year" else f"{first:%Y-%m}",
            signed=signed.get(first, Tally()),
            started=started.get(first, Tally()),
            came_in=came.get(first, Decimal(0)),
            invested=made.get(first, Decimal(0)),
            signed_url=meant.opens(signed_from=first, signed_to=_last(first, span)),
            started_url=meant.opens(passed="started", passed_from=first, passed_to=_last(first, span)),
            in_url=meant.opens(money="in", money_from=first, money_to=_last(first, span)),
            invested_url=meant.opens(money="invested", money_from=first, money_to=_last(first, span)),
        )
        for first in found
    ]


def _last(first: datetime.date, span: str) -> datetime.date:
    months = 12 if span == "year" else 1
    after = first.year * 12 + first.month - 1 + months
    return datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)


def _parts(meant: above.Meant, today: datetime.date) -> list[Part]:
    user = meant.request.user
    return [
        _part(meant, today, "sector", _("By sector"), Sector.objects.visible_to(user)),
        _part(meant, today, "carrier", _("By carrier"), Bureau.objects.visible_to(user)),
        _part(meant, today, "event", _("By signing event"), SigningEvent.objects.visible_to(user)),
    ]


def _part(meant: above.Meant, today: datetime.date, name: str, title: Words, things: QuerySet[Any]) -> Part:
    projects = meant.projects()
    rows = grouped.rows(projects, name, today)
    found = grouped.groups(projects, name, today, rows[:MOST])
    names = {key: str(thing) for key, thing in things.in_bulk([one.key for one in found if one.key]).items()}
    names |= {None: _("at no event")}
    urls = {one.key: _opens(meant, name, one.key) for one in found}
    picture = drawn.by_group(f"by-{name}", title, found, names, urls)
    table = [(names[one.key], one, urls[one.key]) for one in found]
    return Part(picture, table, rows.count() - len(found))


def _opens(meant: above.Meant, name: str, key: int | None) -> str:
    more: dict[str, Any] = {name: key} if key is not None else {f"no_{name}": "true"}
    return meant.opens(**more)
