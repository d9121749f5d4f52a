"""Removing rows that belong together, in bulk, each with an event that says what it held."""

from typing import Any

from django.db import models

from qdtrade.audit import trail
from qdtrade.audit.canonical import Changes, snapshot
from qdtrade.notices.actions import forget_about

from ..models import Membership


def remove_rows(rows: "models.QuerySet[Any]", action: str, *, by: Any, acting: Membership) -> int:
    """Record what each row held, then remove them all and the notices about them; returns how many went.

    Straight in the database: rows may name one another, so that none could go first one by one. The caller has seen
    to it that nothing else points to them.
    """
    found = list(rows.order_by("pk"))
    for row in found:
        held = snapshot(row, row.recorded)
        changes: Changes = {name: [value, None] for name, value in held.items() if value is not None}
        trail.record(row, action, by=by, acting=acting, changes=changes, is_gone=True)
    kind, pks = trail.kind_of(rows.model), [row.pk for row in found]
    for start in range(0, len(pks), 500):
        batch = pks[start : start + 500]
        forget_about(kind, batch)
        rows.model._default_manager.filter(pk__in=batch)._raw_delete(rows.db)
    return len(found)
