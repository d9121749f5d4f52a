"""Reading that is itself recorded: files that leave, and the records when they are opened."""

from typing import Any

from qdtrade.audit import trail

from .. import rules
from ..models import Export, Programme


def note_export(programme: Programme, what: str, *, rows: int, filters: dict[str, str], by: Any) -> Export:
    """Record that a file leaves, before its first row does; raises NotAllowed for people of other programmes."""
    with trail.unit() as unit:
        acting = rules.takes_out(programme.pk, what, by)
        export = Export(
            programme=programme, what=what, rows=rows, filters=filters, made_at=unit.began, made_by=by
        )
        return trail.create(export, by=by, acting=acting, action="export")


def note_records_opened(programme: Programme, *, by: Any) -> None:
    """Record that somebody opened the programme's records."""
    acting = rules.reads(programme.pk, by)
    with trail.unit():
        trail.record(acting, "open_records", by=by, acting=acting)
