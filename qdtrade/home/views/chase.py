"""Who owes what, by bureau, and reminding them (催办)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.errors import refusal_of
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.posted import ids_of
from qdtrade.programmes import duties, rules
from qdtrade.programmes.actions import note_text, remind_each
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.chat import chat_text
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.duties import EVERYTHING, Asked
from qdtrade.programmes.exports import Table, file_of
from qdtrade.programmes.models import Export, Period, Programme, Reminder
from qdtrade.programmes.reminding import rule_in_words

from ..chase import Chase, Owing, chase_of
from ..exports import chase_columns
from ..filters import ChaseFilter

PILLS = ("period", "field", "duty", "state", "bureau")
MOST_TEXTS = 20
"""Bureaus whose texts stand on one page."""
MOST_REASONS = 5
HISTORY = 10


def _asked(request: HttpRequest) -> tuple[Programme, ChaseFilter, Chase]:
    """The programme, the filters, and what is owed by them."""
    programme = current_programme(request)
    rows = Bureau.objects.visible_to(request.user)
    filters = ChaseFilter(request.GET, rows, request=request)
    chase = chase_of(request.user, programme, filters.asked())
    return programme, filters, chase.cut(filters.rows())


@require_safe
def chase(request: HttpRequest) -> HttpResponse:
    """What is owed in the running and the last closed period, by bureau, the worst first."""
    programme, filters, found = _asked(request)
    page = page_of(request, found.bureaus(filters.rows()))
    lines = found.lines(list(page))
    may_remind = not refusal_of(lambda: rules.chases(programme, request.user))
    in_use = filters.in_use().keys() - {"programme"}
    context = {
        "programme": programme,
        "page": page,
        "lines": lines,
        "duties": found.duties,
        "totals": found.totals,
        "owing": len(found.found),
        "may_remind": may_remind,
        "reviews": _reviews(programme, request.user) if may_remind else [],
        "history": _history(programme, request.user, lines) if "bureau" in in_use else None,
        "rule": rule_in_words(programme),
        **_periods(programme, request.user, filters.asked()),
        "search": search_pill(filters.form, "q", _("Bureau")),
        "pills": pills(filters.form, PILLS),
        "set": in_use & set(PILLS),
        "here": query(request, programme=programme.code),
        "without": f"?programme={programme.code}",
        "export": f"{reverse('chase_export')}{query(request, programme=programme.code)}",
    }
    return list_page(request, "home/chase.html", "home/_chase_rows.html", context)


@require_safe
def chase_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file, a bureau to a line; with telephone and mail for who may have them."""
    programme, filters, found = _asked(request)
    table = Table(
        Export.What.CHASE,
        found.bureaus(filters.rows()),
        chase_columns(found),
        lambda bureaus: found.lines(bureaus, shown=100),
    )
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)


@require_POST
def chase_remind(request: HttpRequest) -> HttpResponse:
    """Remind one bureau, those ticked, or all that the filters leave; or go on to the texts for their chat groups."""
    programme, filters, found = _asked(request)
    rules.chases(programme, request.user)
    chosen = _chosen(request.POST, found, filters)
    back = f"{reverse('chase')}{query(request, programme=programme.code)}"
    if not chosen:
        messages.warning(request, _("Nobody was reminded.\nTick at least one bureau first."))
        return redirect(back)
    if "text" in request.POST:
        to = [bureau.pk for bureau in chosen[:MOST_TEXTS]]
        words = {"programme": programme.code, "note": request.POST.get("note", "")[:500], "to": to}
        return redirect(f"{reverse('chase_text')}?{urlencode(words, doseq=True)}")
    results = remind_each(
        programme,
        chosen,
        by=request.user,
        note=request.POST.get("note", ""),
        is_urgent=bool(request.POST.get("urgent")),
        asked=filters.asked(),
    )
    _say(request, results)
    return redirect(back)


def _chosen(posted: QueryDict, found: Chase, filters: ChaseFilter) -> list[Bureau]:
    """The bureaus that were asked for, of those that owe something."""
    rows = found.bureaus(filters.rows())
    if "all" in posted:
        return list(rows)
    return list(rows.filter(pk__in=ids_of(posted, "only" if "only" in posted else "to")))


def _say(request: HttpRequest, results: list[Any]) -> None:
    """How many were reminded, and why others were not."""
    done = [one for one in results if not one.reason]
    if done:
        words = ngettext(
            "%(count)d bureau reminded, %(people)d people told: inbox, and mail to those with an address.",
            "%(count)d bureaus reminded, %(people)d people told: inbox, and mail to those with an address.",
            len(done),
        )
        messages.success(request, words % {"count": len(done), "people": sum(one.people for one in done)})
    reasons = [one.reason for one in results if one.reason]
    if reasons:
        shown = reasons[:MOST_REASONS]
        rest = len(reasons) - len(shown)
        if rest:
            shown.append(ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest})
        head = ngettext(
            "%(count)d bureau was not reminded.", "%(count)d bureaus were not reminded.", len(reasons)
        )
        messages.warning(request, f"{head % {'count': len(reasons)}}\n{' '.join(shown)}")


@require_http_methods(["GET", "HEAD", "POST"])
def chase_text(request: HttpRequest) -> HttpResponse:
    """Texts to paste into the bureaus' chat groups, in both languages; a POST notes that one was pasted."""
    programme = current_programme(request)
    rules.chases(programme, request.user)
    found = chase_of(request.user, programme, EVERYTHING)
    asked = request.POST if request.method == "POST" else request.GET
    names = ids_of(asked, "to")
    bureaus = list(found.bureaus(Bureau.objects.visible_to(request.user)).filter(pk__in=names[:MOST_TEXTS]))
    note = asked.get("note", "")[:500]
    if request.method == "POST":
        for bureau in bureaus:
            note_text(programme, bureau, by=request.user, note=note)
            words = _("Noted: %(bureau)s was reminded in its chat group.") % {"bureau": bureau}
            messages.success(request, words)
        return redirect(request.get_full_path())
    context = {
        "programme": programme,
        "note": note,
        "texts": [
            (line, {code: _text(request, programme, line, note, code) for code in ("zh-hans", "en")})
            for line in found.lines(bureaus, shown=100)
        ],
    }
    return render(request, "home/chase_text.html", context)


def _text(request: HttpRequest, programme: Programme, line: Owing, note: str, language: str) -> str:
    owed = [thing for group in line.groups for thing in group.things]
    return chat_text(
        programme,
        line.bureau,
        owed,
        by=request.user,
        note=note,
        language=language,
        work_url=request.build_absolute_uri(reverse("my_work")),
    )


def _reviews(programme: Programme, user: Any) -> list[tuple[Any, int, int]]:
    """What waits for the reviewers themselves: duty, how much, how much of it over time."""
    whole = [duty for duty in duties.DUTIES.values() if duty.is_of_reviewers]
    found = [(duty, *duties.amount(duty, user, programme)) for duty in whole]
    return [(duty, count, overdue) for duty, count, overdue in found if count]


def _history(programme: Programme, user: Any, lines: list[Owing]) -> list[Reminder]:
    """The last reminders of the bureaus that are shown."""
    rows = Reminder.objects.visible_to(user).filter(
        programme=programme, bureau__in=[line.bureau.pk for line in lines]
    )
    return list(rows.newest_first()[:HISTORY])


def _periods(programme: Programme, user: Any, asked: Asked) -> dict[str, Any]:
    """The periods that are chased, and how long the running one still has."""
    rows = Period.objects.visible_to(user).filter(programme=programme)
    rows = rows.filter(pk=asked.period) if asked.period else rows.chased()
    found = list(rows.in_order())
    running = next((period for period in found if period.is_running), None)
    left = Calendar().left(clock.today(), running.due_on) if running else 0
    return {"periods": found, "running": running, "days_left": left, "today": clock.today()}


@require_safe
def who_is_missing(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of this page by period, as it was before: links to it stand in mails and bookmarks."""
    period = get_object_or_404(Period.objects.visible_to(request.user).for_move(), pk=pk)
    return redirect(f"{reverse('chase')}?programme={period.programme.code}&period={period.pk}")
