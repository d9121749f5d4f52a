"""What a person decides about any file: which field a column holds."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.errors import Words

from .layout import IGNORED

COLUMN = "column-"
"""How the form calls its fields, each followed by the number of the column in the summary."""


def columns_chosen(
    data: Mapping[str, str],
    summary: Mapping[str, Any],
    before: Mapping[str, str],
    fields: Mapping[str, Words],
) -> dict[str, str]:
    """The choices for columns after a form was sent: what it does not name stays as it was. Raises ValidationError."""
    keys = {one["key"]: one["field"] for one in summary.get("columns", [])}
    columns = {
        key: data[f"{COLUMN}{n}"]
        for n, (key, field) in enumerate(keys.items())
        if data.get(f"{COLUMN}{n}", field) != field
    }
    if wrong := set(columns.values()) - {"", *fields}:
        raise ValidationError(_("There is no field “%(name)s”.") % {"name": sorted(wrong)[0]})
    return {**before, **columns}


def column_choices(fields: Mapping[str, Words]) -> list[tuple[str, str]]:
    """What a column may be read as."""
    named = [(name, str(words)) for name, words in fields.items() if name != IGNORED]
    return [("", _("kept as it is")), (IGNORED, str(fields[IGNORED])), *named]
