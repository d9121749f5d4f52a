"""What parts ask of a bureau: to sign for those it was given, to file them, and to settle those that came back."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qdtrade.programmes.held import held_in
from qdtrade.programmes.models import Programme, Role
from qdtrade.templatetags import days
from qdtrade.web import offers
from tasks import workflow
from tasks.models import ExpectedPart, Part
from tasks.views.part_tree import state_of

from .parts import Link, Row, Section, address
from .periods import Periods

SHOWN = 25
"""Rows of one kind on this page; the lists have all of them."""
SIGNING = {move.name: move for move in (workflow.ACCEPT_PART, workflow.SEND_BACK_PART)}


class Cooperating:
    """The parts of other bureaus' tasks that a person's bureaus hold, and those of their own that came back."""

    def __init__(self, user: Any, programme: Programme, periods: Periods) -> None:
        self.user, self.programme, self.periods = user, programme, periods
        seen = Part.objects.visible_to(user).filter(task__programme=programme)
        given = seen.held_by(user).to_accept()
        self.given = list(given.for_list().order_by("accept_due_on", "pk")[:SHOWN])
        owed = ExpectedPart.objects.visible_to(user).filter(period__programme=programme).to_file(user)
        self.owed = list(owed.for_list().order_by("period__due_on", "part__task__code", "pk")[:SHOWN])
        led = [m.bureau_id for m in held_in(user, programme.pk) if m.role in {Role.STAFF, Role.HEAD}]
        back = seen.filter(status=Part.Status.SENT_BACK, task__lead__in=led)
        self.back = list(back.for_list().order_by("closed_at", "pk")[:SHOWN])

    def section(self) -> Section:
        rows = [
            *map(self.back_row, self.back),
            *map(self.given_row, self.given),
            *map(self.owed_row, self.owed),
        ]
        return Section("parts", _("Parts of tasks"), _("with and for other bureaus"), rows)

    def back_row(self, part: Part) -> Row:
        url = self.place(part)
        words = _("%(bureau)s sent it back") % {"bureau": part.bureau}
        return Row(
            state=part.status,
            state_label=part.get_status_display(),
            task=part.task,
            name=part.task.title,
            url=url,
            reasons=[(self.whose(part), False), (words, False), (part.closed_reason, True)],
            due=days.short(part.due_on),
            links=[Link(_("Decide"), url, "main")],
        )

    def given_row(self, part: Part) -> Row:
        code, label = state_of(part, self.periods.today)
        return Row(
            state=code,
            state_label=label,
            task=part.task,
            name=part.task.title,
            url=self.place(part),
            reasons=[(self.whose(part), False), (part.what, False)],
            **self.periods.clock(part.accept_due_on),
            moves=list(offers(part, SIGNING, self.user, "part_move").values()),
            version=part.version,
            place=f"part-{part.pk}-",
        )

    def owed_row(self, row: ExpectedPart) -> Row:
        due = row.exception_until or row.period.due_on
        is_late = due < self.periods.today
        url = address("part_report", self.programme, row.pk)
        return Row(
            state=row.status,
            state_label=row.get_status_display(),
            task=row.task,
            name=row.task.title,
            url=url,
            reasons=[(self.whose(row.part), False), (row.part.what, False)],
            due=days.short(due),
            due_note=self.periods.left(due) if is_late else "",
            is_late=is_late,
            links=[Link(pgettext("part", "File"), url)],
        )

    def whose(self, part: Part) -> str:
        return _("%(code)s, led by %(lead)s") % {"code": part.task.code, "lead": part.task.lead}

    def place(self, part: Part) -> str:
        return address("task", self.programme, part.task_id, anchor=f"part-{part.pk}")
