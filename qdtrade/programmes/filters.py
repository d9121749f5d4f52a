"""What the filters of all lists have in common, and the filters of programmes, bureaus and periods.

One FilterSet per list serves its page, its API and its export. A value that cannot be understood is an error that
names its filter.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.sought import words

from .current import programmes_of
from .models import Membership, Period, Programme, Role, WorkingDay

LONGEST_SEARCH = 100
BIGGEST_NUMBER = 2**63 - 1
"""The largest number that either database keeps as an id."""

Rows = QuerySet[Any]


class Filters(django_filters.FilterSet):
    """The filters of one list, asked by the person of `request`."""

    def rows(self) -> Any:
        """The rows that are asked for; raises ValidationError with the names of filters that make no sense."""
        if self.errors:
            raise ValidationError({name: list(errors) for name, errors in self.errors.items()})
        return self.qs

    @classmethod
    def extend(cls, name: str, added: django_filters.Filter) -> None:
        """Take along a filter of an app above, which calls this when it is ready."""
        cls.base_filters[name] = added

    def in_use(self) -> dict[str, str]:
        """What was asked for, in the words of the address: filters left empty and unknown ones are not in it."""
        return {name: self.data[name] for name in self.filters if self.data.get(name)}


class OfProgramme(django_filters.ChoiceFilter):
    """A programme by its code, out of the person's own."""

    @property
    def field(self) -> forms.Field:
        self._programmes = {
            programme.code: programme for programme in programmes_of(self.parent.request.user)
        }
        self.extra["choices"] = [(code, str(programme)) for code, programme in self._programmes.items()]
        return super().field

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(**{self.field_name: self._programmes[value].pk}) if value else qs


class OfRegion(OfProgramme):
    """The bureaus of a programme's region, the region itself among them."""

    def filter(self, qs: Rows, value: Any) -> Rows:
        if not value:
            return qs
        region = self._programmes[value].region_id
        return qs.filter(Q(pk=region) | Q(region=region))


class YesNo(django_filters.TypedChoiceFilter):
    """`true` or `false`; anything else is an error, not a silent no."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("true", _("yes")), ("false", _("no"))]
        super().__init__(choices=choices, coerce=lambda text: text == "true", **kwargs)


class NumberOf(django_filters.NumberFilter):
    """The number of a row, a whole one: 1.5 names no row, and must not be taken for 1."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=BIGGEST_NUMBER, **kwargs)

    def get_max_validator(self) -> None:
        """The field's own limit stands."""
        return


class Ordering(django_filters.OrderingFilter):
    """`name,-other` over the named columns, always ended by the row's id, so that pages never overlap.

    `counted` are names for which no column stands: a function makes what the database sorts by. What holds nothing
    comes last, whichever way round.
    """

    def __init__(self, *args: Any, counted: Mapping[str, Callable[[Any], Any]] | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        self.counted = dict(counted or {})
        named = [pair if isinstance(pair, tuple) else (pair, pair) for pair in kwargs.pop("fields")]
        fields = [*named, *((f"by_{name}", name) for name in self.counted)]
        super().__init__(*args, fields=fields, **kwargs)

    def filter(self, qs: Rows, value: Any) -> Rows:
        names = [name for name in value or () if name]
        wanted = {name.removeprefix("-") for name in names} & self.counted.keys()
        if wanted:
            request = self.parent.request
            qs = qs.alias(**{f"by_{name}": self.counted[name](request) for name in wanted})
        return qs.order_by(*map(self._way, names), "pk") if names else qs

    def _way(self, name: str) -> Any:
        column = str(self.get_ordering_value(name))
        if column.removeprefix("-") in self.always_held:
            return column
        by = F(column.removeprefix("-"))
        return by.desc(nulls_last=True) if column.startswith("-") else by.asc(nulls_last=True)

    always_held = frozenset({"at", "seq"})
    """Columns of tables so large that their index must serve the sorting."""


class BureauField(forms.ModelChoiceField):
    """A bureau by its id or its code."""

    def prepare_value(self, value: Any) -> Any:
        """The pill shows the bureau that a code in the address names."""
        if (
            isinstance(value, str)
            and value.isprintable()
            and not value.isdecimal()
            and self.queryset is not None
        ):
            found = self.queryset.filter(code=value).first() if value else None
            return found.pk if found else value
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Bureau | None:
        if value in self.empty_values or self.queryset is None:
            return None
        key = Q(code=value)
        if str(value).isdecimal() and len(str(value)) < 19:
            key |= Q(pk=value)
        found = self.queryset.filter(key).first() if str(value).isprintable() else None
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return found


class OfBureau(django_filters.ModelChoiceFilter):
    """A bureau of the person's regions."""

    field_class = BureauField


def searching(*columns: str, sounds: Iterable[str] = ()) -> Callable[[Rows, str, str], Rows]:
    """A search for every word of a text, each in any of these columns or as these rows sound."""

    def search(rows: Rows, name: str, text: str) -> Rows:
        for word in words(text):
            found = word.within(*columns)
            for prefix in sounds:
                found |= word.sounds(prefix)
            rows = rows.filter(found)
        return rows

    return search


def seek(rows: Any, name: str, text: str) -> Rows:
    """A search by the rows' own `sought()`."""
    found: Rows = rows.sought(words(text))
    return found


def text_filter(search: Callable[[Rows, str, str], Rows]) -> django_filters.CharFilter:
    """A search box."""
    return django_filters.CharFilter(method=search, max_length=LONGEST_SEARCH, label=_("Search"))


def bureaus(request: Any) -> QuerySet[Bureau]:
    return Bureau.objects.visible_to(request.user).in_order()


def periods(request: Any) -> QuerySet[Period]:
    return Period.objects.visible_to(request.user).in_order()


class ProgrammeFilter(Filters):
    """Filters of the list of programmes."""

    programme = OfProgramme(field_name="pk")
    search = q = text_filter(searching("code", "name", "name_en", "short_name"))
    ordering = Ordering(fields=("code", "name", "starts_on", "ends_on"))

    class Meta:
        model = Programme
        fields: tuple[str, ...] = ()


class BureauFilter(Filters):
    """Filters of the list of bureaus; `programme` gives those of its region."""

    programme = OfRegion(field_name="region")
    kind = django_filters.ChoiceFilter(choices=Bureau.Kind.choices)
    parent = OfBureau(queryset=bureaus)
    search = q = text_filter(seek)
    ordering = Ordering(fields=("code", "name", "short_name", "kind"))

    class Meta:
        model = Bureau
        fields: tuple[str, ...] = ()


class PeriodFilter(Filters):
    """Filters of the list of periods."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("programme__code", "programme__name", "programme__short_name"))
    status = django_filters.ChoiceFilter(choices=Period.Status.choices)
    kind = django_filters.ChoiceFilter(choices=Period.Kind.choices)
    due_from = django_filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_to = django_filters.DateFilter(field_name="due_on", lookup_expr="lte")
    ordering = Ordering(fields=("starts_on", "ends_on", "opens_on", "due_on", "grace_on", "status"))

    class Meta:
        model = Period
        fields: tuple[str, ...] = ()


def programmes(request: Any) -> QuerySet[Programme]:
    return Programme.objects.visible_to(request.user).in_order()


class MembershipFilter(Filters):
    """Filters of the roles that people hold, held or will hold."""

    HOLDS = [("today", _("holds today")), ("later", _("begins later")), ("ended", _("has ended"))]

    programme = django_filters.ModelChoiceFilter(
        queryset=programmes, to_field_name="code", label=_("Programme")
    )
    search = q = text_filter(
        searching(
            "user__name",
            "user__username",
            "bureau__name",
            "bureau__short_name",
            sounds=("user__", "bureau__"),
        )
    )
    role = django_filters.ChoiceFilter(
        choices=[(role.value, role.label) for role in Role if role != Role.TIMER], label=_("Role")
    )
    holds = django_filters.ChoiceFilter(choices=HOLDS, method="by_day", label=_("Term"))
    deputy = YesNo(method="of_deputies", label=_("Deputy"))
    bureau = OfBureau(queryset=bureaus, label=_("Bureau"))
    user = NumberOf(field_name="user")
    ordering = Ordering(
        fields=(
            ("user__name", "person"),
            ("role", "role"),
            ("bureau__short_name", "bureau"),
            ("starts_on", "starts_on"),
            ("ends_on", "ends_on"),
        )
    )

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()

    def by_day(self, rows: Rows, name: str, value: str) -> Rows:
        today = clock.today()
        ended = Q(ends_on__lt=today)
        when = {"later": Q(starts_on__gt=today), "ended": ended}
        return rows.filter(when.get(value, Q(starts_on__lte=today) & ~ended))

    def of_deputies(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(deputy_of__isnull=not wanted)


class OfYear(django_filters.TypedChoiceFilter):
    """One of the years of which any day was entered, the last one first."""

    @property
    def field(self) -> forms.Field:
        days = WorkingDay.objects.visible_to(self.parent.request.user)
        years = [str(first.year) for first in days.dates("day", "year", order="DESC")]
        self.extra["choices"] = [(year, year) for year in years]
        return super().field


class WorkingDayFilter(Filters):
    """Filters of the days that differ from Monday to Friday."""

    KINDS = [("off", _("day off")), ("work", _("working day"))]

    search = q = text_filter(searching("name", "source"))
    year = OfYear(coerce=int, field_name="day", lookup_expr="year", label=_("Year"))
    kind = django_filters.ChoiceFilter(choices=KINDS, method="of_kind", label=_("Kind"))
    ordering = Ordering(fields=(("day", "day"), ("name", "name")))

    class Meta:
        model = WorkingDay
        fields: tuple[str, ...] = ()

    def of_kind(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(is_working=value == "work")
