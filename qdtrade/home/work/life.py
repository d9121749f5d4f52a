"""What the life of tasks asks of people: claims to verify, tasks given back, more time to sign or to decide."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qdtrade.programmes.models import Programme, Role
from qdtrade.templatetags import days
from qdtrade.web import offers
from qdtrade.workflow import why_not
from tasks import workflow
from tasks.models import Extension, Task

from .parts import Link, Row, address, whose
from .periods import Periods

SHOWN = 10
"""Rows of one kind; the register and the administration have them all."""


class Owing:
    """What a bureau's people are to do about the life of their tasks, and what others have."""

    def __init__(self, user: Any, programme: Programme, periods: Periods) -> None:
        self.user, self.programme, self.periods = user, programme, periods
        mine = Task.objects.visible_to(user).filter(programme=programme).led_by(user, Role.STAFF, Role.HEAD)
        as_head = Task.led(user, [Role.HEAD])
        sent_back = Q(status=Task.Status.IN_PROGRESS, decision=Task.Decision.SENT_BACK)
        ready = Q(pk__in=mine.filter(as_head).ready_to_claim().values("pk"))
        claimed = Q(status=Task.Status.COMPLETION_CLAIMED)
        self.tasks = list(mine.filter(sent_back | ready | claimed).for_list().in_order()[: 3 * SHOWN])
        wishes = Extension.objects.visible_to(user).filter(task__in=mine.values("pk")).waiting()
        self.wishes = list(wishes.for_list().order_by("asked_at", "pk")[: 2 * SHOWN])

    def first(self) -> list[Row]:
        """What waits for the person."""
        to_sign = [one for one in self.wishes if not why_not(workflow.SIGN, one, self.user)]
        claims = [one for one in self.tasks if one.status == Task.Status.IN_PROGRESS]
        return [*map(self.claim_row, claims), *map(self.sign_row, to_sign)]

    def waiting(self) -> list[Row]:
        """What waits for others."""
        claimed = [one for one in self.tasks if one.status == Task.Status.COMPLETION_CLAIMED]
        wishes = [one for one in self.wishes if why_not(workflow.SIGN, one, self.user)]
        return [*map(self.claimed_row, claimed), *map(self.wish_row, wishes)]

    def claim_row(self, task: Task) -> Row:
        """A claim that was sent back, or a task of which everything is done."""
        url = address("task", self.programme, task.pk)
        if task.decision == Task.Decision.SENT_BACK:
            code, label, reason = "sent_back", _("sent back"), (task.decision_reason, True)
        else:
            code, label = "to_claim", _("all done")
            reason = (_("every milestone is settled; completion can be claimed"), False)
        return Row(
            state=code,
            state_label=label,
            task=task,
            name=task.title,
            url=url,
            reasons=[(whose(task), False), reason],
            due=days.short(task.due_on),
            links=[Link(_("Look"), url)],
        )

    def sign_row(self, row: Extension) -> Row:
        moves = offers(row, workflow.EXTENSION_MOVES, self.user, "extension_move")
        return Row(
            state=row.status,
            state_label=row.get_status_display(),
            task=row.task,
            name=row.task.title,
            url=self.place(row),
            reasons=[(whose(row.task), False), (wish_words(row), False), (row.cause, False)],
            due=days.short(row.from_on),
            links=[Link(_("Look"), self.place(row))],
            moves=[moves["sign"]],
            version=row.version,
            place=f"extension-{row.pk}-",
        )

    def claimed_row(self, task: Task) -> Row:
        url = address("task", self.programme, task.pk)
        claimed = _("completion claimed on %(day)s, to be verified by %(due)s") % {
            "day": days.short(task.claimed_at),
            "due": days.short(task.verify_due_on),
        }
        return Row(
            state=task.status,
            state_label=task.get_status_display(),
            task=task,
            name=task.title,
            url=url,
            reasons=[(whose(task), False), (claimed, False)],
            due=days.NONE,
            links=[Link(_("Look"), url)],
        )

    def wish_row(self, row: Extension) -> Row:
        by = row.decide_due_on
        words = (
            _("to be decided by %(day)s") % {"day": days.short(by)} if by else _("to be signed by your head")
        )
        return Row(
            state=row.status,
            state_label=row.get_status_display(),
            task=row.task,
            name=row.task.title,
            url=self.place(row),
            reasons=[(whose(row.task), False), (wish_words(row), False), (words, False)],
            due=days.NONE,
            links=[Link(_("Look"), self.place(row))],
        )

    def place(self, row: Extension) -> str:
        return address("task", self.programme, row.task_id, anchor=f"extension-{row.pk}")


class Deciding:
    """What the pilot office is to decide about the life of tasks."""

    def __init__(self, user: Any, programme: Programme, periods: Periods) -> None:
        self.user, self.programme, self.periods = user, programme, periods
        tasks = Task.objects.visible_to(user).filter(programme=programme)
        declined = Q(pk__in=tasks.declined().values("pk"))
        claimed = Q(status=Task.Status.COMPLETION_CLAIMED)
        rows = tasks.filter(claimed | declined).for_list()
        self.tasks = list(rows.order_by("verify_due_on", "declined_at", "pk")[: 2 * SHOWN])
        wishes = Extension.objects.visible_to(user).filter(task__programme=programme).to_decide()
        self.wishes = list(wishes.for_list().order_by("decide_due_on", "pk")[:SHOWN])

    def rows(self) -> list[Row]:
        """Tasks given back, then claims, then extensions: each with its clock."""
        declined = [one for one in self.tasks if one.is_declined]
        claimed = [one for one in self.tasks if not one.is_declined]
        return [
            *map(self.declined_row, declined),
            *map(self.claimed_row, claimed),
            *map(self.wish_row, self.wishes),
        ]

    def declined_row(self, task: Task) -> Row:
        url = address("task", self.programme, task.pk, anchor="office")
        words = _("%(bureau)s declined it on %(day)s") % {
            "bureau": task.lead,
            "day": days.short(task.declined_at),
        }
        return Row(
            state="declined",
            state_label=_("declined"),
            task=task,
            name=task.title,
            url=url,
            reasons=[(whose(task), False), (words, False), (task.declined_reason, True)],
            due=days.NONE,
            links=[Link(_("Decide"), url, "main")],
        )

    def claimed_row(self, task: Task) -> Row:
        url = address("desk_item", self.programme, task.pk, "completion")
        words = _("%(bureau)s claimed completion on %(day)s") % {
            "bureau": task.lead,
            "day": days.short(task.claimed_at),
        }
        refusal = why_not(workflow.VERIFY, task, self.user)
        reasons = [(whose(task), False), (words, False), *([(refusal, False)] if refusal else [])]
        due = task.verify_due_on
        return Row(
            state=task.status,
            state_label=task.get_status_display(),
            task=task,
            name=task.title,
            url=url,
            reasons=reasons,
            **self.periods.clock(due),
            links=[Link(_("Look"), url) if refusal else Link(pgettext("completion", "Verify"), url, "main")],
        )

    def wish_row(self, row: Extension) -> Row:
        url = address("desk_item", self.programme, row.pk, "extension")
        refusal = why_not(workflow.GRANT, row, self.user)
        due = row.decide_due_on
        last = (refusal, False) if refusal else (row.cause, False)
        return Row(
            state=row.status,
            state_label=row.get_status_display(),
            task=row.task,
            name=row.task.title,
            url=url,
            reasons=[(whose(row.task), False), (f"{row.bureau} {wish_words(row)}", False), last],
            **self.periods.clock(due),
            links=[Link(_("Look"), url) if refusal else Link(_("Decide"), url, "main")],
        )


def wish_words(row: Extension) -> str:
    """What is wanted later, from which day to which."""
    return _("%(what)s from %(old)s to %(new)s") % {
        "what": row.subject,
        "old": days.iso(row.from_on),
        "new": days.iso(row.to_on),
    }
