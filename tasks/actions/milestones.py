"""Waiving a milestone that is no longer to be reached, and owing it again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.notices.actions import tell
from qdtrade.programmes.models import Membership

from .. import rules
from ..models import Milestone, Task
from ..told import people_of


def waive(milestone: Milestone, *, by: Any, reason: str) -> Milestone:
    """Let a milestone go, with a reason: it stays in sight, is overdue no more, and completion does not wait for it."""
    return _change(milestone, "waive", by, reason)


def unwaive(milestone: Milestone, *, by: Any, reason: str) -> Milestone:
    """Owe a waived milestone again."""
    return _change(milestone, "unwaive", by, reason)


def _change(milestone: Milestone, action: str, by: Any, reason: str) -> Milestone:
    by.forget()
    acting = rules.waives(milestone, by)
    reason = keepable(reason)
    if not reason:
        raise ValidationError({"comment": _("Please give a reason.")})
    with trail.unit() as unit:
        node, task = _locked(milestone)
        if action == "waive":
            rules.may_be_waived(node)
            fields = _waived(by, acting, unit, reason)
        else:
            rules.may_be_owed_again(node)
            fields = dict.fromkeys(("waived_at", "waived_by", "waived_for")) | {"waived_reason": ""}
        changed = trail.change(node, fields, by=by, acting=acting, action=action, comment=reason)
        changed.task = task
        tell(
            people_of(task), about=changed, move=action, by=by, comment=reason, at=unit.began,
            acting_for=acting.stands_for,
        )  # fmt: skip
        return changed


def _waived(by: Any, acting: Membership, unit: trail.Unit, reason: str) -> dict[str, Any]:
    return {
        "waived_at": unit.began,
        "waived_by": by,
        "waived_for": acting.absent,
        "waived_reason": reason,
    }


def _locked(milestone: Milestone) -> tuple[Milestone, Task]:
    """The milestone and its task as they are now, locked in the order in which all acts lock them."""
    node = trail.lock(milestone)
    task = Task.objects.for_move().get(pk=trail.lock(milestone.task).pk)
    node.task = task
    return node, task
