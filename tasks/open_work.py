"""What of the register waits for a person or a bureau, told to those who let somebody leave or merge bureaus."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.errors import NotAllowed
from qdtrade.people import open_work
from qdtrade.people.open_work import BureauWork, PersonalWork
from qdtrade.programmes.models import Membership, Role
from qdtrade.workflow import is_for, perform

from . import rules
from .models import Extension, Part, Report, Task, TaskBureau
from .workflow import HAND_OVER, PASS_ON

WRITE = frozenset({Role.STAFF, Role.HEAD})
Status = Report.Status


def _to_accept(membership: Membership) -> QuerySet[Task]:
    waiting = Task.objects.filter(programme=membership.programme_id, lead=membership.bureau_id)
    return waiting.filter(status=Task.Status.REGISTERED).order_by("code", "pk")


def _parts_to_accept(membership: Membership) -> QuerySet[Part]:
    rows = Part.objects.to_accept().filter(
        task__programme=membership.programme_id, bureau=membership.bureau_id
    )
    return rows.select_related("task", "bureau").order_by("accept_due_on", "pk")


def _parts_held(bureau: Bureau) -> QuerySet[Part]:
    rows = Part.objects.not_in().filter(bureau=bureau)
    return rows.select_related("task__programme", "bureau").order_by("task__code", "number", "pk")


def _part_page(part: Part) -> str:
    return reverse("part", args=[part.pk])


def _reports(membership: Membership) -> QuerySet[Report]:
    rows = Report.objects.filter(
        expected__period__programme=membership.programme_id, expected__bureau=membership.bureau_id
    )
    rows = rows.select_related("expected__task", "expected__period")
    return rows.order_by("expected__period__due_on", "expected__task__code", "pk")


def _drafts(membership: Membership) -> QuerySet[Report]:
    return _reports(membership).filter(draft__saved_by=membership.user_id, status=Status.DRAFT)


def _returned(membership: Membership) -> QuerySet[Report]:
    back = (Status.RETURNED, Status.REOPENED)
    return _reports(membership).filter(author=membership.user_id, status__in=back)


def _to_sign(membership: Membership) -> QuerySet[Extension]:
    rows = Extension.objects.for_list().filter(task__programme=membership.programme_id)
    rows = rows.filter(task__lead=membership.bureau_id, status=Extension.Status.ASKED)
    return rows.order_by("asked_at", "pk")


def _taken(membership: Membership) -> QuerySet[Report]:
    rows = Report.objects.for_move().filter(expected__period__programme=membership.programme_id)
    rows = rows.filter(status=Status.SUBMITTED, taken_by=membership.user_id)
    return rows.order_by("review_due_on", "pk")


def _pass_on(report: Report, *, to: Any, by: Any, comment: str) -> None:
    """To the colleague, or to the queue: where there is none, or where they may not review this very report."""
    perform(PASS_ON, report, by=by, comment=comment, to=to if to and _may_review(report, to) else None)


def _may_review(report: Report, user: Any) -> bool:
    try:
        rules.is_independent(report, user)
    except NotAllowed:
        return False
    return True


def _led(bureau: Bureau) -> QuerySet[Task]:
    return _open(bureau).filter(lead=bureau)


def _supported(bureau: Bureau) -> QuerySet[Task]:
    return _open(bureau).exclude(lead=bureau)


def _open(bureau: Bureau) -> QuerySet[Task]:
    over = (Task.Status.DONE, Task.Status.DROPPED)
    parts = (TaskBureau.Part.LEAD, TaskBureau.Part.SUPPORT)
    links = TaskBureau.objects.filter(bureau=bureau, part__in=parts)
    rows = Task.objects.for_move().filter(pk__in=links.values("task")).exclude(status__in=over)
    return rows.order_by("code", "pk")


def _may_hand_over(task: Task, user: Any) -> bool:
    return is_for(HAND_OVER, task, user)


def _hand_over(task: Task, *, into: Bureau, by: Any, comment: str) -> None:
    perform(HAND_OVER, task, by=by, comment=comment, bureau=into)


def _task_page(task: Task) -> str:
    return reverse("task", args=[task.pk])


def _report_page(report: Report) -> str:
    return reverse("report", args=[report.pk])


PERSONAL = (
    PersonalWork(
        "accept",
        _("Tasks to be accepted"),
        _("They wait for the bureau: any colleague there accepts them."),
        WRITE,
        _to_accept,
        _task_page,
    ),
    PersonalWork(
        "parts",
        _("Parts to be accepted"),
        _("They wait for the bureau: any colleague there accepts them."),
        WRITE,
        _parts_to_accept,
        _part_page,
    ),
    PersonalWork(
        "drafts",
        _("Drafts they wrote last"),
        _("A draft belongs to the bureau: a colleague goes on with it."),
        WRITE,
        _drafts,
        _report_page,
    ),
    PersonalWork(
        "returned",
        _("Their reports that came back"),
        _("A colleague of the bureau revises and submits them."),
        WRITE,
        _returned,
        _report_page,
    ),
    PersonalWork(
        "extensions",
        _("Wishes for more time to be signed"),
        _("Another head of the bureau signs them, or a deputy."),
        frozenset({Role.HEAD}),
        _to_sign,
        lambda extension: reverse("task", args=[extension.task_id]),
    ),
    PersonalWork(
        "reviews",
        _("Reviews they took"),
        _("Passed on to the colleague; without one, or where they may not review it, back into the queue."),
        frozenset({Role.MANAGER}),
        _taken,
        _report_page,
        _pass_on,
    ),
)
OF_BUREAUS = (
    BureauWork(
        "led",
        _("Open tasks it leads"),
        _("A reviewer hands them over to the other bureau; what is past due stays with this one."),
        _led,
        _task_page,
        _may_hand_over,
        _hand_over,
    ),
    BureauWork(
        "parts",
        _("Parts it holds"),
        _("End each on its task's page, and give it to the other bureau."),
        _parts_held,
        _part_page,
    ),
    BureauWork(
        "supported",
        _("Open tasks it cooperates in"),
        _("Say on each task's page who cooperates from now on."),
        _supported,
        _task_page,
    ),
)


def offer() -> None:
    """Called once, when the app is ready."""
    open_work.register(*PERSONAL, *OF_BUREAUS)
