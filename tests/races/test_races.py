"""Who comes second is told; nothing is lost and nothing is done twice."""

import datetime

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

import qdtrade.workflow
from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.accounts.models import User
from qdtrade.audit import trail
from qdtrade.audit.models import Event
from qdtrade.errors import Stale, WrongState, is_locked
from qdtrade.evidence import actions as evidence
from qdtrade.evidence.models import Blob
from qdtrade.notices.actions import sending
from qdtrade.notices.models import Mail, Notice
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import Reminder
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import register, reports
from tasks.models import ExpectedReport, Report, ReportVersion
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SAVING = (qdtrade.workflow, "_write")
CHAINING = (trail, "_chain")


def fresh(row):
    return type(row).objects.for_move().get(pk=row.pk)


def test_two_reviewers_decide_at_once_and_one_wins(race, submitted, manager, manager2):
    approving, returning = race(
        lambda: factories.approve(submitted, by=manager),
        lambda: factories.send_back(submitted, by=manager2),
        gap=SAVING,
    )

    assert approving.status == "approved"
    assert isinstance(returning, WrongState)
    assert submitted.versions.get().decision == "approved"


def test_the_other_way_round_the_return_wins(race, submitted, manager, manager2, task):
    returning, approving = race(
        lambda: factories.send_back(submitted, by=manager2),
        lambda: factories.approve(submitted, by=manager),
        gap=SAVING,
    )

    assert returning.status == "returned"
    assert isinstance(approving, WrongState)
    assert type(task).objects.get().progress == 0


def test_a_reviewer_who_looked_at_the_version_before_is_told(race, submitted, manager, manager2):
    seen = submitted.version
    _taking, approving = race(
        lambda: perform(workflow.TAKE, submitted, by=manager),
        lambda: perform(workflow.APPROVE, submitted, by=manager, seen=seen),
        gap=SAVING,
    )

    assert isinstance(approving, Stale)


def test_two_reviewers_take_one_report_and_one_has_it(race, submitted, manager, manager2):
    first, second = race(
        lambda: perform(workflow.TAKE, submitted, by=manager),
        lambda: perform(workflow.TAKE, submitted, by=manager2),
        gap=SAVING,
    )

    assert first.taken_by == manager
    assert isinstance(second, WrongState)


def test_a_double_click_submits_once(race, report, staff):
    first, second = race(
        lambda: factories.submit(report, by=staff),
        lambda: factories.submit(report, by=staff),
        gap=SAVING,
    )

    assert first.status == "submitted"
    assert isinstance(second, WrongState)
    assert ReportVersion.objects.count() == 1


def test_a_colleague_submits_at_once_and_one_version_stands(race, report, staff, head):
    _first, second = race(
        lambda: factories.submit(report, by=staff), lambda: factories.submit(report, by=head), gap=SAVING
    )

    assert isinstance(second, WrongState)
    assert ReportVersion.objects.get().submitted_by == staff


def test_a_withdrawal_while_a_reviewer_takes_it(race, submitted, staff, manager):
    withdrawn, taking = race(
        lambda: perform(workflow.WITHDRAW, submitted, by=staff),
        lambda: perform(workflow.TAKE, submitted, by=manager),
        gap=SAVING,
    )

    assert withdrawn.status == "draft"
    assert isinstance(taking, WrongState)


def test_a_submission_that_came_first_is_in_before_the_period_closes(race, report, staff, manager):
    submitted, closed = race(
        lambda: factories.submit(report, by=staff),
        lambda: factories.close_period(report.period, by=manager),
        gap=SAVING,
    )

    assert (submitted.status, closed.status) == ("submitted", "closed")
    assert fresh(report).status == "submitted"


def test_a_submission_that_came_second_finds_the_period_closed(race, report, staff, manager):
    closed, refused = race(
        lambda: factories.close_period(report.period, by=manager),
        lambda: factories.submit(report, by=staff),
        gap=SAVING,
    )

    assert closed.status == "closed"
    assert isinstance(refused, WrongState)
    assert (ReportVersion.objects.count(), fresh(report).expected.first_submitted_at) == (0, None)


def test_two_bureaus_submit_for_one_period_without_waiting(
    meet, period, field, commerce, manager, neighbour, staff
):
    other = factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    october = factories.open_period(period.programme, by=manager, month=10)
    mine = Report.objects.get(expected__period=october, expected__bureau=staff.memberships.get().bureau)
    theirs = factories.report_of(other, october)

    outcomes = meet(
        lambda: factories.submit(mine, by=staff), lambda: factories.submit(theirs, by=neighbour), gap=SAVING
    )

    assert [outcome.status for outcome in outcomes] == ["submitted", "submitted"]


def test_a_period_is_opened_twice_at_once_and_owes_each_report_once(race, programme, task, manager, manager2):
    planned = factories.planned_period(programme, by=manager)
    _first, second = race(
        lambda: perform(periods.OPEN_PERIOD, planned, by=manager, comment="By hand."),
        lambda: perform(periods.OPEN_PERIOD, planned, by=manager2, comment="By hand."),
        gap=SAVING,
    )

    assert isinstance(second, WrongState)
    assert ExpectedReport.objects.count() == 1


def test_two_timers_at_once_move_a_period_once(meet, programme, task, manager):
    factories.planned_period(programme, by=manager)

    with clock.at(datetime.datetime(2021, 9, 24, 11, tzinfo=clock.BEIJING)):
        meet(*[lambda: call_command("advance_periods")] * 2, gap=(qdtrade.workflow, "_locked"))

    assert Event.objects.filter(kind="period", action="open").count() == 1


def test_two_timers_at_once_remind_a_bureau_once(meet, report):
    with clock.at(datetime.datetime(2021, 9, 27, 9, tzinfo=clock.BEIJING)):
        outcomes = meet(*[lambda: call_command("remind")] * 2, gap=(trail, "lock"))

    assert outcomes == [None, None]
    assert Reminder.objects.count() == 1
    assert Notice.objects.filter(kind="reminder").count() == 1


def test_two_reviewers_remind_a_bureau_at_once_and_it_is_told_once(race, report, market, manager, manager2):
    first, second = race(
        lambda: programmes.remind(report.task.programme, market, by=manager),
        lambda: programmes.remind(report.task.programme, market, by=manager2),
        gap=CHAINING,
    )

    assert first.made_by == manager
    assert isinstance(second, WrongState)
    assert Notice.objects.filter(kind="reminder").count() == 1


def test_two_runs_send_a_mail_once(meet, returned, staff):
    accounts.change_contact(staff, by=staff, email="staff@example.cn", phone="")
    Mail.objects.exclude(notice__to=staff).delete()

    meet(*[lambda: sending.send_due(is_working=lambda day: True, waits=False)] * 2, gap=(sending, "_held"))

    assert len(mail.outbox) == 1
    assert Mail.objects.get().outcome == "sent"


def test_a_year_planned_twice_at_once_is_planned_once(meet, programme, manager, manager2):
    outcomes = meet(
        lambda: programmes.plan_months(programme, 2022, range(1, 13), by=manager),
        lambda: programmes.plan_months(programme, 2022, range(1, 13), by=manager2),
        gap=(trail, "create"),
    )

    assert programme.periods.count() == 12
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1


@pytest.mark.parametrize("seen", [0, None])
def test_two_first_drafts_at_once_become_one(race, report, staff, head, seen):
    first, second = race(
        lambda: reports.save_draft(report, {"done": "Three firms."}, by=staff, seen=seen),
        lambda: reports.save_draft(report, {"problems": "None."}, by=head, seen=seen),
        gap=(reports, "_keep"),
    )

    assert (first.version, second.version) == (1, 2)
    assert (second.content["done"], second.content["problems"]) == ("Three firms.", "None.")


def test_two_tabs_change_one_field_and_the_second_sees_both_texts(race, report, staff):
    reports.save_draft(report, {"done": "Begun."}, by=staff, seen=0)
    _first, second = race(
        lambda: reports.save_draft(report, {"done": "Three firms."}, by=staff, seen=1),
        lambda: reports.save_draft(report, {"done": "Four firms."}, by=staff, seen=1),
        gap=(reports, "_keep"),
    )

    assert isinstance(second, reports.DraftConflict)
    assert (second.mine["done"], second.theirs["done"]) == ("Four firms.", "Three firms.")


def test_a_draft_saved_while_it_is_submitted_is_refused(race, report, staff, head):
    _submitted, draft = race(
        lambda: factories.submit(report, by=staff),
        lambda: reports.save_draft(report, {"done": "Late."}, by=head, seen=0),
        gap=SAVING,
    )

    assert isinstance(draft, WrongState)


def test_a_file_added_while_the_report_is_submitted_is_refused(race, report, staff, head):
    _submitted, file = race(
        lambda: factories.submit(report, by=staff), lambda: factories.attach(report, by=head), gap=SAVING
    )

    assert isinstance(file, WrongState)
    assert fresh(report).current.content["files"] == []


def test_approving_and_reopening_follow_one_another(race, submitted, manager, manager2):
    approved, reopened = race(
        lambda: factories.approve(submitted, by=manager),
        lambda: perform(workflow.REOPEN, submitted, by=manager2, comment="A wrong sum."),
        gap=SAVING,
    )

    assert (approved.status, reopened.status, reopened.in_force.number) == ("approved", "reopened", 1)


def test_a_report_is_reopened_once(race, approved, manager, manager2):
    _first, second = race(
        lambda: perform(workflow.REOPEN, approved, by=manager, comment="A wrong sum."),
        lambda: perform(workflow.REOPEN, approved, by=manager2, comment="A wrong sum."),
        gap=SAVING,
    )

    assert isinstance(second, WrongState)


def test_two_reports_of_one_task_are_approved_at_once(race, submitted, task, staff, manager, manager2):
    october = factories.open_period(task.programme, by=manager, month=10)
    later = factories.submit(factories.report_of(task, october), by=staff, progress="60")

    outcomes = race(
        lambda: factories.approve(later, by=manager),
        lambda: factories.approve(submitted, by=manager2),
        gap=SAVING,
    )

    task.refresh_from_db()
    assert [outcome.status for outcome in outcomes] == ["approved", "approved"]
    assert (task.progress, task.facts_period) == (60, october)


def test_a_title_edited_while_a_report_is_approved_keeps_both(race, submitted, task, manager, manager2):
    race(
        lambda: factories.approve(submitted, by=manager),
        lambda: register.edit_task(task, {"title": "A better title"}, by=manager2),
        gap=SAVING,
    )

    task.refresh_from_db()
    assert (task.title, task.progress) == ("A better title", 40)


def test_a_task_edited_twice_on_one_version_tells_the_second(race, task, manager, manager2):
    _first, second = race(
        lambda: register.edit_task(task, {"title": "One"}, by=manager, seen=task.version),
        lambda: register.edit_task(task, {"title": "Two"}, by=manager2, seen=task.version),
        gap=CHAINING,
    )

    assert isinstance(second, Stale)


@pytest.fixture
def two_reports(submitted, field, commerce, manager, neighbour, programme):
    other = factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    october = factories.open_period(programme, by=manager, month=10)
    return [submitted, factories.submit(factories.report_of(other, october), by=neighbour)]


def test_bulk_approvals_in_opposite_order_do_not_deadlock(race, two_reports, manager, service, office):
    other = factories.member("wang", two_reports[0].task.programme, "manager", office)

    def decide(rows, by):
        outcomes = []
        for row in rows:
            try:
                outcomes.append(factories.approve(row, by=by).status)
            except WrongState as refusal:
                outcomes.append(type(refusal).__name__)
        return outcomes

    outcomes = race(
        lambda: decide(two_reports, manager), lambda: decide(reversed(two_reports), other), gap=SAVING
    )

    assert sorted(outcomes[0] + outcomes[1]) == ["WrongState", "WrongState", "approved", "approved"]


def test_units_of_many_rows_wait_for_each_other_row_by_row(race, field, market, manager, manager2):
    rows = [factories.task(field, market, by=manager) for _number in range(4)]

    def rename(rows, title, by):
        with trail.unit():
            for row in sorted(rows, key=lambda row: row.pk):
                trail.change(row, {"title": title}, by=by)
        return title

    outcomes = race(
        lambda: rename(rows, "One", manager), lambda: rename(reversed(rows), "Two", manager2), gap=CHAINING
    )

    assert outcomes == ["One", "Two"]
    assert {type(row).objects.get(pk=row.pk).title for row in rows} == {"Two"}


def test_units_on_two_programmes_in_opposite_order_do_not_deadlock(
    meet, field, market, manager, region, service
):
    elsewhere = factories.field(factories.programme(region, "qd-2025"))
    here = [factories.task(field, market, by=manager) for _number in range(2)]
    there = [factories.task(elsewhere, market, by=service) for _number in range(2)]

    def rename(*rows):
        with trail.unit():
            for row in rows:
                trail.change(row, {"title": "Renamed"}, by=service)
        return "done"

    outcomes = meet(lambda: rename(here[0], there[0]), lambda: rename(there[1], here[1]), gap=CHAINING)

    assert outcomes == ["done", "done"]


def test_rows_locked_in_opposite_order_against_the_rule_are_told_to_try_again(
    meet, field, market, manager, service
):
    first, second = (factories.task(field, market, by=manager) for _number in range(2))

    def crosswise(one, other):
        with trail.unit():
            trail.lock(one)
            trail.began()
            trail.lock(other)
        return "done"

    outcomes = meet(lambda: crosswise(first, second), lambda: crosswise(second, first), gap=(trail, "began"))

    (fault,) = (outcome for outcome in outcomes if outcome != "done")
    assert is_locked(fault)


def test_a_reviewer_and_an_auditor_made_at_once_of_one_person(race, programme, office, admin, service):
    person = factories.user("wang")
    until = datetime.date(2021, 12, 31)
    _first, second = race(
        lambda: programmes.add_member(
            programme, person, by=admin, role="manager", bureau=office, ends_on=until
        ),
        lambda: programmes.add_member(programme, person, by=service, role="auditor", ends_on=until),
        gap=CHAINING,
    )

    assert person.memberships.count() == 1
    assert second is not None


def test_a_task_registered_twice_at_once_stands_once(meet, field, market, manager, manager2):
    outcomes = meet(
        lambda: factories.task(field, market, by=manager, code="9-01"),
        lambda: factories.task(field, market, by=manager2, code="9-01"),
        gap=(trail, "create"),
    )

    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    assert field.tasks.filter(code="9-01").count() == 1


def test_the_same_file_uploaded_twice_at_once_is_kept_once(meet, report, staff, head):
    outcomes = meet(
        lambda: factories.attach(report, by=staff),
        lambda: factories.attach(report, by=head, name="same.pdf"),
        gap=(reports, "store"),
    )

    assert [outcome.name for outcome in outcomes] == ["proof.pdf", "same.pdf"]
    assert Blob.objects.count() == 1


def test_bytes_stored_again_while_they_are_swept_are_there_afterwards(race, db, monkeypatch):
    blob = evidence.store(SimpleUploadedFile("a.pdf", b"%PDF-1.4 proof"))
    Blob.objects.update(created_at=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC))

    swept, again = race(
        evidence.sweep,
        lambda: evidence.store(SimpleUploadedFile("b.pdf", b"%PDF-1.4 proof")),
        gap=(default_storage, "delete"),
    )

    assert swept == [blob.path]
    assert default_storage.exists(again.path)
    assert Blob.objects.get() == again


def test_two_first_acts_of_a_server_make_one_service(meet, transactional_db):
    meet(*[factories.accounts.ensure_system] * 2, gap=(trail, "create"))

    assert User.objects.get().username == "service"
