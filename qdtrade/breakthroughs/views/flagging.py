"""The forms that name a candidate and set the target of a year."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qdtrade import clock
from qdtrade.posted import number_of
from qdtrade.programmes.current import current_programme
from qdtrade.web import done, seen_version
from tasks.models import Task

from .. import rules
from ..actions import flagging
from ..forms import FlagForm, TargetForm
from ..models import BreakthroughTarget


@require_http_methods(["GET", "HEAD", "POST"])
def breakthrough_flag(request: HttpRequest, pk: int) -> HttpResponse:
    """A form that names a task a candidate; a refused one says why, and keeps what was typed."""
    task = get_object_or_404(Task.objects.visible_to(request.user).for_move(), pk=pk)
    rules.flags(task, request.user)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = flagging.flag(task, by=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.mark(fault)
        else:
            words = _("Named as a candidate: %(row)s\nIts lead bureau claims it, with proof.")
            return done(request, words % {"row": row}, "breakthrough", row.pk)
    context = {"task": task, "programme": task.programme, "form": form}
    return render(request, "breakthroughs/flag.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def breakthrough_target(request: HttpRequest) -> HttpResponse:
    """The target of a year, month by month; a change keeps the one before in the records."""
    programme = current_programme(request)
    rules.runs_programme(programme, request.user)
    year = number_of(request.GET.get("year", "")) or clock.today().year
    rows = BreakthroughTarget.objects.visible_to(request.user).filter(programme=programme)
    target = rows.filter(year=year).first()
    form = TargetForm(request.POST or None, initial=_started(target))
    if request.method == "POST" and form.is_valid():
        try:
            flagging.set_target(
                programme, year, form.points(), by=request.user, seen=seen_version(request),
                comment=form.cleaned_data["comment"], source=form.cleaned_data["source"],
                days_in_force=form.cleaned_data["days_in_force"],
            )  # fmt: skip
        except ValidationError as fault:
            form.mark(fault)
        else:
            return done(request, _("The target of %(year)d is set.") % {"year": year}, "breakthrough_list")
    context = {"programme": programme, "year": year, "target": target, "form": form}
    return render(request, "breakthroughs/target.html", context, status=400 if form.errors else 200)


def _started(target: BreakthroughTarget | None) -> dict[str, object]:
    if target is None:
        return {}
    months = {f"month_{month}": target.due_in(month) for month in range(1, 13)}
    return months | {"days_in_force": target.days_in_force, "source": target.source}
