"""The work of reporters and bureau heads: what they must answer, accept and file, and what others have."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from qdtrade import clock
from qdtrade.errors import Refusal
from qdtrade.programmes.held import held_in
from qdtrade.programmes.models import Programme, Role
from qdtrade.templatetags import days
from qdtrade.templatetags.words import listed
from qdtrade.web import offers
from qdtrade.workflow import why_not
from tasks import content as contents
from tasks import rules, showing, workflow
from tasks.actions import reports as actions
from tasks.models import Milestone, Report, Task

from .cooperating import Cooperating
from .life import Owing
from .parts import Count, Link, Row, Section, Work, address, whose
from .periods import Periods

SIGNING = {move.name: move for move in (workflow.ACCEPT, workflow.DECLINE)}
"""What a bureau may answer to a task that it was given."""

IN_OTHER_HANDS = (Report.Status.SIGN_OFF, Report.Status.SUBMITTED)
"""With the head of the bureau, or with the pilot office."""


class Writing:
    """One person's own reports, tasks and milestones of a programme, read once, and the page made of them."""

    def __init__(self, user: Any, programme: Programme, periods: Periods) -> None:
        self.user, self.programme, self.periods, self.today = user, programme, periods, periods.today
        writes = [m.bureau for m in held_in(user, programme.pk) if m.role in {Role.STAFF, Role.HEAD}]
        self.bureaus = list(dict.fromkeys(writes))
        self.running = periods.running
        mine = Report.objects.visible_to(user).written_by(user)
        rows = mine.filter(expected__period__programme=programme)
        current = Q(expected__period=self.running) | Q(status__in=IN_OTHER_HANDS)
        owed = Q(pk__in=mine.to_write(user).values("pk"))
        self.reports = list(rows.filter(current | owed).for_work().in_order())
        self.writable = [row for row in self.reports if not workflow.why_not_write(row, user)]
        self.to_sign = [row for row in self.reports if self.may_sign(row)]
        self.waiting = [
            row for row in self.reports if row.status in IN_OTHER_HANDS and row not in self.to_sign
        ]
        self.returned = [row for row in self.writable if row.status != Report.Status.DRAFT or row.sent_back]
        self.unfiled = [row for row in self.writable if row not in self.returned]
        tasks = Task.objects.visible_to(user).filter(programme=programme)
        self.to_accept = list(tasks.to_accept(user).for_list().in_order())
        self.overdue = self._overdue_milestones()
        self.life = Owing(user, programme, periods)
        self.parts = Cooperating(user, programme, periods)

    def may_sign(self, row: Report) -> bool:
        """Whether a report waits for the person's signature, as the head of its bureau or the head's deputy."""
        return row.status == Report.Status.SIGN_OFF and not why_not(workflow.SUBMIT, row, self.user)

    def _overdue_milestones(self) -> list[Milestone]:
        """Those of the person's own tasks that are past their day, not done and not in a submitted version."""
        claimed = {
            (row.expected.task_id, int(number))
            for row in [*self.waiting, *self.returned]
            if row.current is not None
            for number in row.current.content["milestones"]
        }
        late = Milestone.objects.visible_to(self.user).filter(
            task__programme=self.programme,
            task__lead__in=self.bureaus,
            task__status=Task.Status.IN_PROGRESS,
            actual_on=None,
            waived_at=None,
            plan_on__lt=self.today,
        )
        rows = late.select_related("task__field", "task__lead", "task__programme").order_by("plan_on", "pk")
        return [row for row in rows if (row.task_id, row.number) not in claimed]

    def work(self) -> Work:
        bureaus = listed(self.bureaus)
        work = Work(sentence=[(bureaus, False), *self.periods.sentence()], counts=self.counts())
        first = [
            *map(self.sign_row, self.to_sign),
            *map(self.returned_row, self.returned),
            *self.overdue_rows(),
            *map(self.accept_row, self.to_accept),
            *self.life.first(),
        ]
        today = [row for row in self.unfiled if self.due(row) <= self.today]
        later = [row for row in self.unfiled if self.due(row) > self.today]
        first += map(self.report_row, today)
        hint = _("returned, overdue, due today")
        work.sections = [
            Section("first", _("First"), hint, first),
            Section("reports", self.title(), self.hint(), [self.report_row(row) for row in later]),
            self.parts.section(),
            Section(
                "waiting",
                _("With others"),
                _("nothing for you to do"),
                [*map(self.waiting_row, self.waiting), *self.life.waiting()],
            ),
        ]
        if not any(section.rows for section in work.sections[:3]):
            work.empty = (_("Nothing to do"), self.periods.next_words())
        return work

    def title(self) -> str:
        if self.running is None:
            return _("Progress reports")
        return _("Progress reports of %(month)s") % {"month": self.running.month_name}

    def hint(self) -> str:
        if self.running is None:
            return ""
        return _("due %(due)s 24:00, taken late until %(grace)s") % {
            "due": days.in_words(self.running.due_on),
            "grace": days.short(self.running.grace_on),
        }

    def due(self, row: Report) -> Any:
        """The day by which the report is owed."""
        return row.expected.exception_until or row.period.due_on

    def counts(self) -> list[Count]:
        here = [row for row in self.reports if self.running and row.period.pk == self.running.pk]
        owed = [row for row in here if not row.expected.exempt_reason]
        filed = sum(row.expected.first_submitted_at is not None for row in owed)
        resubmit = min((row.resubmit_due_on for row in self.returned if row.resubmit_due_on), default=None)
        longest = max(((self.today - row.plan_on).days for row in self.overdue), default=0)
        easy = sum(self.no_change(row) == "" for row in self.unfiled)
        return [
            *self.sign_counts(),
            Count(
                pgettext("to answer", "Returned"),
                len(self.returned),
                _("to resubmit"),
                _("by %(day)s") % {"day": days.short(resubmit)} if resubmit else "",
                "#first",
            ),
            Count(
                _("Overdue"),
                len(self.overdue),
                npgettext("unit", "milestone", "milestones", len(self.overdue)),
                ngettext("at most %(days)d day", "at most %(days)d days", longest) % {"days": longest}
                if longest
                else "",
                "#first",
            ),
            Count(
                _("To accept"),
                len(self.to_accept),
                npgettext("unit", "task", "tasks", len(self.to_accept)),
                self.accept_by(self.to_accept[0]) if self.to_accept else "",
                "#first",
            ),
            Count(
                _("To file"),
                len(self.unfiled),
                npgettext("unit", "report", "reports", len(self.unfiled)),
                ngettext("%(n)d may say “no change”", "%(n)d may say “no change”", easy) % {"n": easy}
                if easy
                else "",
                "#reports",
            ),
            Count(
                _("This period"),
                filed,
                _("/ %(owed)d filed") % {"owed": len(owed)},
                self.expected_words(len(here), len(here) - len(owed)),
                address("report_list", self.programme),
            ),
        ]

    def sign_counts(self) -> list[Count]:
        """What waits for the person's signature; nothing where nobody is asked to sign."""
        if not self.to_sign:
            return []
        number = len(self.to_sign)
        return [Count(_("To sign"), number, npgettext("unit", "report", "reports", number), url="#first")]

    def expected_words(self, expected: int, exempt: int) -> str:
        if not exempt:
            return _("%(expected)d expected") % {"expected": expected}
        return _("%(expected)d expected, %(exempt)d exempt") % {"expected": expected, "exempt": exempt}

    def returned_row(self, row: Report) -> Row:
        content = actions.starting_content(row) | {"files": showing.file_lines(row.evidence)}
        version = row.current if row.status == Report.Status.RETURNED else None
        back = row.sent_back
        open_remarks = [one for one in showing.remarks_of(version, content, back) if not one.answered]
        if open_remarks:
            count = len(open_remarks)
            words = ngettext(
                "%(count)d remark to answer: %(fields)s", "%(count)d remarks to answer: %(fields)s", count
            )
            fields = listed(one.label for one in open_remarks)
            reason = (words % {"count": count, "fields": fields}, True)
        else:
            kept = back or version
            reason = (kept.comment if kept else _("Reopened by the pilot office"), True)
        due = row.resubmit_due_on or (self.due(row) if row.expected.first_submitted_at is None else None)
        return self.row(
            row,
            "returned" if version or back else "reopened",
            _("sent back by the head") if back else row.get_status_display(),
            [reason],
            **self.periods.clock(due),
            links=[Link(_("Revise"), address("report", self.programme, row.pk), "main")],
        )

    def overdue_rows(self) -> list[Row]:
        """An overdue milestone, with the way to claim it where a report can be written now."""
        by_task = {row.expected.task_id: row for row in self.writable}
        return [self.overdue_row(milestone, by_task.get(milestone.task_id)) for milestone in self.overdue]

    def overdue_row(self, milestone: Milestone, report: Report | None) -> Row:
        task = milestone.task
        late = self.periods.left(milestone.plan_on)
        name = _("milestone %(number)s “%(title)s”") % {"number": milestone.number, "title": milestone.title}
        if report is None:
            links = [
                Link(
                    _("Claim done"),
                    reason=_("No report can be written now. %(next)s") % {"next": self.periods.next_words()},
                )
            ]
        else:
            links = [
                Link(_("Claim done"), address("report", self.programme, report.pk, anchor="field-milestones"))
            ]
        return Row(
            state="overdue",
            state_label=pgettext("milestone", "overdue"),
            task=task,
            name=task.title,
            url=address("task", self.programme, task.pk),
            reasons=[(whose(task), False), (name, False), *([] if report else [(links[0].reason, False)])],
            due=days.short(milestone.plan_on),
            due_note=late,
            is_late=True,
            links=links,
        )

    def accept_row(self, task: Task) -> Row:
        by = self.accept_day(task)
        moves = offers(task, SIGNING, self.user, "task_move")
        given = _("assigned on %(day)s; to be accepted within %(days)d working days") % {
            "day": days.short(task.given_at),
            "days": self.programme.accept_days,
        }
        late = by < self.today
        return Row(
            state="to_accept",
            state_label=_("to accept"),
            task=task,
            name=task.title,
            url=address("task", self.programme, task.pk),
            reasons=[(whose(task), False), (given, False)],
            due=self.accept_by(task),
            due_note=self.periods.left(by) if late else "",
            is_late=late,
            moves=list(moves.values()),
            version=task.version,
            place=f"task-{task.pk}-",
        )

    def accept_day(self, task: Task) -> Any:
        """The last day of the sign-for clock."""
        return self.periods.calendar.after(clock.day_of(task.given_at), self.programme.accept_days)

    def accept_by(self, task: Task) -> str:
        by = self.accept_day(task)
        return _("today 24:00") if by == self.today else days.short(by)

    def report_row(self, row: Report) -> Row:
        refusal = self.no_change(row)
        due = self.due(row)
        late = due < self.today
        first = Link(
            _("Continue") if row.has_draft else pgettext("to fill in", "Report"),
            address("report", self.programme, row.pk),
            "plain",
        )
        again = Link(_("No change"), address("report_no_change", self.programme, row.pk), "plain", refusal)
        return self.row(
            row,
            "draft" if row.has_draft else "not_filed",
            _("draft") if row.has_draft else _("not filed"),
            self.draft_words(row, refusal),
            due=_("today 24:00") if due == self.today else days.short(due),
            due_note=self.periods.left(due) if late else "",
            is_late=late,
            links=[first] if row.has_draft else [first, again],
        )

    def draft_words(self, row: Report, refusal: str) -> list[tuple[str, bool]]:
        """How far the report is, or what it starts from."""
        found = []
        if self.running is None or row.period.pk != self.running.pk:
            found.append((str(row.period), False))
        if row.expected.exception_until:
            found.append(
                (_("accepted late until %(day)s") % {"day": days.short(row.expected.exception_until)}, False)
            )
        if row.has_draft:
            proved = {str(file.milestone.number) for file in row.evidence if file.milestone}
            missing = showing.missing(contents.tidy(row.draft.content), proved)
            saved = _("saved %(time)s") % {"time": days.moment_in_words(row.draft.saved_at)}
            fields = listed(missing)
            words = (
                _("%(saved)s, still open: %(fields)s") % {"saved": saved, "fields": fields}
                if missing
                else saved
            )
            return [*found, (words, False)]
        if not refusal:
            return [*found, (_("filled in from the last approved report"), False)]
        return [*found, (refusal, False)]

    def no_change(self, row: Report) -> str:
        """Why “no change” is not possible for this row, or nothing."""
        try:
            rules.refuse_no_change(row, has_earlier=row.earlier_id is not None)
        except Refusal as refusal:
            return str(refusal)
        return ""

    def sign_row(self, row: Report) -> Row:
        """What the head is asked to sign, with who asked and until when it is in time."""
        asked = row.sign_off
        words = _("%(person)s asked for your signature %(time)s") % {
            "person": asked.asker if asked else "",
            "time": days.moment_in_words(asked.asked_at) if asked else "",
        }
        due = row.resubmit_due_on or self.due(row)
        return self.row(
            row,
            "sign_off",
            _("to sign"),
            [(words, False)],
            due=_("today 24:00") if due == self.today else days.short(due),
            due_note=self.periods.left(due) if due < self.today else "",
            is_late=due < self.today,
            links=[Link(_("Look and sign"), address("report", self.programme, row.pk), "main")],
        )

    def with_head_row(self, row: Report) -> Row:
        """What the head has not signed yet: it does not count as submitted."""
        asked = row.sign_off
        since = days.short(asked.asked_at) if asked else ""
        words = _("laid before the head %(day)s; it counts as submitted when the head signs") % {"day": since}
        due = row.resubmit_due_on or self.due(row)
        link = Link(_("Look"), address("report", self.programme, row.pk))
        return self.row(
            row, "sign_off", row.get_status_display(), [(words, False)], due=days.short(due),
            is_late=due < self.today, links=[link],
        )  # fmt: skip

    def waiting_row(self, row: Report) -> Row:
        if row.status == Report.Status.SIGN_OFF:
            return self.with_head_row(row)
        submitted = _("submitted %(day)s") % {"day": days.short(row.submitted_at)}
        if row.taken_by:
            held = _("%(person)s took it for review") % {"person": row.taker}
        else:
            held = _("not taken for review yet")
        by = _("to be reviewed by %(day)s") % {"day": days.short(row.review_due_on)}
        link = Link(_("Look"), address("report", self.programme, row.pk))
        words = [(_(", ").join([submitted, held, by]), False)]
        return self.row(row, "submitted", row.get_status_display(), words, due=days.NONE, links=[link])

    def row(self, report: Report, state: str, label: str, words: list[tuple[str, bool]], **more: Any) -> Row:
        task = report.task
        url = address("task", self.programme, task.pk)
        reasons = [(whose(task), False), *words]
        return Row(
            state=state, state_label=label, task=task, name=task.title, url=url, reasons=reasons, **more
        )
