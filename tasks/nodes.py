"""How a milestone stands, as a code and in words: beside its mark in a picture, and in its table."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import content as contents
from .models import Milestone, Task
from .showing import days_overdue


def claims_in(content: Mapping[str, Any]) -> dict[str, datetime.date | None]:
    """The days that a report claims, by the milestone's number."""
    return {number: contents.as_date(day) for number, day in content.get("milestones", {}).items()}


def stands(
    milestone: Milestone, claimed_on: datetime.date | None, task: Task, today: datetime.date
) -> tuple[str, str, str]:
    """Its state's code and label, and the words beside it in the picture."""
    state = milestone.state(today)
    if milestone.actual_on:
        return "done", str(state.label), _done_words((milestone.actual_on - milestone.plan_on).days)
    if claimed_on:
        return "claimed", _("claimed"), _("claimed done, under review")
    if state == Milestone.State.WAIVED:
        return "waived", str(state.label), _("waived by the pilot office")
    if state == Milestone.State.OVERDUE and task.status == Task.Status.IN_PROGRESS:
        words = days_overdue((today - milestone.plan_on).days)
        return "overdue", words, words
    left = "" if task.status in Task.AT_REST else _left_words((milestone.plan_on - today).days)
    return "not_due", "", left


def slip_words(milestone: Milestone) -> str:
    """By how much the plan was moved against the baseline; empty where it was not."""
    if milestone.baseline_on is None or milestone.plan_on == milestone.baseline_on:
        return ""
    moved = (milestone.plan_on - milestone.baseline_on).days
    if moved < 0:
        return ngettext("%(days)d day earlier", "%(days)d days earlier", -moved) % {"days": -moved}
    return ngettext("+%(days)d day", "+%(days)d days", moved) % {"days": moved}


def _done_words(off: int) -> str:
    """When a milestone was done, against its plan."""
    if off == 0:
        return _("done on the planned day")
    if off < 0:
        return ngettext("done %(days)d day early", "done %(days)d days early", -off) % {"days": -off}
    return ngettext("done %(days)d day late", "done %(days)d days late", off) % {"days": off}


def _left_words(left: int) -> str:
    if left < 0:
        return ""
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


def tick_name(day: datetime.date, step: int) -> str:
    """A tick's word: a month, a quarter or a year."""
    short = {"year": day.year % 100, "month": day.month, "quarter": (day.month + 2) // 3}
    if step == 1:
        return _("%(month)02d/%(year)02d") % short
    if step == 3:
        return _("Q%(quarter)d %(year)02d") % short
    return _("%(month)02d/%(year)02d") % short if step == 6 else str(day.year)


def flag_words(today: datetime.date) -> str:
    """What the flag on the line of today says."""
    return _("today %(day)s") % {"day": f"{today.month}-{today.day}"}
