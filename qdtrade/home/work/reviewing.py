"""The work of the pilot office: reports that wait for a decision, periods for a step, tasks for a signature."""

import datetime
from typing import Any

from django.db.models import Count as SqlCount
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from qdtrade import clock
from qdtrade.programmes.models import Period, Programme
from qdtrade.templatetags import days
from qdtrade.workflow import why_not
from tasks import workflow
from tasks.models import ExpectedReport, Report, Task

from .life import Deciding
from .parts import Count, Link, Row, Section, Work, address, whose
from .periods import Periods

SHOWN = 10
"""Rows of one kind on this page; the desk and the register have them all."""


class Reviewing:
    """One reviewer's view of a programme, read once, and the page made of it."""

    def __init__(self, user: Any, programme: Programme, periods: Periods) -> None:
        self.user, self.programme, self.periods, self.today = user, programme, periods, periods.today
        seen = Report.objects.visible_to(user).filter(expected__period__programme=programme)
        queue = seen.awaiting_review()
        mine, late = Report.in_hand_of(user), Q(review_due_on__lt=self.today)
        self.queued = queue.aggregate(
            all=SqlCount("pk"),
            mine=SqlCount("pk", filter=mine),
            late=SqlCount("pk", filter=late),
            free=SqlCount("pk", filter=Q(taken_by=None)),
        )
        self.rows = list(queue.filter(mine | late).for_list().order_by("review_due_on", "pk")[:SHOWN])
        self.deciding = Deciding(user, programme, periods)
        unsigned = Task.objects.visible_to(user).filter(programme=programme).not_accepted()
        self.unsigned = unsigned.given_until(clock.end_of(self.last_day_to_register()))
        self.unsigned_count = self.unsigned.count()
        self.filed = self._filed()

    def last_day_to_register(self) -> datetime.date:
        """A task registered on this day or before should have been signed for by now."""
        day = self.today
        while self.periods.calendar.after(day, self.programme.accept_days) >= self.today:
            day -= datetime.timedelta(days=1)
        return day

    def _filed(self) -> dict[str, int]:
        rows = ExpectedReport.objects.visible_to(self.user).filter(period=self.periods.running).owed()
        filed = SqlCount("pk", filter=Q(first_submitted_at__isnull=False))
        return rows.aggregate(owed=SqlCount("pk"), filed=filed)

    def work(self) -> Work:
        work = Work(sentence=[(_("Pilot office"), False), *self.periods.sentence()], counts=self.counts())
        hint = _("taken by you, or past the review clock")
        work.sections = [
            Section("first", _("First"), hint, [self.report_row(row) for row in self.rows]),
            Section(
                "to-decide",
                _("To decide"),
                _("tasks given back, completion, more time"),
                self.deciding.rows(),
            ),
            Section("to-file", _("For bureaus without an account"), self.office_hint(), self.office_rows()),
            Section("periods", _("Periods"), _("waiting for a step"), self.period_rows()),
            Section("unsigned", _("Not accepted in time"), self.unsigned_hint(), self.task_rows()),
        ]
        if not work.has_rows:
            work.empty = (_("Nothing to do"), self.empty_words())
        return work

    def empty_words(self) -> str:
        free = self.queued["free"]
        if free:
            return ngettext("%(n)d report waits at the desk.", "%(n)d reports wait at the desk.", free) % {
                "n": free
            }
        return self.periods.next_words()

    def counts(self) -> list[Count]:
        desk = address("desk", self.programme)
        queued = self.queued
        counts = [
            Count(
                _("To review"), queued["all"], npgettext("unit", "report", "reports", queued["all"]), "", desk
            ),
            Count(
                _("Past the review clock"),
                queued["late"],
                npgettext("unit", "report", "reports", queued["late"]),
                "",
                "#first",
            ),
            Count(
                _("Taken by you"),
                queued["mine"],
                npgettext("unit", "report", "reports", queued["mine"]),
                "",
                "#first",
            ),
            Count(
                _("Not accepted in time"),
                self.unsigned_count,
                npgettext("unit", "task", "tasks", self.unsigned_count),
                "",
                "#unsigned",
            ),
        ]
        running = self.periods.running
        if running is not None:
            owed, filed = self.filed["owed"], self.filed["filed"]
            missing = ngettext("%(n)d not filed", "%(n)d not filed", owed - filed) % {"n": owed - filed}
            unit = _("/ %(owed)d filed") % {"owed": owed}
            counts.append(
                Count(
                    _("This period"),
                    filed,
                    unit,
                    missing,
                    address("who_is_missing", self.programme, running.pk),
                )
            )
        return counts

    def report_row(self, row: Report) -> Row:
        task = row.task
        words = _("%(bureau)s submitted %(day)s") % {
            "bureau": row.bureau,
            "day": days.short(row.submitted_at),
        }
        reasons = [(whose(task), False), (words, False)]
        refusal = why_not(workflow.APPROVE, row, self.user)
        reasons.append((refusal or self.taken_words(row), False))
        desk = address("desk_report", self.programme, row.pk)
        link = Link(_("Look"), desk) if refusal else Link(_("Review"), desk, "main")
        return Row(
            state="submitted",
            state_label=row.get_status_display(),
            task=task,
            name=task.title,
            url=address("task", self.programme, task.pk),
            reasons=reasons,
            **self.periods.clock(row.review_due_on),
            links=[link],
        )

    def office_hint(self) -> str:
        return _("the office files, with the source; another reviewer decides")

    def office_rows(self) -> list[Row]:
        """Reports that are owed by bureaus in which nobody has an account."""
        mine = Report.objects.visible_to(self.user).written_for(self.user).with_open_form()
        rows = mine.filter(expected__period__programme=self.programme).for_list()
        found = rows.order_by("expected__period__due_on", "expected__task__position", "pk")[:SHOWN]
        return [self.office_row(row) for row in found if workflow.may_file_for(row, self.user)]

    def office_row(self, row: Report) -> Row:
        due = row.resubmit_due_on or row.expected.exception_until or row.period.due_on
        state, label = row.status, row.get_status_display()
        if row.status == Report.Status.DRAFT and not row.has_draft:
            state, label = "not_filed", _("not filed")
        report = address("report", self.programme, row.pk)
        return Row(
            state=state,
            state_label=label,
            task=row.task,
            name=row.task.title,
            url=address("task", self.programme, row.task.pk),
            reasons=[(whose(row.task), False), (str(row.bureau), False), (str(row.period), False)],
            **self.periods.clock(due),
            links=[Link(_("File for the bureau"), report)],
        )

    def taken_words(self, row: Report) -> str:
        if row.taken_by_id is None:
            return _("not taken for review yet")
        if row.taken_by_id == self.user.pk:
            return _("taken by you")
        return _("taken by %(person)s") % {"person": row.taker}

    def period_rows(self) -> list[Row]:
        """Periods whose next step is due; all but freezing happen by themselves."""
        found = []
        for period in self.periods.rows:
            step = self.step(period)
            if step is not None:
                words, day = step
                url = address("period_list", self.programme, year=period.starts_on.year)
                name = _("Period %(period)s") % {"period": period}
                link = Link(_("To the period"), url)
                due = days.short(day)
                found.append(
                    Row(
                        period.status,
                        period.get_status_display(),
                        None,
                        name,
                        url,
                        [(words, False)],
                        due,
                        links=[link],
                    )
                )
        return found

    def step(self, period: Period) -> tuple[str, datetime.date] | None:
        """The step that a period waits for, and since when."""
        status = Period.Status
        if period.status == status.PLANNED and period.opens_on <= self.today:
            return _("to be opened; the timer does it, or you with a reason"), period.opens_on
        if period.status == status.OPEN and period.due_on < self.today:
            return _("due date over; the timer lets the grace begin"), period.due_on
        if period.status in Period.RUNNING and period.grace_on < self.today:
            return _("grace over; the timer closes it, or you with a reason"), period.grace_on
        if period.status == status.CLOSED and period.grace_on < self.today:
            return _("closed; its figures can be frozen"), period.grace_on
        return None

    def unsigned_hint(self) -> str:
        return _("more than %(days)d working days after they were assigned") % {
            "days": self.programme.accept_days
        }

    def task_rows(self) -> list[Row]:
        return [self.task_row(task) for task in self.unsigned.for_list()[:SHOWN]]

    def task_row(self, task: Task) -> Row:
        by = self.periods.calendar.after(clock.day_of(task.given_at), self.programme.accept_days)
        words = _("%(bureau)s was to accept it") % {"bureau": task.lead}
        url = address("task", self.programme, task.pk)
        return Row(
            state="to_accept",
            state_label=_("to accept"),
            task=task,
            name=task.title,
            url=url,
            reasons=[(whose(task), False), (words, False)],
            due=days.short(by),
            due_note=self.periods.left(by),
            is_late=True,
            links=[Link(_("Look"), url)],
        )
