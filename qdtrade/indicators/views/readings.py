"""Submitting a reading, correcting an approved one, and deciding."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qdtrade.web import done, make_move, seen_version
from qdtrade.workflow import perform, why_not

from .. import rules, workflow
from ..actions import readings as actions
from ..forms import ReadingForm
from ..models import Indicator, Reading

DONE = {
    "withdraw": gettext_lazy("Withdrawn: %(reading)s\nWhat was written is kept; it can be submitted again."),
    "approve": gettext_lazy("Approved: %(reading)s\nIt is in force, and shows in every figure from now on."),
    "return": gettext_lazy("Returned: %(reading)s\nThe owner has been told."),
    "reopen": gettext_lazy(
        "A correction is asked for: %(reading)s\nUntil it is approved this reading stays in force."
    ),
}


def _shown(request: HttpRequest, pk: int) -> Reading:
    return get_object_or_404(Reading.objects.visible_to(request.user).for_move(), pk=pk)


@require_GET
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A reading stands on the page of its indicator."""
    row = _shown(request, pk)
    way = reverse("indicator", args=[row.indicator_id])
    return redirect(f"{way}?programme={row.programme.code}#readings")


@require_http_methods(["GET", "HEAD", "POST"])
def reading_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for one reading; a refused one says why, and keeps what was typed."""
    rows = Indicator.objects.visible_to(request.user).for_list()
    indicator = get_object_or_404(rows, pk=pk)
    rules.submits(indicator, request.user)
    form = ReadingForm(request.POST or None, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.submit_reading(indicator, by=request.user, **form.said())
        except ValidationError as fault:
            form.mark(fault)
        else:
            return _submitted(request, row)
    return _form(request, indicator, form)


@require_http_methods(["GET", "HEAD", "POST"])
def reading_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form with what was returned or withdrawn."""
    row = _shown(request, pk)
    rules.submits(row.indicator, request.user)
    form = ReadingForm(request.POST or None, indicator=row.indicator, reading=row)
    if request.method == "POST" and form.is_valid():
        try:
            perform(workflow.SUBMIT, row, by=request.user, seen=seen_version(request), **form.said())
        except ValidationError as fault:
            form.mark(fault)
        else:
            return _submitted(request, _shown(request, pk))
    return _form(request, row.indicator, form, row, why_not(workflow.SUBMIT, row, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def reading_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form with what was approved; the correction is a reading of its own."""
    row = _shown(request, pk)
    rules.submits(row.indicator, request.user)
    form = ReadingForm(request.POST or None, indicator=row.indicator, reading=row, is_correction=True)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            new = actions.correct_reading(row, by=request.user, reason=reason, **form.said())
        except ValidationError as fault:
            form.mark(fault)
        else:
            return _submitted(request, new)
    return _form(request, row.indicator, form, row)


def _submitted(request: HttpRequest, row: Reading) -> HttpResponse:
    words = _("Submitted: %(reading)s\nThe pilot office decides by %(day)s.")
    said = {"reading": row, "day": row.review_due_on}
    return done(request, words % said, "indicator", row.indicator_id)


def _form(
    request: HttpRequest,
    indicator: Indicator,
    form: ReadingForm,
    row: Reading | None = None,
    closed: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "indicator": indicator,
        "programme": indicator.programme,
        "reading": row,
        "form": form,
        "closed": closed,
        "is_correction": "reason" in form.fields,
    }
    return render(request, "indicators/submit.html", context, status=400 if form.errors else 200)


@require_POST
def reading_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Withdraw, approve, return, ask for a correction."""
    if move not in DONE:
        raise Http404
    moved = make_move(request, workflow.READING_MOVES[move], _shown(request, pk))
    return done(request, DONE[move] % {"reading": moved}, "indicator", moved.indicator_id)
