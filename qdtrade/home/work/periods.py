"""The periods of a programme as “my work” speaks of them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Period, Programme
from qdtrade.templatetags import days


@dataclass(frozen=True)
class Periods:
    """All periods of a programme, read once, and the working days around today."""

    rows: list[Period]
    calendar: Calendar
    today: datetime.date
    kind: str
    """In which kind of period tasks are reported."""

    @property
    def running(self) -> Period | None:
        """The latest one that takes reports of tasks."""
        return next((one for one in self.rows if one.is_running and one.kind == self.kind), None)

    @property
    def following(self) -> Period | None:
        """The next one that opens."""
        planned = [one for one in self.rows if one.status == Period.Status.PLANNED and one.kind == self.kind]
        return min(planned, key=lambda period: period.opens_on) if planned else None

    @property
    def opened(self) -> list[Period]:
        """Those that have opened, newest first."""
        return [one for one in self.rows if one.status != Period.Status.PLANNED and one.kind == self.kind]

    def sentence(self) -> list[tuple[str, bool]]:
        """Which period runs and until when; else when the next one opens."""
        running = self.running
        if running is None:
            return [(self.next_words(), False)]
        name = _("Period %(period)s") % {"period": running}
        if self.today > running.due_on:
            over = _("due %(day)s is over; late reports are taken until 24:00 on %(grace)s") % {
                "day": days.short(running.due_on),
                "grace": days.in_words(running.grace_on),
            }
            return [(name, False), (over, True)]
        due = _("due %(day)s 24:00") % {"day": days.in_words(running.due_on)}
        return [(name, False), (due, True), (self.left(running.due_on), False)]

    def left(self, day: datetime.date) -> str:
        """How many working days there are until a day."""
        if day == self.today:
            return _("today")
        if day < self.today:
            over = (self.today - day).days
            return ngettext("%(days)d day overdue", "%(days)d days overdue", over) % {"days": over}
        left = self.calendar.left(self.today, day)
        return ngettext("%(days)d working day left", "%(days)d working days left", left) % {"days": left}

    def clock(self, due: datetime.date | None) -> dict[str, Any]:
        """What a row says of the day by which it is due: the day, how long that is, and whether it is over."""
        return {
            "due": days.short(due),
            "due_note": self.left(due) if due else "",
            "is_late": due is not None and due < self.today,
        }

    def next_words(self) -> str:
        following = self.following
        if following is None:
            return _("No further period is planned yet.")
        return _("The next period, %(period)s, opens on %(day)s.") % {
            "period": following,
            "day": days.short(following.opens_on),
        }


def periods_of(programme: Programme, user: Any) -> Periods:
    rows = Period.objects.visible_to(user).filter(programme=programme).in_order()
    return Periods(list(rows), Calendar(), clock.today(), programme.report_kind)
