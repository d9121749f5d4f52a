"""Geometry: dates and numbers become coordinates."""

import datetime
from decimal import Decimal

import pytest

from qdtrade.charts import progress, scale, timeline

FIRST, LAST, TODAY = datetime.date(2020, 10, 1), datetime.date(2022, 3, 31), datetime.date(2021, 9, 27)


def day(text):
    return datetime.date.fromisoformat(text)


def drawn(*steps, frame=timeline.DESK, today=TODAY):
    return timeline.draw(
        steps,
        frame,
        first=FIRST,
        last=LAST,
        today=today,
        name=lambda tick, step: f"{tick} {step}",
        flag="today",
    )


def test_ticks_stand_on_the_first_days_of_quarters():
    starts = scale.month_starts(day("2020-10-02"), LAST, 3)

    assert [one.isoformat() for one in starts[:2]] == ["2021-01-01", "2021-04-01"]


@pytest.mark.parametrize(("frame", "step"), [(timeline.DESK, 3), (timeline.PHONE, 6)])
def test_a_narrow_picture_has_fewer_ticks(frame, step):
    picture = drawn(timeline.Step("1 Plan", "", LAST), frame=frame)

    assert {tick.label.split()[1] for tick in picture.ticks} == {str(step)}


def test_an_overdue_milestone_has_a_red_line_to_today():
    row = drawn(timeline.Step("1 Plan", "", day("2021-06-30"))).rows[0]

    assert row.is_overdue
    assert row.late_from == row.plan < row.late_to


def test_a_milestone_that_is_done_shows_its_day_and_no_plan():
    row = drawn(timeline.Step("1 Plan", "", day("2021-06-30"), actual_on=day("2021-07-10"))).rows[0]

    assert (row.plan, row.late_from, row.is_overdue) == (None, None, False)
    assert row.actual is not None


def test_a_claimed_milestone_waits_and_is_not_overdue():
    row = drawn(timeline.Step("1 Plan", "", day("2021-06-30"), claimed_on=day("2021-07-10"))).rows[0]

    assert row.claimed == row.late_to
    assert not row.is_overdue


def test_the_picture_widens_to_hold_every_day():
    row = drawn(timeline.Step("1 Plan", "", LAST, forecast_on=day("2022-12-31"))).rows[0]

    assert row.plan < row.forecast <= timeline.DESK.width


def test_today_is_not_drawn_outside_the_picture():
    assert drawn(timeline.Step("1 Plan", "", LAST), today=day("2023-01-01")).today is None


@pytest.mark.parametrize("words", ["1 " + "制定试点实施方案" * 8, "1 " + "Draw up the plan " * 8])
def test_a_long_name_ends_in_an_ellipsis_and_fits(words):
    fitted = scale.fitted(words, 180)

    assert fitted.endswith("…")
    assert scale.width(fitted) <= 180


def test_progress_runs_from_the_start_to_today():
    curve = progress.draw([(day("2021-06-30"), Decimal(30))], starts_on=FIRST, today=TODAY, planned=66)

    points = [tuple(map(int, point.split(","))) for point in curve.actual.split()]
    assert points[0] == (curve.left, curve.bottom)
    assert points[-1] == (curve.right, curve.actual_y)
    assert curve.plan_y < curve.actual_y


def test_the_two_words_at_the_lines_ends_do_not_cover_each_other():
    curve = progress.draw([(TODAY, Decimal(50))], starts_on=FIRST, today=TODAY, planned=50)

    assert abs(curve.actual_label - curve.plan_label) >= 14
