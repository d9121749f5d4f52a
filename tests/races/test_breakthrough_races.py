"""Two people at one claim of a breakthrough."""

import pytest

import qdtrade.workflow
from qdtrade.breakthroughs import workflow
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.errors import Stale, WrongState
from qdtrade.workflow import perform
from tests import breakings, factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SAVING = (qdtrade.workflow, "_write")


@pytest.fixture
def claimed(field, market, manager, staff):
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff)
    return breakings.claimed(task, by=staff)


def test_two_who_decide_one_claim_leave_the_first_decision(race, claimed, manager, manager2):
    done, refused = race(
        lambda: perform(workflow.RECOGNISE, claimed, by=manager),
        lambda: perform(workflow.NOT_RECOGNISE, claimed, by=manager2, comment="Not new."),
        gap=SAVING,
    )

    assert isinstance(refused, WrongState)
    assert (done.status, Breakthrough.objects.get().status) == ("recognised", "recognised")
    assert claimed.claims.get().decision == "recognised"


def test_a_claim_that_is_withdrawn_meanwhile_is_not_recognised(race, claimed, manager, staff):
    _withdrawn, refused = race(
        lambda: perform(workflow.WITHDRAW, claimed, by=staff),
        lambda: perform(workflow.RECOGNISE, claimed, by=manager, seen=claimed.version),
        gap=SAVING,
    )

    assert isinstance(refused, Stale | WrongState)
    assert not Breakthrough.objects.counted().exists()
