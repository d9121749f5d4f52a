"""What pages show of the checkpoints."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet

from qdtrade.audit import signing
from qdtrade.audit.checkpoints import heads_of
from qdtrade.audit.models import Checkpoint

MOST_MARKS = 31
"""Checkpoints that are drawn one by one: a month of days."""


@dataclass(frozen=True)
class Signed:
    """The checkpoints in one look: how many there are, since when, the newest, and a mark for each of the last."""

    count: int
    first_at: datetime.datetime
    newest: Checkpoint
    marks: list[datetime.datetime]


@dataclass(frozen=True)
class Head:
    """How long a chain was at a checkpoint, and its last hash."""

    code: str
    length: int
    hash: str


def checkpoints() -> QuerySet[Checkpoint]:
    """All of them, newest first: whoever reads the records of one programme may see what signs them."""
    return Checkpoint.objects.order_by("-number")


def signed() -> Signed | None:
    """None before the first one; two queries."""
    last = list(checkpoints().defer("line", "signature")[:MOST_MARKS])
    if not last:
        return None
    found = Checkpoint.objects.aggregate(count=Count("pk"), first=Min("at"))
    return Signed(found["count"], found["first"], last[0], [row.at for row in reversed(last)])


def sheet(row: Checkpoint) -> dict[str, Any]:
    """What stands on the sheet of one checkpoint."""
    content = row.content
    return {
        "checkpoint": row,
        "content": content,
        "heads": [Head(code, seq, hashed) for code, (seq, hashed) in heads_of(row).items()],
        "fingerprint": fours(signing.fingerprint(content["key"])),
        "public": content["key"],
        "is_signed": signing.is_signed(row.line, row.signature, content["key"]),
    }


def fours(text: str) -> str:
    """Sixty-four digits as people compare them: in groups of four."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
