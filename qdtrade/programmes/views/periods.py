"""Pages of the reporting periods and of a programme's settings."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qdtrade import clock
from qdtrade.templatetags.words import listed
from qdtrade.web import Offer, done, make_move, offers

from .. import actions, current, rules, year
from ..calendar import Calendar
from ..forms import PeriodForm, ProgrammeForm, TimetableForm
from ..models import Period, Programme, Restatement, Role
from ..reviewers import without_head, without_reviewer
from ..workflow import FREEZE_PERIOD, MOVES
from .period_page import given

RUNS = {Role.MANAGER, Role.ADMIN}
"""Who sees the settings and the planning of periods."""


@require_GET
def period_list(request: HttpRequest) -> HttpResponse:
    """The periods of one year, with what may be done to each."""
    programme = current.current_programme(request)
    asked = _asked_year(request, programme)
    periods: list[Period] = list(
        Period.objects.visible_to(request.user)
        .filter(programme=programme, starts_on__year=asked)
        .for_move()
        .annotate(
            is_restated=Exists(Restatement.objects.visible_to(request.user).filter(period=OuterRef("pk")))
        )
        .order_by("starts_on", "pk")
    )
    unsettled = list(
        Period.objects.visible_to(request.user).filter(programme=programme).unsettled().order_by("starts_on")
    )
    calendar = Calendar()
    roles = current.roles_in(request.user, programme)
    rule = TimetableForm.asked(request.GET, programme)
    planned = _planned(rule, programme, asked, periods, calendar) if roles & RUNS else []
    context = {
        "programme": programme,
        "year": asked,
        "years": range(programme.starts_on.year, programme.ends_on.year + 1),
        "rows": _rows(periods, calendar, request.user),
        "running": [period for period in unsettled if period.is_running],
        "unfrozen": [period for period in unsettled if not period.is_running],
        "covered": calendar.covers(asked),
        "alone": without_reviewer(programme) if Role.MANAGER in roles else [],
        "may_edit": Role.MANAGER in roles,
        "may_plan": bool(roles & RUNS),
        "planned": planned,
        "rule": rule,
        "missing": sum(one.exists is None for one in planned),
        "moving": actions.out_of_step(periods, calendar) if roles & RUNS else [],
        "given": given(unsettled, request.user),
    }
    return render(request, "programmes/period_list.html", context)


def _asked_year(request: HttpRequest, programme: Programme) -> int:
    """The year of the address, else this one, kept within the programme."""
    text = request.GET.get("year", "")
    asked = int(text) if text.isdecimal() and len(text) == 4 else clock.today().year
    return max(programme.starts_on.year, min(programme.ends_on.year, asked))


def _rows(periods: list[Period], calendar: Calendar, user: Any) -> list[tuple[year.PeriodRow, list[Offer]]]:
    """Each period with what may be done to it; of those not open yet only the next one is offered."""
    planned = [period.pk for period in periods if period.status == Period.Status.PLANNED]
    return [
        (row, [] if row.period.pk in planned[1:] else _moves(row.period, user))
        for row in year.rows(periods, calendar, user)
    ]


def _moves(period: Period, user: Any) -> list[Offer]:
    """What the person may do to the period in its state; by hand only freezing needs no reason."""
    found = offers(period, MOVES, user, "period_move")
    now = [offer for name, offer in found.items() if period.status in MOVES[name].sources]
    return [replace(offer, needs_comment=offer.name != FREEZE_PERIOD.name) for offer in now]


def _planned(
    form: TimetableForm, programme: Programme, asked: int, periods: list[Period], calendar: Calendar
) -> list[year.PlannedPeriod]:
    """The year by the rule of the form; nothing while the form has faults."""
    if not form.is_valid():
        return []
    return year.planned(programme, form.timetable(), asked, periods, calendar)


@require_POST
def period_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Open, close or freeze a period."""
    period = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    if move not in MOVES:
        raise Http404
    moved = make_move(request, MOVES[move], period)
    alone = without_reviewer(moved.programme) if moved.status == Period.Status.OPEN else []
    if alone:
        messages.warning(request, _no_reviewer(alone))
    words = _("%(period)s is now %(state)s.") % {"period": moved, "state": moved.get_status_display()}
    return done(request, words, "period_list")


def _no_head(bureaus: list[Any]) -> str:
    words = ngettext(
        "%(count)d bureau has no head who could sign its reports.\nGive somebody the role of bureau head: %(bureaus)s",
        "%(count)d bureaus have no head who could sign their reports.\n"
        "Give somebody the role of bureau head: %(bureaus)s",
        len(bureaus),
    )
    return words % {"count": len(bureaus), "bureaus": listed(bureaus)}


def _no_reviewer(bureaus: list[Any]) -> str:
    words = _("No reviewer may review the reports of %(bureaus)s.\nGive another person the role of reviewer.")
    return words % {"bureaus": listed(bureaus)}


@require_http_methods(["GET", "HEAD", "POST"])
def period_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other dates for a period that has not opened."""
    period = get_object_or_404(Period.objects.visible_to(request.user).for_move(), pk=pk)
    rules.manages(period, request.user)
    form = PeriodForm(request.POST or None, instance=period)
    if request.method == "POST" and form.is_valid():
        edited = actions.edit_period(
            period, form.dates(), by=request.user, comment=form.cleaned_data["comment"]
        )
        return done(request, _("The dates of %(period)s have changed.") % {"period": edited}, "period_list")
    is_open = period.status != Period.Status.PLANNED
    context = {"form": form, "period": period, "is_open": is_open}
    return render(request, "programmes/period_edit.html", context, status=400 if form.errors else 200)


@require_POST
def periods_plan(request: HttpRequest) -> HttpResponse:
    """Make the missing periods of a year by the rule of the form, all or none."""
    programme = current.current_programme(request)
    asked = _year_to_plan(request, programme)
    form = TimetableForm.asked(request.POST, programme)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    planned = year.planned(programme, form.timetable(), asked, [], Calendar())
    spans = [(one.period.starts_on, one.period.ends_on) for one in planned]
    made = actions.plan_periods(programme, form.timetable(), spans, by=request.user)
    words = ngettext("%(count)d period made for %(year)d.", "%(count)d periods made for %(year)d.", len(made))
    messages.success(request, words % {"count": len(made), "year": asked})
    return redirect(_year_page(programme, asked))


@require_POST
def periods_move_to_calendar(request: HttpRequest) -> HttpResponse:
    """Give the periods of a year that have not opened the dates by the working days entered since."""
    programme = current.current_programme(request)
    asked = _year_to_plan(request, programme)
    moved = actions.move_to_calendar(programme, asked, by=request.user)
    words = ngettext("%(count)d period has new dates.", "%(count)d periods have new dates.", len(moved))
    messages.success(request, words % {"count": len(moved)})
    return redirect(_year_page(programme, asked))


def _year_page(programme: Programme, asked: int) -> str:
    return f"{reverse('period_list')}?programme={programme.code}&year={asked}"


def _year_to_plan(request: HttpRequest, programme: Programme) -> int:
    text = request.POST.get("year", "")
    if not (text.isdecimal() and programme.starts_on.year <= int(text) <= programme.ends_on.year):
        raise Http404
    return int(text)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest) -> HttpResponse:
    """Names, dates and rules of time of the current programme."""
    programme = Programme.objects.visible_to(request.user).get(pk=current.current_programme(request).pk)
    rules.runs_programme(programme, request.user)
    form = ProgrammeForm(request.POST or None, instance=programme)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in Programme.settings}
        edited = actions.edit_programme(programme, fields, by=request.user)
        alone = without_head(edited) if edited.sign_off else []
        if alone:
            messages.warning(request, _no_head(alone))
        return done(request, _("The programme's settings have changed."), "programme_edit")
    context = {"form": form, "programme": programme}
    return render(request, "programmes/programme_edit.html", context, status=400 if form.errors else 200)
