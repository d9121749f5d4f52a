"""What the filters of every list have in common, and the filters of programmes, bureaus and periods.

One FilterSet per list, for its page, its API and its export. A value that cannot be understood is an error that
names the filter; nothing is ever quietly left out.
"""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau

from . import held
from .current import programmes_of
from .models import Period

LONGEST_SEARCH = 100
Rows = QuerySet[Any]


def people(filters: Any) -> Any:
    """Whose request a filter's choices are cut to; nobody's where a filter is only described."""
    return getattr(filters, "user", None) or getattr(filters, "request", None) and filters.request.user
