"""Two people at one reading."""

import pytest

import qdtrade.workflow
from qdtrade.audit import trail
from qdtrade.errors import WrongState
from qdtrade.indicators import workflow
from qdtrade.indicators.models import Reading
from qdtrade.workflow import perform
from tests import factories, indicating

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SAVING, MAKING = (qdtrade.workflow, "_write"), (trail, "create")


@pytest.fixture
def colleague(programme, finance):
    """Another reviewer, of a bureau that owes nothing here."""
    return factories.member("colleague", programme, "manager", finance)


def test_of_two_who_approve_one_reading_the_second_is_refused(
    race, programme, market, staff, manager, colleague
):
    row = indicating.reading(indicating.indicator(programme, market, by=manager), by=staff)
    approved, refused = race(
        lambda: perform(workflow.APPROVE, row, by=manager),
        lambda: perform(workflow.APPROVE, row, by=colleague),
        gap=SAVING,
    )

    assert isinstance(refused, WrongState)
    assert (approved.decided_by, Reading.objects.in_force().count()) == (manager, 1)


def test_of_two_readings_of_a_period_one_begins(race, programme, market, staff, manager):
    indicator = indicating.indicator(programme, market, by=manager)
    first, refused = race(
        lambda: indicating.reading(indicator, by=staff),
        lambda: indicating.reading(indicator, by=manager),
        gap=MAKING,
    )

    assert isinstance(refused, WrongState)
    assert Reading.objects.get() == first
