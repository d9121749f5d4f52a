"""Gates, from proposal to confirmation, and everything that stands against it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from projects import workflow
from projects.models import Gate, Project
from qdtrade.errors import NotAllowed, Stale, WrongState
from qdtrade.notices.models import Notice
from qdtrade.workflow import is_for, perform, why_not
from tests import factories, signings

SIGNED = datetime.date(2021, 9, 4)
Status = Gate.Status


def fields(refused):
    return set(refused.value.error_dict)


@pytest.mark.moves("Gate.propose")
def test_the_carrier_proposes_a_gate_with_its_day_its_words_and_proof(project, carrier, manager):
    gate = signings.propose(project, by=carrier)

    assert (gate.status, gate.fact_on, gate.proposed_by) == (Status.PROPOSED, SIGNED, carrier)
    assert gate.review_due_on == datetime.date(2021, 9, 29)
    assert gate.files.in_use().count() == 1
    assert Notice.objects.visible_to(manager).filter(kind="gate", move="propose").exists()


@pytest.mark.moves("Gate.confirm")
def test_a_manager_confirms_and_the_project_stands_there(proposed, manager, carrier):
    gate = signings.confirm(proposed, by=manager)

    assert gate.status == Status.CONFIRMED
    assert Project.objects.get().status == "framework"
    assert Notice.objects.visible_to(carrier).filter(kind="gate", move="confirm").exists()


@pytest.mark.moves("Gate.return")
def test_a_returned_gate_tells_why_and_is_proposed_again_with_what_was_there(proposed, manager, carrier):
    gate = perform(workflow.RETURN, proposed, by=manager, comment="Which copy?")
    again = signings.propose(gate.project, by=carrier, files=[])

    assert (gate.status, gate.remarks) == (Status.RETURNED, "Which copy?")
    assert (again.status, again.files.in_use().count()) == (Status.PROPOSED, 1)


def test_returning_needs_a_reason(proposed, manager):
    with pytest.raises(ValidationError) as refused:
        perform(workflow.RETURN, proposed, by=manager)

    assert fields(refused) == {"comment"}


@pytest.mark.moves("Gate.withdraw")
def test_whoever_proposed_withdraws_and_nothing_was_proposed(proposed, carrier):
    gate = perform(workflow.WITHDRAW, proposed, by=carrier)

    assert (gate.status, gate.proposed_by, gate.review_due_on) == (Status.PLANNED, None, None)


def test_what_came_back_before_stays_returned_when_it_is_withdrawn(proposed, carrier, manager):
    gate = perform(workflow.RETURN, proposed, by=manager, comment="Which copy?")
    gate = perform(workflow.WITHDRAW, signings.propose(gate.project, by=carrier), by=carrier)

    assert gate.status == Status.RETURNED


def test_a_colleague_cannot_withdraw_what_another_proposed(proposed, programme, zone):
    colleague = factories.member("colleague", programme, "staff", zone)

    with pytest.raises(NotAllowed):
        perform(workflow.WITHDRAW, proposed, by=colleague)


@pytest.mark.moves("Gate.correct")
def test_back_is_only_by_a_correction_with_a_reason(framed, carrier, manager):
    passed = signings.passed(framed, "contract", by=carrier, confirmed_by=manager)
    gate = perform(
        workflow.CORRECT, signings.gate(passed, "contract"), by=manager, comment="Not signed by both."
    )

    assert (gate.status, gate.remarks) == (Status.RETURNED, "Not signed by both.")
    assert Project.objects.get().status == "framework"


def test_the_first_gate_corrected_leaves_the_project_signed(framed, manager):
    perform(
        workflow.CORRECT, signings.gate(framed, "framework"), by=manager, comment="The copy is not signed."
    )

    assert Project.objects.get().status == "signed"


def test_a_gate_before_the_last_is_not_corrected(framed, carrier, manager):
    signings.propose(framed, "contract", by=carrier)

    with pytest.raises(WrongState):
        perform(workflow.CORRECT, signings.gate(framed, "framework"), by=manager, comment="Wrong copy.")


def test_no_gate_is_skipped(project, carrier):
    with pytest.raises(WrongState) as refused:
        signings.propose(project, "started", by=carrier)

    assert signings.gate(project, "registered").get_step_display() in str(refused.value)


def test_a_gate_proposed_but_not_confirmed_is_not_passed(proposed, carrier):
    with pytest.raises(WrongState):
        signings.propose(proposed.project, "contract", by=carrier)


def test_nothing_starts_twice(framed, carrier):
    with pytest.raises(WrongState):
        signings.propose(framed, "framework", by=carrier)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"fact_on": datetime.date(2021, 9, 25)}, {"fact_on"}),
        ({"fact_on": datetime.date(2021, 9, 3)}, {"fact_on"}),
        ({"fact_on": None}, {"fact_on"}),
        ({"words": " "}, {"words"}),
        ({"files": []}, {"files"}),
        ({"fact_on": None, "words": "", "files": []}, {"fact_on", "words", "files"}),
    ],
)
def test_a_proposal_names_each_field_that_is_missing_or_wrong(project, carrier, wrong, named):
    with pytest.raises(ValidationError) as refused:
        signings.propose(project, by=carrier, **wrong)

    assert fields(refused) == named
    assert signings.gate(project, "framework").status == Status.PLANNED


def test_a_gate_is_not_passed_before_the_one_before_it(framed, carrier, manager):
    signings.passed(framed, "contract", by=carrier, confirmed_by=manager, fact_on=datetime.date(2021, 9, 20))

    with pytest.raises(ValidationError) as refused:
        signings.propose(framed, "registered", by=carrier, fact_on=datetime.date(2021, 9, 19))

    assert fields(refused) == {"fact_on"}


def test_nobody_decides_on_what_their_own_bureau_carries(proposed, programme, zone):
    seconded = factories.member("seconded", programme, "manager", zone)

    with pytest.raises(NotAllowed):
        signings.confirm(proposed, by=seconded)


def test_the_pilot_office_proposes_only_where_the_carrier_has_no_account_and_another_one_confirms(
    sector, finance, manager, manager2
):
    project = signings.project(sector, finance, by=manager)
    gate = signings.propose(project, by=manager, source="Letter of the bureau, 20 September")

    assert gate.proposed_from == "Letter of the bureau, 20 September"
    with pytest.raises(NotAllowed):
        signings.confirm(gate, by=manager)
    assert signings.confirm(gate, by=manager2).status == Status.CONFIRMED


def test_the_office_names_where_it_has_it_from(sector, finance, manager):
    with pytest.raises(ValidationError) as refused:
        signings.propose(signings.project(sector, finance, by=manager), by=manager)

    assert fields(refused) == {"source"}


@pytest.mark.parametrize("name", ["neighbour", "manager", "auditor", "admin"])
def test_proposing_is_the_carriers_business_alone(project, name, request):
    assert why_not(workflow.PROPOSE, signings.gate(project, "framework"), request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["carrier", "neighbour", "auditor", "admin"])
@pytest.mark.parametrize(
    "move", [workflow.CONFIRM, workflow.RETURN, workflow.CORRECT], ids=lambda move: move.name
)
def test_deciding_is_the_pilot_offices_business_alone(proposed, move, name, request):
    assert not is_for(move, proposed, request.getfixturevalue(name))


def test_a_page_opened_before_a_colleague_decided_changes_nothing(proposed, manager, manager2):
    perform(workflow.RETURN, proposed, by=manager, comment="Which copy?")

    with pytest.raises(Stale):
        perform(workflow.CONFIRM, proposed, by=manager2, seen=proposed.version)
