"""The review desk: one report after the other, decided beside what was approved last."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qdtrade.errors import NotAllowed, Refusal
from qdtrade.programmes.current import current_programme, reviews
from qdtrade.programmes.ledgers import counts_of
from qdtrade.programmes.models import Period, Programme
from qdtrade.web import offers, seen_version
from qdtrade.workflow import perform
from tasks import rules, workflow
from tasks.content import LABELS
from tasks.forms import remarks
from tasks.ledger import LEDGER
from tasks.models import Report

from . import desk_page

DECISIONS = {move.name: move for move in (workflow.APPROVE, workflow.RETURN)}


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The queue, with its first report that this person may decide."""
    programme = current_programme(request)
    if not reviews(request.user, programme):
        raise NotAllowed(
            _("The review desk is for the reviewers of the pilot office. Your own reports are in My work.")
        )
    context = _around(request, programme, _tab(request))
    rows = context["queue"]
    first = next((row for row in rows if not row.reason), rows[0] if rows else None)
    if first is not None:
        context |= _chosen(request, _report(request, first.report.pk), rows)
    return render(request, "home/desk.html", context | {"one": False})


@require_http_methods(["GET", "POST"])
def desk_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report at the desk; posting decides it."""
    report = _report(request, pk)
    rules.manages(report, request.user)
    if request.method == "POST":
        return _decide(request, report)
    return _page(request, report)


def _report(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(
        Report.objects.visible_to(request.user)
        .for_list()
        .with_base()
        .select_related("in_force", "expected__task__facts_period")
        .prefetch_related("expected__task__milestones"),
        pk=pk,
    )


def _tab(request: HttpRequest) -> str:
    asked = request.GET.get("tab", "")
    return asked if asked in desk_page.TABS else desk_page.TABS[0]


def _page(request: HttpRequest, report: Report, status: int = 200, **typed: Any) -> HttpResponse:
    programme = report.task.programme
    context = _around(request, programme, _tab(request))
    context |= _chosen(request, report, context["queue"])
    asked = request.GET.get("return") == "1"
    context |= {"one": True, "open_return": asked, "show": request.GET.get("show", "")} | typed
    beside = context["typed"]["remarks"]
    context["lines"] = [replace(line, written=beside.get(line.name, "")) for line in context.get("lines", [])]
    return render(request, "home/desk.html", context, status=status)


def _around(request: HttpRequest, programme: Programme, tab: str) -> dict[str, Any]:
    """The queue, the tabs' counts, and the figures of the sentence above."""
    reports = Report.objects.visible_to(request.user).filter(expected__period__programme=programme)
    waiting = Q(status=Report.Status.SUBMITTED)
    counts = reports.aggregate(
        waiting=Count("pk", filter=waiting),
        mine=Count("pk", filter=waiting & Report.in_hand_of(request.user)),
        returned=Count("pk", filter=Q(status=Report.Status.RETURNED)),
    )
    period = Period.objects.visible_to(request.user).filter(programme=programme).opened_last().first()
    rows = desk_page.queue(request.user, programme, tab)
    return {
        "programme": programme,
        "tab": tab,
        "counts": counts,
        "queue": rows,
        "over": sum(row.clock is not None and row.clock.over for row in rows) if tab == "waiting" else 0,
        "period": period,
        "figures": counts_of(LEDGER, LEDGER.rows(request.user), [period])[period.pk] if period else None,
        "typed": {"comment": "", "remarks": {}},
    }


def _chosen(request: HttpRequest, report: Report, rows: list[desk_page.QueueRow]) -> dict[str, Any]:
    """The report in the middle, what may be done to it, and its neighbours in the queue."""
    order = [row.report.pk for row in rows]
    place = order.index(report.pk) if report.pk in order else None
    moves = offers(report, workflow.REPORT_MOVES, request.user, "report_move")
    return desk_page.chosen_context(report, request.user) | {
        "moves": moves,
        "place": None if place is None else place + 1,
        "previous": order[place - 1] if place else None,
        "next": order[place + 1] if place is not None and place + 1 < len(order) else None,
    }


def _decide(request: HttpRequest, report: Report) -> HttpResponse:
    """Approve or return, then go on to the next one; a refusal loses nothing that was typed."""
    move = DECISIONS.get(request.POST.get("move", ""))
    if move is None:
        raise Http404
    comment, beside = request.POST.get("comment", ""), remarks(request.POST)
    following = _following(request, report)
    typed = {"typed": {"comment": comment, "remarks": beside}}
    try:
        done = perform(
            move,
            report,
            by=request.user,
            comment=comment,
            seen=seen_version(request),
            remarks=beside if move is workflow.RETURN else {},
        )
    except ValidationError as fault:
        return _page(
            request, _report(request, report.pk), 400, open_return=True, faults=fault.messages, **typed
        )
    except Refusal as refusal:  # not left to the middleware: what was typed must come back with the reason
        return _refused(request, report, refusal, following, comment, beside)
    words = _("Approved: %(report)s") if move is workflow.APPROVE else _("Returned: %(report)s")
    messages.success(request, words % {"report": done})
    return redirect(_address(report.task.programme, following))


def _following(request: HttpRequest, report: Report) -> int | None:
    """The next report of the queue that this person may decide; from the last one, the first."""
    rows = desk_page.queue(request.user, report.task.programme, desk_page.TABS[0])
    order = [row.report.pk for row in rows if not row.reason or row.report.pk == report.pk]
    if report.pk not in order:
        return order[0] if order else None
    place = order.index(report.pk)
    others = order[place + 1 :] + order[:place]
    return others[0] if others else None


def _address(programme: Programme, pk: int | None) -> str:
    address = reverse("desk") if pk is None else reverse("desk_report", args=[pk])
    return f"{address}?programme={programme.code}"


def _refused(
    request: HttpRequest,
    seen: Report,
    refusal: Refusal,
    following: int | None,
    comment: str,
    beside: dict[str, str],
) -> HttpResponse:
    """What was seen, what is there now, and what was typed."""
    now = _report(request, seen.pk)
    last = now.versions.exclude(decision="").select_related("decided_by", "decided_for").in_order().first()
    context = {
        "report": now,
        "programme": now.task.programme,
        "refusal": refusal,
        "decided": last if now.status != Report.Status.SUBMITTED else None,
        "typed": {"comment": comment, "remarks": beside},
        "typed_lines": [(LABELS[name], text) for name, text in beside.items()],
        "next_url": _address(now.task.programme, following),
    }
    return render(request, "home/desk_refused.html", context, status=refusal.status)
