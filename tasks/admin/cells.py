"""What several lists say of a task or a report, in one cell."""

import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.programmes.models import Timeliness
from qdtrade.templatetags import days
from qdtrade.templatetags import qdtrade as tags

from ..models import ExpectedReport, Report, Task
from ..showing import days_overdue, first_overdue, report_state

LATE = {Timeliness.LATE, Timeliness.MISSING}


def named(task: Task) -> SafeString:
    """The title with its mark."""
    return format_html("{}{}", task.title, tags.sample_mark(task))


def coded(task: Task) -> SafeString:
    """Code and title with its mark, for where the code has no column of its own."""
    return format_html('<span class="code">{}</span> {}', task.code, named(task))


def with_mark(words: str, row: Any) -> SafeString:
    """A text with the mark that it is invented."""
    return format_html("{}{}", words, tags.sample_mark(row))


def lateness(task: Task) -> SafeString | str:
    """For how long the first milestone is overdue; empty for a task that is not late."""
    late = first_overdue(task, clock.today())
    if late is None:
        return ""
    words = days_overdue((clock.today() - late.plan_on).days)
    node = _("milestone %(number)d") % {"number": late.number}
    return format_html('<span class="alarm">{}</span> <span class="caption">{}</span>', words, node)


def done_by(who: str, at: datetime.datetime | None, words: str) -> str:
    """Who did something, when, and what they said; empty where nobody has."""
    if at is None:
        return ""
    said = _("%(who)s, %(day)s") % {"who": who, "day": days.iso(clock.day_of(at))}
    return said + _(": ") + words if words else said


def filed(expected: ExpectedReport) -> SafeString:
    """How far the report of an expected row is."""
    found = report_state(expected)
    return tags.state(found.code, found.label)


def filed_at(expected: ExpectedReport) -> str:
    """When it was first submitted, without the year: 9-24 11:02."""
    moment = expected.first_submitted_at
    if moment is None:
        return ""
    day = clock.day_of(moment)
    return f"{day.month}-{day.day} {days.time_of_day(moment)}"


def in_time(row: Any) -> SafeString | str:
    """The timeliness of a row that came with it; late and missing in red words."""
    words = str(Timeliness(row.timeliness).label)
    if row.timeliness in LATE:
        return format_html('<span class="alarm">{}</span>', words)
    return words


def review_clock(report: Report) -> SafeString | str:
    """How many days the reviewer, or the bureau after a return, still has."""
    if report.status == Report.Status.SUBMITTED and report.review_due_on:
        return _left(report.review_due_on)
    if report.status in {Report.Status.RETURNED, Report.Status.REOPENED} and report.resubmit_due_on:
        day = report.resubmit_due_on
        return _("resubmit by %(day)s") % {"day": f"{day.month}-{day.day}"}
    return ""


def _left(day: datetime.date) -> SafeString | str:
    left = (day - clock.today()).days
    if left < 0:
        over = ngettext("%(days)d day over time", "%(days)d days over time", -left) % {"days": -left}
        return format_html('<span class="alarm">{}</span>', over)
    if left == 0:
        return _("due today")
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
