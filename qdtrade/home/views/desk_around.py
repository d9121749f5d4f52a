"""What stands around a row at the desk: the queue as the address asks for it, its counts, and the ways that keep it."""

from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qdtrade.lists import pills, query
from qdtrade.programmes.ledgers import counts_of
from qdtrade.programmes.listing import views_of
from qdtrade.programmes.models import Period, Programme
from qdtrade.templatetags.words import listed
from qdtrade.workflow import Move
from tasks.ledger import LEDGER
from tasks.models import Report

from ..filters import DeskFilter
from ..reviews import KINDS, kind
from ..reviews.queue import LONGEST, ORDERS, TABS, Asked, Queue, queue, waiting

DESK = "desk"
"""The list whose views are kept."""

PILLS = ("kind", "field", "bureau", "no_change", "review")
VIEWS = ("", "changes", "now")
PASSING = ("return", "programme")
"""What an address holds beside the queue: said once, and not carried on."""


class Place(NamedTuple):
    """A row by the address of its page."""

    url: str


def place_of(of: kind.Kind, row: Any) -> Place:
    return Place(kind.address(of.name, row.pk))


def programme_of(row: Any) -> Programme:
    """The programme of a row that knows it, or of the task that the row belongs to."""
    return getattr(row, "programme", None) or row.task.programme


def asked_of(request: HttpRequest) -> tuple[Asked, DeskFilter]:
    """The tab, the order and the filters of the address; raises ValidationError for filters that make no sense."""
    filters = DeskFilter(request.GET, Report.objects.none(), request=request)
    filters.rows()
    tab, chosen = request.GET.get("tab", ""), filters.form.cleaned_data
    order = chosen.get("ordering") or ""
    found = {name: chosen[name] for name in PILLS if chosen.get(name) not in (None, "")}
    return Asked(tab if tab in TABS else TABS[0], order if order in ORDERS else "", found), filters


def queue_of(request: HttpRequest, programme: Programme) -> Queue:
    return queue(request.user, programme, asked_of(request)[0])


def address(request: HttpRequest, programme: Programme, to: Any = None) -> str:
    """The page of a row, or the desk alone, in the queue that is asked for."""
    way = to.url if to is not None else reverse("desk")
    return way + ways(request, programme)


def query_without(request: HttpRequest, programme: Programme, *names: str) -> str:
    """The same without what only one page of the desk asks for."""
    return query(request, **{**dict.fromkeys((*PASSING, *names)), "programme": programme.code})


def ways(request: HttpRequest, programme: Programme) -> str:
    """The part of an address that keeps the queue as it is."""
    return query_without(request, programme)


def around(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """The queue, the tabs' counts, and the figures of the sentence above."""
    asked, filters = asked_of(request)
    user = request.user
    period = Period.objects.visible_to(user).filter(programme=programme).opened_last().first()
    waits = waiting(user, programme)
    look = request.GET.get("look", "")
    return {
        "programme": programme,
        "tab": asked.tab,
        "order": asked.order,
        "look": look if look in VIEWS else "",
        "views": views_of(request, programme, DESK),
        "counts": _counts(user, programme, sum(one["waiting"] for one in waits.values())),
        "waiting_words": waiting_words(waits),
        "over": sum(one["over"] for one in waits.values()),
        "queue": queue(user, programme, asked),
        "longest": LONGEST,
        "pills": pills(filters.form, PILLS if len(KINDS) > 1 else PILLS[1:]),
        "set": (asked.filters or {}).keys(),
        "ways": ways(request, programme),
        "kept": {name: request.GET.get(name, "") for name in ("tab", "ordering", "look")},
        "without": query_without(request, programme, *PILLS),
        "period": period,
        "figures": counts_of(LEDGER, LEDGER.rows(user), [period])[period.pk] if period else None,
        "typed": {"comment": "", "remarks": {}},
    }


def _counts(user: Any, programme: Programme, waiting: int) -> dict[str, int]:
    reports = Report.objects.visible_to(user).filter(expected__period__programme=programme)
    submitted = Q(status=Report.Status.SUBMITTED)
    mine = Count("pk", filter=submitted & Report.in_hand_of(user))
    returned = Count("pk", filter=Q(status=Report.Status.RETURNED))
    return {"waiting": waiting} | reports.aggregate(mine=mine, returned=returned)


def waiting_words(waits: dict[str, dict[str, int]]) -> str:
    """How much of each kind waits: 12 reports, 2 completion claims."""
    parts = [KINDS[name].counted(one["waiting"]) for name, one in waits.items() if one["waiting"]]
    return listed(parts) if parts else _("nothing")


def is_made(of: kind.Kind, move: Move, now: Any, user: Any, seen: int | None) -> bool:
    """Whether this person made this very move on the version they saw: a form that was sent twice."""
    last = of.decided(now)
    return last is not None and last.move == move.name and last.by_id == user.pk and now.version - 1 == seen
