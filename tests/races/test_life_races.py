"""A task is handed over while others work on it."""

import pytest

import qdtrade.workflow
from qdtrade.errors import WrongState
from qdtrade.programmes import workflow as periods
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ExpectedReport
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SAVING = (qdtrade.workflow, "_write")


def hand_over(task, bureau, by):
    return perform(workflow.HAND_OVER, task, by=by, comment="Moved.", bureau=bureau)


def owed(task):
    found = ExpectedReport.objects.filter(task=task).order_by("pk")
    return [(row.bureau.code, row.exempt_reason) for row in found]


def test_a_report_is_approved_while_its_task_is_handed_over(
    race, submitted, task, commerce, manager, manager2
):
    approved, handed = race(
        lambda: factories.approve(submitted, by=manager2),
        lambda: hand_over(task, commerce, manager),
        gap=SAVING,
    )

    task.refresh_from_db()
    assert (approved.status, handed.lead, task.progress) == ("approved", commerce, 40)
    assert owed(task) == [("scjg", "")]


def test_a_task_is_handed_over_while_its_report_is_returned(
    race, submitted, task, commerce, manager, manager2, staff
):
    handed, returned = race(
        lambda: hand_over(task, commerce, manager),
        lambda: factories.send_back(submitted, by=manager2),
        gap=SAVING,
    )

    assert (handed.lead, returned.status) == (commerce, "returned")
    assert factories.submit(submitted, by=staff, done="Named.").status == "submitted"


def test_a_submission_that_came_first_stays_with_the_old_lead(race, report, task, commerce, manager, staff):
    submitted, handed = race(
        lambda: factories.submit(report, by=staff), lambda: hand_over(task, commerce, manager), gap=SAVING
    )

    assert (submitted.status, handed.lead) == ("submitted", commerce)
    assert owed(task) == [("scjg", "")]


def test_a_submission_that_came_second_is_owed_by_the_new_lead(race, report, task, commerce, manager, staff):
    handed, refused = race(
        lambda: hand_over(task, commerce, manager), lambda: factories.submit(report, by=staff), gap=SAVING
    )

    assert handed.lead == commerce
    assert isinstance(refused, WrongState)
    assert owed(task) == [("scjg", "handed_over"), ("sww", "")]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_period_opens_while_a_task_is_handed_over(
    race, task, programme, commerce, manager, manager2, is_first
):
    planned = factories.planned_period(programme, by=manager)
    acts = [
        lambda: perform(periods.OPEN_PERIOD, planned, by=manager2, comment="By hand."),
        lambda: hand_over(task, commerce, manager),
    ]
    race(*(acts if is_first else acts[::-1]), gap=SAVING)

    assert [bureau for bureau, exempt in owed(task) if not exempt] == ["sww"]
