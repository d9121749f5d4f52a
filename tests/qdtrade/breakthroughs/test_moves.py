"""A breakthrough from candidate to case, and everything that stands against it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade.breakthroughs import workflow
from qdtrade.breakthroughs.models import Breakthrough, ClaimFile
from qdtrade.errors import NotAllowed, Stale, WrongState
from qdtrade.notices.models import Notice
from qdtrade.workflow import is_for, perform, why_not
from tests import breakings, factories

Status = Breakthrough.Status


def faults(refused):
    return set(refused.value.error_dict)


def test_a_manager_names_a_candidate_and_its_bureau_is_told(task, manager, staff, market):
    row = breakings.flag(task, by=manager, expected_on=datetime.date(2021, 12, 31))

    assert (row.status, row.bureau) == (Status.CANDIDATE, market)
    assert Notice.objects.visible_to(staff).filter(kind="breakthrough", move="flag").exists()


def test_the_lead_bureau_names_one_too_and_nobody_else_does(task, staff, neighbour, auditor):
    with pytest.raises(NotAllowed):
        breakings.flag(task, by=neighbour)
    with pytest.raises(NotAllowed):
        breakings.flag(task, by=auditor)

    assert breakings.flag(task, by=staff).flagged_by == staff


def test_a_task_is_in_the_list_once(candidate, manager):
    with pytest.raises(WrongState, match="已在列"):
        breakings.flag(candidate.task, by=manager)


@pytest.mark.moves("Breakthrough.submit_claim")
def test_a_claim_keeps_its_text_and_proof_whole_and_starts_the_clock(claimed, staff, manager):
    claim = claimed.claims.get()

    assert (claimed.status, claimed.claimed_by, claimed.current) == (Status.CLAIMED, staff, claim)
    assert claimed.review_due_on == datetime.date(2021, 9, 29)
    assert [one["proves"] for one in claim.content["files"]] == ["rule", "beneficiary"]
    assert staff.pk in claim.hands
    assert Notice.objects.visible_to(manager).filter(kind="breakthrough", move="submit_claim").exists()


@pytest.mark.parametrize(
    "change, wrong",
    [
        ({"novelty": ""}, "novelty"),
        ({"novelty": "新" * 201}, "novelty"),
        ({"since": "2021-09-01"}, "since"),
        ({"since": "soon"}, "since"),
        ({"effects": []}, "effects"),
        ({"effects": [{"what": "用时", "before": "7天", "now": ""}]}, "effects"),
        ({"beneficiaries": [{"who": "企业", "number": ""}]}, "beneficiaries"),
    ],
)
def test_a_claim_says_what_is_missing(candidate, staff, change, wrong):
    breakings.prove(candidate, by=staff)

    with pytest.raises(ValidationError) as refused:
        breakings.claim(candidate, by=staff, content=breakings.CONTENT | change)

    assert faults(refused) == {wrong}


def test_the_rule_itself_and_word_from_who_benefits_are_needed(candidate, staff):
    breakings.prove(candidate, "rule", by=staff)

    with pytest.raises(ValidationError) as refused:
        breakings.claim(candidate, by=staff)

    assert faults(refused) == {"files"}
    assert "受益方" in str(refused.value)


def test_nobody_but_its_bureau_claims(candidate, neighbour, manager, auditor, admin, root):
    for person in (neighbour, manager, auditor, admin, root):
        assert not is_for(workflow.CLAIM, candidate, person)


def test_the_office_claims_for_a_bureau_without_an_account_and_names_its_source(field, commerce, manager):
    task = factories.task(field, commerce, by=manager)
    row = breakings.prove(breakings.flag(task, by=manager), by=manager)

    with pytest.raises(ValidationError) as refused:
        breakings.claim(row, by=manager)
    claimed = breakings.claim(row, by=manager, claimed_from="Letter 12 of the bureau")

    assert faults(refused) == {"claimed_from"}
    assert claimed.current.claimed_from == "Letter 12 of the bureau"
    assert "您参与过本申报" in why_not(workflow.RECOGNISE, breakings.whole(claimed), manager)


@pytest.mark.moves("Breakthrough.withdraw")
def test_a_claim_is_withdrawn_by_whoever_made_it(claimed, staff, head):
    with pytest.raises(NotAllowed):
        perform(workflow.WITHDRAW, claimed, by=head)
    row = perform(workflow.WITHDRAW, claimed, by=staff)

    assert (row.status, row.current, row.claimed_at) == (Status.CANDIDATE, None, None)
    assert row.claims.get().decision == "withdrawn"


@pytest.mark.moves("Breakthrough.return")
def test_a_claim_comes_back_with_remarks_and_a_new_version_goes_on(claimed, manager, staff):
    remarks = {"compared": "Which three?", "unknown": "x"}
    row = perform(workflow.RETURN, claimed, by=manager, comment="Complete it.", remarks=remarks)
    again = breakings.claim(row, by=staff)

    assert (row.status, row.reason) == (Status.RETURNED, "Complete it.")
    assert row.claims.get(number=1).remarks == {"compared": "Which three?"}
    assert (again.status, again.current.number, again.decided_at) == (Status.CLAIMED, 2, None)


def test_what_is_withdrawn_after_a_return_stands_returned_again(claimed, manager, staff):
    row = perform(workflow.RETURN, claimed, by=manager, comment="Complete it.")
    row = perform(workflow.WITHDRAW, breakings.whole(breakings.claim(row, by=staff)), by=staff)

    assert (row.status, row.current.number, row.decided_by, row.reason) == (
        Status.RETURNED, 1, manager, "Complete it.",
    )  # fmt: skip


@pytest.mark.moves("Breakthrough.recognise")
def test_a_manager_of_another_bureau_recognises_it_and_it_counts(claimed, manager, staff):
    row = breakings.recognise(claimed, by=manager)

    assert (row.status, row.level, row.recognised_on) == (
        Status.RECOGNISED,
        "city",
        datetime.date(2021, 9, 24),
    )
    assert list(Breakthrough.objects.counted()) == [row]
    assert Notice.objects.visible_to(staff).filter(move="recognise").exists()


@pytest.mark.parametrize("level, kind", [("province", "province"), ("nation", "nation")])
def test_a_level_above_the_citys_needs_its_document(task, manager, staff, level, kind):
    row = breakings.prove(breakings.flag(task, by=manager), "rule", "beneficiary", by=staff)
    row = breakings.claim(row, by=staff)
    with pytest.raises(ValidationError) as refused:
        breakings.recognise(row, by=manager, level=level)
    row = perform(workflow.WITHDRAW, breakings.whole(row), by=staff)
    breakings.prove(row, kind, by=staff)

    assert faults(refused) == {"level"}
    assert breakings.recognise(breakings.claim(row, by=staff), by=manager, level=level).level == level


@pytest.mark.parametrize("move", ["recognise", "return", "not_recognise"])
def test_the_claiming_bureaus_reviewer_never_decides_not_even_as_superuser(claimed, programme, market, move):
    own = factories.member("own", programme, "manager", market)
    type(own).objects.filter(pk=own.pk).update(is_superuser=True)
    own.refresh_from_db()

    with pytest.raises(NotAllowed, match="您本单位的申报"):
        perform(workflow.BREAKTHROUGH_MOVES[move], claimed, by=own, comment="Because.")


def test_who_claimed_it_never_decides_it_whatever_they_became_since(
    claimed, staff, programme, office, service
):
    for membership in staff.memberships.all():
        factories.end(membership, by=service)
    reviewer = factories.join(staff, programme, "manager", office)

    with pytest.raises(NotAllowed, match="您参与过本申报"):
        breakings.recognise(claimed, by=reviewer)


@pytest.mark.parametrize("who", ["staff", "head", "neighbour", "auditor", "admin", "root", "stranger"])
def test_nobody_but_a_reviewer_decides(claimed, who, request):
    person = request.getfixturevalue(who)

    for name in ("recognise", "return", "not_recognise", "take_off"):
        assert not is_for(workflow.BREAKTHROUGH_MOVES[name], claimed, person)


@pytest.mark.moves("Breakthrough.not_recognise")
def test_what_is_not_recognised_may_be_claimed_again(claimed, manager, staff):
    row = perform(workflow.NOT_RECOGNISE, claimed, by=manager, comment="Others do it already.")
    again = breakings.claim(row, by=staff)

    assert row.status == Status.NOT_RECOGNISED
    assert not Breakthrough.objects.counted().exists()
    assert again.current.number == 2


@pytest.mark.parametrize("move", ["return", "not_recognise"])
def test_a_refusal_needs_a_reason(claimed, manager, move):
    with pytest.raises(ValidationError) as refused:
        perform(workflow.BREAKTHROUGH_MOVES[move], claimed, by=manager)

    assert faults(refused) == {"comment"}


@pytest.mark.moves("Breakthrough.revoke")
def test_a_revoked_one_counts_no_more_and_the_days_before_stay_known(recognised, manager, moment):
    row = breakings.revoke(recognised, by=manager)

    assert (row.status, row.revoked_on) == (Status.REVOKED, moment.date())
    assert not Breakthrough.objects.counted().exists()
    assert row.recognised_on == moment.date()


def test_a_task_whose_breakthrough_was_revoked_may_become_a_candidate_again(recognised, manager):
    breakings.revoke(recognised, by=manager)

    assert breakings.flag(recognised.task, by=manager).status == Status.CANDIDATE


@pytest.mark.moves("Breakthrough.promote")
def test_a_recognised_one_becomes_a_practice_case_and_goes_on_to_count(recognised, manager):
    row = breakings.promote(recognised, by=manager)

    assert (row.status, row.case.title) == (Status.PROMOTED, "质押登记银行代办")
    assert list(Breakthrough.objects.counted()) == [row]


def test_a_case_says_what_is_missing(recognised, manager):
    with pytest.raises(ValidationError) as refused:
        breakings.promote(recognised, by=manager, effect=" ")

    assert faults(refused) == {"effect"}


@pytest.mark.moves("Breakthrough.take_off")
def test_a_candidate_is_taken_off_the_list_with_a_reason(candidate, manager):
    row = perform(workflow.DROP, candidate, by=manager, comment="Not new after all.")

    assert row.status == Status.DROPPED
    assert breakings.flag(row.task, by=manager).status == Status.CANDIDATE


def test_a_decision_on_an_older_version_is_refused(claimed, manager):
    with pytest.raises(Stale):
        perform(workflow.RECOGNISE, claimed, by=manager, seen=claimed.version - 1)


def test_proof_stays_while_it_is_decided(claimed, staff):
    with pytest.raises(WrongState):
        breakings.prove(claimed, "data", by=staff)

    assert ClaimFile.objects.count() == 2
