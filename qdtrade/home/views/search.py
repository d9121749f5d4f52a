"""The one search box: what was understood, what was found, and where it was not looked."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qdtrade.lists import in_given_order, lean_page_of, query
from qdtrade.programmes import finding
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.finding import Asked, Group

ALL = "all"
REMEMBERED = 6


@dataclass(frozen=True)
class Found:
    """One group's answer: how many there are, and those that the page shows."""

    group: Group
    count: int
    url: str
    hits: list[Any]

    @property
    def more(self) -> int:
        return self.count - len(self.hits)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Everything that fits and that the person may see, by groups; or one group by pages."""
    programme = current_programme(request)
    text = " ".join(request.GET.get("q", "").split())
    exactly = bool(request.GET.get("exactly"))
    asked = finding.asked(text, programme=programme, by=request.user, exactly=exactly)
    found, page = _found(request, asked) if asked.words else ([], None)
    tab = request.GET.get("tab", "") if page else ALL
    shown = [one for one in found if tab in {ALL, one.group.name}]
    context = {
        "programme": programme,
        "asked": asked,
        "text": text,
        "asked_for": text,
        "exactly": exactly,
        "tab": tab,
        "tabs": [one for one in found if one.count or one.group.name == tab],
        "all": query(request, tab=None),
        "total": sum(one.count for one in found),
        "main": [one for one in shown if one.hits and (page or not one.group.is_beside)],
        "beside": [one for one in shown if one.hits and not page and one.group.is_beside],
        "page": page,
        "other_way": query(request, exactly=None if exactly else 1, tab=None),
        "recent": _recent(request, text),
    }
    return render(request, "home/search.html", context)


def _found(request: HttpRequest, asked: Asked) -> tuple[list[Found], Page[Any] | None]:
    """What each group answers; the page of the one whose tab is open."""
    tab, page, found = request.GET.get("tab", ALL), None, []
    for group in finding.in_order():
        rows = group.rows(asked)
        if rows is None:
            continue
        whole = partial(_whole, group, rows.model, asked.by)
        if group.name == tab:
            page = lean_page_of(request, rows, whole)
            count, here = page.paginator.count, list(page)
        else:
            count = rows.count()
            some = count and tab not in finding.GROUPS
            here = (
                in_given_order(list(rows.values_list("pk", flat=True)[: group.shown]), whole) if some else []
            )
        hits = list(group.hits(here, asked)) if here else []
        found.append(Found(group, count, query(request, tab=group.name), hits))
    return found, page


def _whole(group: Group, model: Any, user: Any, ids: list[int]) -> QuerySet[Any]:
    """The rows of these ids that the person may see, with what the group shows of them."""
    return group.whole(model.objects.visible_to(user).filter(pk__in=ids))


def _recent(request: HttpRequest, text: str) -> list[str]:
    """What was searched for before in this sign-in, newest first; what is asked now joins it for the next time."""
    before: list[str] = [one for one in request.session.get("searches", []) if one != text]
    if text:
        request.session["searches"] = [text, *before][:REMEMBERED]
    return before[: REMEMBERED - 1]
