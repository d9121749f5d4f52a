"""The columns of the administration's lists, and how a value stands in one."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qdtrade.audit.history import field_label
from qdtrade.errors import Words
from qdtrade.templatetags import days

F = TypeVar("F", bound=Callable[..., Any])


def column(label: Words, *, ordering: str = "", css: str = "") -> Callable[[F], F]:
    """A column of a list or a line of facts: `ordering` is a name that the list's filters can order by."""

    def mark(function: F) -> F:
        function.css = css  # type: ignore[attr-defined]
        return admin.display(description=cast(str, label), ordering=ordering or None)(function)

    return mark


@dataclass(frozen=True)
class Column:
    """The heading of a column: its name, words, the ordering it stands for, and its look."""

    name: str
    label: str
    ordering: str
    css: str


def columns(model_admin: Any, names: Iterable[str], orderings: Iterable[str]) -> list[Column]:
    """The headings of these columns; a plain field of the model can be ordered by where the filters name it."""
    known = set(orderings)
    return [_column(model_admin, name, known) for name in names]


def _column(model_admin: Any, name: str, known: set[str]) -> Column:
    method = _method(model_admin, name)
    if method is None:
        label: Words = field_label(str(model_admin.opts.model_name), name)
        return Column(name, capfirst(str(label)), name if name in known else "", "")
    ordering = getattr(method, "admin_order_field", "") or ""
    return Column(name, capfirst(str(method.short_description)), ordering, method.css)


def _method(model_admin: Any, name: str) -> Any:
    """The admin's own column of this name, which goes before a field of the model."""
    method = getattr(model_admin, name, None)
    return method if hasattr(method, "css") else None


@dataclass(frozen=True)
class Cell:
    """One value of a row under its heading."""

    column: Column
    value: str
    css: str


def cells(model_admin: Any, row: Any, headings: Iterable[Column]) -> list[Cell]:
    """The values of one row, as they stand in the list."""
    return [_cell(model_admin, row, heading) for heading in headings]


def _cell(model_admin: Any, row: Any, heading: Column) -> Cell:
    is_day = isinstance(getattr(row, heading.name, None), datetime.date)
    css = f"{heading.css} nowrap".strip() if is_day else heading.css
    return Cell(heading, shown(model_admin, row, heading.name), css)


def shown(model_admin: Any, row: Any, name: str) -> str:
    """One value in words; a dash for nothing."""
    method = _method(model_admin, name)
    value = method(row) if method is not None else getattr(row, name)
    if isinstance(value, SafeString) and value:
        return value
    if value is None or value == "":
        return format_html('<span class="dim">{}</span>', days.NONE)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return days.iso_moment(value)
    if isinstance(value, datetime.date):
        return days.iso(value)
    if method is None and (labels := getattr(row, f"get_{name}_display", None)) is not None:
        return str(labels())
    return str(value)
