"""How values become the text that is hashed: strings only, one form each (docs/records.md)."""

import datetime
import decimal
import hashlib
import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from qdtrade.errors import Refusal

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


SHA256, SM3 = "sha256", "sm3"
ALGORITHMS = (SHA256, SM3)
"""Hashes that a line may name; both have 256 bits."""

NAMED = re.compile(r'"alg":"([a-z0-9]+)"')
"""Where a line names its hash: a quotation mark inside a text stands there as two signs, so nobody can type this."""


def digest(line: str, algorithm: str = SHA256) -> str:
    """The hash of a line as 64 hex digits; raises ValidationError for text that has no UTF-8 form.

    Raises NoHash where this machine lacks the algorithm, and for one that no line of ours names.
    """
    try:
        return _hasher(algorithm, line.encode()).hexdigest()
    except UnicodeEncodeError:
        raise ValidationError(
            _("The text holds a broken character that cannot be kept. Type it again.")
        ) from None


def digest_of(line: str) -> str:
    """The hash of a line by the algorithm that it names itself."""
    named = NAMED.search(line)
    return digest(line, named[1] if named else SHA256)


class NoHash(Refusal):
    """A hash that this machine cannot compute."""


def _hasher(algorithm: str, content: bytes) -> Any:
    if algorithm == SHA256:
        return hashlib.sha256(content)
    if algorithm not in ALGORITHMS:
        raise NoHash(_("A record names the hash %(name)s, which is none of ours.") % {"name": algorithm})
    try:
        return hashlib.new(algorithm, content)
    except ValueError:
        words = _(
            "The OpenSSL of this machine has no SM3, so records hashed with it can be neither written nor checked"
            " here. Use a Python whose OpenSSL has it, or QDTRADE_CHAIN_HASH=sha256 for what comes."
        )
        raise NoHash(words) from None


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
