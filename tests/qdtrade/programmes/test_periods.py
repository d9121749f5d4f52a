"""How periods are opened, closed and frozen by hand."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes import actions
from qdtrade.programmes import workflow as periods
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories


@pytest.fixture
def planned(programme, manager):
    return factories.planned_period(programme, by=manager)


@pytest.fixture
def closed(period, manager):
    return factories.close_period(period, by=manager)


def after_grace():
    return clock.at(datetime.datetime(2021, 10, 1, 0, 0, tzinfo=clock.BEIJING))


@pytest.mark.moves("Period.open")
def test_a_reviewer_opens_a_period_by_hand_with_a_reason(planned, manager):
    assert perform(periods.OPEN_PERIOD, planned, by=manager, comment="Asked for.").status == "open"


@pytest.mark.parametrize("comment", ["", "   "])
def test_opening_by_hand_needs_a_reason(planned, manager, comment):
    with pytest.raises(ValidationError) as refused:
        perform(periods.OPEN_PERIOD, planned, by=manager, comment=comment)

    assert "comment" in refused.value.message_dict


@pytest.mark.parametrize("who", ["staff", "head", "auditor", "admin", "stranger", "root"])
def test_nobody_else_opens_a_period(planned, who, request):
    with pytest.raises(NotAllowed):
        perform(periods.OPEN_PERIOD, planned, by=request.getfixturevalue(who), comment="Please.")


def test_a_period_opens_once(period, manager):
    with pytest.raises(WrongState):
        perform(periods.OPEN_PERIOD, period, by=manager, comment="Again.")


def test_a_period_is_not_frozen_before_its_grace_ends(closed, manager):
    with pytest.raises(WrongState):
        perform(periods.FREEZE_PERIOD, closed, by=manager)


def test_an_open_period_is_not_frozen(period, manager):
    with after_grace(), pytest.raises(WrongState):
        perform(periods.FREEZE_PERIOD, period, by=manager)


def test_the_timer_does_not_freeze(closed):
    timer = factories.accounts.service_user("timer")

    with after_grace(), pytest.raises(NotAllowed):
        perform(periods.FREEZE_PERIOD, closed, by=timer)


@pytest.mark.moves("Period.freeze")
def test_freezing_keeps_the_figures_of_the_day(approved, manager):
    period = factories.close_period(approved.period, by=manager)

    with after_grace():
        frozen = perform(periods.FREEZE_PERIOD, period, by=manager)

    figures = frozen.figures["tasks"]
    assert (figures["expected"], figures["owed"], figures["filed"], figures["approved"]) == (1, 1, 1, 1)


def test_frozen_figures_do_not_move_when_a_report_does(approved, manager):
    period = factories.close_period(approved.period, by=manager)
    with after_grace():
        frozen = perform(periods.FREEZE_PERIOD, period, by=manager)
        perform(workflow.REOPEN, approved, by=manager, comment="A wrong sum.")

    figures = frozen.figures
    frozen.refresh_from_db()
    assert frozen.figures == figures


def test_dates_of_an_open_period_are_fixed(period, manager):
    with pytest.raises(WrongState):
        actions.edit_period(period, {"due_on": datetime.date(2021, 9, 29)}, by=manager)


def test_dates_of_a_planned_period_can_be_changed_in_order(planned, manager):
    changed = actions.edit_period(planned, {"due_on": datetime.date(2021, 9, 29)}, by=manager)

    assert changed.due_on == datetime.date(2021, 9, 29)


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("due_on", "2021-09-01"),
        ("grace_on", "2021-09-27"),
        ("opens_on", "2021-09-29"),
        ("ends_on", "2021-08-31"),
    ],
)
def test_dates_out_of_order_are_refused_by_name(planned, manager, field, day):
    with pytest.raises(ValidationError) as refused:
        actions.edit_period(planned, {field: datetime.date.fromisoformat(day)}, by=manager)

    assert refused.value.message_dict
    planned.refresh_from_db()
    assert planned.due_on == datetime.date(2021, 9, 28)


def test_planning_a_year_twice_makes_each_month_once(programme, manager):
    first = actions.plan_months(programme, 2022, range(1, 13), by=manager)
    second = actions.plan_months(programme, 2022, range(1, 13), by=manager)

    assert (len(first), len(second)) == (12, 0)


def test_a_task_accepted_after_the_opening_starts_with_the_next_period(period, field, market, manager, staff):
    late = factories.accepted_task(field, market, by=manager, accepted_by=staff)

    october = factories.open_period(period.programme, by=manager, month=10)

    assert late.expected_reports.get().period == october
