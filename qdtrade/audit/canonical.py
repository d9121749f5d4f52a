"""How values become the text that is hashed: strings only, one form each (RECORDS 2; docs/explanation/records.md)."""

import datetime
import decimal
import hashlib
import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

Changes = dict[str, list[str | None]]

UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters: nobody types them, and not every database keeps them."""


def keepable(text: str) -> str:
    """The text without characters that cannot be kept, its lines ended by one sign and its ends bare."""
    return UNKEPT.sub("", text.replace("\r\n", "\n")).strip()


EMPTY: set[str | None] = {None, "", "false", "0", "[]", "{}"}
"""What a field may begin with that a model gained after the object was made. Names of recorded fields never go away."""


def dumps(value: Any) -> str:
    """One canonical JSON text: sorted keys, no spaces, characters as themselves."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(line: str) -> str:
    """The SHA-256 of a line as 64 hex digits; raises ValidationError for text that has no UTF-8 form."""
    try:
        return hashlib.sha256(line.encode()).hexdigest()
    except UnicodeEncodeError:
        raise ValidationError(
            _("The text holds a broken character that cannot be kept. Type it again.")
        ) from None


def moment(at: datetime.datetime) -> str:
    """UTC with six decimals and Z, whatever the zone of `at`."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(field: "models.Field[Any, Any]", value: Any) -> str | None:
    """A field's value as text; the same whether it was just set or read back from the database."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return dumps(value)
    if isinstance(field, models.DecimalField):
        return str(decimal.Decimal(value).quantize(decimal.Decimal(1).scaleb(-field.decimal_places)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def snapshot(obj: models.Model, names: tuple[str, ...] | list[str]) -> dict[str, str | None]:
    """The named fields of an object as text; a foreign key is the other row's id."""
    fields = [field for field in obj._meta.concrete_fields if field.name in names]
    return {field.name: plain(field, getattr(obj, field.attname)) for field in fields}


def difference(before: dict[str, str | None], after: dict[str, str | None]) -> Changes:
    """{field: [old, new]} for what differs."""
    return {name: [before.get(name), new] for name, new in after.items() if before.get(name) != new}
