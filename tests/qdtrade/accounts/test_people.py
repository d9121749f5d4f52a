"""The people whom an administrator looks after."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qdtrade.accounts import actions
from qdtrade.accounts.models import User
from qdtrade.accounts.models.user import ADMINISTRATOR
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.models import Role
from tests import factories
from tests.qdtrade.programmes.test_deputies import appoint


@pytest.fixture
def elsewhere(region):
    """Somebody of a programme that the administrator has no part in."""
    return factories.member("elsewhere", factories.programme(region, "qd-2025"), "auditor")


def act(browser, person, name, **typed):
    return browser.post(reverse("person_act", args=[person.pk, name]), typed)


def listed(answer):
    return {row.person.username for row, _offers in answer.context["rows"]}


def test_the_role_that_looks_after_people_is_the_administrators():
    assert ADMINISTRATOR == Role.ADMIN


def test_an_administrator_sees_the_people_of_their_programmes(
    admin, staff, manager, stranger, elsewhere, sign_in
):
    assert listed(sign_in(admin).get(reverse("people"))) == {"admin", "staff", "manager"}


def test_the_servers_administrator_sees_everybody_but_the_programs_own_account(
    root, staff, stranger, sign_in
):
    assert listed(sign_in(root).get(reverse("people"))) == {"root", "staff", "stranger"}


def test_somebody_whose_role_has_ended_stays_in_the_list(admin, staff, service, sign_in):
    factories.programmes.end_membership(staff.memberships.get(), by=service)

    assert "staff" in listed(sign_in(admin).get(reverse("people")))


def test_a_role_that_is_held_for_another_person_names_them(admin, head, staff, sign_in):
    appoint(head, staff, by=head)

    assert f"代{head}" in sign_in(admin).get(reverse("people")).content.decode()


@pytest.mark.parametrize(
    ("search", "found"), [("sta", {"staff"}), ("市场监管", {"staff", "head"}), ("nobody", set())]
)
def test_people_are_found_by_name_account_or_bureau(admin, staff, head, manager, sign_in, search, found):
    assert listed(sign_in(admin).get(reverse("people"), {"search": search})) == found


def test_people_are_found_by_state(admin, staff, head, manager, sign_in, client):
    actions.close_account(head, by=admin)
    typed = {"username": "staff", "password": "wrong"}
    codes = [client.post(reverse("sign_in"), typed).status_code for _number in range(5)]
    browser = sign_in(admin)

    found = {
        state: listed(browser.get(reverse("people"), {"state": state})) for state in ("locked", "closed")
    }

    assert codes[-1] == 429
    assert found == {"locked": {"staff"}, "closed": {"head"}}


def test_a_state_that_is_none_is_refused(admin, sign_in):
    assert sign_in(admin).get(reverse("people"), {"state": "tired"}).status_code == 400


def test_the_list_costs_the_same_for_few_people_and_many(admin, manager, programme, office, sign_in):
    browser = sign_in(admin)
    browser.get(reverse("help"))  # begins the session
    few = queries(browser)
    for number in range(20):
        factories.member(f"person{number}", programme, "staff", office)

    assert queries(browser) == few
    assert few <= 16


def queries(browser):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(reverse("people")).status_code == 200
    return len(asked)


# Closing and opening --------------------------------------------------------------------------------------------------


def test_a_closed_account_signs_nobody_in_and_its_sessions_and_tokens_end(admin, staff, sign_in, client):
    token, _secret = actions.tokens.make_token(staff, by=staff, name="export", writes=False, days=30)
    link = actions.make_link(staff, by=admin)
    theirs = sign_in(staff)

    act(sign_in(admin), staff, "close", comment="Moved to another city.")

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert theirs.get(reverse("help")).status_code == 302
    assert client.get(reverse("link", args=[link])).status_code == 410
    typed = {"username": "staff", "password": factories.PASSWORD}
    assert client.post(reverse("sign_in"), typed).status_code == 400


def test_the_reason_is_kept(admin, staff, sign_in):
    act(sign_in(admin), staff, "close", comment="Moved to another city.")

    assert Event.objects.get(action="close_account").comment == "Moved to another city."


def test_a_reason_is_kept_without_what_no_database_keeps(admin, staff, sign_in):
    act(sign_in(admin), staff, "close", comment=" Moved\0 away.\r\nFor good. ")

    assert Event.objects.get(action="close_account").comment == "Moved away.\nFor good."


def test_what_was_closed_is_opened_again_but_its_link_stays_ended(admin, staff, sign_in, client):
    link = actions.make_link(staff, by=admin)
    browser = sign_in(admin)
    act(browser, staff, "close", comment="By mistake.")
    act(browser, staff, "open")

    assert client.get(reverse("link", args=[link])).status_code == 410
    typed = {"username": "staff", "password": factories.PASSWORD}
    assert client.post(reverse("sign_in"), typed).status_code == 302
    assert Event.objects.filter(action="open_account").exists()


def test_nobody_closes_themselves(admin, sign_in):
    assert act(sign_in(admin), admin, "close", comment="x").status_code == 403
    assert User.objects.get(pk=admin.pk).is_active


def test_a_second_closing_is_refused(admin, staff):
    actions.close_account(staff, by=admin)

    with pytest.raises(WrongState):
        actions.close_account(staff, by=admin)


def test_a_person_with_a_role_in_a_programme_of_others_is_the_server_administrators_to_close(
    admin, root, staff, market, region
):
    factories.join(staff, factories.programme(region, "qd-2025"), "staff", market)

    with pytest.raises(NotAllowed):
        actions.close_account(staff, by=admin)
    assert not actions.close_account(staff, by=root).is_active


def test_a_closed_administrator_looks_after_nobody(admin, staff, root):
    actions.close_account(admin, by=root)
    admin.refresh_from_db()

    with pytest.raises(NotAllowed):
        actions.make_link(staff, by=admin)


def test_an_administrator_signs_a_person_out_everywhere(admin, staff, sign_in):
    theirs = sign_in(staff)
    act(sign_in(admin), staff, "sign_out")

    assert theirs.get(reverse("help")).status_code == 302


def test_a_person_out_of_sight_is_not_found(admin, elsewhere, sign_in):
    assert sign_in(admin).get(reverse("person", args=[elsewhere.pk])).status_code == 404
    assert act(sign_in(admin), elsewhere, "link").status_code == 404


def test_what_is_refused_is_shown_greyed_with_its_reason(admin, root, programme, sign_in):
    factories.join(root, programme, "auditor")

    offers = sign_in(admin).get(reverse("person", args=[root.pk])).context["offers"]

    assert [(offer.open, bool(offer.reason)) for offer, _does in offers] == [(False, True)] * 3


def test_an_act_that_is_none_is_not_found(admin, staff, sign_in):
    assert act(sign_in(admin), staff, "explode").status_code == 404
