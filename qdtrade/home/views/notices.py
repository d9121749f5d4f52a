"""A person's inbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qdtrade import clock
from qdtrade.errors import Words
from qdtrade.lists import page_of
from qdtrade.notices import words
from qdtrade.notices.actions import mark_read
from qdtrade.notices.models import Notice, NoticeQuerySet
from qdtrade.posted import ids_of
from qdtrade.programmes import current
from qdtrade.templatetags import days
from qdtrade.web import done

ALL, UNREAD = "", "unread"


@dataclass(frozen=True)
class Tab:
    """One part of the inbox: how many notices it holds, and how many of them are unread."""

    name: str
    label: Words
    count: int
    unread: int = 0


@dataclass(frozen=True)
class Entry:
    """A notice in the reader's words, with the way to what it is about."""

    notice: Notice
    words: str
    comment: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """The notices, newest first, by day; a POST marks one, or all of the part that is shown, as read."""
    mine = Notice.objects.visible_to(request.user)
    show = request.POST.get("show", "") or request.GET.get("show", "")
    if request.method == "POST":
        return _mark(request, show)
    tabs = _tabs(mine)
    page = page_of(request, _shown(mine, show).order_by("-created_at", "-pk"))
    codes = {programme.pk: programme.code for programme in current.programmes_of(request.user)}
    context = {
        "page": page,
        "days": _by_day(_entry(notice, codes.get(notice.scope, "")) for notice in page),
        "tabs": tabs,
        "show": show,
        "unread": tabs[0].unread,
        "unread_here": next((tab.unread for tab in tabs if tab.name == show), tabs[0].unread),
    }
    return render(request, "home/notices.html", context)


def _mark(request: HttpRequest, show: str) -> HttpResponse:
    chosen = ids_of(request.POST, "notice")
    kinds = words.kinds_in(show) if show in words.GROUPS else None
    count = mark_read(request.user, chosen or None, kinds=None if chosen else kinds)
    said = ngettext("%(count)d notice marked as read.", "%(count)d notices marked as read.", count)
    return done(request, said % {"count": count}, "notices")


def _shown(mine: NoticeQuerySet, show: str) -> NoticeQuerySet:
    if show == UNREAD:
        return mine.unread()
    return mine.filter(kind__in=words.kinds_in(show)) if show in words.GROUPS else mine


def _tabs(mine: NoticeQuerySet) -> list[Tab]:
    """All, the unread ones, and each group that holds anything; counted in one query."""
    is_unread = Q(read_at__isnull=True)
    found = mine.order_by().values("kind").annotate(n=Count("pk"), unread=Count("pk", filter=is_unread))
    counts = {line["kind"]: (line["n"], line["unread"]) for line in found}
    count, unread = (sum(line[at] for line in counts.values()) for at in (0, 1))
    tabs = [Tab(ALL, _("All"), count, unread), Tab(UNREAD, _("Unread"), unread, unread)]
    for name, label in words.GROUPS.items():
        of_group = [counts[kind] for kind in words.kinds_in(name) if kind in counts]
        if of_group:
            tabs.append(Tab(name, label, sum(n for n, _u in of_group), sum(u for _n, u in of_group)))
    return tabs


def _entry(notice: Notice, code: str) -> Entry:
    url = words.path(notice, code)
    return Entry(notice, words.sentence(notice), notice.params.get("comment", ""), url)


def _by_day(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries under the day on which they came: today, yesterday, or its date."""
    today = clock.today()
    named = {0: _("Today"), 1: _("Yesterday")}
    groups = groupby(entries, key=lambda entry: clock.day_of(entry.notice.created_at))
    return [(named.get((today - day).days) or days.in_words(day), list(found)) for day, found in groups]
