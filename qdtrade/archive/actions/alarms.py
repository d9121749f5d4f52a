"""Telling auditors and administrators that the records do not fit what was signed."""

from collections.abc import Sequence
from typing import Any

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.audit import trail
from qdtrade.audit.checkpoints import Trouble
from qdtrade.notices.actions.telling import tell
from qdtrade.notices.models import Notice
from qdtrade.programmes.models import Programme, Role

TOLD = (Role.AUDITOR, Role.ADMIN)


def raise_alarm(troubles: Sequence[Trouble], *, by: Any) -> None:
    """Tell the auditors and administrators of every programme, urgently; who has not read the same alarm yet is not
    told again. That it was raised is recorded.
    """
    for programme in Programme.objects.order_by("pk"):
        for trouble in troubles:
            _raise(programme, trouble, by)


def _raise(programme: Programme, trouble: Trouble, by: Any) -> None:
    today = clock.today()
    people = User.objects.filter(
        is_active=True, memberships__in=programme.memberships.on(today).filter(role__in=TOLD)
    ).distinct()
    unread = Notice.objects.unread().filter(kind="programme", move="alarm", object_id=programme.pk)
    told = {notice.to_id for notice in unread if trouble.params.items() <= notice.params.items()}
    to_tell = [person for person in people.order_by("pk") if person.pk not in told]
    if not to_tell:
        return
    with trail.unit() as unit:
        trail.record(programme, "alarm", by=by, comment=str(trouble))
        tell(to_tell, about=programme, move="alarm", by=by, comment="", at=unit.began, params=trouble.params,
             is_urgent=True)  # fmt: skip
