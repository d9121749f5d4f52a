"""The pilot office files for a bureau in which nobody has an account (代填): with its source, reviewed by another."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade.accounts import actions as accounts
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.actions import add_member, appoint_deputy
from qdtrade.workflow import is_for, perform, why_not
from tasks import workflow
from tasks.actions import reports
from tasks.models import Report, ReportFile
from tests import factories

SOURCE = "市金融局 王科长 9月24日来电"
DAYS = {"starts_on": datetime.date(2021, 9, 24), "ends_on": datetime.date(2021, 10, 8)}


def file_for(report, *, by, source=SOURCE, **content):
    data = {"content": factories.CONTENT | content, "filed_from": source}
    return perform(workflow.SUBMIT, report, by=by, **data)


@pytest.fixture
def filed(alone, manager):
    factories.attach(alone, by=manager, name="来电记录.pdf")
    return file_for(alone, by=manager)


# Who may --------------------------------------------------------------------------------------------------------------


def test_a_reviewer_files_for_a_bureau_without_an_account(filed, manager):
    version = filed.current

    assert (filed.status, version.submitted_by, version.filed_from) == ("submitted", manager, SOURCE)
    assert filed.expected.first_submitted_at is not None


@pytest.mark.parametrize("who", ["staff", "neighbour", "auditor", "admin", "stranger"])
def test_nobody_else_does(alone, who, request):
    with pytest.raises(NotAllowed):
        file_for(alone, by=request.getfixturevalue(who))


def test_a_bureau_with_an_account_writes_its_own_reports(report, manager):
    with pytest.raises(NotAllowed) as refused:
        file_for(report, by=manager)

    assert "有账号" in str(refused.value)


def test_a_closed_account_is_none(report, staff, manager, service):
    accounts.close_account(staff, by=service, comment="Left.")
    manager.forget()

    assert is_for(workflow.SUBMIT, report, manager)


def test_a_deputy_of_the_head_is_an_account(report, head, staff, manager):
    appoint_deputy(head.memberships.get(), staff, by=head, **DAYS)
    end = staff.memberships.get(deputy_of=None)

    assert end.is_held_on(DAYS["starts_on"])
    assert not is_for(workflow.SUBMIT, report, manager)


def test_once_the_bureau_has_an_account_the_office_writes_no_more(alone, programme, finance, manager, admin):
    add_member(programme, factories.user("wang"), by=admin, role="staff", bureau=finance)
    manager.forget()

    with pytest.raises(NotAllowed):
        reports.save_draft(alone, {"done": "Three firms."}, by=manager)


def test_the_bureau_signs_for_its_tasks_itself(field, finance, manager):
    with pytest.raises(NotAllowed):
        perform(workflow.ACCEPT, factories.task(field, finance, by=manager), by=manager)


# With its source ------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_all_at_once(alone, manager):
    with pytest.raises(ValidationError) as refused:
        file_for(alone, by=manager, source="  ", done="")

    assert set(refused.value.message_dict) == {"done", "filed_from", "files"}


def test_the_source_is_attached_to_the_report_and_not_to_a_milestone(alone, manager):
    factories.attach(alone, by=manager, milestone=alone.task.milestones.get(number=1))

    with pytest.raises(ValidationError) as refused:
        file_for(alone, by=manager)

    assert set(refused.value.message_dict) == {"files"}


def test_a_source_is_one_line_of_at_most_two_hundred_characters(alone, manager):
    factories.attach(alone, by=manager)

    with pytest.raises(ValidationError) as refused:
        file_for(alone, by=manager, source="来" * 201)
    assert set(refused.value.message_dict) == {"filed_from"}
    assert file_for(alone, by=manager, source="王科长\n来电").current.filed_from == "王科长 来电"


def test_no_change_is_for_the_bureau_to_say(alone, manager):
    with pytest.raises(WrongState):
        perform(workflow.SUBMIT, alone, by=manager, content=factories.CONTENT, no_change=True)


def test_a_bureaus_own_report_names_no_source(report, staff):
    submitted = perform(workflow.SUBMIT, report, by=staff, content=factories.CONTENT, filed_from=SOURCE)

    assert submitted.current.filed_from == ""


# Reviewed by another --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("move", ["take", "approve", "return"])
def test_the_filer_does_not_review_it(filed, manager, move):
    with pytest.raises(NotAllowed):
        perform(workflow.REPORT_MOVES[move], filed, by=manager, comment="For a reason.")


def test_another_reviewer_does(filed, manager2):
    assert factories.approve(filed, by=manager2).status == "approved"


def test_who_filed_an_earlier_version_does_not_review_the_next(
    filed, alone, manager, manager2, programme, office
):
    third = factories.member("manager3", programme, "manager", office)
    factories.send_back(filed, by=third)
    file_for(alone, by=manager2)

    with pytest.raises(NotAllowed):
        factories.approve(alone, by=manager)
    assert factories.approve(alone, by=third).status == "approved"


def test_who_filed_what_the_bureau_later_corrected_does_not_review_it(
    filed, alone, programme, finance, manager, manager2, admin
):
    writer = factories.member("wang", programme, "staff", finance)
    factories.send_back(filed, by=manager2)
    factories.submit(alone, by=writer)

    with pytest.raises(NotAllowed):
        factories.approve(alone, by=manager)


def test_who_wrote_the_draft_or_attached_the_source_does_not_review_it(alone, programme, office, manager):
    writer, clerk, third = (
        factories.member(name, programme, "manager", office) for name in ("wang", "li", "zhao")
    )
    reports.save_draft(alone, factories.CONTENT, by=writer)
    factories.attach(alone, by=clerk)
    submitted = file_for(alone, by=manager)

    assert [bool(why_not(workflow.APPROVE, submitted, one)) for one in (writer, clerk, manager, third)] == [
        True,
        True,
        True,
        False,
    ]


def test_the_filer_does_not_reopen_it(filed, manager, manager2):
    approved = factories.approve(filed, by=manager2)

    with pytest.raises(NotAllowed):
        perform(workflow.REOPEN, approved, by=manager, comment="For a reason.")


def test_the_filer_withdraws_it(filed, manager):
    assert perform(workflow.WITHDRAW, filed, by=manager).status == "draft"


def test_a_withdrawn_version_still_binds_who_filed_it(filed, alone, manager, manager2):
    perform(workflow.WITHDRAW, filed, by=manager)
    file_for(alone, by=manager2)

    with pytest.raises(NotAllowed):
        factories.approve(alone, by=manager)


# Who sees a draft -----------------------------------------------------------------------------------------------------


def test_a_draft_is_the_offices_until_the_bureau_has_people(alone, programme, finance, manager, manager2):
    reports.save_draft(alone, {"done": "Three firms."}, by=manager)
    factories.attach(alone, by=manager)
    fresh = Report.objects.for_form().get(pk=alone.pk)
    assert reports.read_draft(fresh, by=manager2).content["done"] == "Three firms."
    assert ReportFile.objects.visible_to(manager2).exists()

    writer = factories.member("wang", programme, "staff", finance)
    manager2.forget()

    assert reports.read_draft(fresh, by=writer).content["done"] == "Three firms."
    assert not ReportFile.objects.visible_to(manager2).exists()
    with pytest.raises(NotAllowed):
        reports.read_draft(fresh, by=manager2)


@pytest.mark.parametrize("who", ["auditor", "admin", "neighbour"])
def test_nobody_else_sees_it(alone, manager, who, request):
    reports.save_draft(alone, {"done": "Three firms."}, by=manager)
    factories.attach(alone, by=manager)
    person = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        reports.read_draft(alone, by=person)
    assert not ReportFile.objects.visible_to(person).exists()


# Told everywhere ------------------------------------------------------------------------------------------------------


def test_the_records_hold_the_source(filed):
    version = Event.objects.get(kind="reportversion", action="submit")

    assert SOURCE in version.line
    assert (version.role, version.bureau_name) == ("manager", "试点办")


def test_the_api_files_and_shows_it(alone, manager, auditor, api):
    factories.attach(alone, by=manager)
    url = f"/api/v1/reports/{alone.pk}/"

    refused = api(manager).post(f"{url}submit/", {"content": factories.CONTENT}, format="json")
    body = {"content": factories.CONTENT, "filed_from": SOURCE}
    taken = api(manager).post(f"{url}submit/", body, format="json")

    assert (refused.status_code, taken.status_code) == (400, 200)
    assert api(auditor).get(url).json()["current"]["filed_from"] == SOURCE
