"""More time: asked for before the day, signed by the head, decided within the clock; the baseline never moves."""

import datetime

import pytest
from django.urls import reverse

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.notices.models import Notice
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Extension, Milestone
from tests import factories

pytestmark = pytest.mark.django_db
LATER = datetime.date(2022, 3, 1)


@pytest.fixture
def task(field, market, manager, staff):
    """In progress; its second milestone is due in December."""
    dates = [("Plan made", datetime.date(2020, 12, 31)), ("Ten firms", datetime.date(2021, 12, 31))]
    return factories.accepted_task(field, market, by=manager, accepted_by=staff, milestones=dates)


@pytest.fixture
def node(task):
    return task.milestones.get(number=2)


@pytest.fixture
def asked(task, node, staff):
    return factories.ask(task, node, by=staff, to_on=LATER)


@pytest.fixture
def signed(asked, head):
    return perform(workflow.SIGN, asked, by=head)


def told(person):
    return list(Notice.objects.visible_to(person).filter(kind="extension").values_list("move", flat=True))


def post(browser, task, what, **data):
    sent = {"what": what, "to_on": "2022-03-01", "cause": "The ministry's list is late."} | data
    return browser.post(f"/tasks/{task.pk}/extension/", sent)


def test_a_reporter_asks_and_the_head_is_told(task, node, staff, head, sign_in):
    answer = post(sign_in(staff), task, node.pk)

    row = Extension.objects.get()
    assert answer.status_code == 302
    assert (row.status, row.milestone, row.from_on, row.to_on) == ("asked", node, node.plan_on, LATER)
    assert told(head) == ["ask"]


def test_what_the_head_asks_is_signed_at_once(task, node, head, manager):
    row = factories.ask(task, node, by=head, to_on=LATER)

    assert (row.status, row.signed_by, row.decide_due_on) == ("signed", head, datetime.date(2021, 9, 29))
    assert told(manager) == ["sign"]


@pytest.mark.moves("Extension.sign")
def test_the_head_signs_and_the_offices_clock_begins(asked, head, manager, sign_in):
    sign_in(head).post(f"/extensions/{asked.pk}/sign/")

    row = Extension.objects.get()
    assert (row.status, row.decide_due_on) == ("signed", datetime.date(2021, 9, 29))
    assert told(manager) == ["sign"]


@pytest.mark.moves("Extension.grant")
def test_granted_it_moves_the_plan_and_never_the_baseline(signed, node, manager, staff, sign_in):
    baseline = node.baseline_on
    sign_in(manager).post(f"/extensions/{signed.pk}/grant/")

    moved = Milestone.objects.get(pk=node.pk)
    assert (moved.plan_on, moved.baseline_on, moved.slippage) == (LATER, baseline, 60)
    assert told(staff) == ["grant"]


def test_granted_for_the_task_it_moves_the_due_date(task, head, manager):
    row = factories.ask(task, None, by=head, to_on=datetime.date(2022, 6, 30))
    perform(workflow.GRANT, row, by=manager)

    task.refresh_from_db()
    assert (task.due_on, task.baseline_due_on, task.slippage) == (
        datetime.date(2022, 6, 30),
        datetime.date(2022, 3, 31),
        91,
    )


@pytest.mark.moves("Extension.refuse")
def test_refused_it_says_why_and_the_day_stays(signed, node, manager, sign_in):
    sign_in(manager).post(f"/extensions/{signed.pk}/refuse/", {"comment": "Ask the ministry first."})

    row = Extension.objects.get()
    assert (row.status, row.answer) == ("refused", "Ask the ministry first.")
    assert Milestone.objects.get(pk=node.pk).plan_on == node.plan_on


@pytest.mark.moves("Extension.withdraw")
def test_the_bureau_withdraws_it_and_may_ask_again(signed, task, node, staff, sign_in):
    sign_in(staff).post(f"/extensions/{signed.pk}/withdraw/")
    post(sign_in(staff), task, node.pk)

    assert list(Extension.objects.order_by("pk").values_list("status", flat=True)) == ["withdrawn", "asked"]


def test_one_wish_at_a_time_for_the_same_day(asked, task, node, staff, sign_in):
    assert post(sign_in(staff), task, node.pk).status_code == 409
    assert post(sign_in(staff), task, "task", to_on="2022-06-30").status_code == 302


def test_after_its_day_it_is_too_late(task, staff, sign_in):
    page = sign_in(staff).get(f"/tasks/{task.pk}/extension/")

    assert [bool(one.reason) for one in page.context["choices"]] == [True, False, False]
    assert post(sign_in(staff), task, task.milestones.get(number=1).pk).status_code == 409


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"to_on": "2021-12-31"}, "to_on"),
        ({"to_on": "2022-04-01"}, "to_on"),
        ({"to_on": ""}, "to_on"),
        ({"cause": " "}, "cause"),
        ({"what": "999"}, "what"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(task, node, staff, sign_in, fields, wrong):
    answer = post(sign_in(staff), task, **({"what": node.pk} | fields))

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {wrong}


def test_nobody_of_the_bureau_decides_about_its_wish(signed, programme, market):
    seconded = factories.member("wang", programme, "manager", market)

    with pytest.raises(NotAllowed):
        perform(workflow.GRANT, signed, by=seconded)


def test_a_reporter_does_not_sign(asked, staff):
    with pytest.raises(NotAllowed):
        perform(workflow.SIGN, asked, by=staff)


def test_a_day_that_was_moved_meanwhile_is_not_moved_back(signed, task, node, manager):
    with clock.at(datetime.datetime(2021, 9, 25, 9, tzinfo=clock.BEIJING)):
        factories.move_milestone(task, node, datetime.date(2022, 3, 15), by=manager)

    with pytest.raises(WrongState):
        perform(workflow.GRANT, signed, by=manager)


def test_a_program_asks_for_more_time_too(task, node, staff, api):
    sent = {"task": task.pk, "milestone": node.pk, "to_on": "2022-03-01", "cause": "The list is late."}
    answer = api(staff).post("/api/v1/extensions/", sent, format="json")

    assert answer.status_code == 201
    assert (answer.json()["status"], answer.json()["milestone_number"]) == ("asked", 2)
    assert {one["name"] for one in answer.json()["moves"]} == {"withdraw"}


def test_the_work_page_leads_head_and_office_to_it(asked, head, manager, sign_in):
    before = sign_in(head).get("/").content.decode()
    perform(workflow.SIGN, asked, by=head)
    after = sign_in(manager).get("/").content.decode()

    assert f"/extensions/{asked.pk}/sign/" in before
    assert reverse("desk_item", args=[asked.pk, "extension"]) in after
