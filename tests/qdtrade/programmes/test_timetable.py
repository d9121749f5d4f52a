"""The dates of a year's periods by a rule: months, half months and quarters, on Chinese working days."""

import datetime
import itertools

import pytest
from django.core.exceptions import ValidationError

from qdtrade.programmes import actions
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import WorkingDay
from qdtrade.programmes.timetable import Timetable
from tests import factories

RULE = {"opens_day": 22, "due_from": "end", "due_working_day": 3, "grace_days": 2}


def dates_of(kind, year, number, **other):
    timetable = Timetable(kind=kind, **RULE | other)
    dates = timetable.dates(list(timetable.spans(year))[number], Calendar())
    return [dates[name].isoformat() for name in ("opens_on", "due_on", "grace_on")]


@pytest.fixture
def days_of_2021(db):
    """The days around the mid-autumn and national holidays of 2021, as their notice has them."""
    for day in ("2021-09-18", "2021-09-26"):
        factories.working_day(day, is_working=True, name="中秋节")
    for day in (
        "2021-09-20",
        "2021-09-21",
        "2021-10-01",
        "2021-10-04",
        "2021-10-05",
        "2021-10-06",
        "2021-10-07",
    ):
        factories.working_day(day, name="国庆节")


@pytest.mark.parametrize(("kind", "count"), [("month", 12), ("half", 24), ("quarter", 4)])
def test_a_year_is_covered_without_gap_or_overlap(kind, count):
    spans = list(Timetable(kind=kind, **RULE).spans(2024))

    follows = [later[0] - earlier[1] for earlier, later in itertools.pairwise(spans)]
    assert len(spans) == count
    assert set(follows) == {datetime.timedelta(days=1)}
    assert (spans[0][0], spans[-1][1]) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


def test_a_make_up_day_counts_and_a_holiday_does_not(days_of_2021):
    assert dates_of("month", 2021, 8) == ["2021-09-22", "2021-09-28", "2021-09-30"]


def test_grace_runs_over_the_national_holidays(days_of_2021):
    assert dates_of("month", 2021, 8, grace_days=3)[2] == "2021-10-08"


def test_a_quarter_opens_and_is_due_in_its_last_month(days_of_2021):
    assert dates_of("quarter", 2021, 2) == ["2021-09-22", "2021-09-28", "2021-09-30"]


def test_a_half_month_opens_within_it(db):
    assert dates_of("half", 2021, 20, opens_day=8) == ["2021-11-08", "2021-11-11", "2021-11-15"]


def test_a_leap_day_is_a_day_like_others(db):
    assert dates_of("month", 2024, 1, due_working_day=1) == ["2024-02-22", "2024-02-29", "2024-03-04"]


def test_grace_goes_over_the_end_of_a_year(db):
    assert dates_of("month", 2021, 11, due_working_day=1)[1:] == ["2021-12-31", "2022-01-04"]


def test_where_the_notices_end_working_days_are_monday_to_friday(db):
    factories.working_day("2021-12-31", name="元旦")

    assert dates_of("month", 2021, 11, due_working_day=1)[1:] == ["2021-12-30", "2022-01-04"]
    assert not Calendar().covers(2022)


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("half", "opens_day", 14),
        ("month", "opens_day", 29),
        ("month", "due_working_day", 0),
        ("month", "grace_days", 16),
    ],
)
def test_a_rule_by_which_no_calendar_can_be_made_is_refused_by_name(programme, manager, kind, name, value):
    timetable = Timetable(kind=kind, **RULE | {name: value})

    with pytest.raises(ValidationError) as refused:
        actions.plan_periods(programme, timetable, timetable.spans(2022), by=manager)

    assert list(refused.value.message_dict) == [name]


def test_periods_of_one_kind_do_not_share_a_day(programme, manager):
    september, october = actions.plan_months(programme, 2021, [9, 10], by=manager)

    with pytest.raises(ValidationError) as refused:
        actions.edit_period(october, {"starts_on": datetime.date(2021, 9, 30)}, by=manager)

    assert str(september) in str(refused.value)


def test_new_working_days_move_the_periods_that_nobody_changed_by_hand(programme, manager):
    january, february = actions.plan_months(programme, 2022, [1, 2], by=manager)
    by_hand = datetime.date(2022, 2, 23)
    actions.edit_period(february, {"due_on": by_hand}, by=manager)
    factories.working_day("2022-01-31", name="春节")

    moved = actions.move_to_calendar(programme, 2022, by=manager)

    february.refresh_from_db()
    assert [(one, one.due_on) for one in moved] == [(january, datetime.date(2022, 1, 26))]
    assert february.due_on == by_hand


def test_a_second_move_to_the_same_calendar_moves_nothing(programme, manager):
    actions.plan_months(programme, 2022, [1], by=manager)
    factories.working_day("2022-01-31", name="春节")
    actions.move_to_calendar(programme, 2022, by=manager)

    assert actions.move_to_calendar(programme, 2022, by=manager) == []
    assert WorkingDay.objects.count() == 1
