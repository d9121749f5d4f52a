"""Completion claims at the review desk: is the task done by its own standard?"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from qdtrade.workflow import why_not
from tasks import workflow
from tasks.models import Report, ReportFile, Task
from tasks.models.task import TaskQuerySet

from .kind import LOOK_CLOSER, USUAL, Check, Decided, Kind, Line, address, clock_of

MOVES = {
    Task.Decision.VERIFIED: workflow.VERIFY.name,
    Task.Decision.SENT_BACK: workflow.SEND_BACK.name,
}


def rows(user: Any, programme: Programme) -> TaskQuerySet:
    return Task.objects.visible_to(user).filter(programme=programme)


def risk(today: datetime.date) -> Case:
    """What is claimed after its due date is looked at more closely."""
    late = When(due_on__lt=today, then=Value(LOOK_CLOSER))
    return Case(late, default=Value(USUAL), output_field=IntegerField())


def lines(user: Any, pks: Sequence[int], calendar: Calendar) -> list[Line]:
    """The named claims as the queue shows them."""
    found = Task.objects.visible_to(user).filter(pk__in=pks).with_light().for_list()
    return [_line(row, user, calendar) for row in found]


def _line(row: Any, user: Any, calendar: Calendar) -> Line:
    settled, every = _settled(row)
    return Line(
        row=row,
        kind=KIND.name,
        url=address(KIND.name, row.pk),
        title=row.title,
        bureau=str(row.lead),
        facts=[row.code, str(row.lead)],
        change=_("%(settled)d of %(all)d milestones settled") % {"settled": settled, "all": every},
        light=row.light,
        own_light=row.self_light,
        marks=[_("completion claimed")],
        clock=clock_of(row.verify_due_on, calendar),
        reason=why_not(workflow.VERIFY, row, user) if row.status == Task.Status.COMPLETION_CLAIMED else "",
    )


def _settled(row: Task) -> tuple[int, int]:
    milestones = list(row.milestones.all())
    return sum(one.is_settled for one in milestones), len(milestones)


def one(user: Any) -> QuerySet[Task]:
    return Task.objects.visible_to(user).with_light().for_list()


def page(row: Task, user: Any) -> dict[str, Any]:
    """The standard beside what is claimed, the milestones, the last approved report and the evidence."""
    reports = Report.objects.visible_to(user).filter(expected__task=row, in_force__isnull=False)
    last = reports.select_related("in_force", "expected__period").order_by("-expected__period__starts_on")
    return {
        "task": row,
        "due": row.verify_due_on,
        "milestones": list(row.milestones.all()),
        "last": last.first(),
        "files": list(_files(row, user)),
        "checks": checks(row),
        "effect": _("Verifying closes the task: it is done, and owes no more reports."),
        "refuse_note": _("The task goes on with the reason beside it; its due date does not move."),
        "traffic": history.acts(history.of_object(row).defer("line", "state")[:20]),
    }


def _files(row: Task, user: Any) -> QuerySet[ReportFile]:
    """The evidence that was submitted and stands, the latest first."""
    files = ReportFile.objects.visible_to(user).filter(
        report__expected__task=row, kept_at__isnull=False, dropped_at=None
    )
    return files.select_related("blob", "milestone").order_by("-kept_at", "-pk")[:20]


def checks(row: Task) -> list[Check]:
    """What the program could check of the claim."""
    settled, every = _settled(row)
    words = _("%(settled)d of %(all)d milestones are done or waived") % {"settled": settled, "all": every}
    found = [Check(settled == every, words)]
    proved = _("evidence was submitted") if row.is_proved else _("no evidence was submitted")
    found.append(Check(bool(row.is_proved), proved))
    waived = sum(one.waived_at is not None for one in row.milestones.all())
    if waived:
        words = ngettext("%(count)d milestone was waived", "%(count)d milestones were waived", waived)
        found.append(Check(False, words % {"count": waived}))
    in_time = row.claimed_at is not None and clock.day_of(row.claimed_at) <= row.due_on
    found.append(Check(in_time, _("claimed in time") if in_time else _("claimed after the due date")))
    if row.progress < 100:
        found.append(
            Check(False, _("progress stands at %(progress)s %%") % {"progress": f"{float(row.progress):g}"})
        )
    return found


def decided(row: Task) -> Decided | None:
    """The last decision, where the claim waits no longer."""
    if row.status == Task.Status.COMPLETION_CLAIMED or row.decided_at is None:
        return None
    move = MOVES.get(Task.Decision(row.decision), "")
    words = str(row.get_decision_display())
    return Decided(move, words, row.decided_by_id, row.decider, row.decided_at, row.decision_reason)


def counted(number: int) -> str:
    return ngettext("%(number)d completion claim", "%(number)d completion claims", number) % {
        "number": number
    }


KIND = Kind(
    name="completion",
    label=gettext_lazy("Completion claims"),
    counted=counted,
    rows=rows,
    waits=Q(status=Task.Status.COMPLETION_CLAIMED),
    reaches={"field": "field", "bureau": "lead", "due": "verify_due_on"},
    risk=risk,
    lines=lines,
    one=one,
    page=page,
    template="home/_desk_completion.html",
    moves={move.name: move for move in (workflow.VERIFY, workflow.SEND_BACK, workflow.REOPEN_TASK)},
    moves_url="task_move",
    approve=workflow.VERIFY,
    refuse=workflow.SEND_BACK,
    done={
        workflow.VERIFY.name: pgettext_lazy("decision", "Completion verified: %(row)s"),
        workflow.SEND_BACK.name: pgettext_lazy("decision", "Claim sent back: %(row)s"),
    },
    decided=decided,
)
