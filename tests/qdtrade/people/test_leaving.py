"""Somebody leaves: roles end, what waits goes to colleagues, the account closes, in one act."""

import datetime

import pytest
from django.core.management import call_command

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.notices.models import Notice
from qdtrade.programmes.actions import add_member, appoint_deputy
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories
from tests.conftest import NOW

YESTERDAY, TODAY = "2021-09-23", "2021-09-24"


def leave(client, person, last_on=TODAY, comment="调离", **heirs):
    return client.post(f"/people/{person.pk}/leaving/", {"last_on": last_on, "comment": comment, **heirs})


def role(person):
    return person.memberships.get()


def test_the_page_shows_what_waits_and_warns_of_a_bureau_left_alone(returned, staff, keeper):
    page = keeper.get(f"/people/{staff.pk}/leaving/").content.decode()

    assert str(returned) in page
    assert "市市场监管局再没有人有账号" in page


def test_a_colleague_takes_over_and_is_told_what_waits(returned, staff, head, keeper):
    answer = leave(keeper, staff, **{f"heir-{role(staff).pk}": head.pk})

    assert answer.status_code == 302, answer.content.decode()
    assert role(staff).ends_on == datetime.date(2021, 9, 24)
    told = Notice.objects.get(to=head, move="take_over")
    assert str(returned) in told.params["comment"]
    assert all(verdict.fault is None for verdict in verify(None))


def test_all_of_it_is_recorded_with_its_reason(staff, head, keeper):
    leave(keeper, staff, YESTERDAY)

    acts = Event.objects.filter(comment="调离").order_by("chain", "seq").values_list("kind", "action")
    assert set(acts) == {("membership", "edit"), ("user", "leave"), ("user", "close_account")}
    staff.refresh_from_db()
    assert not staff.is_active


def test_a_last_day_to_come_closes_the_account_the_day_after(staff, head, keeper):
    leave(keeper, staff, "2021-09-30")
    staff.refresh_from_db()
    assert (staff.is_active, staff.closes_on) == (True, datetime.date(2021, 9, 30))

    for day in (30, 31):
        with clock.at(NOW + datetime.timedelta(days=day - 24)):
            call_command("close_accounts")
            call_command("close_accounts")
        staff.refresh_from_db()
        assert staff.is_active is (day == 30)


def test_an_account_whose_person_got_a_new_role_stays_open(programme, staff, commerce, keeper, admin):
    leave(keeper, staff, "2021-09-30")
    add_member(
        programme, staff, by=admin, role="staff", bureau=commerce, starts_on=datetime.date(2021, 10, 1)
    )

    with clock.at(NOW + datetime.timedelta(days=10)):
        call_command("close_accounts")

    staff.refresh_from_db()
    assert (staff.is_active, staff.closes_on) == (True, None)


@pytest.mark.moves("Report.pass_on")
def test_a_review_is_passed_on_to_a_reviewer_who_may_do_it(submitted, manager, manager2, keeper):
    perform(workflow.TAKE, submitted, by=manager)

    leave(keeper, manager, **{f"heir-{role(manager).pk}": manager2.pk})

    submitted.refresh_from_db()
    assert submitted.taken_by == manager2
    assert Notice.objects.filter(to=manager2, move="pass_on").exists()


@pytest.mark.parametrize("chosen", [True, False], ids=["who wrote it", "nobody"])
def test_a_review_goes_back_into_the_queue_where_the_colleague_may_not_do_it(
    programme, submitted, market, manager, keeper, chosen
):
    own = factories.member("own", programme, "manager", market)
    perform(workflow.TAKE, submitted, by=manager)

    leave(keeper, manager, **({f"heir-{role(manager).pk}": own.pk} if chosen else {}))

    submitted.refresh_from_db()
    assert submitted.taken_by is None


def test_a_deputy_of_the_person_ends_too(head, staff, keeper, programme, market):
    days = {"starts_on": datetime.date(2021, 9, 24), "ends_on": datetime.date(2021, 10, 8)}
    deputy = appoint_deputy(role(head), staff, by=head, **days)

    leave(keeper, head)

    deputy.refresh_from_db()
    assert deputy.ends_on == datetime.date(2021, 9, 24)


def test_a_role_in_another_programme_keeps_the_account(staff, head, keeper, service, region):
    far = factories.programme(region, code="qd-2021")
    add_member(far, staff, by=service, role="auditor")

    leave(keeper, staff, YESTERDAY)

    staff.refresh_from_db()
    assert staff.is_active
    assert far.memberships.get(user=staff).ends_on is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"comment": ""}, 400), ({"last_on": "gestern"}, 400), ({"last_on": "2023-01-01"}, 400)],
)
def test_what_is_missing_or_wrong_is_named_and_nothing_ends(staff, head, keeper, fields, code):
    answer = leave(keeper, staff, **{"last_on": TODAY, "comment": "调离"} | fields)

    assert answer.status_code == code
    assert role(staff).ends_on is None


def test_somebody_who_could_not_take_over_is_refused(staff, head, neighbour, keeper):
    answer = leave(keeper, staff, **{f"heir-{role(staff).pk}": neighbour.pk})

    assert answer.status_code == 400
    assert role(staff).ends_on is None


def test_pressed_twice_it_is_done_once(staff, head, keeper):
    assert [leave(keeper, staff).status_code for _time in range(2)] == [302, 400]


@pytest.mark.parametrize("who", ["manager", "auditor", "head", "staff"])
def test_only_an_administrator_lets_people_leave(staff, sign_in, request, who):
    person = request.getfixturevalue(who)

    assert leave(sign_in(person), staff).status_code == 403


def test_nobody_lets_themselves_leave(keeper, admin):
    assert leave(keeper, admin).status_code == 403
