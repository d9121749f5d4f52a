"""Lock-out after repeated failures, and the way out."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from qdtrade.accounts import actions, locks
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.templatetags import days
from tests import factories


def enter(client, username="staff", password=factories.PASSWORD, **headers):
    typed = {"username": username, "password": password}
    return client.post(reverse("sign_in"), typed, **headers)


def fail(client, username="staff", times=5):
    return [enter(client, username, "wrong").status_code for _number in range(times)]


@pytest.fixture
def locked(client, staff):
    fail(client)
    return staff


def said_of(person):
    events = Event.objects.filter(kind="user", object_id=person.pk).order_by("seq")
    return list(events.values_list("action", flat=True))


@pytest.mark.parametrize("username", ["staff", "nobody-of-that-name"])
def test_the_fifth_failure_locks_whether_there_is_such_an_account_or_not(client, staff, username):
    assert fail(client, username) == [400, 400, 400, 400, 429]


def test_a_locked_account_is_not_opened_by_the_right_password(client, locked):
    answer = enter(client)

    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


def test_an_unknown_account_is_told_the_same_as_one_that_is_there(client, locked):
    fail(client, "nobody")
    answers = [enter(client, name, "wrong") for name in ("staff", "nobody")]

    pages = [answer.content.decode().split("<main")[1] for answer in answers]
    assert pages[0] == pages[1]


def test_the_page_says_until_when_and_who_can_unlock(client, locked):
    page = enter(client, password="wrong").content.decode()

    assert days.time_of_day(locks.locked(["staff"])["staff"]) in page
    assert "管理员" in page or "administrator" in page


def test_another_address_and_another_browser_do_not_help(client, locked):
    headers = {"REMOTE_ADDR": "10.0.0.9", "headers": {"User-Agent": "another"}}

    assert enter(client, **headers).status_code == 429


def test_failures_from_several_addresses_count_together(client, staff):
    codes = [enter(client, password="wrong", REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(1, 6)]

    assert codes[-1] == 429


def test_other_accounts_stay_open(client, locked, manager):
    assert enter(client, "manager").status_code == 302


def test_the_lock_ends_by_itself(client, locked):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=True):
        assert enter(client).status_code == 302


def test_knocking_on_does_not_make_the_lock_longer(client, locked):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10), tick=True):
        fail(client)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=True):
        assert enter(client).status_code == 302


def test_a_success_forgets_the_failures_before_it(client, staff):
    fail(client, times=4)
    enter(client)
    client.post(reverse("sign_out"))

    assert fail(client, times=4) == [400, 400, 400, 400]


def test_the_lock_is_recorded_once(client, locked):
    fail(client)

    assert said_of(locked)[-6:] == ["sign_in_failed"] * 5 + ["lock"]


def test_nothing_that_was_typed_is_kept(client, staff):
    client.post(reverse("sign_in"), {"username": "my-secret-1", "password": "my-secret-2", "next": "/x"})

    kept = str(list(AccessAttempt.objects.values()))
    assert "my-secret" not in kept
    assert "csrf" not in kept


def test_a_wrong_old_password_in_the_profile_counts_too(sign_in, staff):
    browser = sign_in(staff)
    typed = {
        "old_password": "wrong",
        "new_password1": "wind-over-fushan",
        "new_password2": "wind-over-fushan",
    }

    codes = [browser.post(reverse("password"), typed).status_code for _number in range(5)]

    assert codes == [400, 400, 400, 400, 429]


# Unlocking ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["admin", "root"])
def test_an_administrator_unlocks(request, client, locked, who, sign_in):
    browser = sign_in(request.getfixturevalue(who))

    answer = browser.post(reverse("person_act", args=[locked.pk, "unlock"]))

    assert answer.status_code == 302
    assert enter(client).status_code == 302
    assert "unlock" in said_of(locked)


@pytest.mark.parametrize("who", ["manager", "auditor", "head", "stranger"])
def test_nobody_else_unlocks(request, locked, who):
    with pytest.raises(NotAllowed):
        actions.unlock(locked, by=request.getfixturevalue(who))


def test_an_administrator_of_another_programme_does_not_unlock(locked, region):
    other = factories.programme(region, "qd-2025")
    elsewhere = factories.member("elsewhere", other, "admin")

    with pytest.raises(NotAllowed):
        actions.unlock(locked, by=elsewhere)


def test_what_is_not_locked_is_not_unlocked(staff, admin):
    with pytest.raises(WrongState):
        actions.unlock(staff, by=admin)


def test_the_record_of_an_unlocking_names_the_administrators_role(locked, admin):
    actions.unlock(locked, by=admin)

    event = Event.objects.get(action="unlock")
    assert (event.actor_id, event.role, event.chain.code) == (admin.pk, "admin", "system")
