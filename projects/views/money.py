"""Entering the money of a project, and setting it right."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qdtrade import clock
from qdtrade import money as amounts
from qdtrade.web import done

from .. import rules
from ..actions import money as actions
from ..forms import CounterForm, MoneyForm
from ..models import MoneyEvent, Project
from ..models.days import sum_of


@require_GET
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """A sum stands on the page of its project."""
    row = _shown(request, pk)
    way = reverse("project", args=[row.project_id])
    return redirect(f"{way}?programme={row.project.programme.code}#money")


def _shown(request: HttpRequest, pk: int) -> MoneyEvent:
    rows = MoneyEvent.objects.visible_to(request.user).select_related(
        "project__programme", "project__carrier", "corrects"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def money_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for one sum; a refused one says why, and keeps what was typed."""
    project = get_object_or_404(Project.objects.visible_to(request.user).for_list(), pk=pk)
    rules.enters_money(project, request.user)
    form = MoneyForm(
        request.POST or None, initial={"on": clock.today(), "kind": request.GET.get("kind", "in")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.enter_money(project, by=request.user, **form.values())
        except ValidationError as fault:
            form.mark(fault)
        else:
            _warn(request, project)
            words = _("Entered: %(kind)s %(amount)s on %(day)s.")
            said = {"kind": row.get_kind_display(), "amount": amounts.written(row.amount), "day": row.on}
            return done(request, words % said, "project", project.pk)
    context = {"project": project, "programme": project.programme, "form": form}
    return render(request, "projects/money_enter.html", context, status=400 if form.errors else 200)


def _warn(request: HttpRequest, project: Project) -> None:
    """Say what is unlikely and was taken all the same."""
    for words in rules.warnings(
        Project.objects.visible_to(request.user).with_money().get(pk=project.pk)
    ).values():
        messages.warning(request, words)


@require_http_methods(["GET", "HEAD", "POST"])
def money_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for a counter-entry, with the sum that it takes back."""
    row = _shown(request, pk)
    rules.enters_money(row.project, request.user)
    form = CounterForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            back = actions.counter_entry(row, by=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.mark(fault)
        else:
            words = _("Taken back: %(amount)s\nBoth rows stay; the totals follow.")
            return done(request, words % {"amount": amounts.written(-back.amount)}, "project", row.project_id)
    context: dict[str, Any] = {
        "row": row,
        "project": row.project,
        "programme": row.project.programme,
        "left": row.amount + row.corrections.aggregate(sum=sum_of("amount"))["sum"],
        "form": form,
    }
    return render(request, "projects/money_counter.html", context, status=400 if form.errors else 200)
