"""The days that differ from Monday to Friday, which every due date is counted in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail

from .. import rules
from ..models import WorkingDay

FIELDS = ("is_working", "name", "source")


def load_working_days(rows: list[WorkingDay], *, by: Any) -> int:
    """Enter days that differ from Monday–Friday, or bring them up to date; returns how many changed."""
    acting = rules.keeps_working_days(by)
    with trail.unit():
        have = {row.day: row for row in WorkingDay.objects.all()}
        new = [row for row in rows if row.day not in have]
        for row in rows:
            row.full_clean(validate_unique=False, validate_constraints=False)
        trail.create_many(new, by=by, acting=acting)
        changed = 0
        for row in rows:
            old = have.get(row.day)
            if old is None:
                continue
            fields = {name: getattr(row, name) for name in FIELDS}
            if fields != {name: getattr(old, name) for name in FIELDS}:
                trail.change(old, fields, by=by, acting=acting)
                changed += 1
        return len(new) + changed


def edit_working_day(row: WorkingDay, fields: dict[str, Any], *, by: Any, seen: str = "") -> WorkingDay:
    """Correct a day that was entered; its date stays, for another date is another row."""
    by.forget()
    acting = rules.keeps_working_days(by)
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        return trail.change(row, fields, by=by, acting=acting, seen=seen)


def remove_working_day(row: WorkingDay, *, by: Any, comment: str) -> None:
    """Take out a day that was entered by mistake: it is then a working day or not by the day of the week."""
    by.forget()
    acting = rules.keeps_working_days(by)
    if not comment.strip():
        raise ValidationError({"comment": _("Please give a reason.")})
    with trail.unit():
        trail.delete(trail.lock(row), by=by, acting=acting, comment=comment.strip())
