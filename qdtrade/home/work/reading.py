"""The first page of people who read and look after: auditors, administrators, and people with no role yet."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from qdtrade import clock
from qdtrade.home.records import visible_events
from qdtrade.programmes.models import Programme
from tasks.models import Report, Task

from .parts import Count, Link, Row, Section, Work, address
from .periods import Periods


def auditing(user: Any, programme: Programme, periods: Periods) -> Work:
    """What an auditor can read and take away."""
    work = Work(
        sentence=[
            (_("You read everything of this programme and change nothing."), False),
            *periods.sentence(),
        ]
    )
    tasks, reports, events = _sizes(user, programme)
    work.counts = [_tasks(programme, tasks), _reports(programme, reports), _records(programme, events)]
    rows = [
        _door(
            _("Task register"),
            _("every task with its bureaus, milestones and reports"),
            (pgettext("to look at", "Open"), address("task_list", programme)),
            (_("Export"), address("tasks_export", programme)),
        ),
        _door(
            _("Progress reports"),
            _("what was filed, returned and approved, with evidence"),
            (pgettext("to look at", "Open"), address("report_list", programme)),
            (_("Export"), address("reports_export", programme)),
        ),
        _door(
            _("Expected reports"),
            _("what is owed each period: the denominator of every rate"),
            (_("Export"), address("expected_reports_export", programme)),
        ),
        _door(
            _("Records"),
            _("who did what, when, through which door, from what to what, and why"),
            (pgettext("to look at", "Open"), address("records", programme)),
            (_("Export"), address("records_export", programme)),
        ),
    ]
    work.sections = [Section("first", _("To look at and to take away"), _("exports are recorded"), rows)]
    return work


def administering(user: Any, programme: Programme, periods: Periods) -> Work:
    """What an administrator looks after."""
    work = Work(
        sentence=[(_("You look after the programme's settings and people."), False), *periods.sentence()]
    )
    tasks, reports, events = _sizes(user, programme)
    members = programme.memberships.on(clock.today()).filter(user__is_service=False)
    people = members.values("user").distinct().count()
    work.counts = [
        Count(_("People"), people, _("with a role today")),
        _tasks(programme, tasks),
        _reports(programme, reports),
        _records(programme, events),
    ]
    rows = [
        _door(
            _("Accounts"),
            _("who signs in: first links, locks, devices"),
            (pgettext("to look at", "Open"), address("people", programme)),
        ),
        _door(
            _("Programme"),
            _("names, dates, and the rules of time"),
            (_("Settings"), address("programme_edit", programme)),
        ),
        _door(
            _("Periods"),
            _("when reports open, are due and close"),
            (pgettext("to look at", "Open"), address("period_list", programme)),
        ),
        _door(
            _("Task register"),
            _("imported from the bureaus' own spreadsheet"),
            (pgettext("to look at", "Open"), address("task_list", programme)),
        ),
        _door(
            _("Records"),
            _("every change, also of people and roles"),
            (pgettext("to look at", "Open"), address("records", programme)),
        ),
    ]
    work.sections = [Section("first", _("To look after"), "", rows)]
    return work


def waiting_for_a_role() -> Work:
    """A calm page for somebody who is a member of nothing: it names nothing that they may not see."""
    fact = _("You have no role yet")
    following = _(
        "Your account works, but no programme has given it a role. "
        "Ask the pilot office or the system administrator of your city, and tell them your account."
    )
    return Work(empty=(fact, following))


def _sizes(user: Any, programme: Programme) -> tuple[int, int, int]:
    tasks = Task.objects.visible_to(user).filter(programme=programme).count()
    reports = Report.objects.visible_to(user).filter(
        expected__period__programme=programme, in_force__isnull=False
    )
    events = visible_events(user).filter(chain__scope=programme.pk)
    return tasks, reports.count(), events.count()


def _tasks(programme: Programme, number: int) -> Count:
    return Count(
        _("Register"), number, npgettext("unit", "task", "tasks", number), "", address("task_list", programme)
    )


def _reports(programme: Programme, number: int) -> Count:
    words = npgettext("unit", "approved report", "approved reports", number)
    return Count(_("In force"), number, words, "", address("report_list", programme))


def _records(programme: Programme, number: int) -> Count:
    return Count(
        _("Records"), number, npgettext("unit", "event", "events", number), "", address("records", programme)
    )


def _door(name: str, words: str, *ways: tuple[str, str]) -> Row:
    links = [Link(label, url) for label, url in ways]
    return Row("", "", None, name, ways[0][1], [(words, False)], links=links)
