"""How projects end and go on after all."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from projects import workflow
from projects.models import ExpectedUpdate, Project
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.workflow import is_for, perform
from tests import factories, signings


@pytest.mark.moves("Project.terminate")
def test_a_terminated_project_stays_with_its_day_and_reason_in_its_cohort(framed, manager, event):
    day = datetime.date(2021, 9, 20)
    ended = perform(workflow.TERMINATE, framed, by=manager, comment="The investor withdrew.", on=day)

    assert (ended.status, ended.ended_on, ended.ended_reason) == ("terminated", day, "The investor withdrew.")
    assert Project.objects.filter(event=event).count() == 1


@pytest.mark.moves("Project.remove", "Project.reinstate")
def test_a_removed_project_is_reinstated_where_it_stood(framed, manager):
    removed = perform(workflow.REMOVE, framed, by=manager, comment="Registered twice.")
    back = perform(workflow.REINSTATE, removed, by=manager, comment="It was not.")

    assert (back.status, back.ended_on, back.ended_reason) == ("framework", None, "")


def test_a_project_without_a_confirmed_gate_comes_back_as_signed(project, manager):
    removed = perform(workflow.REMOVE, project, by=manager, comment="Registered twice.")

    assert perform(workflow.REINSTATE, removed, by=manager, comment="It was not.").status == "signed"


def test_an_ended_project_owes_no_update_that_is_not_past_due(project, quarter, manager):
    perform(workflow.TERMINATE, project, by=manager, comment="The investor withdrew.")

    assert ExpectedUpdate.objects.get().exempt_reason == "project_terminated"


def test_a_gate_that_waits_is_decided_first(proposed, manager):
    with pytest.raises(WrongState):
        perform(workflow.TERMINATE, proposed.project, by=manager, comment="The investor withdrew.")


@pytest.mark.parametrize("day", [datetime.date(2021, 9, 25), datetime.date(2021, 9, 3)])
def test_a_project_ends_neither_tomorrow_nor_before_it_was_signed(project, manager, day):
    with pytest.raises(ValidationError) as refused:
        perform(workflow.TERMINATE, project, by=manager, comment="The investor withdrew.", on=day)

    assert set(refused.value.error_dict) == {"on"}


def test_nothing_is_proposed_of_a_project_that_ended(project, manager, carrier):
    perform(workflow.TERMINATE, project, by=manager, comment="The investor withdrew.")

    with pytest.raises(WrongState):
        signings.propose(project, by=carrier)


@pytest.mark.parametrize("name", ["carrier", "neighbour", "auditor", "admin"])
@pytest.mark.parametrize("move", workflow.PROJECT_MOVES.values(), ids=list(workflow.PROJECT_MOVES))
def test_ending_is_the_pilot_offices_business_alone(project, move, name, request):
    assert not is_for(move, project, request.getfixturevalue(name))


def test_nobody_ends_what_their_own_bureau_carries(project, programme, zone):
    seconded = factories.member("seconded", programme, "manager", zone)

    with pytest.raises(NotAllowed):
        perform(workflow.TERMINATE, project, by=seconded, comment="The investor withdrew.")
