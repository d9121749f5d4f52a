"""What a deputy does is shown with both names, and what binds the absent person binds the deputy."""

import csv
import datetime
import io

import pytest

from qdtrade.audit import history, verify
from qdtrade.audit.models import Chain, Event
from qdtrade.errors import NotAllowed
from qdtrade.notices.models import Notice
from qdtrade.programmes.actions import add_member, appoint_deputy
from qdtrade.workflow import perform, why_not
from tasks import workflow
from tasks.models import Task
from tests import factories

DAYS = {"starts_on": datetime.date(2021, 9, 24), "ends_on": datetime.date(2021, 10, 8)}
REASON = {"comment": "For a reason."}


def appoint(absent, deputy):
    role = absent.memberships.get(deputy_of=None)
    appoint_deputy(role, deputy, by=absent, **DAYS)
    deputy.forget()


@pytest.fixture
def clerk(programme, office):
    """Of the pilot office, and no reviewer."""
    return factories.join(factories.user("clerk", name="王五"), programme, "admin", office)


@pytest.fixture
def deputy(manager, clerk):
    """The clerk acts for the reviewer."""
    appoint(manager, clerk)
    return clerk


@pytest.fixture
def acting_head(head, staff):
    appoint(head, staff)
    return staff


# In whose name --------------------------------------------------------------------------------------------------------


def test_a_reporter_who_stands_in_for_the_head_acts_as_the_head(report, acting_head, head):
    version = factories.submit(report, by=acting_head).current

    assert (version.submitted_by, version.submitted_for) == (acting_head, head)
    assert Event.objects.filter(action="submit").latest("pk").acting_for == "head"


def test_a_deputy_signs_for_a_task_of_the_bureau(field, market, manager, acting_head):
    perform(workflow.ACCEPT, factories.task(field, market, by=manager), by=acting_head)

    event = Event.objects.filter(action="accept", kind="task").latest("pk")
    assert (event.actor_name, event.role, event.acting_for) == ("staff", "head", "head")
    assert Task.objects.get().accepter == "staff（代head）"


def test_a_deputy_reviews_in_the_name_of_the_reviewer(submitted, deputy, manager):
    version = factories.approve(submitted, by=deputy).in_force

    assert (version.decided_by, version.decided_for) == (deputy, manager)


def test_a_reviewer_who_stands_in_for_another_acts_in_their_own_name(submitted, manager, manager2):
    appoint(manager, manager2)

    assert factories.approve(submitted, by=manager2).in_force.decided_for is None


def test_what_the_absent_reviewer_took_is_decided_in_their_name(submitted, manager, manager2):
    perform(workflow.TAKE, submitted, by=manager)
    appoint(manager, manager2)

    assert factories.approve(submitted, by=manager2).in_force.decided_for == manager


def test_what_a_deputy_took_is_the_absent_reviewers_too(submitted, deputy, manager):
    perform(workflow.TAKE, submitted, by=deputy)

    assert factories.approve(submitted, by=manager).status == "approved"


def test_what_a_deputy_took_is_no_other_reviewers(submitted, deputy, manager2):
    perform(workflow.TAKE, submitted, by=deputy)

    with pytest.raises(NotAllowed) as refused:
        factories.approve(submitted, by=manager2)
    assert "王五（代manager）" in str(refused.value)


def test_a_deputy_puts_back_what_the_absent_reviewer_took(submitted, manager, deputy):
    perform(workflow.TAKE, submitted, by=manager)

    assert perform(workflow.PUT_BACK, submitted, by=deputy).taken_by is None


def test_what_a_deputy_submitted_the_head_withdraws(report, acting_head, head):
    submitted = factories.submit(report, by=acting_head)

    assert perform(workflow.WITHDRAW, submitted, by=head).status == "draft"


# What binds them ------------------------------------------------------------------------------------------------------


def file_for(report, by):
    factories.attach(report, by=by)
    return perform(workflow.SUBMIT, report, by=by, content=factories.CONTENT, filed_from="来函1号")


@pytest.mark.parametrize("move", ["take", "approve", "return"])
def test_a_deputy_does_not_review_what_the_absent_reviewer_filed(alone, manager, deputy, move):
    filed = file_for(alone, by=manager)

    with pytest.raises(NotAllowed):
        perform(workflow.REPORT_MOVES[move], filed, by=deputy, **REASON)


def test_the_absent_reviewer_does_not_review_what_the_deputy_filed(alone, manager, deputy):
    filed = file_for(alone, by=deputy)

    assert (filed.current.submitted_by, filed.current.submitted_for) == (deputy, manager)
    with pytest.raises(NotAllowed):
        factories.approve(filed, by=manager)


def test_who_filed_does_not_review_as_somebodys_deputy(alone, manager, manager2):
    filed = file_for(alone, by=manager)
    appoint(manager2, manager)

    with pytest.raises(NotAllowed):
        factories.approve(filed, by=manager)


def test_a_deputy_does_not_review_for_the_absent_reviewers_bureau(
    field, commerce, manager, manager2, neighbour, clerk
):
    task = factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    theirs = factories.report_of(task, factories.open_period(task.programme, by=manager))
    factories.submit(theirs, by=neighbour)
    appoint(manager2, clerk)

    with pytest.raises(NotAllowed):
        factories.approve(theirs, by=clerk)


def test_a_deputy_does_not_review_for_their_own_bureau(submitted, programme, market, manager, deputy, admin):
    add_member(programme, deputy, by=admin, role="staff", bureau=market)

    with pytest.raises(NotAllowed):
        factories.approve(submitted, by=deputy)


def test_a_reviewer_is_not_bound_by_the_bureau_of_one_they_stand_in_for(
    field, commerce, manager, manager2, neighbour
):
    task = factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    owed = factories.report_of(task, factories.open_period(task.programme, by=manager))
    theirs = factories.submit(owed, by=neighbour)
    appoint(manager2, manager)

    assert why_not(workflow.APPROVE, theirs, manager) == ""


def test_a_head_and_their_deputy_review_nothing_of_the_bureau(
    submitted, programme, market, acting_head, head, admin
):
    factories.join(acting_head, programme, "manager", market)

    with pytest.raises(NotAllowed):
        factories.approve(submitted, by=acting_head)


# Where it is shown ----------------------------------------------------------------------------------------------------


@pytest.fixture
def decided(report, acting_head, deputy):
    """Submitted for the head, approved for the reviewer."""
    return factories.approve(factories.submit(report, by=acting_head), by=deputy)


def test_the_history_names_both_people(decided):
    said = [(line.verb, line.who) for line in history.acts(history.about(decided))]

    assert said[:2] == [("通过", "王五（代manager）"), ("提交", "staff（代head）")]


@pytest.mark.parametrize("address", ["/records/", "/reports/{}/", "/tasks/{}/"])
def test_pages_name_both_people(decided, auditor, sign_in, address):
    pk = decided.task.pk if "tasks" in address else decided.pk

    page = sign_in(auditor).get(address.format(pk)).content.decode()

    assert "王五（代manager）" in page
    assert "staff（代head）" in page


def test_the_desk_and_the_lists_name_both_people(submitted, deputy, manager2, sign_in):
    perform(workflow.TAKE, submitted, by=deputy)
    client = sign_in(manager2)

    for address in ("/desk/", f"/desk/{submitted.pk}/", "/reports/"):
        assert "王五（代manager）" in client.get(address).content.decode()


def test_the_inbox_names_both_people(decided, head):
    told = Notice.objects.filter(to=head, move="approve").get()

    assert told.params["by"] == "王五（代manager）"


def test_the_export_of_the_records_has_a_column_for_it(decided, auditor, sign_in):
    answer = sign_in(auditor).get("/records/export/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    found = {(row["动作"], row["人员"], row["代理对象"]) for row in csv.DictReader(io.StringIO(text))}
    assert {("通过", "王五", "manager"), ("提交", "staff", "head")} <= found


def test_the_api_names_both_people(decided, auditor, api):
    client = api(auditor)
    version = client.get(f"/api/v1/reports/{decided.pk}/").json()["in_force"]
    events = client.get("/api/v1/events/", {"action": "approve"}).json()["results"]

    assert (version["submitted_for"]["name"], version["decided_for"]["name"]) == ("head", "manager")
    assert {event["acting_for"] for event in events} == {"manager"}


def test_the_records_of_deputies_are_whole(decided):
    assert [one.fault for chain in Chain.objects.all() for one in verify.verify(chain.code)] == [None, None]
