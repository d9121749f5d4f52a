"""A task's life: given back, handed over, claimed, verified; suspended, dropped and taken up again."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.notices.models import Notice
from qdtrade.programmes.actions import withdraw_exemption
from qdtrade.workflow import perform, why_not
from tasks import workflow
from tasks.models import ExpectedReport, Task
from tests import factories
from tests.tasks import importing, sheets

pytestmark = pytest.mark.django_db
REASON = {"comment": "For a reason."}


def now(task):
    return Task.objects.for_list().get(pk=task.pk)


def post(browser, task, move, **data):
    return browser.post(f"/tasks/{task.pk}/{move}/", REASON | data)


def rows(task):
    """Who owes a report for the task, and why not."""
    found = ExpectedReport.objects.filter(task=task).order_by("pk")
    return [(row.bureau.code, row.exempt_reason) for row in found]


def told(person):
    return list(Notice.objects.visible_to(person).order_by("pk").values_list("move", flat=True))


@pytest.fixture
def waiting(field, market, manager):
    """Not signed for yet."""
    return factories.task(field, market, by=manager)


@pytest.fixture
def declined(waiting, staff):
    return perform(workflow.DECLINE, waiting, by=staff, comment="Commerce keeps this list.")


@pytest.fixture
def claimed(finished, head):
    return factories.claim(finished, by=head)


# Given back -------------------------------------------------------------------------------------------------------


@pytest.mark.moves("Task.decline")
def test_a_bureau_gives_a_task_back_with_a_reason_and_the_office_is_told(waiting, staff, manager, sign_in):
    answer = post(sign_in(staff), waiting, "decline")

    row = now(waiting)
    assert answer.status_code == 302
    assert (row.status, row.declined_by, row.declined_reason) == ("registered", staff, "For a reason.")
    assert told(manager) == ["decline"]


def test_what_was_given_back_waits_for_the_office(declined, staff, manager):
    assert "退回交办" in why_not(workflow.ACCEPT, now(declined), staff)
    assert why_not(workflow.DECLINE, now(declined), staff)
    assert not why_not(workflow.ASSIGN_AGAIN, now(declined), manager)
    assert list(Task.objects.to_accept(staff)) == []


@pytest.mark.moves("Task.assign_again")
def test_a_task_assigned_again_is_to_be_accepted_after_all(declined, staff, manager, sign_in):
    with clock.at(datetime.datetime(2021, 9, 27, 9, tzinfo=clock.BEIJING)):
        post(sign_in(manager), declined, "assign_again")
        accepted = perform(workflow.ACCEPT, declined, by=staff)

    assert accepted.given_at == datetime.datetime(2021, 9, 27, 9, tzinfo=clock.BEIJING)
    assert (accepted.status, accepted.declined_at, accepted.declined_reason) == ("in_progress", None, "")
    assert told(staff) == ["assign_again"]


def test_a_task_is_not_given_back_after_it_was_accepted(task, staff):
    with pytest.raises(WrongState):
        perform(workflow.DECLINE, task, by=staff, comment="Too late.")


# Handed over ------------------------------------------------------------------------------------------------------


@pytest.mark.moves("Task.hand_over")
def test_a_task_that_was_given_back_is_handed_over_and_accepted(declined, manager, neighbour, sign_in):
    post(sign_in(manager), declined, "hand_over", bureau="sww")
    post(sign_in(neighbour), declined, "accept")

    row = now(declined)
    assert (row.lead.code, row.status, row.declined_at) == ("sww", "in_progress", None)
    assert told(neighbour) == ["hand_over"]


def test_what_is_not_filed_is_owed_by_the_new_lead(report, manager, neighbour, commerce):
    handed = perform(workflow.HAND_OVER, report.task, by=manager, comment="Moved.", bureau=commerce)

    theirs = handed.expected_reports.get(bureau=commerce)
    assert rows(handed) == [("scjg", "handed_over"), ("sww", "")]
    assert factories.submit(theirs.report, by=neighbour).status == "submitted"


def test_what_was_submitted_stays_with_the_old_lead(submitted, staff, manager, commerce):
    handed = perform(workflow.HAND_OVER, submitted.task, by=manager, comment="Moved.", bureau=commerce)
    approved = factories.approve(submitted, by=manager)

    assert rows(handed) == [("scjg", "")]
    assert (approved.status, now(handed).progress) == ("approved", 40)


def test_what_is_past_due_stays_with_the_old_lead(report, staff, manager, commerce):
    with clock.at(datetime.datetime(2021, 9, 29, 9, tzinfo=clock.BEIJING)):
        handed = perform(workflow.HAND_OVER, report.task, by=manager, comment="Moved.", bureau=commerce)
        late = factories.submit(report, by=staff)

    assert rows(handed) == [("scjg", "")]
    assert late.status == "submitted"


def test_the_bureau_that_led_it_before_goes_on_seeing_it(task, staff, manager, commerce):
    handed = perform(workflow.HAND_OVER, task, by=manager, comment="Moved.", bureau=commerce)

    parts = dict(handed.links.values_list("bureau__code", "part"))
    assert parts == {"scjg": "former", "sww": "lead"}
    assert handed in Task.objects.visible_to(staff)
    assert now(handed).former_leads == [task.lead]


def test_a_cooperating_bureau_may_become_the_lead_and_the_old_one_again(
    field, market, commerce, manager, staff
):
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff, supporting=(commerce,))
    for bureau in (commerce, market):
        task = perform(workflow.HAND_OVER, task, by=manager, comment="Moved.", bureau=bureau)

    assert dict(task.links.values_list("bureau__code", "part")) == {"scjg": "lead", "sww": "former"}


def test_an_import_leaves_the_bureau_that_led_it_before_where_it_is(
    task, programme, manager, commerce, finance
):
    handed = perform(workflow.HAND_OVER, task, by=manager, comment="Moved.", bureau=commerce)
    row = {"编号": handed.code, "任务举措": handed.title, "牵头单位": "市商务局", "配合单位": "市金融局"}
    importing.applied(programme, sheets.register(sheets.line(**row, 任务领域="扩大对外开放")), by=manager)

    parts = dict(handed.links.values_list("bureau__code", "part"))
    assert parts == {"scjg": "former", "sww": "lead", "jrj": "support"}


def test_what_was_handed_over_is_not_owed_again_by_taking_back_the_exemption(report, manager, commerce):
    perform(workflow.HAND_OVER, report.task, by=manager, comment="Moved.", bureau=commerce)

    with pytest.raises(WrongState):
        withdraw_exemption(report.expected, by=manager, reason="Again.")


@pytest.mark.parametrize("code", ["", "nowhere", "scjg", "qingdao"])
def test_it_goes_to_another_bureau_of_the_region_and_nowhere_else(task, manager, code, api):
    answer = api(manager).post(
        f"/api/v1/tasks/{task.pk}/hand-over/", REASON | {"bureau": code}, format="json"
    )

    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == ["bureau"]


# Claimed ----------------------------------------------------------------------------------------------------------


@pytest.mark.moves("Task.claim")
def test_the_head_claims_completion_when_everything_is_settled(finished, head, manager, sign_in):
    post(sign_in(head), finished, "claim")

    row = now(finished)
    assert (row.status, row.claimed_by, row.claim) == ("completion_claimed", head, "For a reason.")
    assert row.verify_due_on == datetime.date(2021, 9, 29)
    assert "claim" in told(manager)


def test_a_claim_says_what_is_missing(approved, head):
    reason = why_not(workflow.CLAIM, now(approved.task), head)

    assert "2" in reason
    with pytest.raises(WrongState, match="2"):
        perform(workflow.CLAIM, approved.task, by=head, comment="Done.")


def test_cooperating_bureaus_that_have_not_filed_stop_a_claim(finished, head, monkeypatch):
    monkeypatch.setattr(Task, "parts_missing", lambda task: ["市商务局"])

    assert "市商务局" in why_not(workflow.CLAIM, now(finished), head)


def test_a_reporter_sees_that_the_claim_is_the_heads(finished, staff, sign_in):
    page = sign_in(staff).get(f"/tasks/{finished.pk}/")

    (offer,) = page.context["first_moves"]
    assert (offer.name, offer.open) == ("claim", False)
    assert offer.reason


@pytest.mark.moves("Task.withdraw_claim")
def test_a_claim_is_withdrawn_as_if_it_had_not_been_made(claimed, head, sign_in):
    post(sign_in(head), claimed, "withdraw_claim")

    row = now(claimed)
    assert (row.status, row.claimed_at, row.claim, row.verify_due_on) == ("in_progress", None, "", None)


@pytest.mark.moves("Task.verify")
def test_a_reviewer_verifies_and_nothing_more_is_owed(claimed, manager, programme, head, sign_in):
    factories.open_period(programme, by=manager, month=10)
    post(sign_in(manager), claimed, "verify")

    row = now(claimed)
    assert (row.status, row.decision, row.decided_by) == ("done", "verified", manager)
    assert rows(row) == [("scjg", ""), ("scjg", "task_done")]
    assert "verify" in told(head)


@pytest.mark.parametrize("move", [workflow.VERIFY, workflow.SEND_BACK])
def test_nobody_of_the_claiming_bureau_decides_about_its_claim(claimed, programme, market, move):
    seconded = factories.member("wang", programme, "manager", market)

    with pytest.raises(NotAllowed):
        perform(move, claimed, by=seconded, comment="Fine.")


def test_who_claimed_it_never_verifies_it(finished, head, programme, office, admin):
    claimed = factories.claim(finished, by=head)
    factories.end(head.memberships.get(), by=admin)
    moved = factories.join(head, programme, "manager", office)

    with pytest.raises(NotAllowed):
        perform(workflow.VERIFY, claimed, by=moved)


@pytest.mark.moves("Task.send_back")
def test_a_claim_sent_back_says_why_and_moves_no_date(claimed, manager, head, sign_in):
    due = claimed.due_on
    post(sign_in(manager), claimed, "send_back", comment="The list lacks two firms.")

    page = sign_in(head).get(f"/tasks/{claimed.pk}/").content.decode()
    row = now(claimed)
    assert (row.status, row.due_on, row.claimed_at) == ("in_progress", due, None)
    assert "The list lacks two firms." in page


# At rest ----------------------------------------------------------------------------------------------------------


@pytest.mark.moves("Task.suspend")
def test_a_suspended_task_owes_nothing_and_is_not_overdue(report, manager, programme, sign_in):
    post(sign_in(manager), report.task, "suspend")
    factories.open_period(programme, by=manager, month=10)

    row = now(report.task)
    assert (row.status, rows(row)) == ("suspended", [("scjg", "task_suspended")])
    assert {one.state(clock.today()) for one in row.milestones.all()} == {"pending"}
    assert list(Task.objects.overdue(clock.today())) == []


@pytest.mark.moves("Task.resume")
def test_a_resumed_task_owes_from_the_next_period(report, manager, programme, sign_in):
    perform(workflow.SUSPEND, report.task, by=manager, comment="A law is awaited.")
    post(sign_in(manager), report.task, "resume")
    factories.open_period(programme, by=manager, month=10)

    assert now(report.task).status == "in_progress"
    assert rows(report.task) == [("scjg", "task_suspended"), ("scjg", "")]


def test_a_resumed_task_that_nobody_accepted_waits_for_its_bureau_anew(waiting, manager):
    perform(workflow.SUSPEND, waiting, by=manager, comment="A law is awaited.")

    assert perform(workflow.RESUME, waiting, by=manager, comment="It came.").status == "registered"


def test_a_report_that_was_submitted_is_still_decided_while_the_task_rests(submitted, manager, manager2):
    perform(workflow.SUSPEND, submitted.task, by=manager, comment="A law is awaited.")

    assert factories.approve(submitted, by=manager2).status == "approved"


@pytest.mark.moves("Task.drop")
def test_a_dropped_task_stays_in_the_register_and_in_the_ledger(report, manager, auditor, sign_in):
    post(sign_in(manager), report.task, "drop")

    page = sign_in(auditor).get("/tasks/?programme=qd-2020").content.decode()
    assert now(report.task).status == "dropped"
    assert report.task.title in page
    assert rows(report.task) == [("scjg", "task_dropped")]


@pytest.mark.moves("Task.reopen")
@pytest.mark.parametrize("end", ["verify", "drop"])
def test_a_task_that_was_done_or_dropped_goes_on(claimed, manager, sign_in, end):
    perform(workflow.TASK_MOVES[end], claimed, by=manager, comment="For a reason.")
    post(sign_in(manager), claimed, "reopen")

    row = now(claimed)
    assert (row.status, row.decision, row.claimed_at) == ("in_progress", "reopened", None)


@pytest.mark.parametrize("move", ["hand_over", "suspend", "drop", "assign_again"])
def test_a_reason_is_needed(declined, manager, commerce, move):
    with pytest.raises(ValidationError):
        perform(workflow.TASK_MOVES[move], declined, by=manager, comment=" ", bureau=commerce)


def test_the_page_offers_the_office_everything_it_may_decide(task, manager, sign_in):
    page = sign_in(manager).get(f"/tasks/{task.pk}/")

    found = {one.name: one.open for one in page.context["office_moves"]}
    assert found == {"hand_over": True, "suspend": True, "drop": True}


def test_why_not_asks_nothing_of_the_database_for_a_listed_task(
    claimed, head, manager, django_assert_num_queries
):
    row = now(claimed)
    for person in (head, manager):
        why_not(workflow.CLAIM, row, person)

    with django_assert_num_queries(0):
        for person in (head, manager):
            assert all(isinstance(why_not(move, row, person), str) for move in workflow.TASK_MOVES.values())


def test_declining_and_handing_over_many_at_once_in_the_administration(
    field, market, commerce, manager, sign_in
):
    tasks = [factories.task(field, market, by=manager) for _number in range(2)]
    ids = ",".join(str(one.pk) for one in tasks)
    data = {
        "act": "hand_over",
        "row": [one.pk for one in tasks],
        "tried": f"hand_over:{ids}",
        "choice": "sww",
    }

    sign_in(manager).post("/admin/tasks/task/", data | REASON)

    assert {now(one).lead for one in tasks} == {commerce}
