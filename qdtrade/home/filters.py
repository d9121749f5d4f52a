"""The filters of the records, and of who owes what, for page, API and export alike, and of the queue at the desk."""

import datetime
from functools import cached_property
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import Event, RecordedObject
from qdtrade.audit.searching import saying
from qdtrade.audit.words import DOORS, KINDS
from qdtrade.programmes.duties import Asked, State, of_bureaus
from qdtrade.programmes.filters import (
    LONGEST_SEARCH,
    Filters,
    NumberOf,
    OfBureau,
    OfProgramme,
    Ordering,
    Rows,
    bureaus,
    periods,
    searching,
    text_filter,
)
from qdtrade.programmes.models import Role
from tasks.filters import REVIEW_CLOCK, fields
from tasks.models import Report

from . import comparison
from .behind import LONGEST_LIST, Behind
from .named import Meant, meant, of_these
from .records import of_programme
from .reviews import KINDS as KINDS_OF_REVIEW


class OfChain(OfProgramme):
    """A programme by its code, for its records."""

    def filter(self, qs: Rows, value: Any) -> Rows:
        return of_programme(qs, self._programmes[value]) if value else qs


def said(rows: Rows, name: str, text: str) -> Rows:
    return saying(rows, text.split())


class EventFilter(Filters):
    """Filters of the records; `from` and `to` are days in Beijing, both included; `task` gives a task's history.

    `about` takes a code or words of a name, and gives the histories of those tasks and projects, whole. `rows_of` takes
    a list with its filters (`tasks?overdue=true`), and gives the records of the rows that it has now.
    """

    programme = OfChain()
    search = q = text_filter(said)
    about = django_filters.CharFilter(
        method="of_what_is_meant", max_length=LONGEST_SEARCH, label=_("Task or project")
    )
    rows_of = django_filters.CharFilter(
        method="of_rows", max_length=LONGEST_LIST, label=_("Behind the rows of a list")
    )
    kind = django_filters.ChoiceFilter(choices=list(KINDS.items()), label=_("Kind"))
    object = NumberOf(field_name="object_id", label=_("Object's number"))
    task = NumberOf(method="of_task", label=_("Task's number"))
    action = django_filters.CharFilter(max_length=40, label=_("Action"))
    actor = NumberOf(field_name="actor_id", label=_("Who"))
    role = django_filters.ChoiceFilter(choices=Role.choices, label=_("Role"))
    bureau = OfBureau(queryset=bureaus, method="of_bureau", label=_("Bureau"))
    door = django_filters.ChoiceFilter(choices=list(DOORS.items()), label=_("Door"))
    seq_from = NumberOf(field_name="seq", lookup_expr="gte", label=_("From number"))
    seq_to = NumberOf(field_name="seq", lookup_expr="lte", label=_("To number"))
    ordering = Ordering(
        fields=(
            "at",
            "seq",
            ("actor_name", "who"),
            ("role", "capacity"),
            ("bureau_name", "bureau"),
            "door",
            "action",
            ("label", "object"),
            "kind",
            ("comment", "reason"),
            "hash",
        )
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def order(self) -> list[str]:
        """The columns that the rows stand by, in the end their place in the chain; newest first where none is asked.

        Time runs as the chain does, so the place stands for it: there is an index of it.
        """
        named = self.form.cleaned_data.get("ordering") if self.is_bound and self.form.is_valid() else None
        ordering = self.filters["ordering"]
        columns = [str(ordering.get_ordering_value(name)) for name in named or () if name]
        columns = [{"at": "seq", "-at": "-seq"}.get(column, column) for column in columns]
        places = [number for number, column in enumerate(columns) if column.removeprefix("-") == "seq"]
        return columns[: places[0] + 1] if places else [*columns, "-seq"]

    @cached_property
    def named(self) -> list[Meant]:
        """What `about` was taken for."""
        text = self.form.cleaned_data.get("about", "").strip() if self.form.is_valid() else ""
        return meant(self.request.user, text) if text else []

    @cached_property
    def behind(self) -> Behind | None:
        """The list whose rows' records are asked for."""
        text = self.form.cleaned_data.get("rows_of", "") if self.form.is_valid() else ""
        return Behind.read(text, self.request) if text else None

    def of_what_is_meant(self, rows: Rows, name: str, text: str) -> Rows:
        return rows.filter(of_these(self.named)) if self.named else rows

    def of_rows(self, rows: Rows, name: str, text: str) -> Rows:
        return rows.filter(self.behind.records()) if self.behind else rows

    def of_task(self, rows: Rows, name: str, task_id: Any) -> Rows:
        return rows.filter(root_kind="task", root_id=task_id)

    def of_bureau(self, rows: Rows, name: str, bureau: Any) -> Rows:
        return rows.filter(bureau_id=bureau.pk)

    def since(self, rows: Rows, name: str, day: datetime.date) -> Rows:
        return rows.filter(at__gte=clock.start_of(day))

    def until(self, rows: Rows, name: str, day: datetime.date) -> Rows:
        return rows.filter(at__lt=clock.end_of(day))


# `from` is a word of the language, so the two days are named here.
EventFilter.base_filters["from"] = django_filters.DateFilter(method="since", label=_("From"))
EventFilter.base_filters["to"] = django_filters.DateFilter(method="until", label=_("To"))


class ComparisonFilter(Filters):
    """Filters of a comparison of two days; `from` and `to` name the days themselves."""

    search = q = text_filter(searching("label"))
    kind = django_filters.ChoiceFilter(
        choices=lambda: [(kind, KINDS.get(kind, kind)) for kind in comparison.kinds()], label=_("Kind")
    )
    what = django_filters.ChoiceFilter(
        choices=list(comparison.BECAME.items()), method="that_became", label=_("What became of it")
    )

    class Meta:
        model = RecordedObject
        fields: tuple[str, ...] = ()

    def that_became(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(comparison.IS[value])

    def is_an_end(self, rows: Rows, name: str, value: str) -> Rows:
        """The rows were made for these days already."""
        return rows


for _end in ("from", "to"):
    ComparisonFilter.base_filters[_end] = django_filters.CharFilter(method="is_an_end", max_length=40)


def kinds(request: Any = None) -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in KINDS_OF_REVIEW.values()]


class DeskFilter(Filters):
    """Filters of the queue at the review desk; each kind of work reads them in its own rows."""

    ORDERS = [("risk", _("by risk")), ("bureau", _("by bureau"))]

    kind = django_filters.ChoiceFilter(choices=kinds, method="read_by_kind", label=_("Kind"))
    field = django_filters.ModelChoiceFilter(queryset=fields, method="read_by_kind", label=_("Field"))
    bureau = OfBureau(queryset=bureaus, method="read_by_kind", label=_("Bureau"))
    no_change = django_filters.ChoiceFilter(
        choices=[("true", _("nothing else"))], method="read_by_kind", label=_("No change")
    )
    review = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="read_by_kind", label=_("Review clock"))
    ordering = django_filters.ChoiceFilter(choices=ORDERS, method="read_by_kind", label=_("Order"))

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()

    def read_by_kind(self, rows: Rows, name: str, value: Any) -> Rows:
        return rows


def duty_choices() -> list[tuple[str, Any]]:
    return [(duty.name, duty.label) for duty in of_bureaus()]


class ChaseFilter(Filters):
    """Filters of who owes what: its rows are the bureaus; what they owe is cut by `asked()`."""

    programme = django_filters.CharFilter(method="is_asked")
    search = q = text_filter(searching("name", "short_name", "aliases__name"))
    bureau = OfBureau(queryset=bureaus, method="at_or_below", label=_("Bureau"))
    period = django_filters.ModelChoiceFilter(queryset=periods, method="is_asked", label=_("Period"))
    field = django_filters.ModelChoiceFilter(queryset=fields, method="is_asked", label=_("Field"))
    duty = django_filters.ChoiceFilter(choices=duty_choices, method="is_asked", label=_("What is owed"))
    state = django_filters.ChoiceFilter(choices=State.CHOICES, method="is_asked", label=_("State"))

    class Meta:
        model = Bureau
        fields: tuple[str, ...] = ()

    def at_or_below(self, rows: Rows, name: str, bureau: Bureau) -> Rows:
        return rows.filter(path__startswith=bureau.path)

    def is_asked(self, rows: Rows, name: str, value: Any) -> Rows:
        """Says nothing of bureaus."""
        return rows

    def asked(self) -> Asked:
        """Which part of what is owed; raises ValidationError with the names of filters that make no sense."""
        self.rows()
        found = self.form.cleaned_data
        period, field = found.get("period"), found.get("field")
        return Asked(
            duty=found.get("duty") or "",
            state=found.get("state") or "",
            period=period.pk if period else None,
            field=field.pk if field else None,
        )
