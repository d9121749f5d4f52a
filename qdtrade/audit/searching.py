"""What a search of the records reads: one text of each event, so that one index serves every word."""

from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from qdtrade.trigrams import Inside

from .canonical import dumps

TEXTS = ("label", "actor_name", "bureau_name", "comment", "changes")
INDEX = Inside(
    "audit_event",
    "audit_event_said_trgm",
    f"UPPER({' || chr(10) || '.join(TEXTS)} || chr(10) || COALESCE(acting_for, ''))",
)
"""PostgreSQL takes it for the text below; a test asks whether it does."""


class Said(Func):
    """Everything that an event says in words, one part to a line; no word of a search runs over a line's end."""

    template = "(%(expressions)s)"
    arg_joiner = " || chr(10) || "
    output_field = TextField()

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        parts = expressions or (*map(F, TEXTS), Coalesce("acting_for", Value("")))
        super().__init__(*parts, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" || char(10) || ", **extra)


def saying(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """The events that say each of these words, wherever; a word of two characters is found as surely as a long one."""
    if not words:
        return rows
    rows = rows.alias(said=Said())
    for word in words:
        rows = rows.filter(Q(said__icontains=word) | _as_kept(word))
    return rows


def _as_kept(word: str) -> Q:
    """What was changed is kept as JSON, where a quotation mark or a backslash stands as two signs."""
    kept = dumps(word)[1:-1]
    return Q(said__icontains=kept) if kept != word else Q()
