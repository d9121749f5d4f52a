"""Checkpoints: now and then the heads of all chains are signed with a key that is not in the database.

What a chain alone cannot show, that its end was cut off or that all of it was written anew, shows against a checkpoint.
Each one names the one before by its hash, and is a line of text like a record (docs/records.md).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.errors import Words

from . import signing
from .canonical import NoHash, digest, digest_of
from .models import Chain, Checkpoint, Event
from .verify import START, Place, verify

BATCH = 500


TROUBLES: dict[str, Words] = {
    "gap": _("Checkpoint %(number)s is missing."),
    "changed": _("Checkpoint %(number)s was changed: its hash does not fit."),
    "order": _("Checkpoint %(number)s does not follow the one before."),
    "signature": _("Checkpoint %(number)s was changed: its signature does not fit."),
    "unreadable": _("Checkpoint %(number)s cannot be read."),
    "unknown": _("The hash of checkpoint %(number)s cannot be computed on this machine."),
    "unsaid_key": _(
        "Checkpoint %(number)s is signed with another key than the one before, and nobody said why."
    ),
    "other_key": _("The key on this server is not the one that signed checkpoint %(number)s."),
    "no_key": _("The key that signed checkpoint %(number)s cannot be read on this server."),
    "vanished": _(
        "Checkpoint %(number)s was signed on this server and is not in the database: the database was put back to an"
        " older state, or checkpoints were removed."
    ),
    "gone": _("Record %(seq)s of %(chain)s is gone, which checkpoint %(number)s signed."),
    "fork": _("Record %(seq)s of %(chain)s is not the one that checkpoint %(number)s signed."),
    "broken": _("The records of %(chain)s are broken at record %(seq)s, after checkpoint %(number)s."),
}


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a checkpoint, or with the records against it; in no language, so that it can be told."""

    code: str
    number: int
    chain: str = ""
    seq: int = 0

    def __str__(self) -> str:
        return said(self.params)

    @property
    def params(self) -> dict[str, str]:
        return {"code": self.code, "number": str(self.number), "chain": self.chain, "seq": str(self.seq)}


def said(params: Mapping[str, Any]) -> str:
    """A trouble in the reader's language."""
    words = TROUBLES.get(str(params.get("code")), TROUBLES["unreadable"])
    return str(words) % ({"number": "", "chain": "", "seq": ""} | dict(params))


def troubles() -> list[Trouble]:
    """What is wrong with the checkpoints, with the key, or with the records against them; in their order."""
    return [*_of_themselves(), *_of_this_server(), *_of_the_records()]


def broken_since(row: Checkpoint | None) -> list[Trouble]:
    """The first broken record of each chain behind what this checkpoint signed."""
    starts, number = (heads_of(row), row.number) if row else ({}, 0)
    found = [(verdict.code, verdict.fault) for verdict in verify(starts=starts)]
    return [Trouble("broken", number, code, fault.seq) for code, fault in found if fault is not None]


def name_of(code: str) -> str:
    """What a checkpoint calls a chain: the SHA-256 of its code, so that a sheet tells nobody of other programmes."""
    return digest(code)


def names() -> dict[str, str]:
    """The codes of all chains by what checkpoints call them; one query."""
    return {name_of(code): code for code in Chain.objects.order_by("pk").values_list("code", flat=True)}


def heads_of(row: Checkpoint, known: Mapping[str, str] | None = None) -> dict[str, Place]:
    """What it signed: how long each chain was, and its last hash; a chain that is no more keeps its name there."""
    called = names() if known is None else known
    return {
        called.get(name, name): (int(head["seq"]), str(head["hash"]))
        for name, head in row.content["chains"].items()
        if head["seq"] != "0"
    }


def _of_themselves() -> Iterator[Trouble]:
    """Each follows the one before, is as it was signed, and signed by the key that the one before named."""
    before, public = START, ""
    rows = Checkpoint.objects.order_by("number").iterator(chunk_size=BATCH)
    for number, row in enumerate(rows, 1):
        problem = "gap" if row.number != number else _problem(row, before)
        if not problem and public not in {"", row.content["key"]} and not row.content.get("note"):
            problem = "unsaid_key"
        if problem:
            yield Trouble(problem, number)
            return
        before, public = row.hash, row.content["key"]


def _problem(row: Checkpoint, before: str) -> str:
    try:
        content = row.content
        if digest_of(row.line) != row.hash:
            return "changed"
        if (content["number"], content["prev"]) != (str(row.number), before):
            return "order"
        heads_of(row, {})
        return "" if signing.is_signed(row.line, row.signature, content["key"]) else "signature"
    except NoHash:
        return "unknown"
    except (KeyError, TypeError, ValueError, AttributeError):
        return "unreadable"


def _of_this_server() -> Iterator[Trouble]:
    """What was signed last here is still there, and the key still the one that signs."""
    newest = Checkpoint.objects.newest()
    if newest is None and clock.is_demo():
        return  # a demo that was thrown away and loaded anew
    number, hashed = signing.noted()
    if number and not Checkpoint.objects.filter(number=number, hash=hashed).exists():
        yield Trouble("vanished", number)
    if newest is not None:
        try:
            is_same = f'"key":"{signing.read().public}"' in newest.line
        except signing.NoKey:
            yield Trouble("no_key", newest.number)
        else:
            if not is_same:
                yield Trouble("other_key", newest.number)


def _of_the_records() -> Iterator[Trouble]:
    """Each record that a checkpoint signed is there with the hash that was signed; by chain the first that is not."""
    signed: dict[str, dict[int, tuple[str, int]]] = defaultdict(dict)
    known = names()
    for row in Checkpoint.objects.order_by("number").iterator(chunk_size=BATCH):
        try:
            heads = heads_of(row, known)
        except (KeyError, TypeError, ValueError, AttributeError):
            return  # said of the checkpoint itself
        for code, (seq, hashed) in heads.items():
            signed[code].setdefault(seq, (hashed, row.number))
    for code, places in signed.items():
        yield from _of_chain(code, places)


def _of_chain(code: str, places: dict[int, tuple[str, int]]) -> Iterator[Trouble]:
    seqs = sorted(places)
    for start in range(0, len(seqs), BATCH):
        asked = seqs[start : start + BATCH]
        rows = Event.objects.filter(chain__code=code, seq__in=asked)
        kept = dict(rows.order_by("seq").values_list("seq", "hash"))
        for seq in asked:
            hashed, number = places[seq]
            if kept.get(seq) != hashed:
                yield Trouble("fork" if seq in kept else "gone", number, code, seq)
                return
