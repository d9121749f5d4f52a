"""The review desk: one thing after the other, decided beside what stood before."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qdtrade.errors import NotAllowed, Refusal
from qdtrade.programmes.current import current_programme, reviews
from qdtrade.programmes.listing import opens_in
from qdtrade.web import offers, seen_version
from qdtrade.workflow import perform
from tasks.content import LABELS

from ..reviews import KINDS
from ..reviews.kind import Kind
from ..reviews.queue import Queue
from . import desk_around

LOOK = "look"
"""What the way back from a refusal posts: nothing is decided, and what was typed stands in the page again."""


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The queue, with its first row that this person may decide."""
    programme = current_programme(request)
    if not reviews(request.user, programme):
        raise NotAllowed(
            _("The review desk is for the reviewers of the pilot office. Your own reports are in My work.")
        )
    usual = opens_in(request, programme, desk_around.DESK)
    if usual is not None:
        return usual
    context = desk_around.around(request, programme)
    lines = context["queue"].lines
    first = next((line for line in lines if not line.reason), lines[0] if lines else None)
    if first is not None:
        kind = KINDS[first.kind]
        context |= _chosen(request, kind, _row(request, kind, first.pk), context["queue"])
    return render(request, "home/desk.html", context | {"one": False})


@require_http_methods(["GET", "HEAD", "POST"])
def desk_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report at the desk; posting decides it."""
    return _item(request, KINDS["report"], pk)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_item(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same for what is no report."""
    if kind not in KINDS:
        raise Http404
    return _item(request, KINDS[kind], pk)


def _item(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    row = _row(request, kind, pk)
    kind.manages(row, request.user)
    return _decide(request, kind, row) if request.method == "POST" else _page(request, kind, row)


def _row(request: HttpRequest, kind: Kind, pk: int) -> Any:
    return get_object_or_404(kind.one(request.user), pk=pk)


def _page(request: HttpRequest, kind: Kind, row: Any, status: int = 200, **typed: Any) -> HttpResponse:
    context = desk_around.around(request, desk_around.programme_of(row))
    context |= _chosen(request, kind, row, context["queue"])
    context |= {"one": True, "open_refuse": request.GET.get("return") == "1"} | typed
    beside = context["typed"]["remarks"]
    if beside:
        context |= kind.written(context, beside)
    return render(request, "home/desk.html", context, status=status)


def _chosen(request: HttpRequest, kind: Kind, row: Any, queue: Queue) -> dict[str, Any]:
    """The row in the middle, what may be done to it, and its neighbours in the queue."""
    place, lines = queue.place(kind.name, row.pk), queue.lines
    moves = offers(row, dict(kind.moves), request.user, kind.moves_url)
    return kind.page(row, request.user) | {
        "kind": kind,
        "row": row,
        kind.name: row,
        "line": lines[place] if place is not None else None,
        "here_url": desk_around.place_of(kind, row).url,
        "waits": row.status in kind.approve.sources,
        "moves": moves,
        "approve": moves.get(kind.approve.name),
        "refuse": moves.get(kind.refuse.name),
        "others": [moves[move.name] for move in kind.others if move.name in moves],
        "place": None if place is None else place + 1,
        "previous": lines[place - 1] if place else None,
        "next": lines[place + 1] if place is not None and place + 1 < len(lines) else None,
    }


def _decide(request: HttpRequest, kind: Kind, row: Any) -> HttpResponse:
    """Approve or refuse, then go on to the next one; a refusal loses nothing that was typed."""
    comment, data = request.POST.get("comment", ""), kind.data(request.POST)
    typed: dict[str, Any] = {"typed": {"comment": comment, "remarks": data.get("remarks", {})}}
    asked = request.POST.get("move", "")
    if asked == LOOK:
        return _page(request, kind, row, open_refuse=bool(comment), **typed)
    move = {one.name: one for one in (kind.approve, kind.refuse, *kind.others)}.get(asked)
    if move is None:
        raise Http404
    following, seen = _following(request, kind, row), seen_version(request)
    try:
        if move is kind.approve:
            data = kind.approving(request.POST)
        perform(move, row, by=request.user, comment=comment, seen=seen, **data)
    except ValidationError as fault:
        return _page(
            request, kind, _row(request, kind, row.pk), 400, open_refuse=True, faults=fault.messages, **typed
        )
    except Refusal as refusal:  # not left to the middleware: what was typed must come back with the reason
        now = _row(request, kind, row.pk)
        if not desk_around.is_made(kind, move, now, request.user, seen):
            return _refused(request, kind, now, refusal, following, typed["typed"])
    messages.success(request, kind.done[move.name] % {"row": row})
    return redirect(following)


def _following(request: HttpRequest, kind: Kind, row: Any) -> str:
    """The address of the next row of the queue that this person may decide; from the last one, the first."""
    programme = desk_around.programme_of(row)
    queue = desk_around.queue_of(request, programme)
    place, lines = queue.place(kind.name, row.pk), queue.lines
    after = lines if place is None else [*lines[place + 1 :], *lines[:place]]
    following = next((line for line in after if not line.reason), None)
    return desk_around.address(request, programme, following)


def _refused(
    request: HttpRequest, kind: Kind, now: Any, refusal: Refusal, following: str, typed: dict[str, Any]
) -> HttpResponse:
    """What was seen, what is there now, and what was typed."""
    programme = desk_around.programme_of(now)
    context = {
        "kind": kind,
        "row": now,
        "programme": programme,
        "refusal": refusal,
        "decided": kind.decided(now),
        "seen_status": kind.approve.sources[0],
        "typed": typed,
        "typed_lines": [((kind.labels or LABELS)[name], text) for name, text in typed["remarks"].items()],
        "here_url": desk_around.address(request, programme, desk_around.place_of(kind, now)),
        "next_url": following,
    }
    return render(request, "home/desk_refused.html", context, status=refusal.status)
