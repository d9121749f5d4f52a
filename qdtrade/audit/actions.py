"""Signing the records: the one thing that is written about them beside the events."""

from typing import Any

from django.conf import settings
from django.db import transaction

from qdtrade import clock

from . import signing
from .canonical import digest, dumps, keepable, moment
from .checkpoints import name_of
from .models import SYSTEM, Chain, Checkpoint
from .verify import START


def sign_checkpoint(*, note: str = "") -> Checkpoint:
    """Sign the heads of all chains as they are now. Looks at no earlier checkpoint: `checkpoints.troubles` does.

    `note` is what is said of a break with what was signed before, and stands in the checkpoint for good.
    """
    last = Checkpoint.objects.newest()
    key = signing.read_or_make() if last is None else signing.read()
    with transaction.atomic():
        list(Chain.objects.select_for_update(no_key=True).filter(scope=SYSTEM))  # one signs at a time
        content = _content(Checkpoint.objects.newest(), key, keepable(note))
        line = dumps(content)
        row = Checkpoint.objects.create(
            number=int(content["number"]),
            at=clock.now(),
            line=line,
            hash=digest(line, settings.CHAIN_HASH),
            signature=key.sign(line),
        )
    signing.note(row.number, row.hash)
    return row


def _content(last: Checkpoint | None, key: signing.Key, note: str) -> dict[str, Any]:
    heads = Chain.objects.order_by("pk").values_list("code", "length", "head")
    content: dict[str, Any] = {
        "v": "1",
        "type": "checkpoint",
        "alg": settings.CHAIN_HASH,
        "number": str(last.number + 1 if last else 1),
        "prev": last.hash if last else START,
        "at": moment(clock.now()),
        "key": key.public,
        "chains": {name_of(code): {"seq": str(length), "hash": head} for code, length, head in heads},
    }
    if note:
        content["note"] = note
    if clock.is_demo():
        content["clock"] = "demo"
    return content
