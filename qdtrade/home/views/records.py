"""The records of a programme: every event in words, newest first, each with its place in the chain."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qdtrade import pinyin
from qdtrade.archive import shown
from qdtrade.audit import history
from qdtrade.audit.canonical import digest_of
from qdtrade.audit.models import Event
from qdtrade.audit.words import VERBS
from qdtrade.errors import NotAllowed
from qdtrade.keyset import beyond
from qdtrade.lists import list_page, pills, query, search_pill
from qdtrade.programmes.actions import note_records_opened
from qdtrade.programmes.columns import chosen
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.listing import opens_in, tools
from qdtrade.programmes.models import Programme

from ..exports import SCREEN_COLUMNS
from ..filters import EventFilter
from ..named import SHOWN
from ..records import hash_before, object_page, of_programme, reads_whole, visible_events

ROWS = 25
MOST_COUNTED = 10_000
"""Beyond this the page says “more than”: counting a million events would cost more than it tells."""

MOST_COUNTED_BY_WORDS = 1_000
"""The same where words are sought, and each event has to be read for it."""

VISIT_SECONDS = 30 * 60
"""A person who comes back to the records later than this opens them again."""

PILLS = ("about", "kind", "action", "actor", "bureau", "door", "from", "to")
SELDOM = ("object", "task", "role", "seq_from", "seq_to")
"""Filters that links bring along; they stand beside the others while they are in force."""


@dataclass(frozen=True)
class Proof:
    """An opened event: all its changes, and whether its line is the one that was hashed and follows the one before."""

    changes: list[history.Change]
    previous: str
    follows: bool
    is_whole: bool
    utc: str
    clock: str


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """The list, a row of it opened where the address asks."""
    programme = current_programme(request)
    if not reads_whole(request.user, programme.pk):
        raise NotAllowed(_refusal())
    usual = opens_in(request, programme, "records")
    if usual is not None:
        return usual
    scope = of_programme(visible_events(request.user), programme)
    filters = EventFilter(request.GET, scope, request=request)
    found = filters.rows()
    _note_visit(request, programme)
    order = filters.order()
    names = (*PILLS, *(name for name in SELDOM if name in filters.in_use()))
    meant = [named for one in filters.named for named in one.named()]
    events, older, newest = _page(request, scope, found, order)
    visible = events[:ROWS]
    columns = chosen(SCREEN_COLUMNS, request.GET)
    opened = next((event for event in visible if str(event.seq) == request.GET.get("open", "")), None)
    most = MOST_COUNTED_BY_WORDS if "q" in filters.in_use() else MOST_COUNTED
    count = found.order_by("-seq")[: most + 1].count()
    context = (
        tools(request, programme, "records", columns, names)
        | shown.proof(programme, request.user)
        | {
            "programme": programme,
            "rows": [
                (line, object_page(line.event), _row_url(request, line.event, opened))
                for line in history.lines(visible)
            ],
            "opened": opened,
            "proof": _proof(opened) if opened else None,
            "count": min(count, most),
            "more": count > most,
            "older": older,
            "newest": newest,
            "in_order": {"-seq": "newest", "seq": "oldest"}.get(order[0], ""),
            "about": filters.in_use().get("about", "").strip(),
            "meant": meant[:SHOWN],
            "behind": filters.behind,
            "without_behind": query(request, rows_of=None, before=None, open=None),
            "more_meant": len(meant) > SHOWN,
            "search": search_pill(filters.form, "q", _("Object, name, reason, content")),
            "pills": _pills(filters.form, programme, names),
            "set": filters.in_use().keys() & set(names),
            "export": f"{reverse('records_export')}{query(request, programme=programme.code, before=None, open=None)}",
            "without": f"?programme={programme.code}&view=all",
        }
    )
    return list_page(request, "home/records.html", "home/_record_rows.html", context)


def _refusal() -> str:
    return _(
        "The records are read by the reviewers, the auditors and the administrators of a programme. "
        "What was done to your own tasks stands on their pages."
    )


def _note_visit(request: HttpRequest, programme: Programme) -> None:
    """Opening the records is itself recorded, once a visit and not at each turn of the page (DECISIONS 14)."""
    seen = request.session.get("records", {})
    now = int(time.time())
    if now - seen.get(programme.code, 0) > VISIT_SECONDS:
        note_records_opened(programme, by=request.user)
    request.session["records"] = seen | {programme.code: now}


def _page(
    request: HttpRequest, scope: QuerySet[Event], found: QuerySet[Event], order: list[str]
) -> tuple[list[Event], str, str]:
    """The page's events and one more, and the ways on and back to the first: from entry to entry, in any order."""
    events = list(_after(request, scope, found, order).defer("state").order_by(*order)[: ROWS + 1])
    more = query(request, before=events[ROWS - 1].seq, open=None) if len(events) > ROWS else ""
    return events, more, query(request, before=None, open=None) if request.GET.get("before") else ""


def _after(
    request: HttpRequest, scope: QuerySet[Event], found: QuerySet[Event], order: list[str]
) -> QuerySet[Event]:
    """The events that follow the one that the page before ended with."""
    text = request.GET.get("before", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return found
    if order[0] == "-seq":
        return found.filter(seq__lt=int(text))
    last = scope.filter(seq=int(text)).defer("line", "state").first()
    return beyond(found, order, last) if last else found


def _pills(form: forms.BaseForm, programme: Programme, names: Iterable[str]) -> list[forms.BoundField]:
    """The filters; actions and people are chosen by their names."""
    everything = [("", _("all"))]
    verbs = sorted(VERBS.items(), key=lambda pair: pinyin.full(str(pair[1])))
    people = programme.memberships.values_list("user", "user__name").order_by("user__name", "user").distinct()
    submits = {"data-submit-on-change": True}
    form.fields["action"].widget = forms.Select(attrs=submits, choices=[*everything, *verbs])
    form.fields["actor"].widget = forms.Select(attrs=submits, choices=[*everything, *people])
    for name in ("from", "to"):
        form.fields[name].widget = forms.DateInput(attrs=submits | {"type": "date"}, format="%Y-%m-%d")
    return pills(form, names)


def _row_url(request: HttpRequest, event: Event, chosen: Event | None) -> str:
    """Opens this row, or closes it."""
    closes = chosen is not None and chosen.seq == event.seq
    return f"{query(request, open=None if closes else event.seq)}#e{event.seq}"


def _proof(event: Event) -> Proof:
    line: dict[str, Any] = json.loads(event.line)
    before = hash_before(event)
    first = event.seq == 1 and set(line["prev"]) == {"0"}
    return Proof(
        changes=history.opened(event),
        previous=line["prev"],
        follows=first or before == line["prev"],
        is_whole=digest_of(event.line) == event.hash,
        utc=line["at"],
        clock=line.get("clock", ""),
    )
