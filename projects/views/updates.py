"""Updates of projects: the list of what is owed, and the page of one, with its form while that is open."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qdtrade import clock
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.programmes.columns import chosen
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.listing import opens_in, tools
from qdtrade.templatetags import days
from qdtrade.web import done, make_move
from qdtrade.workflow import is_for, why_not

from .. import workflow
from ..filters import ExpectedUpdateFilter
from ..forms import UpdateForm
from ..models import ExpectedUpdate
from . import screen

PILLS = ("period", "bureau", "sector", "status", "timeliness")
EARLIER = 3
"""How many earlier words on the same project stand beside the form."""


@require_GET
def project_update_list(request: HttpRequest) -> HttpResponse:
    """What was owed and filed, newest period first."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "project_updates")
    if usual is not None:
        return usual
    scope = ExpectedUpdate.objects.visible_to(request.user).filter(period__programme=programme)
    filters = ExpectedUpdateFilter(request.GET, scope.with_timeliness(clock.now()), request=request)
    found = filters.rows()
    if not request.GET.get("ordering"):
        found = found.in_order()
    page = page_of(request, found.for_list())
    columns = chosen(screen.UPDATE_COLUMNS, request.GET)
    context = tools(request, programme, "project_updates", columns, PILLS) | {
        "programme": programme,
        "page": page,
        "rows": list(page),
        "search": search_pill(filters.form, "q", _("Code, name, carrier, update")),
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "now": clock.now(),
        "export": f"{reverse('project_updates_export')}{query(request, programme=programme.code)}",
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
    }
    return list_page(request, "projects/update_list.html", "projects/_update_rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_update(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for whoever files it, while it is open; else what was filed."""
    row = get_object_or_404(ExpectedUpdate.objects.visible_to(request.user).for_move(), pk=pk)
    started = {"text": row.text, "no_change": row.no_change, "next_on": row.next_on}
    form = UpdateForm(request.POST or None, initial=started)
    if request.method == "POST" and form.is_valid():
        try:
            filed = make_move(request, workflow.FILE, row, **form.cleaned_data)
        except ValidationError as fault:
            form.mark(fault)
        else:
            return done(request, _said(filed), "project_update", row.pk)
    return _page(request, row, form)


def _said(row: ExpectedUpdate) -> str:
    words = _("Filed: %(update)s\nIt can be revised until %(day)s 24:00.")
    return words % {"update": row, "day": days.short(row.exception_until or row.period.grace_on)}


def _page(request: HttpRequest, row: ExpectedUpdate, form: UpdateForm) -> HttpResponse:
    seen = ExpectedUpdate.objects.visible_to(request.user).filter(project=row.project)
    earlier = seen.filter(status=ExpectedUpdate.Status.FILED, period__starts_on__lt=row.period.starts_on)
    gates = row.project.gates.order_by("number")
    context: dict[str, Any] = {
        "row": row,
        "project": row.project,
        "programme": row.project.programme,
        "form": form,
        "is_mine": is_for(workflow.FILE, row, request.user),
        "closed": why_not(workflow.FILE, row, request.user),
        "next": next((gate for gate in gates if not gate.is_confirmed), None),
        "earlier": list(earlier.for_list().order_by("-period__starts_on", "-pk")[:EARLIER]),
    }
    return render(request, "projects/update.html", context, status=400 if form.errors else 200)
