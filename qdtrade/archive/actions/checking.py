"""Checking the records of a programme: asked for by a person, done by a worker; both are recorded."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import WrongState
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import Verification
from .running import Start


@dataclass(frozen=True)
class Found:
    """What a walk came to; `findings` are codes with parameters, in no language."""

    records: int
    seconds: float
    broken_seq: int | None
    findings: list[dict[str, Any]]


def ask_check(programme: Programme, *, by: Any, start: Start) -> Verification:
    """Have the chain of a programme walked; one walk at a time."""
    acting = rules.reads_proof(programme, by)
    if Verification.objects.unfinished().filter(programme=programme).exists():
        raise WrongState(_("These records are being checked already; wait until that is done."))
    with trail.unit() as unit:
        row = Verification(programme=programme, asked_at=unit.began, asked_by=by, queued_at=timezone.now())
        trail.create(row, by=by, acting=acting, action="ask_check")
        start(row.pk)
        return row


def keep_found(row: Verification, found: Found, *, by: Any) -> Verification:
    """Keep what the walk came to."""
    outcome = Verification.Outcome.BROKEN if found.findings else Verification.Outcome.WHOLE
    fields = {
        "outcome": outcome,
        "records": found.records,
        "seconds": Decimal(f"{found.seconds:.1f}"),
        "broken_seq": found.broken_seq,
        "findings": found.findings,
    }
    return _end(row, fields, by, "check_records")


def fail_check(row: Verification, reason: str, *, by: Any) -> Verification:
    """Stop the walk and keep why."""
    ended = _end(row, {"outcome": Verification.Outcome.FAILED}, by, "fail")
    Verification.objects.filter(pk=row.pk).update(trouble=reason)
    return ended


def _end(row: Verification, fields: dict[str, Any], by: Any, action: str) -> Verification:
    acting = rules.packs(row.programme, by)
    with trail.unit() as unit:
        return trail.change(row, fields | {"ended_at": unit.began}, by=by, acting=acting, action=action)
