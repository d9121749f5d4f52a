"""Showing another light than the computed one, for a while (DOMAIN, lights). Both are kept, and shown."""

import datetime
from typing import Any

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable

from .. import rules
from ..kinds import kind_of
from ..models import LightOverride
from ..standing import periods_on

REPLACED = "replaced"
"""Why one ended where another was set in its place; kept as a code, read in words."""


def override(
    obj: Any, level: str, *, by: Any, reason: str, ends_on: datetime.date | None = None
) -> LightOverride:
    """Show this light of a task or project until the day, or until the period ends; ends the one that runs."""
    by.forget()
    kind = kind_of(obj)
    acting = kind.decides(obj, by)
    reason = keepable(reason)
    rules.needs_reason(reason)
    rules.is_known_level(level)
    with trail.unit() as unit:
        fresh, today = trail.lock(obj), clock.day_of(unit.began)
        last = periods_on(today, kind, [fresh.programme_id])[fresh.programme_id].ends_on
        rules.may_last_until(ends_on or last, last)
        for running in kind.overrides._default_manager.running(today).filter(**{kind.name: fresh}):  # type: ignore[attr-defined]
            _end(running, by, acting, REPLACED)
        row = kind.overrides(
            **{kind.name: fresh},
            level=level,
            reason=reason,
            ends_on=ends_on or last,
            set_at=unit.began,
            set_by=by,
        )
        return trail.create(row, by=by, acting=acting, action="override", comment=reason)


def end_override(row: LightOverride, *, by: Any, reason: str) -> LightOverride:
    """Show the computed light again before the day comes."""
    by.forget()
    kind = kind_of(row)
    acting = kind.decides(getattr(row, kind.name), by)
    reason = keepable(reason)
    rules.needs_reason(reason)
    with trail.unit() as unit:
        trail.lock(getattr(row, kind.name))
        fresh = trail.lock(row)
        rules.runs_on(fresh, clock.day_of(unit.began))
        return _end(fresh, by, acting, reason)


def _end(row: LightOverride, by: Any, acting: Any, reason: str) -> LightOverride:
    fields = {"ended_at": trail.began(), "ended_by": by, "ended_reason": reason}
    return trail.change(row, fields, by=by, acting=acting, action="end_override", comment=reason)
