"""The lists whose views can be kept; each app registers its own.

A list's page calls `opens_in` first (the person's own view of it, where nothing was asked for) and hands `tools` to its
template, which includes `parts/list_filters.html`; or `views_of` and `parts/views.html` alone, where it has filters of
its own. Nothing else is needed for a list to have views.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from qdtrade.errors import Words
from qdtrade.lists import kept

from .columns import SHOW, Chosen, Shown, asked_for
from .explained import Explained
from .filters import Filters
from .models import Programme, SavedView

NOT_KEPT = frozenset({"programme", "view", "page", "before", "open", "page_size"})
"""What an address holds beside filters, order and columns: whose list it is, and where in it one stands."""

ALL = "all"
"""The `view` of an address that asks for no view at all, against one's own usual one."""


def no_columns() -> Sequence[Shown]:
    return ()


@dataclass(frozen=True)
class Listing:
    """A list: its name in records and addresses, its heading, its page, and what its address may ask for."""

    name: str
    label: Words
    url_name: str
    filters: type[Filters]
    rows: Callable[[], QuerySet[Any]]
    """Any rows of the list's model; a check of filters looks at none of them."""
    target: str = ""
    """The element that htmx puts the list in place of."""
    usual_ordering: str = ""
    usual_order: Words = ""
    """How it is sorted where nobody asks, as an ordering and in words."""
    columns: Callable[[], Sequence[Shown]] = no_columns
    others: frozenset[str] = field(default_factory=frozenset)
    """What its address may hold beside filters, order and columns."""
    explained: Explained | None = None
    """How its figures come about, and the records of its rows; a list without it does not say."""


LISTINGS: dict[str, Listing] = {}


def register(listing: Listing) -> None:
    """Called once by an app when it is ready."""
    LISTINGS[listing.name] = listing


def query_of(data: QueryDict) -> str:
    """What of an address a view keeps, in one form whatever the order of its clicks."""
    pairs = [
        (name, value)
        for name in sorted(data)
        if name not in NOT_KEPT
        for value in data.getlist(name)
        if value
    ]
    return urlencode(pairs)


def broken(listing: Listing, query: str, request: HttpRequest) -> list[str]:
    """The names in a kept query that mean nothing to this person now: a filter that went, a row they may not see."""
    data = QueryDict(query)
    filters = listing.filters(data, listing.rows().none(), request=request)
    known = {*filters.filters, SHOW, *listing.others}
    columns = {column.name for column in listing.columns()}
    wrong = {name for name in data if name not in known} | set(filters.errors)
    if set(asked_for(data)) - columns:
        wrong.add(SHOW)
    return sorted(wrong)


def refuse_broken(listing: Listing, query: str, request: HttpRequest) -> None:
    """Raises ValidationError where an address that is to be kept makes no sense."""
    wrong = broken(listing, query, request)
    if wrong:
        raise ValidationError({"query": ", ".join(wrong)})


def address(listing: Listing, view: SavedView, without: Sequence[str] = ()) -> str:
    """The list as the view has it, of its programme; whoever follows it sees their own rows."""
    data = QueryDict(view.query, mutable=True)
    for name in without:
        data.pop(name, None)
    data["programme"], data["view"] = view.programme.code, str(view.pk)
    return f"{reverse(listing.url_name)}?{data.urlencode()}"


def whole(listing: Listing, programme: Programme) -> str:
    """The list as it is without any view, the person's usual one left aside."""
    return f"{reverse(listing.url_name)}?{urlencode({'programme': programme.code, 'view': ALL})}"


def opens_in(request: HttpRequest, programme: Programme, listed: str) -> HttpResponseRedirect | None:
    """The way to the person's usual view of a list, where the address asks for nothing."""
    if set(request.GET) - {"programme"}:
        return None
    own = {"defaults__user": request.user.pk, "defaults__listed": listed, "defaults__programme": programme}
    view = SavedView.objects.visible_to(request.user).filter(**own).first()
    return redirect("view_open", view.pk) if view is not None else None


def tools(
    request: HttpRequest, programme: Programme, listed: str, columns: Chosen, names: Iterable[str]
) -> dict[str, Any]:
    """What `parts/list_filters.html` needs beside the filters of these names: order, columns and views."""
    listing = LISTINGS[listed]
    return {
        "columns": columns,
        "views": views_of(request, programme, listed),
        "usual_ordering": listing.usual_ordering,
        "usual_order": listing.usual_order,
        "kept": kept(request, "programme", "ordering", "before", "open", "q", *names),
        "kept_of_columns": kept(request, SHOW, "open"),
        "list_url": reverse(listing.url_name),
        "list_target": listing.target,
        "figures_url": figures_url(listing, programme, request.GET),
    }


def asked_of(listing: Listing, data: Mapping[str, Any]) -> dict[str, str]:
    """The filters of an address that cut the list's rows, without the programme and the order."""
    names = listing.filters.base_filters.keys() - {"programme", "ordering"}
    return {name: str(data[name]) for name in sorted(names) if data.get(name)}


def figures_url(listing: Listing, programme: Programme, data: Mapping[str, Any]) -> str:
    """The page that says how the figures over exactly these rows come about; empty where the list has none."""
    if listing.explained is None:
        return ""
    query = urlencode({"programme": programme.code, **asked_of(listing, data)})
    return f"{reverse('figures', args=[listing.name])}?{query}"


def figures_at(url_name: str, query: str) -> str:
    """The page that explains the figures of the list at this address, with these filters; empty where there is none."""
    listing = next((one for one in LISTINGS.values() if one.url_name == url_name), None)
    if listing is None or listing.explained is None:
        return ""
    return f"{reverse('figures', args=[listing.name])}{query}"


def views_of(request: HttpRequest, programme: Programme, listed: str) -> dict[str, Any]:
    """What `parts/views.html` shows: the views of this list, the open one, and whether it was changed since."""
    listing = LISTINGS[listed]
    rows = SavedView.objects.visible_to(request.user).of_list(programme, listed)
    found = list(rows.select_related("owner").prefetch_related("defaults").in_order())
    query = query_of(request.GET)
    current = next((view for view in found if str(view.pk) == request.GET.get("view", "")), None)
    return {
        "listed": listed,
        "mine": [view for view in found if view.owner_id == request.user.pk],
        "shared": [view for view in found if view.owner_id != request.user.pk],
        "usual": next(
            (view for view in found if any(one.user_id == request.user.pk for one in view.defaults.all())),
            None,
        ),
        "current": current,
        "is_changed": current is not None and current.query != query,
        "query": query,
        "whole": whole(listing, programme),
    }
