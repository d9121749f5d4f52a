"""The clocks of accepting, verifying and deciding count Chinese working days."""

import datetime

import pytest

from qdtrade import clock
from tasks.models import Extension
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(service):
    """Autumn and the turn of the year of 2021: holidays, and the days worked for them."""
    for day in ("2021-10-01", "2021-10-04", "2021-10-05", "2021-10-06", "2021-10-07", "2022-01-03"):
        factories.working_day(day)
    for day in ("2021-09-26", "2021-10-09"):
        factories.working_day(day, is_working=True, name="调休")


def at(text):
    return clock.at(datetime.datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING))


DUE = [
    ("2021-09-24 10:00", "2021-09-27"),  # a Friday before a Sunday that is worked
    ("2021-09-30 23:59", "2021-10-09"),  # the day before the National Day; the Saturday after it is worked
    ("2021-12-31 09:00", "2022-01-05"),  # over the end of the year
    ("2024-02-28 09:00", "2024-03-01"),  # a leap day, in a year that the calendar does not reach
]


@pytest.mark.parametrize(("given", "due"), DUE)
def test_a_task_is_accepted_within_two_working_days(calendar, field, market, manager, sign_in, given, due):
    with at(given):
        task = factories.task(field, market, by=manager)
        banner = (
            sign_in(manager).get(f"/tasks/{task.pk}/", headers={"Accept-Language": "en"}).context["banner"]
        )

    day = datetime.date.fromisoformat(due)
    assert f"{day.month}月{day.day}日" in banner.text


DECIDED = [
    ("2021-09-24 10:00", "2021-09-28"),
    ("2021-09-30 23:59", "2021-10-11"),
    ("2021-12-31 09:00", "2022-01-06"),
    ("2022-02-25 09:00", "2022-03-02"),
]


@pytest.mark.parametrize(("began", "due"), DECIDED)
def test_an_extension_is_decided_within_three_working_days(
    calendar, field, market, manager, staff, head, began, due
):
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff)
    with at(began):
        row = factories.ask(task, None, by=head, to_on=datetime.date(2022, 6, 30))

    assert row.decide_due_on == datetime.date.fromisoformat(due)


@pytest.mark.parametrize(("began", "due"), DECIDED)
def test_a_completion_is_verified_within_three_working_days(calendar, finished, head, began, due):
    with at(began):
        assert factories.claim(finished, by=head).verify_due_on == datetime.date.fromisoformat(due)


def test_the_clock_of_the_server_makes_no_difference(calendar, field, market, manager, staff, head):
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff)
    with clock.at(datetime.datetime(2021, 9, 24, 17, 0, tzinfo=datetime.UTC)):  # 01:00 on Saturday in Beijing
        factories.ask(task, None, by=head, to_on=datetime.date(2022, 6, 30))

    assert Extension.objects.get().decide_due_on == datetime.date(2021, 9, 28)


def test_a_programme_older_than_the_clocks_has_three_days(programme):
    programme.verify_days = programme.extension_days = None

    assert (programme.days_to_verify, programme.days_to_extend) == (3, 3)
