"""The curve of a year: recognised, claimed and target, of one definition."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.breakthroughs.curve import curve
from qdtrade.breakthroughs.models import BreakthroughTarget
from qdtrade.errors import NotAllowed
from tests import breakings, factories


def at(day):
    moment = datetime.datetime(2021, *day, 10, 0, tzinfo=clock.BEIJING)
    return clock.at(moment)


@pytest.fixture
def three(field, market, manager, staff, target):
    """Recognised in September, October and November; it is the end of November then."""
    rows = []
    for day in ((9, 24), (10, 15), (11, 16)):
        with at(day):
            task = factories.task(field, market, by=manager)
            row = breakings.claimed(task, by=staff)
            rows.append(breakings.recognise(row, by=manager))
    with at((11, 29)):
        yield rows


def test_months_add_up_and_stop_today(programme, three):
    found = curve(programme, 2021)

    assert [one.recognised for one in found.months] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, None]
    assert [one.target for one in found.months] == breakings.POINTS
    assert (found.recognised, found.total, found.due, found.ahead) == (3, 45, 40, -37)


def test_an_earlier_day_shows_what_was_recognised_by_then(programme, three):
    found = curve(programme, 2021, datetime.date(2021, 10, 20))

    assert (found.recognised, found.due) == (2, 35)
    assert found.months[10].recognised is None


def test_claimed_ones_stand_beside_and_do_not_count(programme, target, claimed):
    found = curve(programme, 2021)

    assert (found.recognised, found.claimed, found.candidates) == (0, 1, 0)


def test_a_revocation_restates_every_month_from_that_day_on(programme, three, manager):
    breakings.revoke(three[0], by=manager)

    found, before = curve(programme, 2021), curve(programme, 2021, datetime.date(2021, 11, 28))

    assert [one.recognised for one in found.months][8:11] == [0, 1, 2]
    assert (found.recognised, found.revoked, before.recognised) == (2, 1, 3)


def test_another_year_and_another_programme_are_apart(programme, three, region):
    other = factories.programme(region, code="other")

    assert curve(programme, 2020).recognised == 0
    assert curve(other, 2021).recognised == 0


def test_what_a_person_sees_is_what_they_count(programme, claimed, three, neighbour, staff):
    assert curve(programme, 2021, user=staff).claimed == 1
    assert curve(programme, 2021, user=neighbour).claimed == 0
    assert curve(programme, 2021, user=neighbour).recognised == 3


def test_the_curve_takes_three_questions(programme, three, django_assert_num_queries):
    with django_assert_num_queries(3):
        curve(programme, 2021)


def test_a_target_changes_and_the_records_keep_both(programme, target, admin):
    points = [*breakings.POINTS[:-1], 46]

    changed = breakings.target(programme, by=admin, points=points, comment="One more.")

    assert (changed.pk, changed.total, changed.version) == (target.pk, 46, 2)
    assert BreakthroughTarget.objects.count() == 1


@pytest.mark.parametrize("points", [[1, 2, 3], [5, 4, *[9] * 10], [0] * 12, [-1, *[2] * 11]])
def test_a_curve_that_is_none_is_refused(programme, manager, points):
    with pytest.raises(ValidationError):
        breakings.target(programme, by=manager, points=points)


def test_only_who_runs_the_programme_sets_a_target(programme, staff, auditor):
    for person in (staff, auditor):
        with pytest.raises(NotAllowed):
            breakings.target(programme, by=person)
