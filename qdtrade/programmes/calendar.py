"""Chinese working days: Monday to Friday, less holidays, plus make-up days.

Where the calendar has no rows for a year it falls back to Monday–Friday; `covers` says so, and pages tell it.
"""

import datetime
from collections.abc import Iterator

from .models import WorkingDay

ONE_DAY = datetime.timedelta(days=1)


class Calendar:
    """The working days as the table has them now; read once, then asked in memory."""

    def __init__(self) -> None:
        rows = list(WorkingDay.objects.values_list("day", "is_working", "name"))
        self.exceptions = {day: is_working for day, is_working, _name in rows}
        self.holidays = {day: name for day, is_working, name in rows if not is_working}
        self.years = {day.year for day in self.exceptions}

    def covers(self, year: int) -> bool:
        """Whether the year's notice has been entered."""
        return year in self.years

    def is_working(self, day: datetime.date) -> bool:
        return self.exceptions.get(day, day.weekday() < 5)

    def after(self, day: datetime.date, working_days: int) -> datetime.date:
        """The n-th working day after this day; 0 gives the day itself."""
        for _number in range(working_days):
            day += ONE_DAY
            while not self.is_working(day):
                day += ONE_DAY
        return day

    def before(self, day: datetime.date, working_days: int) -> datetime.date:
        """The n-th working day before this day; 0 gives the day itself."""
        for _number in range(working_days):
            day -= ONE_DAY
            while not self.is_working(day):
                day -= ONE_DAY
        return day

    def on_or_after(self, day: datetime.date) -> datetime.date:
        """This day, or the next working day."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def between(self, start: datetime.date, end: datetime.date) -> list[datetime.date]:
        """The working days from start to end, both included."""
        return [day for day in days(start, end) if self.is_working(day)]

    def holidays_near(self, start: datetime.date, end: datetime.date) -> list[str]:
        """The names of the holidays between two days, or right before or after them, each once."""
        near = days(start - ONE_DAY, end + ONE_DAY)
        return list(dict.fromkeys(self.holidays[day] for day in near if day in self.holidays))

    def left(self, today: datetime.date, due: datetime.date) -> int:
        """Working days after today up to the due day."""
        return len(self.between(today + ONE_DAY, due))

    def nth(self, start: datetime.date, end: datetime.date, number: int, *, from_end: bool) -> datetime.date:
        """The n-th working day of a span, from its start or its end (1 is the first or the last)."""
        working = self.between(start, end)
        position = min(number, len(working)) - 1
        return working[-1 - position] if from_end else working[position]


def days(start: datetime.date, end: datetime.date) -> Iterator[datetime.date]:
    """Each day from start to end, both included."""
    while start <= end:
        yield start
        start += ONE_DAY
