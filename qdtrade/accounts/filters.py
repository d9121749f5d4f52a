"""The filters of the list of people."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade.sought import words

from . import locks
from .models import User

STATES: dict[str, Q] = {
    "never": Q(is_active=True, last_login=None),
    "first_password": Q(is_active=True, must_change_password=True),
    "closed": Q(is_active=False),
}
CHOICES = [
    ("locked", _("locked")),
    ("first_password", _("first password")),
    ("never", _("never signed in")),
    ("closed", _("account closed")),
]
LONGEST_SEARCH = 100

Rows = QuerySet[Any]


class PeopleFilter(django_filters.FilterSet):
    """Filters of the list of people; a value that makes no sense is an error."""

    search = django_filters.CharFilter(method="find", max_length=LONGEST_SEARCH, label=_("Search"))
    state = django_filters.ChoiceFilter(choices=CHOICES, method="in_state", label=_("State"))

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def rows(self) -> Any:
        """The rows that are asked for; raises ValidationError with the names of filters that make no sense."""
        if self.errors:
            raise ValidationError({name: list(errors) for name, errors in self.errors.items()})
        return self.qs

    def find(self, rows: Any, name: str, text: str) -> Rows:
        found: Rows = rows.sought(words(text))
        return found

    def in_state(self, rows: Rows, name: str, state: str) -> Rows:
        if state == "locked":
            return rows.filter(username__in=locks.locked(rows.values_list("username", flat=True)))
        return rows.filter(STATES[state])
