"""Naming candidates, and setting the target of a year."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import Stale
from qdtrade.notices.actions import tell
from qdtrade.programmes.models import Programme
from tasks.models import Task

from .. import rules
from ..models import Breakthrough, BreakthroughTarget
from ..models.target import DAYS_IN_FORCE
from ..told import bureau_of, reviewers_of


def flag(
    task: Task, *, by: Any, expected_on: datetime.date | None = None, comment: str = "", is_sample: bool = False,
    source: str = "",
) -> Breakthrough:  # fmt: skip
    """Name a task a candidate. Raises WrongState where it is in the list already."""
    by.forget()
    with trail.unit() as unit:
        fresh = Task.objects.for_move().get(pk=trail.lock(task).pk)
        acting = rules.flags(fresh, by)
        rules.check_flag(fresh, expected_on)
        row = Breakthrough(
            task=fresh, bureau=fresh.lead, expected_on=expected_on, flagged_at=unit.began, flagged_by=by,
            flagged_for=acting.absent, reason=keepable(comment), is_sample=is_sample, source=source,
        )  # fmt: skip
        trail.create(row, by=by, acting=acting, action="flag", comment=keepable(comment))
        told = bureau_of(row) if acting.role == "manager" else reviewers_of(row)
        tell(
            told, about=row, move="flag", by=by, comment=row.reason, at=unit.began,
            acting_for=acting.stands_for,
        )  # fmt: skip
        return row


def set_target(
    programme: Programme, year: int, points: Sequence[int], *, by: Any, comment: str = "", source: str = "",
    days_in_force: int = DAYS_IN_FORCE, seen: int | None = None, sample_fields: Sequence[str] = (),
) -> BreakthroughTarget:  # fmt: skip
    """Set the target of a year and its curve, or change it; what held before stays in the records."""
    acting = rules.runs_programme(programme, by)
    rules.check_target(points, days_in_force)
    values: dict[str, Any] = {
        "points": [int(one) for one in points], "days_in_force": days_in_force, "source": keepable(source),
        "sample_fields": list(sample_fields),
    }  # fmt: skip
    with trail.unit():
        trail.lock(programme)
        row = BreakthroughTarget.objects.filter(programme=programme, year=year).first()
        if row is None:
            row = BreakthroughTarget(programme=programme, year=year, **values)
            return trail.create(row, by=by, acting=acting, action="set_target", comment=keepable(comment))
        if seen is not None and seen != row.version:
            words = _("The target of %(year)d changed after you opened it. Look at it again.")
            raise Stale(words % {"year": year})
        return trail.change(row, values, by=by, acting=acting, action="set_target", comment=keepable(comment))
