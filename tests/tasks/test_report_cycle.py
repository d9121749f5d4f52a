"""A report from draft to approval."""

import pytest

from qdtrade.errors import NotAllowed, WrongState
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories


@pytest.mark.moves("Report.submit", "Report.return", "Report.approve")
def test_a_returned_report_can_be_resubmitted_and_approved(returned, staff, manager, task):
    again = factories.submit(
        returned, by=staff, done="Registered Haier, Hisense and Tsingtao.", progress="45"
    )

    approved = factories.approve(again, by=manager)

    task.refresh_from_db()
    assert approved.status == "approved"
    assert approved.in_force.number == 2
    assert task.progress == 45


def test_a_submitted_report_changes_nothing_of_the_task_until_it_is_approved(submitted, task):
    task.refresh_from_db()

    assert task.progress == 0


def test_a_report_cannot_be_submitted_twice(submitted, staff):
    with pytest.raises(WrongState):
        factories.submit(submitted, by=staff)


def test_an_author_who_is_also_a_reviewer_does_not_approve_their_own_report(
    submitted, staff, programme, office
):
    staff = factories.join(staff, programme, "manager", office)

    with pytest.raises(NotAllowed):
        perform(workflow.APPROVE, submitted, by=staff)


@pytest.mark.moves("Report.withdraw")
def test_a_withdrawn_first_version_was_never_a_submission(submitted, staff):
    withdrawn = perform(workflow.WITHDRAW, submitted, by=staff)

    assert withdrawn.status == "draft"
    assert withdrawn.expected.first_submitted_at is None


def test_a_return_keeps_the_first_submission_on_time(returned):
    assert returned.expected.first_submitted_on.isoformat() == "2021-09-24"
