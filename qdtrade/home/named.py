"""The tasks and projects that somebody means, with everything that the records hold of what belongs to them."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from projects.models import Project
from qdtrade.audit.models import Event
from qdtrade.audit.trail import kind_of
from tasks.models import Task

SHOWN = 3
"""How many of them the page names."""

ROOTS: tuple[tuple[type[Any], str, str], ...] = ((Task, "title", "task"), (Project, "name", "project"))
"""The models whose histories gather what belongs to them, the column of their name, and the address of their page."""


@dataclass(frozen=True)
class Named:
    """One of them, with the way to its page."""

    label: str
    code: str
    url: str


@dataclass(frozen=True)
class Meant:
    """What a text means: the rows of one model, by their code or by words of their name."""

    rows: QuerySet[Any]
    page: str
    past: QuerySet[Event] | None = None
    """Where no row of today is called so: the events of those that were, and are gone or called otherwise."""

    def events(self) -> Q:
        """The events in the histories of these rows."""
        ids = self.rows.values("pk") if self.past is None else self.past.values("object_id")
        return Q(root_kind=kind_of(self.rows.model), root_id__in=ids)

    def named(self) -> list[Named]:
        rows = self.rows.order_by("code", "pk")[: SHOWN + 1]
        return [Named(str(row), row.code, reverse(self.page, args=[row.pk])) for row in rows]


def meant(user: Any, text: str) -> list[Meant]:
    """What a code means, or words where no code is like it, out of what the person sees."""
    seen = [(model, name, page, model.objects.visible_to(user)) for model, name, page in ROOTS]
    if any(rows.filter(code__iexact=text).exists() for _model, _name, _page, rows in seen):
        return [Meant(rows.filter(code__iexact=text), page) for _model, _name, page, rows in seen]
    by_words = [
        Meant(_holding(rows, name, text), page, _once_called(model, text)) for model, name, page, rows in seen
    ]
    if any(one.rows.exists() for one in by_words):
        return [Meant(one.rows, one.page) for one in by_words]
    return by_words


def of_these(found: list[Meant]) -> Q:
    """The events in the histories of all that is meant."""
    return reduce(or_, (one.events() for one in found))


def _holding(rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
    for word in text.split():
        rows = rows.filter(Q(code__icontains=word) | Q(**{f"{name}__icontains": word}))
    return rows


def _once_called(model: type[Any], text: str) -> QuerySet[Event]:
    """Records name an object by its code and its name as they were then."""
    rows = Event.objects.filter(kind=kind_of(model)).order_by()
    for word in text.split():
        rows = rows.filter(label__icontains=word)
    return rows
