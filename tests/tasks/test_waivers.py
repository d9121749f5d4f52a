"""A milestone that is no longer to be reached is waived by the pilot office, with a reason."""

import pytest

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from tasks import rules
from tasks.actions import milestones
from tasks.models import Milestone, Task
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(task):
    """Overdue since the end of 2020."""
    return task.milestones.get(number=1)


@pytest.fixture
def waived(node, manager):
    return milestones.waive(node, by=manager, reason="The law was repealed.")


def test_a_waived_milestone_is_overdue_no_more_and_stays_in_sight(task, node, manager, sign_in):
    sign_in(manager).post(f"/milestones/{node.pk}/waive/", {"comment": "The law was repealed."})

    row = Milestone.objects.for_move().get(pk=node.pk)
    page = sign_in(manager).get(f"/tasks/{task.pk}/").content.decode()
    assert (row.state(clock.today()), row.waived_by) == ("waived", manager)
    assert list(Task.objects.overdue(clock.today())) == []
    assert "The law was repealed." in page


def test_completion_does_not_wait_for_it(report, manager, head, staff):
    first, second = report.task.milestones.all()
    factories.attach(report, by=staff, milestone=second)
    factories.approve(factories.submit(report, by=staff, milestones={"2": "2021-09-01"}), by=manager)
    milestones.waive(first, by=manager, reason="The law was repealed.")

    assert rules.missing_for_claim(Task.objects.for_list().get()) == []


def test_a_report_does_not_claim_it(report, waived):
    assert rules.open_milestones(report) == [2]


def test_it_can_be_owed_again(waived, manager, api):
    answer = api(manager).post(
        f"/api/v1/milestones/{waived.pk}/unwaive/", {"comment": "A new law."}, format="json"
    )

    assert (answer.json()["state"], answer.json()["waived_reason"]) == ("overdue", "")


def test_it_is_waived_once(waived, manager):
    with pytest.raises(WrongState):
        milestones.waive(waived, by=manager, reason="Again.")


def test_nobody_of_the_lead_bureau_waives_it(node, programme, market):
    seconded = factories.member("wang", programme, "manager", market)

    with pytest.raises(NotAllowed):
        milestones.waive(node, by=seconded, reason="Ours.")


def test_a_reason_is_needed(node, manager, sign_in):
    assert sign_in(manager).post(f"/milestones/{node.pk}/waive/", {"comment": " "}).status_code == 400
