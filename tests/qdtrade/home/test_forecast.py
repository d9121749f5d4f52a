"""The forecast: worked numbers that the documentation gives, and what holds for any pace."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from qdtrade.home.cockpit.forecast import Forecast, forecast, months_before, more_to_come
from qdtrade.home.cockpit.reviewing import average
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.rates import rates_of
from tasks.slippage import median

PAGE = (Path(settings.BASE_DIR) / "docs/explanation/figures-and-lights.md").read_text(encoding="utf-8")
START, FIRST = datetime.date(2020, 8, 2), datetime.date(2021, 1, 1)
TODAY, LAST = datetime.date(2021, 9, 27), datetime.date(2021, 12, 31)


def worked(heading):
    """The rows of the table that begins with this column."""
    table = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0]
    return [tuple(cell.strip() for cell in re.findall(r"[^|]+", line)) for line in table.splitlines()[2:]]


def seen_from(days, on=TODAY, **more):
    return forecast(days, **({"since": START, "first": FIRST, "on": on, "until": LAST} | more))


def days_of(total, seen):
    """So many days of the year, of which so many lie in the last three months."""
    return [datetime.date(2021, 2, 1)] * (total - seen) + [datetime.date(2021, 8, 2)] * seen


@pytest.mark.parametrize("row", worked("total"), ids=lambda row: "-".join(row[:4]))
def test_the_worked_numbers_of_the_documentation_are_right(row):
    total, seen, window, left = map(int, row[:4])
    low, high = more_to_come(seen, window, left)
    found = Forecast(total, seen, window, left, Decimal(row[4]), total + low, total + high)

    assert (str(found.low), str(found.high)) == row[5:7]
    assert (str(found.pace), str(found.needed(45)), str(found.more(45))) == row[7:]


def test_the_middle_is_the_total_and_the_pace_times_the_days_left():
    found = seen_from(days_of(27, 9))

    assert (found.total, found.seen, found.window, found.left) == (27, 9, 92, 95)
    assert (str(found.middle), found.about) == ("36.3", 36)


def test_what_came_before_the_year_is_part_of_the_pace_and_not_of_the_total():
    days = [datetime.date(2020, 12, 10), datetime.date(2021, 1, 5)]

    found = seen_from(days, on=datetime.date(2021, 1, 31))

    assert (found.total, found.seen) == (1, 2)


@pytest.mark.parametrize(
    ("days", "more"),
    [
        ([], {}),
        (days_of(3, 1), {"since": TODAY - datetime.timedelta(days=20)}),
        (days_of(3, 1), {"on": LAST}),
        ([LAST], {}),
    ],
    ids=["nothing came", "a short window", "no day left", "only later"],
)
def test_no_forecast_is_made_where_there_is_no_pace(days, more):
    assert seen_from(days, **more) is None


@given(st.integers(0, 200), st.integers(28, 92), st.integers(1, 365))
def test_the_range_holds_the_middle_and_grows_with_the_days_left(seen, window, left):
    low, high = more_to_come(seen, window, left)

    assert 0 <= low <= high
    assert low <= (seen + 0.5) * left / window + 1
    assert high >= int(seen * left / window)
    assert more_to_come(seen, window, left + 30)[1] >= high


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60))
def test_so_many_more_a_month_reach_the_target_and_one_fewer_does_not(total, seen, target):
    found = Forecast(total, seen, 92, 95, Decimal(0), 0, 0)
    pace, month, more = seen / 92, 1461 / 48, found.more(target)

    assert total + (pace + more / month) * 95 >= target - 1e-9
    if more:
        assert total + (pace + (more - 1) / month) * 95 < target + 1e-9


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2021-05-31", "2021-02-28"),
        ("2021-09-27", "2021-06-27"),
        ("2021-01-15", "2020-10-15"),
        ("2021-12-31", "2021-09-30"),
    ],
)
def test_three_months_before_a_day(day, before):
    assert months_before(datetime.date.fromisoformat(day), 3).isoformat() == before


@pytest.mark.parametrize("row", worked("expected"), ids=lambda row: row[0])
def test_the_worked_rates_are_right(row):
    expected, exempt, on_time, late, returned = map(int, row[:5])
    line = {"owed": expected - exempt, "filed": on_time + late, "on_time": on_time, "sent_back": returned}

    values = ["—" if value is None else str(value) for _rate, value in rates_of(line)]

    assert (str(line["owed"]), str(line["filed"]), *values) == row[5:]


@pytest.mark.parametrize("row", worked("days later"), ids=lambda row: row[0])
def test_the_worked_medians_are_right(row):
    days = [int(one) for one in row[0].split(", ")]
    found = [(day, days.count(day)) for day in sorted(set(days))]

    assert (f"{median(found).normalize():f}", str(max(days))) == row[1:]


@pytest.mark.django_db
def test_the_mean_of_reviews_is_in_working_days():
    friday, monday = datetime.date(2021, 9, 24), datetime.date(2021, 9, 27)

    assert average([(friday, monday, 2), (monday, monday, 1)], Calendar()) == (Decimal("0.7"), 3)
