"""The rows behind a figure: a list with its filters, and the records of exactly these rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from qdtrade.errors import Words
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.filters import Filters
from qdtrade.programmes.listing import LISTINGS, Listing, asked_of
from qdtrade.templatetags import days

LONGEST_LIST = 2000


@dataclass(frozen=True)
class Said:
    """A filter in force: what it is called, what it is set to, and what that means where the name does not say it."""

    label: Words
    value: str
    meaning: Words


class Behind:
    """A list of the current programme as a person sees it, cut by filters."""

    def __init__(self, listing: Listing, data: QueryDict, request: Any) -> None:
        assert listing.explained is not None
        self.listing, self.explained = listing, listing.explained
        self.request, self.programme = request, current_programme(request)
        self.asked = asked_of(listing, data)
        self.filters: Filters = listing.filters(
            QueryDict(urlencode(self.asked)), self.every(), request=request
        )

    @classmethod
    def read(cls, text: str, request: Any) -> "Behind":
        """What a filter of the records names; raises ValidationError for a list or a filter that there is not."""
        name, _mark, query = text.partition("?")
        listing = LISTINGS.get(name)
        if listing is None or listing.explained is None:
            raise ValidationError({"rows_of": [_("There is no such list.")]})
        data = QueryDict(query)
        unknown = sorted(data.keys() - listing.filters.base_filters.keys())
        found = cls(listing, data, request)
        if unknown or found.filters.errors:
            raise ValidationError({"rows_of": [", ".join(unknown or sorted(found.filters.errors))]})
        return found

    def every(self) -> QuerySet[Any]:
        """The list without its filters."""
        return self.explained.rows(self.request.user, self.programme)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.filters.rows()
        return found

    def records(self) -> Q:
        """The events of the rows, found in the database."""
        return self.explained.records(self.rows)

    def url(self, filters: Mapping[str, str] | None = None) -> str:
        """The list with exactly these rows, or those among them that more filters leave."""
        query = urlencode({"programme": self.programme.code, **self.asked, **(filters or {})})
        return f"{reverse(self.listing.url_name)}?{query}"

    def narrows(self, filters: Mapping[str, str] | None) -> bool:
        """Whether these filters can stand beside those in force."""
        return filters is not None and not filters.keys() & self.asked.keys()

    def __str__(self) -> str:
        return f"{self.listing.name}?{urlencode(self.asked)}" if self.asked else self.listing.name

    def said(self) -> list[Said]:
        """The filters in force, in words."""
        return [self._said(name) for name in self.asked]

    def _said(self, name: str) -> Said:
        value = self.asked[name]
        meaning = self.explained.meanings.get((name, value), "")
        return Said(self.filters.filters[name].label or name, self._words(name, value), meaning)

    def _words(self, name: str, value: str) -> str:
        """A filter's value as its pill says it."""
        field, cleaned = self.filters.form.fields[name], self.filters.form.cleaned_data.get(name)
        if hasattr(cleaned, "_meta"):
            return str(cleaned)
        if hasattr(field, "choices"):
            known = {str(code): str(label) for code, label in field.choices}
            return known.get(value, value)
        return days.iso(cleaned) if parse_date(value) and cleaned else value
