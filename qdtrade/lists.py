"""What every list page shares: its rows by pages, its filters as pills, and an answer for htmx or for a whole page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

SIZES = (25, 50, 100)
"""Rows per page; there is no “all” (DECISIONS 20)."""

SHEETS = ("a4", "a3")

PAPER = {"paper": 500}
"""On paper a list stands whole as long as somebody may still want to hold it."""


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int = SIZES[0]) -> Page[Any]:
    """The rows of the page that the address names, the nearest one where it names none."""
    sizes = {str(one): one for one in SIZES} | PAPER
    return Paginator(rows, sizes.get(request.GET.get("page_size", ""), size)).get_page(
        request.GET.get("page")
    )


def lean_page_of(
    request: HttpRequest, rows: QuerySet[Any], whole: Callable[[list[Any]], Iterable[Any]]
) -> Page[Any]:
    """The same where rows are heavy: the database sorts their ids alone, and `whole` reads those of the page."""
    page = page_of(request, rows.values_list("pk", flat=True))
    page.object_list = in_given_order(list(page), whole)
    return page


def as_listed(rows: QuerySet[Any], ids: Sequence[Any]) -> QuerySet[Any]:
    """The rows as these ids stand, sorted by the database; what is not among them comes first."""
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(ids)]
    order = [Case(*places, default=Value(0), output_field=IntegerField())] if places else []
    return rows.order_by(*order, "pk")


def in_given_order(ids: list[Any], whole: Callable[[list[Any]], Iterable[Any]]) -> list[Any]:
    """The rows of these ids, as the ids stand."""
    found = {row.pk: row for row in whole(ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found]


def pills(form: forms.BaseForm, names: Iterable[str]) -> list[forms.BoundField]:
    """The named fields as pills: a list of choices sends the form when it changes, and begins with “all”."""
    return [_pill(form[name]) for name in names]


def _pill(bound: forms.BoundField) -> forms.BoundField:
    field = bound.field
    if not isinstance(field, forms.ChoiceField):
        return bound
    field.widget.attrs["data-submit-on-change"] = True
    choices = cast("Iterable[tuple[Any, Any]]", field.choices)
    field.widget.choices = [("", _("all")), *((value, label) for value, label in choices if str(value))]
    return bound


def search_pill(form: forms.BaseForm, name: str, words: str) -> forms.BoundField:
    """The search box, with what it searches."""
    form.fields[name].widget = forms.TextInput(
        attrs={"type": "search", "placeholder": words, "autocomplete": "off"}
    )
    return form[name]


def query(request: HttpRequest, **changed: object) -> str:
    """The address's filters with some changed (None drops one), from the first page; begins with a question mark."""
    data = request.GET.copy()
    data.pop("page", None)
    for name, value in changed.items():
        if value is None:
            data.pop(name, None)
        else:
            data[name] = str(value)
    return f"?{data.urlencode()}"


def papers(request: HttpRequest, *, is_whole: bool = True) -> list[tuple[str, str, bool]]:
    """The sizes of sheets that a page prints on: its address with all rows on each, and whether it stands as it is
    printed there; `is_whole` tells that no row is on another page.
    """
    asked = request.GET.get("paper", "")
    now = asked if asked in SHEETS else (SHEETS[0] if is_whole else "")
    return [(name, query(request, paper=name, page_size="paper"), name == now) for name in SHEETS]


def kept(request: HttpRequest, *without: str) -> list[tuple[str, str]]:
    """What else stands in the address, for the hidden fields of a form that changes these names."""
    lists = request.GET.lists()
    return [(name, value) for name, values in lists if name not in {*without, "page"} for value in values]


def list_page(
    request: HttpRequest, page: str, fragment: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The whole page, or the list alone where htmx puts it in place."""
    in_place = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, fragment if in_place else page, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
