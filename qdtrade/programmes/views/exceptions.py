"""Exempting bureaus from a report, or taking it later, for one row, several, or all that a bureau has not filed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.posted import ids_of

from .. import actions, rules
from ..forms import ExpectedForm
from ..ledgers import LEDGERS, Ledger
from ..models import Period

MOST = 100
"""Rows on the page; beyond it, a bureau is chosen first."""

TOLD = 5
"""How many refusals are told one by one."""


@require_http_methods(["GET", "HEAD", "POST"])
def period_exceptions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was not filed, to be ticked, and what is given for it."""
    period = get_object_or_404(Period.objects.visible_to(request.user).for_move(), pk=pk)
    rules.manages(period, request.user)
    ledger = _ledger(request.GET)
    bureau = request.GET.get("bureau", "")
    scope = _not_filed(ledger, period, request.user)
    rows = scope.filter(bureau=int(bureau)) if bureau.isdecimal() and len(bureau) < 10 else scope
    form = ExpectedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(request, rows)
        if chosen:
            _give(request, form, chosen)
            return redirect(_period_page(period))
        form.add_error(None, _("Tick the reports that it is for."))
    context = {
        "period": period,
        "programme": period.programme,
        "ledger": ledger,
        "ledgers": list(LEDGERS.values()),
        "form": form,
        "page": Paginator(rows.with_timeliness(clock.now()).in_order(), MOST).get_page(
            request.GET.get("page")
        ),
        "bureau": bureau,
        "bureaus": Bureau.objects.visible_to(request.user)
        .filter(pk__in=scope.order_by().values("bureau"))
        .in_order(),
        "ticked": set(ids_of(request.POST, "row")),
        "is_frozen": period.status == Period.Status.FROZEN,
    }
    return render(request, "programmes/exceptions.html", context, status=400 if form.errors else 200)


def _ledger(data: QueryDict) -> Ledger:
    ledger = LEDGERS.get(data.get("ledger", next(iter(LEDGERS))))
    if ledger is None:
        raise Http404
    return ledger


def _not_filed(ledger: Ledger, period: Period, user: Any) -> Any:
    rows: Any = ledger.rows(user)
    return rows.filter(period=period).not_filed().for_list()


def _chosen(request: HttpRequest, rows: QuerySet[Any]) -> list[Any]:
    """The rows that were ticked, or all that the filter shows."""
    if request.POST.get("all"):
        return list(rows)
    ticked = ids_of(request.POST, "row")
    return list(rows.filter(pk__in=ticked))


def _give(request: HttpRequest, form: ExpectedForm, rows: list[Any]) -> None:
    """Give it row by row, and tell what became of each that was refused."""
    said = form.cleaned_data

    def change(row: Any) -> Any:
        if said["what"] == ExpectedForm.EXEMPT:
            return actions.exempt(row, by=request.user, reason=said["reason"])
        return actions.grant_exception(row, by=request.user, until=said["until"], reason=said["reason"])

    results = actions.for_each(rows, change)
    refused = [(row, why) for row, why in results if why]
    done = len(results) - len(refused)
    if done:
        words = ngettext("Given for %(count)d report.", "Given for %(count)d reports.", done)
        messages.success(request, words % {"count": done})
    if refused:
        first = ngettext("%(count)d report was refused.", "%(count)d reports were refused.", len(refused))
        lines = [first % {"count": len(refused)}, *(why for _row, why in refused[:TOLD])]
        messages.warning(request, "\n".join(lines))


@require_POST
def exception_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was given for one row."""
    rows: Any = _ledger(request.POST).rows(request.user)
    row = get_object_or_404(rows.for_list(), pk=pk)
    takes_back = actions.withdraw_exemption if row.exempt_reason else actions.withdraw_exception
    takes_back(row, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("Taken back for %(report)s.") % {"report": row})
    return redirect(_period_page(row.period))


def _period_page(period: Period) -> str:
    return f"{reverse('period', args=[period.pk])}?programme={period.programme.code}#given"
