"""Deputies are appointed and ended on a page of their own; both people read of it on their first page and inbox."""

import datetime

import pytest

from qdtrade import clock
from qdtrade.programmes.models import Membership
from tests import factories
from tests.qdtrade.programmes.test_deputies import BACK, TODAY, TOMORROW, appoint, role_of

DAYS = {"starts_on": TODAY.isoformat(), "ends_on": BACK.isoformat(), "reason": "Leave."}


def page_of(answer):
    return answer.content.decode()


def send(client, person, **fields):
    return client.post("/deputies/", {"deputy": person.pk} | DAYS | fields)


@pytest.fixture
def deputy(head, staff):
    return appoint(head, staff, by=head)


def test_a_head_is_offered_the_people_of_the_bureau(head, staff, neighbour, sign_in):
    page = page_of(sign_in(head).get("/deputies/"))

    assert f'<option value="{staff.pk}">' in page
    assert f'<option value="{neighbour.pk}">' not in page


def test_a_head_appoints_a_deputy(head, staff, sign_in):
    answer = send(sign_in(head), staff)

    row = Membership.objects.of_deputies().get()
    assert answer.status_code == 302
    assert (row.user, row.absent, row.ends_on) == (staff, head, BACK)


def test_an_administrator_chooses_for_whom_first(head, manager, staff, admin, sign_in):
    client = sign_in(admin)

    assert 'name="deputy"' not in page_of(client.get("/deputies/"))
    assert 'name="deputy"' in page_of(client.get("/deputies/", {"for": role_of(head).pk}))
    assert send(client, staff, membership=role_of(head).pk).status_code == 302


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(head, staff, sign_in):
    answer = send(sign_in(head), staff, ends_on="2022-12-31")

    assert answer.status_code == 400
    assert "最多90天" in page_of(answer)
    assert 'value="Leave."' in page_of(answer)


@pytest.mark.parametrize("field", ["deputy", "starts_on", "ends_on"])
def test_an_empty_field_is_named(head, staff, sign_in, field):
    assert send(sign_in(head), staff, **{field: ""}).status_code == 400


def test_somebody_who_is_not_offered_is_not_taken(head, staff, neighbour, sign_in):
    assert send(sign_in(head), neighbour).status_code == 400
    assert not Membership.objects.of_deputies().exists()


def test_the_role_of_another_bureau_is_not_found(programme, commerce, head, staff, sign_in):
    other = factories.member("wang", programme, "head", commerce)

    assert send(sign_in(head), staff, membership=role_of(other).pk).status_code == 404


def test_a_double_click_appoints_one_deputy(head, staff, sign_in):
    client = sign_in(head)

    assert [send(client, staff).status_code for _click in range(2)] == [302, 400]
    assert Membership.objects.of_deputies().count() == 1


def test_nobody_else_in_the_bureau_is_said(programme, commerce, sign_in):
    alone = factories.member("wang", programme, "head", commerce)

    assert "没有可以代理的人" in page_of(sign_in(alone).get("/deputies/"))


@pytest.mark.parametrize("who", ["head", "staff", "admin"])
def test_those_it_concerns_see_the_deputy(deputy, who, request, sign_in):
    assert "<b>head</b>" in page_of(sign_in(request.getfixturevalue(who)).get("/deputies/"))


@pytest.mark.parametrize("who", ["neighbour", "manager", "auditor"])
def test_nobody_else_sees_it(deputy, who, request, sign_in):
    assert "<b>head</b>" not in page_of(sign_in(request.getfixturevalue(who)).get("/deputies/"))


def test_a_deputy_is_ended_on_the_page(deputy, head, staff, sign_in):
    answer = sign_in(head).post(f"/deputies/{deputy.pk}/end/", {"comment": "Back early."})

    assert answer.status_code == 302
    assert not Membership.objects.on(TODAY).of_deputies().exists()


def test_the_deputy_is_not_offered_to_end_it(deputy, staff, sign_in):
    assert f"/deputies/{deputy.pk}/end/" not in page_of(sign_in(staff).get("/deputies/"))


def test_a_role_in_ones_own_name_cannot_be_ended_there(head, admin, sign_in):
    assert sign_in(admin).post(f"/deputies/{role_of(head).pk}/end/").status_code == 404


def test_my_work_says_it_to_both_people(deputy, head, staff, sign_in):
    assert "您正在代理head" in page_of(sign_in(staff).get("/"))
    assert "staff正在代理您" in page_of(sign_in(head).get("/"))


def test_my_work_says_it_beforehand(head, staff, sign_in):
    appoint(head, staff, by=head, starts_on=TOMORROW)

    assert "您将于" in page_of(sign_in(staff).get("/"))
    assert "将于" in page_of(sign_in(head).get("/"))


def test_my_work_says_nothing_once_it_is_over(deputy, staff, sign_in):
    with clock.at(datetime.datetime(2021, 10, 9, 9, tzinfo=clock.BEIJING)):
        assert "代理head" not in page_of(sign_in(staff).get("/"))


def test_the_menu_says_for_whom_the_person_acts(deputy, staff, sign_in):
    assert "市市场监管局 · 单位负责人（代head）" in page_of(sign_in(staff).get("/help/"))


def test_the_inbox_leads_to_the_page(deputy, staff, sign_in):
    page = page_of(sign_in(staff).get("/notices/"))

    assert "head请您代理：单位负责人 市市场监管局（代head）" in page
    assert 'href="/deputies/?programme=qd-2020"' in page
