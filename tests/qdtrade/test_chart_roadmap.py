"""The geometry of the roadmap: every day has its share of the width, and what is crowded is drawn as one."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdtrade.charts import roadmap as chart

TODAY = datetime.date(2021, 9, 27)


def day(text):
    return datetime.date.fromisoformat(text)


def axis(first="2020-08-03", last="2023-08-01", zoom=chart.QUARTER, today=TODAY):
    return chart.axis(
        [day(first), day(last)],
        zoom,
        today=today,
        year=lambda one, step: str(one.year),
        step=lambda one, step: f"{one.month}",
        flag="today",
    )


def node(text, kind=chart.DUE, words="", **fields):
    return chart.Node(day(text), kind, words or text, **fields)


def lane(*nodes, progress="0", against_baseline=False, on=None, **fields):
    span = chart.Span(day("2021-01-01"), day("2021-12-31"), Decimal(progress), nodes, **fields)
    return chart.lane(span, on or axis(), today=TODAY, against_baseline=against_baseline)


def share(text):
    return float(text.removesuffix("%"))


@pytest.mark.parametrize(
    ("zoom", "first", "end"),
    [
        (chart.YEAR, "2020-01-01", "2024-01-01"),
        (chart.QUARTER, "2020-07-01", "2023-10-01"),
        (chart.MONTH, "2020-08-01", "2023-09-01"),
    ],
)
def test_the_axis_holds_whole_steps(zoom, first, end):
    found = axis(zoom=zoom)

    assert (found.first, found.end) == (day(first), day(end))
    assert found.steps[0].x == "0.00%"
    assert [share(tick.x) for tick in found.steps] == sorted(share(tick.x) for tick in found.steps)


def test_years_stand_where_they_begin_and_the_first_where_the_axis_does():
    assert [(tick.label, tick.x) for tick in axis().years] == [
        ("2020", "0.00%"),
        ("2021", axis().x(day("2021-01-01"))),
        ("2022", axis().x(day("2022-01-01"))),
        ("2023", axis().x(day("2023-01-01"))),
    ]


def test_quarters_fill_the_room_and_months_ask_for_more():
    assert axis().width == "100%"
    assert axis(zoom=chart.MONTH).width == str(37 * chart.MONTH.room)


def test_the_steps_of_a_year_have_no_words():
    assert {tick.label for tick in axis(zoom=chart.YEAR).steps} == {""}


def test_a_far_day_stretches_the_axis_only_so_far():
    found = axis(first="0001-01-01", last="9999-12-31", zoom=chart.MONTH)

    assert (found.end - found.first).days <= (2 * chart.FARTHEST + 1) * 366
    assert len(found.steps) <= chart.MOST_STEPS
    assert found.x(day("9999-12-31")) == "100.00%"


def test_today_is_left_out_where_the_axis_does_not_come_near_it():
    assert axis(last="2021-06-30").today == axis(last="2021-06-30").x(TODAY)
    assert axis(last="2021-06-30", today=day("2026-01-01")).today == ""


def test_without_a_day_the_axis_is_that_of_today():
    found = chart.axis([], chart.QUARTER, today=TODAY, year=str_of, step=str_of, flag="")

    assert (found.first, found.end) == (day("2021-07-01"), day("2021-10-01"))


def str_of(one, step):
    return str(one)


def test_progress_is_a_share_of_the_bar():
    found = lane(progress="25")

    assert share(found.actual.width) == pytest.approx(share(found.plan.width) / 4, abs=0.01)
    assert found.actual.x == found.plan.x


def test_the_red_line_runs_from_the_first_overdue_node_to_today():
    found = lane(
        node("2021-03-31", chart.DONE), node("2021-06-30", chart.OVERDUE), node("2021-09-20", chart.OVERDUE)
    )

    assert found.late.x == axis().x(day("2021-06-30"))
    assert share(found.late.x) + share(found.late.width) == pytest.approx(share(axis().today), abs=0.02)


def test_nothing_is_late_without_an_overdue_node():
    assert lane(node("2021-12-31")).late is None


def test_nodes_closer_than_nine_pixels_are_one_mark_with_their_number():
    found = lane(node("2021-06-28", chart.DONE), node("2021-06-30", chart.OVERDUE), node("2021-07-02"))

    assert [(mark.kind, mark.count) for mark in found.marks] == [(chart.OVERDUE, 3)]
    assert found.marks[0].words == "2021-06-28\n2021-06-30\n2021-07-02"


def test_more_room_parts_what_was_crowded():
    nodes = [node("2021-06-28"), node("2021-07-05")]

    assert len(lane(*nodes).marks) == 1
    assert len(lane(*nodes, on=axis(zoom=chart.MONTH)).marks) == 2


def test_the_baseline_is_shown_only_when_it_is_asked_for():
    promised = {"baseline_on": day("2021-11-30")}
    nodes = [node("2021-06-30", baseline_on=day("2021-05-31"))]

    assert lane(*nodes, **promised).baseline is None
    assert lane(*nodes, **promised).baselines == []
    found = lane(*nodes, against_baseline=True, **promised)
    assert share(found.baseline.width) < share(found.plan.width)
    assert found.baselines == [axis().x(day("2021-05-31"))]


@pytest.mark.parametrize(("forecast", "shown"), [(None, False), ("2021-12-31", False), ("2022-03-31", True)])
def test_a_forecast_shows_where_it_is_another_day_than_the_plan(forecast, shown):
    found = lane(forecast_on=day(forecast) if forecast else None)

    assert bool(found.forecast) is shown
    assert found.forecast_x == (axis().x(day(forecast)) if shown else "")


@given(
    st.lists(st.dates(datetime.date(2020, 8, 3), datetime.date(2023, 8, 1)), max_size=12),
    st.sampled_from(sorted(chart.ZOOMS)),
    st.decimals(0, 100, places=2),
)
def test_nothing_leaves_the_lane_and_every_node_is_told(days, zoom, progress):
    on = axis(zoom=chart.ZOOMS[zoom])
    found = lane(*[node(one.isoformat()) for one in days], on=on, progress=str(progress))

    assert sum(mark.count for mark in found.marks) == len(days)
    for place in [found.plan.x, found.actual.x, *(mark.x for mark in found.marks)]:
        assert 0 <= share(place) <= 100
    assert share(found.plan.x) + share(found.plan.width) <= 100.02
