"""Who may decide a report: never anybody who wrote it, and nobody of its bureau."""

import pytest
from django.core.exceptions import ValidationError

from qdtrade.errors import NotAllowed, Stale, WrongState
from qdtrade.notices.models import Notice
from qdtrade.programmes.actions import end_membership
from qdtrade.workflow import perform, why_not
from tasks import workflow
from tasks.models import Report
from tests import factories

DECISIONS = [workflow.TAKE, workflow.APPROVE, workflow.RETURN]
decisions = pytest.mark.parametrize("move", DECISIONS, ids=lambda move: move.name)


@decisions
@pytest.mark.parametrize("who", ["staff", "head", "neighbour", "auditor", "admin", "stranger", "root"])
def test_only_a_reviewer_decides(submitted, move, who, request):
    with pytest.raises(NotAllowed):
        perform(move, submitted, by=request.getfixturevalue(who), comment="No.")


@decisions
def test_a_reviewer_of_another_programme_decides_nothing_here(submitted, region, office, move):
    elsewhere = factories.member("wang", factories.programme(region, "qd-2025"), "manager", office)

    with pytest.raises(NotAllowed):
        perform(move, submitted, by=elsewhere, comment="No.")


@decisions
def test_not_the_one_who_submitted_even_after_leaving_the_bureau(
    submitted, staff, admin, programme, office, move
):
    end_membership(staff.memberships.get(), by=admin)
    staff = factories.join(staff, programme, "manager", office)

    with pytest.raises(NotAllowed):
        perform(move, submitted, by=staff, comment="No.")


@decisions
def test_not_the_author_of_the_first_version(returned, staff, head, admin, programme, office, move):
    again = factories.submit(returned, by=head)
    end_membership(staff.memberships.get(), by=admin)
    author = factories.join(staff, programme, "manager", office)

    with pytest.raises(NotAllowed):
        perform(move, again, by=author, comment="No.")


@decisions
@pytest.mark.parametrize("role", ["staff", "head"])
def test_nobody_of_the_bureau_that_owes_it(submitted, programme, market, office, role, move):
    reviewer = factories.member("wang", programme, "manager", office)
    reviewer = factories.join(reviewer, programme, role, market)

    with pytest.raises(NotAllowed):
        perform(move, submitted, by=reviewer, comment="No.")


@decisions
def test_nobody_of_the_bureau_by_a_membership_in_another_programme(submitted, region, market, manager, move):
    reviewer = factories.join(manager, factories.programme(region, "qd-2025"), "staff", market)

    with pytest.raises(NotAllowed):
        perform(move, submitted, by=reviewer, comment="No.")


@decisions
def test_not_a_reviewer_seconded_from_the_bureau(submitted, programme, market, move):
    seconded = factories.member("wang", programme, "manager", market)

    with pytest.raises(NotAllowed):
        perform(move, submitted, by=seconded, comment="No.")


@decisions
def test_being_superuser_opens_no_door(submitted, programme, market, move):
    person = factories.user("wang", is_superuser=True, is_staff=True)
    person = factories.join(person, programme, "manager", market)

    with pytest.raises(NotAllowed):
        perform(move, submitted, by=person, comment="No.")


def test_a_reviewer_whose_membership_in_the_bureau_ended_may_decide(
    submitted, programme, market, manager, service
):
    factories.join(manager, programme, "staff", market, ends_on=submitted.period.starts_on)
    manager.forget()

    assert factories.approve(submitted, by=manager).status == "approved"


def test_a_reviewer_seconded_from_another_bureau_may_decide(submitted, manager2):
    assert factories.approve(submitted, by=manager2).status == "approved"


def test_a_stranger_learns_nothing_of_the_state(approved, stranger):
    with pytest.raises(NotAllowed):
        factories.approve(approved, by=stranger)


def test_a_report_that_a_colleague_took_is_not_decided(submitted, manager, manager2):
    taken = perform(workflow.TAKE, submitted, by=manager)

    with pytest.raises(NotAllowed):
        factories.approve(taken, by=manager2)


def test_a_taken_report_cannot_be_withdrawn(submitted, manager, staff):
    taken = perform(workflow.TAKE, submitted, by=manager)

    with pytest.raises(WrongState):
        perform(workflow.WITHDRAW, taken, by=staff)


def test_only_the_submitter_withdraws(submitted, head):
    with pytest.raises(NotAllowed):
        perform(workflow.WITHDRAW, submitted, by=head)


@pytest.mark.moves("Report.take")
def test_a_report_is_taken_once(submitted, manager, manager2):
    taken = perform(workflow.TAKE, submitted, by=manager)

    with pytest.raises(WrongState):
        perform(workflow.TAKE, taken, by=manager2)


def test_the_reviewer_puts_back_without_a_reason(submitted, manager):
    taken = perform(workflow.TAKE, submitted, by=manager)

    assert perform(workflow.PUT_BACK, taken, by=manager).taken_by is None


@pytest.mark.moves("Report.put_back")
def test_a_colleague_puts_back_with_a_reason_and_the_reviewer_is_told(submitted, manager, manager2):
    taken = perform(workflow.TAKE, submitted, by=manager)

    with pytest.raises(ValidationError):
        perform(workflow.PUT_BACK, taken, by=manager2)
    perform(workflow.PUT_BACK, taken, by=manager2, comment="On leave.")

    assert Notice.objects.filter(to=manager, move="put_back").exists()


@pytest.mark.parametrize("move", [workflow.RETURN, workflow.REOPEN], ids=lambda move: move.name)
@pytest.mark.parametrize("comment", ["", " \n "])
def test_a_return_and_a_reopening_need_a_reason(submitted, manager, move, comment):
    report = submitted if move is workflow.RETURN else factories.approve(submitted, by=manager)

    with pytest.raises(ValidationError) as refused:
        perform(move, report, by=manager, comment=comment)

    assert "comment" in refused.value.message_dict


def test_a_returned_report_tells_its_author(returned, staff):
    notice = Notice.objects.get(to=staff, move="return")

    assert notice.params["comment"] == "Which firms?"


def test_a_decision_on_what_has_changed_since_is_refused(submitted, manager, staff):
    seen = submitted.version
    again = factories.submit(perform(workflow.WITHDRAW, submitted, by=staff), by=staff)

    with pytest.raises(Stale):
        perform(workflow.APPROVE, again, by=manager, seen=seen)


@pytest.mark.moves("Report.reopen")
def test_reopening_keeps_the_approved_version_in_force(approved, manager):
    reopened = perform(workflow.REOPEN, approved, by=manager, comment="A wrong sum.")

    assert (reopened.status, reopened.in_force.number) == ("reopened", 1)


def test_a_version_keeps_its_content_whole_for_ever(returned, staff):
    factories.submit(returned, by=staff, done="Registered Haier.")

    first, second = returned.versions.order_by("number")
    assert (first.content["done"], second.content["done"]) == ("Registered three firms.", "Registered Haier.")
    assert first.remarks == {"done": "Name them."}


@pytest.mark.parametrize("remarks", [{"status": "approved"}, ["done"], "done", {"done": "x" * 401}])
def test_remarks_stand_beside_fields_and_are_short(submitted, manager, remarks):
    with pytest.raises(ValidationError) as refused:
        factories.send_back(submitted, by=manager, remarks=remarks)

    assert "remarks" in refused.value.message_dict


def test_every_move_that_is_open_by_why_not_can_be_made(submitted, manager, manager2):
    row = Report.objects.for_list().get(pk=submitted.pk)

    open_moves = {name for name, move in workflow.REPORT_MOVES.items() if not why_not(move, row, manager)}

    assert open_moves == {"take", "approve", "return"}


def test_why_not_asks_nothing_of_the_database_for_a_listed_row(submitted, manager, django_assert_num_queries):
    row = Report.objects.for_list().get(pk=submitted.pk)
    why_not(workflow.SUBMIT, row, manager)

    with django_assert_num_queries(0):
        assert [bool(why_not(move, row, manager)) for move in workflow.REPORT_MOVES.values()]
