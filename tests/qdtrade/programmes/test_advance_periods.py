"""The timer."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.errors import WrongState
from qdtrade.programmes.actions import end_membership
from qdtrade.programmes.management.commands import advance_periods
from tests import factories


def advance(day, hour=0):
    moment = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour), clock.BEIJING)
    with clock.at(moment):
        call_command("advance_periods")


def status(period):
    period.refresh_from_db()
    return period.status


@pytest.fixture
def planned(programme, manager, task):
    """October 2021: opens on the 22nd, due on the 27th, grace until the 29th."""
    return factories.planned_period(programme, by=manager, month=10)


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        ("2021-10-21", 23, "planned"),
        ("2021-10-22", 0, "open"),
        ("2021-10-27", 23, "open"),
        ("2021-10-28", 0, "grace"),
        ("2021-10-29", 23, "grace"),
        ("2021-10-30", 0, "closed"),
        ("2022-03-01", 0, "closed"),
    ],
)
def test_a_period_moves_on_its_days_however_late_the_timer_comes(planned, day, hour, expected):
    advance(day, hour)

    assert status(planned) == expected


@pytest.mark.moves("Period.open", "Period.enter_grace", "Period.close")
def test_a_late_timer_makes_every_move_in_order(planned):
    advance("2021-11-08")

    moves = Event.objects.filter(kind="period", object_id=planned.pk).order_by("seq")
    assert list(moves.values_list("action", "door")) == [
        ("create", "command"), ("open", "timer"), ("enter_grace", "timer"), ("close", "timer")
    ]  # fmt: skip


def test_the_timer_acts_under_its_own_role(planned):
    advance("2021-10-22")

    event = Event.objects.get(kind="period", action="open")
    assert (event.role, event.actor_name) == ("timer", "系统")


def test_a_second_run_does_nothing(planned):
    advance("2021-10-22")
    before = Event.objects.count()

    advance("2021-10-22")

    assert Event.objects.count() == before


def test_a_period_opens_with_a_report_for_each_task_in_progress(planned, field, market, manager):
    factories.task(field, market, by=manager)

    advance("2021-10-22")

    assert planned.expectedreports.count() == 1


def test_a_period_without_a_task_opens_too(programme, manager):
    period = factories.planned_period(programme, by=manager, month=10)

    advance("2021-10-22")

    assert status(period) == "open"


def test_several_periods_of_several_programmes_move_in_one_run(programme, region, manager, service):
    other = factories.programme(region, "qd-2025")
    periods = [
        factories.planned_period(one, by=service, month=month)
        for one in (programme, other)
        for month in (8, 9, 10)
    ]

    advance("2021-10-22")

    assert [status(period) for period in periods] == ["closed", "closed", "open"] * 2


def test_what_was_opened_by_hand_is_left_open(period):
    advance("2021-09-24")

    assert status(period) == "open"


def test_a_frozen_period_is_left_alone(period, manager):
    factories.close_period(period, by=manager)
    advance("2021-10-08")

    assert status(period) == "closed"


def test_a_timer_without_its_role_moves_nothing(planned, programme, service):
    timer = programme.memberships.get(role="timer")
    end_membership(timer, by=service, ends_on=datetime.date(2021, 9, 1))

    advance("2021-10-22")

    assert status(planned) == "planned"


def test_a_refusal_is_told_and_the_others_still_move(planned, programme, manager, monkeypatch):
    august = factories.planned_period(programme, by=manager, month=8)
    perform = advance_periods.perform

    def refusing(move, period, **by):
        if period == august:
            raise WrongState("no")
        return perform(move, period, **by)

    monkeypatch.setattr(advance_periods, "perform", refusing)

    with pytest.raises(CommandError):
        advance("2021-10-22")

    assert (status(august), status(planned)) == ("planned", "open")
