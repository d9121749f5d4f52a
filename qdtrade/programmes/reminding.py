"""When the programme's rule reminds: so many working days before and after a day by which something is due."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qdtrade import clock

from .actions.reminding import mark_of
from .calendar import Calendar
from .duties import DUTIES, Duty
from .models import Programme, Reminder

PATIENCE = 2
"""How many working days late a reminder is still made: a timer that was off for a week tells no old news."""


@dataclass(frozen=True)
class Step:
    """One reminder that the rule asks for now."""

    duty: Duty
    bureau: int | None
    due_on: datetime.date
    days: int

    @property
    def mark(self) -> str:
        return mark_of(self.duty.name, self.bureau or 0, self.due_on, self.days)


def step_of(
    due_on: datetime.date, today: datetime.date, programme: Programme, calendar: Calendar
) -> int | None:
    """Which reminder is in force: the last one whose day has come. None before the first, between the due date and the
    first one after it, and when its day passed long ago.
    """
    days = {-n: calendar.before(due_on, n) for n in programme.remind_before}
    days |= {n: calendar.after(due_on, n) for n in programme.remind_after}
    come = [step for step, day in days.items() if day <= today]
    if not come:
        return None
    step = max(come)
    is_old = calendar.left(days[step], today) > PATIENCE
    return None if is_old or (step < 0 and today > due_on) else step


def steps(programme: Programme, timer: Any) -> Iterator[Step]:
    """The reminders that the rule asks for now and that were not made yet."""
    calendar, today = Calendar(), clock.today()
    asked = []
    for duty in DUTIES.values():
        rows = duty.rows(timer, programme).filter(owed_now=True, owed_due_on__isnull=False).order_by()
        for bureau, due_on in rows.values_list("owed_bureau", "owed_due_on").distinct():
            days = step_of(due_on, today, programme, calendar)
            if days is not None:
                asked.append(Step(duty, bureau, due_on, days))
    marks = {step.mark for step in asked}
    made = set(Reminder.objects.filter(programme=programme, mark__in=marks).values_list("mark", flat=True))
    yield from sorted((step for step in asked if step.mark not in made), key=lambda step: step.mark)


def rule_in_words(programme: Programme) -> str:
    """When reminders are made, for the people who read the page."""
    said = []
    if programme.remind_before:
        said.append(_("%(days)s working days before the due date") % {"days": _list(programme.remind_before)})
    if programme.remind_after:
        said.append(_("%(days)s working days after it") % {"days": _list(programme.remind_after)})
    return _(", ").join(said)


def _list(days: list[int]) -> str:
    return _(" and ").join(map(str, days))
