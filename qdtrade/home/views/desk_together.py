"""Approving several reports at once at the desk: what would happen to each, and then what became of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qdtrade.errors import NotAllowed, refusal_of
from qdtrade.posted import ids_of, number_of
from qdtrade.programmes.current import current_programme, reviews
from qdtrade.programmes.models import Programme
from qdtrade.workflow import why_not
from tasks import rules, workflow
from tasks.models import Report, ReportVersion

from ..actions import approve_together
from ..reviews import KINDS
from ..reviews.queue import LONGEST, asked_for
from . import desk_around

KEPT = "desk_together"
"""Where the session keeps the results until the next time."""


@dataclass(frozen=True)
class Line:
    """A report, and why it is not approved together with the others; empty where it may be or was."""

    report: Report
    reason: str

    @property
    def url(self) -> str:
        return reverse("desk_report", args=[self.report.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def desk_together(request: HttpRequest) -> HttpResponse:
    """Ticked reports, each with what approving would do; posting approves those that change nothing."""
    programme = current_programme(request)
    if not reviews(request.user, programme):
        raise NotAllowed(_("Only a reviewer of the pilot office may do this."))
    if request.method == "POST":
        return _approve(request, programme)
    if request.GET.get("done"):
        return _done(request, programme)
    return _asked(request, programme)


def _rows(request: HttpRequest, programme: Programme) -> Any:
    return KINDS["report"].rows(request.user, programme).for_list().with_base().order_by("pk")


def _ticked(data: Any) -> list[int]:
    """The ids of the ticked rows, as many as the queue shows at most."""
    return ids_of(data, "row")[:LONGEST]


def _asked(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The ticked ones, or all that change nothing in the queue as it is filtered; what would become of each."""
    rows = _rows(request, programme)
    if request.GET.get("all"):
        asked = desk_around.asked_of(request)[0]
        kind = KINDS["report"]
        assert kind.unchanged is not None
        wanted = kind.unchanged(asked_for(kind, request.user, programme, asked))
        found = list(rows.filter(pk__in=wanted.values("pk"))[:LONGEST])
    else:
        found = list(rows.filter(pk__in=_ticked(request.GET)))
    lines = _tried(request, found)
    ways = desk_around.query_without(request, programme, "row", "all")
    context = {
        "programme": programme,
        "ready": [line for line in lines if not line.reason],
        "refused": [line for line in lines if line.reason],
        "ways": ways,
        "desk_url": reverse("desk") + ways,
    }
    return render(request, "home/desk_together.html", context)


def _tried(request: HttpRequest, found: list[Report]) -> list[Line]:
    bases = ReportVersion.objects.visible_to(request.user).in_bulk([row.base for row in found if row.base])
    return [Line(row, _reason(row, bases.get(row.base or 0), request.user)) for row in found]


def _reason(row: Report, base: ReportVersion | None, user: Any) -> str:
    reason = why_not(workflow.APPROVE, row, user)
    return reason or refusal_of(lambda: rules.changes_nothing(row, base.content if base else None))


def _approve(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each by itself; the results are kept for the page that follows."""
    pks = _ticked(request.POST)
    seen = {pk: _seen(request.POST.get(f"version-{pk}", "")) for pk in pks}
    rows = list(_rows(request, programme).filter(pk__in=pks))
    ways = desk_around.query_without(request, programme, "row", "all")
    if not rows:
        messages.error(request, _("No report was chosen.\nTick those that say “no change”, then try again."))
        return redirect(reverse("desk") + ways)
    results = approve_together(rows, by=request.user, seen=seen)
    request.session[KEPT] = [[result.row.pk, result.reason] for result in results]
    return redirect(f"{reverse('desk_together')}{ways}&done=1")


def _seen(text: str) -> int:
    """The version that the page showed; 0, which no row has, where it showed none."""
    return number_of(text) or 0


def _done(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What became of each, until the person does it again."""
    kept = dict(request.session.get(KEPT, []))
    ways = desk_around.query_without(request, programme, "done")
    if not kept:
        return redirect(reverse("desk") + ways)
    lines = [Line(row, kept[row.pk]) for row in _rows(request, programme).filter(pk__in=kept)]
    done = sum(not line.reason for line in lines)
    first = ngettext("%(count)d report approved", "%(count)d reports approved", done) % {"count": done}
    left = len(lines) - done
    if left:
        first += _(", ") + ngettext("%(count)d was not", "%(count)d were not", left) % {"count": left}
    context = {
        "programme": programme,
        "lines": lines,
        "first": first,
        "left": left,
        "ways": ways,
        "desk_url": reverse("desk") + ways,
    }
    return render(request, "home/desk_together_done.html", context)
