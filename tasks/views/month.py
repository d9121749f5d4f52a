"""A bureau's whole period on one page: what can go together goes together, and each row has its own result."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.errors import Refusal, reason_of
from qdtrade.lists import SIZES, page_of
from qdtrade.posted import ids_of, number_of
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.models import Period, Programme
from qdtrade.workflow import perform

from .. import content as contents
from .. import rules, showing, workflow
from ..actions import reports as actions
from ..models import Light, Report
from . import month_page

TOLD = "month"
"""Where the session keeps what became of each row, until the page has shown it."""

NEAR = 2
"""How many of the last periods are one click away."""


@dataclass(frozen=True)
class Place:
    """Which bureau's period the page is about."""

    programme: Programme
    bureaus: list[Bureau]
    bureau: Bureau
    periods: list[Period]
    period: Period

    @property
    def url(self) -> str:
        return self.address()

    def address(self, **other: str) -> str:
        words = {"programme": self.programme.code, "bureau": self.bureau.code, "period": str(self.period.pk)}
        return f"{reverse('month')}?{urlencode(words | other)}"


def _place(request: HttpRequest) -> Place | None:
    """What the address names, else the person's first bureau and the running period; None before any has opened."""
    programme = current_programme(request)
    bureaus = rules.bureaus_written(programme, request.user)
    opened = Period.objects.visible_to(request.user).filter(programme=programme)
    periods = list(opened.exclude(status=Period.Status.PLANNED).in_order())
    if not periods:
        return None
    bureau = _named(bureaus, request.GET.get("bureau", ""), "code") or bureaus[0]
    running = next((period for period in periods if period.is_running), periods[0])
    return Place(
        programme, bureaus, bureau, periods, _named(periods, request.GET.get("period", ""), "pk") or running
    )


def _named(rows: list[Any], asked: str, by: str) -> Any:
    """The row that the address names; raises Http404 for one that is not the person's."""
    if not asked:
        return None
    for row in rows:
        if str(getattr(row, by)) == asked:
            return row
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest) -> HttpResponse:
    """The grid; a POST saves what was typed, or hands the ticked rows in, each by itself."""
    place = _place(request)
    if place is None and request.method == "POST":
        return redirect("month")
    if place is None:
        return render(request, "tasks/month_none.html", {"programme": current_programme(request)})
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act(request, place)
    page = page_of(request, month_page.of_period(request.user, place.period, place.bureau), size=SIZES[-1])
    rows = month_page.rows(list(page), request.user)
    told = request.session.get(TOLD, {})
    if told.get("place") != [place.period.pk, place.bureau.pk]:
        told = {}
    elif told:
        del request.session[TOLD]
    results = told.get("lines", {})
    rows.sort(key=lambda row: str(row.report.pk) not in results)
    context = _around(request, place) | {
        "page": page,
        "rows": [(row, results.get(str(row.report.pk))) for row in rows],
        "told": told,
        "ready": sum(row.is_ready for row in rows),
        "to_write": sum(row.group == month_page.Group.TO_WRITE for row in rows),
        "next": next((row for row in rows if row.group == month_page.Group.TO_WRITE), None),
        "signing": any(row.is_signing and row.is_ready for row in rows),
        "asking": any(
            row.is_open and workflow.hand_in(row.report, request.user) is workflow.ASK_SIGN_OFF
            for row in rows
        ),
    }
    return render(request, "tasks/month.html", context)


def _around(request: HttpRequest, place: Place) -> dict[str, Any]:
    today, period = clock.today(), place.period
    near = list(dict.fromkeys([*place.periods[:NEAR], period]))
    export = urlencode(
        {"programme": place.programme.code, "period": str(period.pk), "bureau": place.bureau.code}
    )
    return {
        "place": place,
        "programme": place.programme,
        "within": f"?programme={place.programme.code}",
        "period": period,
        "periods": [
            (one, place.address(period=str(one.pk))) for one in sorted(near, key=lambda one: one.starts_on)
        ],
        "bureaus": [(one, place.address(bureau=one.code)) for one in place.bureaus],
        "counts": month_page.counts(request.user, period, place.bureau),
        "is_over": today > period.due_on,
        "days_left": Calendar().left(today, period.due_on),
        "lights": Light.choices,
        "longest": contents.LONGEST_TEXT,
        "export": f"{reverse('expected_reports_export')}?{export}",
        "texts": f"{reverse('reports_export')}?{export}",
    }


# What a POST does -----------------------------------------------------------------------------------------------------


def _chosen(request: HttpRequest, place: Place) -> list[Report]:
    """The ticked rows in the order of their ids; raises Http404 where one is not the person's."""
    asked = set(ids_of(request.POST, "row"))
    rows = month_page.of_period(request.user, place.period, place.bureau).filter(pk__in=asked).order_by("pk")
    found = list(rows)
    if len(found) != len(asked):
        raise Http404
    month_page.with_earlier(found, request.user)
    return found


def _row_by_row(
    request: HttpRequest, place: Place, do: Callable[[HttpRequest, Report], str], act: str
) -> HttpResponse:
    """Do it to each ticked row in a unit of its own; a refused row stops no other."""
    reports = _chosen(request, place)
    asked = any(
        workflow.hand_in(row, request.user) is workflow.ASK_SIGN_OFF
        for row in reports
        if row.status in Report.WRITABLE
    )
    lines = {str(row.pk): _one(request, row, do) for row in reports}
    if not lines:
        messages.warning(
            request, _("No row was ticked.\nTick the reports that are to go, then press the button.")
        )
    else:
        told = {"place": [place.period.pk, place.bureau.pk], "act": act, "asked": asked, "lines": lines}
        done = [pk for pk, (is_done, _words) in lines.items() if is_done]
        request.session[TOLD] = told | {"done": done, "refused": len(lines) - len(done)}
    return redirect(place.url)


def _one(request: HttpRequest, row: Report, do: Callable[[HttpRequest, Report], str]) -> tuple[bool, str]:
    try:
        return True, do(request, row)
    except (Refusal, ValidationError, OperationalError) as fault:
        return False, reason_of(fault)


def _submit(request: HttpRequest, row: Report) -> str:
    """Hand one row in: sign it, carry it over, or keep what was typed and hand that in."""
    user, seen = request.user, _number(request, f"version-{row.pk}")
    if _was_mine_already(row, user, seen):
        return _said_of(row)
    move = workflow.SUBMIT if row.status == Report.Status.SIGN_OFF else workflow.hand_in(row, user)
    if row.status == Report.Status.SIGN_OFF:
        return _said_of(perform(move, row, by=user, seen=seen))
    typed = _typed(request, row)
    if str(row.pk) in request.POST.getlist("no_change"):
        rules.is_own_word(rules.writes(row, user))
        rules.refuse_no_change(row, has_earlier=row.earlier is not None)
        asked = {name: typed[name] for name in ("forecast_on", "self_light") if name in typed}
        carried = contents.tidy(contents.carried(row.earlier.content if row.earlier else None) | asked)
        return _said_of(perform(move, row, by=user, seen=seen, content=carried, no_change=True))
    content = actions.starting_content(row)
    if typed:
        content = actions.save_draft(row, typed, by=user, seen=_number(request, f"draft-{row.pk}")).content
    return _said_of(perform(move, row, by=user, seen=seen, content=content))


def _was_mine_already(row: Report, user: Any, seen: int | None) -> bool:
    """Whether this very page handed the row in before: pressed twice, or sent again after a broken line."""
    if seen is None or seen != row.version - 1:
        return False
    if row.status == Report.Status.SUBMITTED:
        return row.current is not None and row.current.submitted_by_id == user.pk
    asked = row.sign_off
    return row.status == Report.Status.SIGN_OFF and asked is not None and asked.asked_by_id == user.pk


def _said_of(row: Report) -> str:
    """What became of a row, in a few words."""
    if row.status == Report.Status.SIGN_OFF:
        return _("with the head; counts when signed")
    version = row.current
    no_change = version is not None and version.content.get("no_change")
    first = (
        _("no change")
        if no_change
        else _("version %(number)d") % {"number": version.number if version else 0}
    )
    on_time = (
        row.expected.first_submitted_on is not None and row.expected.first_submitted_on <= row.period.due_on
    )
    return _(", ").join([first, rules.clock_time(row.submitted_at), _("on time") if on_time else _("late")])


def _withdraw(request: HttpRequest, row: Report) -> str:
    perform(workflow.WITHDRAW, row, by=request.user)
    return _("withdrawn")


def _typed(request: HttpRequest, row: Report) -> dict[str, str]:
    """The row's fields as the page sent them."""
    names = ("done", "progress", "forecast_on", "self_light")
    sent = {name: request.POST.get(f"{name}-{row.pk}") for name in names}
    return {name: text for name, text in sent.items() if text is not None}


def _number(request: HttpRequest, name: str) -> int | None:
    return number_of(request.POST.get(name, ""))


def _keep(request: HttpRequest, place: Place, rows: list[Report]) -> tuple[int, list[str]]:
    """Save the drafts of the rows in which something was typed; how many, and what was refused."""
    kept, refused = 0, []
    for row in rows:
        typed = _typed(request, row)
        if workflow.why_not_write(row, request.user) or not contents.differences(
            actions.starting_content(row), contents.tidy(actions.starting_content(row) | typed)
        ):
            continue
        try:
            actions.save_draft(row, typed, by=request.user, seen=_number(request, f"draft-{row.pk}"))
            kept += 1
        except Refusal as refusal:
            refused.append(f"{row.task.code} {refusal}")
    return kept, refused


def _save(request: HttpRequest, place: Place) -> HttpResponse:
    rows = list(month_page.of_period(request.user, place.period, place.bureau))
    month_page.with_earlier(rows, request.user)
    kept, refused = _keep(request, place, rows)
    words = ngettext("%(count)d draft saved.", "%(count)d drafts saved.", kept) % {"count": kept}
    messages.success(request, words if kept else _("Nothing had changed."))
    for reason in refused:
        messages.error(request, reason)
    return redirect(place.url)


def _preview(request: HttpRequest, place: Place) -> HttpResponse:
    """What would be handed in against what was approved before, row by row; what was typed is kept first."""
    no_change = set(request.POST.getlist("no_change"))
    rows = _chosen(request, place)
    _kept, refused = _keep(request, place, [row for row in rows if str(row.pk) not in no_change])
    for reason in refused:
        messages.error(request, reason)
    shown = [_compared(request, row, str(row.pk) in no_change) for row in _chosen(request, place)]
    return render(request, "tasks/month_preview.html", _around(request, place) | {"shown": shown})


def _compared(request: HttpRequest, row: Report, is_no_change: bool) -> dict[str, Any]:
    before = contents.carried(row.earlier.content) if row.earlier else None
    content = actions.starting_content(row)
    if is_no_change and before is not None:
        typed = _typed(request, row)
        content = contents.tidy(
            before | {name: typed.get(name, "") for name in ("forecast_on", "self_light")}
        )
    files = {"files": showing.file_lines(row.evidence)}
    lines = showing.compared(before, content | files, showing.titles_of(row))
    return {"report": row, "lines": [line for line in lines if line.changed], "no_change": is_no_change,
            "content": content}  # fmt: skip


ACTS: dict[str, Callable[[HttpRequest, Place], HttpResponse]] = {
    "submit": lambda request, place: _row_by_row(request, place, _submit, "submit"),
    "withdraw": lambda request, place: _row_by_row(request, place, _withdraw, "withdraw"),
    "save": _save,
    "preview": _preview,
}
