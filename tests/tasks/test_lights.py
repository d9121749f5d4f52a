"""Each threshold of a task's light, from both sides."""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdtrade.lights.judging import Filed, months_between
from qdtrade.lights.levels import RANKS
from tasks.lights import Facts, Node, light_of

TODAY = datetime.date(2021, 9, 24)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    gap_yellow: Decimal = Decimal(10)
    gap_red: Decimal = Decimal(30)
    ahead_points: Decimal = Decimal(10)
    milestone_days: int = 7
    start_yellow: int = 1
    start_red: int = 3
    late_report: str = "yellow"
    missing_report: str = "red"


GOOD = Facts(
    status="in_progress",
    registered_on=datetime.date(2021, 1, 4),
    starts_on=datetime.date(2021, 1, 1),
    due_on=datetime.date(2021, 12, 31),
    planned=73,
    progress=Decimal(73),
)


def light(rule=Rule(), today=TODAY, **facts):
    return light_of(replace(GOOD, **facts), rule, today)


def level(**asked):
    return str(light(**asked).level)


def codes(**asked):
    return [reason["code"] for reason in light(**asked).reasons]


def in_days(days, number=3):
    return (Node(number, TODAY + days * DAY),)


def filed(timeliness, due_in=-3):
    return Filed("month", datetime.date(2021, 8, 1), TODAY + due_in * DAY, timeliness)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [("0", "green"), ("9.99", "green"), ("10", "yellow"), ("30", "yellow"), ("30.01", "red"), ("100", "red")],
)
def test_progress_behind_plan(gap, expected):
    assert level(planned=100, progress=100 - Decimal(gap)) == expected


@pytest.mark.parametrize(
    ("ahead", "expected"), [("9.99", "green"), ("10", "blue"), ("10.01", "blue"), ("27", "blue")]
)
def test_progress_ahead_of_plan(ahead, expected):
    assert level(progress=73 + Decimal(ahead)) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(8, "green"), (7, "yellow"), (0, "yellow"), (-1, "red"), (-90, "red")]
)
def test_a_milestone_that_is_not_done(days, expected):
    assert level(nodes=in_days(days)) == expected


@pytest.mark.parametrize(("days", "expected"), [(8, "green"), (7, "yellow"), (0, "yellow"), (-1, "red")])
def test_the_due_date_counts_as_the_last_milestone(days, expected):
    assert level(due_on=TODAY + days * DAY) == expected


def test_once_completion_is_claimed_the_due_date_has_no_light():
    assert level(status="completion_claimed", due_on=TODAY - DAY) == "green"


@pytest.mark.parametrize(
    ("timeliness", "expected"),
    [("on_time", "green"), ("late", "yellow"), ("missing", "red"), ("due", "yellow")],
)
def test_the_latest_report_that_is_due(timeliness, expected):
    assert level(report=filed(timeliness)) == expected


def test_a_report_is_not_late_on_its_due_day():
    assert level(report=filed("due", due_in=0)) == "green"


def test_the_rule_says_what_a_report_counts_as():
    assert level(rule=Rule(missing_report="yellow"), report=filed("missing")) == "yellow"
    assert level(rule=Rule(late_report="green"), report=filed("late")) == "green"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-08-25", "green"),
        ("2021-08-24", "yellow"),
        ("2021-06-25", "yellow"),
        ("2021-06-24", "red"),
    ],
)
def test_a_start_that_was_missed(day, expected):
    starts_on = datetime.date.fromisoformat(day)

    assert level(starts_on=starts_on, planned=0, progress=Decimal(0), has_begun=False) == expected
    assert level(starts_on=starts_on, planned=0, progress=Decimal(0), has_begun=True) == "green"


def test_months_without_a_start_run_from_the_registration_where_that_was_later():
    facts = {"planned": 0, "progress": Decimal(0), "has_begun": False}

    assert level(registered_on=TODAY - 10 * DAY, **facts) == "green"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"status": "done"}, ("blue", ["done"])),
        ({"status": "suspended"}, ("grey", ["suspended"])),
        ({"status": "dropped"}, ("grey", ["dropped"])),
        ({"status": "registered", "registered_on": TODAY}, ("grey", ["registered"])),
        ({"status": "registered"}, ("red", ["start_missed"])),
        ({"starts_on": TODAY + DAY, "has_begun": False, "progress": Decimal(0)}, ("grey", ["not_started"])),
    ],
)
def test_what_runs_no_clock(facts, expected):
    trouble = {"nodes": in_days(-9), "report": filed("missing"), "was_red": True}

    assert (level(**facts, **trouble), codes(**facts, **trouble)) == expected


def test_the_worst_dimension_decides_and_is_named_first():
    found = light(planned=90, report=filed("missing"), nodes=in_days(5))

    assert str(found.level) == "red"
    assert [one["code"] for one in found.reasons] == ["report_missing", "behind", "milestone_soon"]


def test_a_red_caught_up_is_yellow_until_the_period_ends():
    assert (level(was_red=True), codes(was_red=True)) == ("yellow", ["caught_up"])
    assert level(was_red=True, progress=Decimal(100)) == "yellow"


def test_other_overdue_milestones_are_counted():
    nodes = (*in_days(-6, number=3), *in_days(-1, number=4), *in_days(30, number=5))

    assert light(nodes=nodes).reasons == [
        {"code": "milestone_overdue", "level": "red", "days": 6, "number": 3, "others": 1}
    ]


def test_whole_months():
    first = datetime.date(2021, 1, 31)

    assert months_between(first, datetime.date(2021, 2, 28)) == 0
    assert months_between(first, datetime.date(2021, 3, 31)) == 2
    assert months_between(first, datetime.date(2020, 3, 31)) == 0


points = st.decimals(0, 100, places=2)
thresholds = st.builds(
    lambda low, more, ahead, days: Rule(
        gap_yellow=low, gap_red=low + more, ahead_points=ahead, milestone_days=days
    ),
    st.decimals("0.01", 50, places=2),
    st.decimals(0, 50, places=2),
    st.decimals("0.01", 100, places=2),
    st.integers(0, 60),
)
cent = Decimal("0.01")


@given(rule=thresholds)
def test_each_threshold_of_the_gap_lies_where_the_rule_says(rule):
    for gap, expected in (
        (rule.gap_yellow - cent, "green"),
        (rule.gap_yellow, "yellow"),
        (rule.gap_red, "yellow"),
        (rule.gap_red + cent, "red"),
    ):
        assert level(rule=rule, planned=gap, progress=Decimal(0)) == expected


@given(rule=thresholds)
def test_each_threshold_of_a_milestone_lies_where_the_rule_says(rule):
    assert level(rule=rule, due_on=TODAY + 90 * DAY, nodes=in_days(rule.milestone_days)) == "yellow"
    assert level(rule=rule, due_on=TODAY + 90 * DAY, nodes=in_days(rule.milestone_days + 1)) == "green"


@given(rule=thresholds, planned=points, progress=points, more=points, was_red=st.booleans())
def test_more_progress_never_makes_a_light_worse(rule, planned, progress, more, was_red):
    facts = {"planned": planned, "was_red": was_red, "report": filed("late")}
    before = level(rule=rule, progress=progress, **facts)
    after = level(rule=rule, progress=min(progress + more, Decimal(100)), **facts)

    assert RANKS[after] >= RANKS[before]


@given(days=st.integers(-400, 400), later=st.integers(0, 400), was_red=st.booleans())
def test_a_later_day_for_a_milestone_never_makes_a_light_worse(days, later, was_red):
    before, after = (level(nodes=in_days(plan), was_red=was_red) for plan in (days, days + later))

    assert RANKS[after] >= RANKS[before]


@given(
    planned=points,
    progress=points,
    days=st.none() | st.integers(-100, 100),
    report=st.none() | st.sampled_from(["on_time", "late", "missing", "due"]).map(filed),
    begun=st.booleans(),
    was_red=st.booleans(),
)
def test_the_light_is_the_worst_of_its_reasons_and_has_one(planned, progress, days, report, begun, was_red):
    found = light(
        planned=planned,
        progress=progress,
        nodes=in_days(days) if days is not None else (),
        report=report,
        has_begun=begun,
        was_red=was_red,
    )

    assert found.reasons
    assert RANKS[str(found.level)] == min(RANKS[one["level"]] for one in found.reasons)
