"""Whether a report came in time: computed from clocks, decided by the first submission alone."""

import contextlib
import datetime

import pytest
from django.utils import timezone

import qdtrade.workflow
from qdtrade import clock
from qdtrade.errors import WrongState
from qdtrade.programmes import actions
from qdtrade.programmes import workflow as periods
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ExpectedReport
from tests import factories


def at(day, time="10:00:00"):
    """Stand at a Beijing time of September or October 2021."""
    moment = datetime.datetime.fromisoformat(f"2021-{day}T{time}")
    return clock.at(moment.replace(tzinfo=clock.BEIJING))


def timeliness(report, day="10-15"):
    with at(day):
        return ExpectedReport.objects.with_timeliness(clock.now()).get(pk=report.expected_id).timeliness


@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        ("09-28", "23:59:59", "on_time"),
        ("09-29", "00:00:00", "late"),
        ("09-28", "07:59:59", "on_time"),
        ("09-28", "08:00:00", "on_time"),
        ("09-30", "23:59:59", "late"),
    ],
)
def test_the_day_ends_at_midnight_in_beijing(report, staff, day, time, expected):
    with at(day, time):
        factories.submit(report, by=staff)

    assert timeliness(report) == expected


@pytest.mark.parametrize(("time", "expected"), [("23:59:59", "on_time"), ("00:00:00", "late")])
def test_a_server_in_utc_keeps_beijing_days(report, staff, settings, time, expected):
    settings.TIME_ZONE = "UTC"

    with timezone.override(datetime.UTC), at("09-28" if time == "23:59:59" else "09-29", time):
        factories.submit(report, by=staff)
        assert timeliness(report) == expected


@pytest.fixture
def clock_strikes_meanwhile(monkeypatch):
    """Lets midnight strike after an act began, while it waits for its locks."""
    lock = qdtrade.workflow._locked
    with contextlib.ExitStack() as stack:

        def slow(move, obj):
            locked = lock(move, obj)
            stack.enter_context(clock.at(clock.now() + datetime.timedelta(seconds=5)))
            return locked

        monkeypatch.setattr(qdtrade.workflow, "_locked", slow)
        yield


def test_an_act_that_began_before_midnight_is_on_time(report, staff, clock_strikes_meanwhile):
    with at("09-28", "23:59:58"):
        submitted = factories.submit(report, by=staff)

    assert timeliness(report) == "on_time"
    assert submitted.submitted_at.astimezone(clock.BEIJING).isoformat() == "2021-09-28T23:59:58+08:00"


def test_an_act_that_began_before_the_form_closed_is_taken(report, staff, clock_strikes_meanwhile):
    with at("09-30", "23:59:58"):
        assert factories.submit(report, by=staff).status == "submitted"


@pytest.mark.parametrize(("day", "expected"), [("09-30", "due"), ("10-01", "missing"), ("12-01", "missing")])
def test_a_report_is_missing_once_the_form_closed_whether_or_not_the_timer_ran(report, day, expected):
    assert timeliness(report, day) == expected


def test_after_the_grace_no_first_submission_is_taken_though_the_timer_is_late(report, staff):
    with at("10-01", "00:00:00"), pytest.raises(WrongState):
        factories.submit(report, by=staff)


def test_a_period_closed_by_hand_takes_no_first_submission(report, staff, manager):
    factories.close_period(report.period, by=manager)

    with pytest.raises(WrongState):
        factories.submit(report, by=staff)


def test_a_return_never_makes_an_on_time_bureau_late(submitted, staff, manager):
    with at("10-08"):
        returned = factories.send_back(submitted, by=manager)
        factories.submit(returned, by=staff)

    assert timeliness(submitted) == "on_time"


def test_a_returned_report_is_resubmitted_after_the_period_closed_by_its_own_date(returned, staff, manager):
    factories.close_period(returned.period, by=manager)
    returned.refresh_from_db()

    with at("10-08"):
        again = factories.submit(returned, by=staff)

    assert again.status == "submitted"


def test_the_resubmission_has_two_working_days(submitted, manager):
    with at("09-24"):
        returned = factories.send_back(submitted, by=manager)

    assert returned.resubmit_due_on == datetime.date(2021, 9, 28)


def test_a_withdrawn_submission_was_none(submitted, staff):
    perform(workflow.WITHDRAW, submitted, by=staff)

    assert timeliness(submitted, "09-28") == "due"


def test_a_submission_after_a_withdrawal_counts_by_its_own_day(submitted, staff):
    withdrawn = perform(workflow.WITHDRAW, submitted, by=staff)
    with at("09-29"):
        factories.submit(withdrawn, by=staff)

    assert timeliness(submitted) == "late"


def test_withdrawing_a_resubmission_leaves_the_first_one_in_the_clocks(returned, staff):
    again = factories.submit(returned, by=staff)
    withdrawn = perform(workflow.WITHDRAW, again, by=staff)

    assert withdrawn.status == "returned"
    assert withdrawn.current.number == 1
    assert withdrawn.resubmit_due_on == datetime.date(2021, 9, 28)
    assert timeliness(returned) == "on_time"


def test_withdrawing_a_correction_leaves_the_report_reopened(approved, staff, manager):
    reopened = perform(workflow.REOPEN, approved, by=manager, comment="A wrong sum.")
    withdrawn = perform(workflow.WITHDRAW, factories.submit(reopened, by=staff), by=staff)

    assert (withdrawn.status, withdrawn.in_force.number) == ("reopened", 1)


def test_an_exception_lets_a_first_submission_come_late_and_it_counts_as_late(report, staff, manager):
    actions.grant_exception(report.expected, by=manager, until=datetime.date(2021, 10, 8), reason="Flood.")
    factories.close_period(report.period, by=manager)
    fresh = factories.report_of(report.task, report.period)

    with at("10-08", "23:59:59"):
        factories.submit(fresh, by=staff)

    assert timeliness(report) == "late"


def test_an_exception_ends_with_its_day(report, staff, manager):
    actions.grant_exception(report.expected, by=manager, until=datetime.date(2021, 10, 8), reason="Flood.")

    with at("10-09", "00:00:00"), pytest.raises(WrongState):
        factories.submit(report, by=staff)

    assert timeliness(report, "10-08") == "due"
    assert timeliness(report, "10-09") == "missing"


def freeze(period, manager):
    closed = factories.close_period(period, by=manager)
    with at("10-01"):
        perform(periods.FREEZE_PERIOD, closed, by=manager)


def test_a_frozen_period_takes_no_first_submission_even_with_an_exception(report, staff, manager):
    actions.grant_exception(report.expected, by=manager, until=datetime.date(2021, 12, 1), reason="Flood.")
    freeze(report.period, manager)

    with at("10-08"), pytest.raises(WrongState):
        factories.submit(report, by=staff)


def test_a_frozen_period_takes_the_correction_of_a_reopened_report(approved, staff, manager):
    freeze(approved.period, manager)

    with at("10-08"):
        reopened = perform(workflow.REOPEN, approved, by=manager, comment="A wrong sum.")
        assert factories.submit(reopened, by=staff).status == "submitted"


def test_a_frozen_period_takes_no_other_resubmission(returned, staff, manager):
    freeze(returned.period, manager)

    with at("10-08"), pytest.raises(WrongState):
        factories.submit(returned, by=staff)
