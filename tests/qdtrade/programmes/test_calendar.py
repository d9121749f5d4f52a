"""Chinese working days: make-up days, year ends, and years that no notice covers."""

import datetime

import pytest
from django.conf import settings
from django.core.management import call_command

from qdtrade.programmes.calendar import Calendar
from tests import factories


@pytest.fixture
def calendar(service):
    call_command("load_working_days", str(settings.BASE_DIR / "fixtures" / "working_days.csv"))
    return Calendar()


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize("text", ["2021-09-18", "2021-09-26", "2021-10-09", "2021-02-07", "2021-02-20"])
def test_a_make_up_weekend_is_worked(calendar, text):
    assert calendar.is_working(day(text))


@pytest.mark.parametrize(
    "text", ["2021-09-20", "2021-09-21", "2021-10-01", "2021-10-07", "2021-02-17", "2021-09-25"]
)
def test_a_holiday_is_not_worked(calendar, text):
    assert not calendar.is_working(day(text))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2021-09-28", 2, "2021-09-30"),
        ("2021-09-29", 2, "2021-10-08"),
        ("2021-09-30", 2, "2021-10-09"),
        ("2021-09-17", 1, "2021-09-18"),
        ("2021-12-31", 1, "2022-01-04"),
        ("2021-09-25", 0, "2021-09-25"),
    ],
)
def test_working_days_after_a_day_jump_holidays_and_take_make_up_days(calendar, start, number, end):
    assert calendar.after(day(start), number) == day(end)


def test_a_period_due_on_the_third_working_day_from_the_end(calendar, programme, manager):
    period = factories.planned_period(programme, by=manager, month=9)

    assert (period.opens_on, period.due_on, period.grace_on) == (
        day("2021-09-22"),
        day("2021-09-28"),
        day("2021-09-30"),
    )


def test_a_due_day_before_a_long_holiday_has_its_grace_after_it(calendar, programme, manager):
    period = factories.planned_period(programme, by=manager, month=12)

    assert (period.due_on, period.grace_on) == (day("2021-12-29"), day("2021-12-31"))


def test_a_period_that_would_open_on_a_holiday_opens_on_the_next_working_day(calendar, programme, manager):
    period = factories.planned_period(programme, by=manager, month=8)

    assert period.opens_on == day("2021-08-23")


def test_a_year_without_a_notice_falls_back_to_monday_to_friday_and_says_so(calendar):
    assert calendar.covers(2021)
    assert not calendar.covers(2031)
    assert calendar.is_working(day("2031-10-01"))
    assert not calendar.is_working(day("2031-10-04"))


def test_working_days_left_do_not_count_today(calendar):
    assert calendar.left(day("2021-09-24"), day("2021-09-28")) == 3


@pytest.mark.parametrize(("from_end", "text"), [(False, "2021-10-11"), (True, "2021-10-27")])
def test_a_due_rule_counts_from_the_start_or_from_the_end(calendar, from_end, text):
    assert calendar.nth(day("2021-10-01"), day("2021-10-31"), 3, from_end=from_end) == day(text)
