"""A first password must be changed, and everybody may change their own."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from qdtrade.audit.models import Event
from tests import factories

NEW = "wind-over-fushan-bay"


@pytest.fixture
def newcomer(programme, market):
    """Came in with a password that an administrator knows."""
    person = factories.user("lin", must_change_password=True)
    return factories.join(person, programme, "staff", market)


def change(browser, old=factories.PASSWORD, new=NEW, again=None):
    typed = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return browser.post(reverse("password"), typed)


@pytest.mark.parametrize("name", ["my_work", "task_list", "notices", "profile", "people", "help"])
def test_nothing_is_shown_before_the_first_password_is_changed(newcomer, sign_in, name):
    answer = sign_in(newcomer).get(reverse(name))

    assert (answer.status_code, answer.url) == (302, reverse("password"))


def test_nothing_is_done_before_either(newcomer, sign_in):
    answer = sign_in(newcomer).post(reverse("programme_switch"), {"programme": "qd-2020"})

    assert answer.url == reverse("password")


def test_the_language_and_the_way_out_are_open(newcomer, sign_in):
    browser = sign_in(newcomer)

    assert browser.post(reverse("set_language"), {"language": "en", "next": "/"}).url == "/"
    assert browser.post(reverse("sign_out")).url == reverse("sign_in")


def test_the_api_refuses_with_a_sentence(newcomer):
    program = APIClient()
    program.force_login(newcomer)

    answer = program.get(reverse("api:task-list"))

    assert answer.status_code in {401, 403}
    assert "密码" in answer.json()["detail"] or "password" in answer.json()["detail"]


def test_after_the_change_everything_is_open(newcomer, sign_in):
    browser = sign_in(newcomer)

    assert change(browser).url == reverse("my_work")
    assert browser.get(reverse("my_work")).status_code == 200


def test_the_first_password_is_not_taken_again(newcomer, sign_in):
    answer = change(sign_in(newcomer), new=factories.PASSWORD)

    assert answer.status_code == 400
    assert answer.context["form"].errors["new_password1"]


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("wrong", NEW, NEW), (factories.PASSWORD, "short", "short"), (factories.PASSWORD, NEW, NEW + "x")],
)
def test_the_old_one_is_asked_for_and_a_weak_or_mistyped_one_refused(staff, sign_in, old, new, again):
    browser = sign_in(staff)

    assert change(browser, old, new, again).status_code == 400
    staff.refresh_from_db()
    assert staff.check_password(factories.PASSWORD)


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123"])
def test_a_weak_one_is_refused_in_the_readers_language(staff, sign_in, weak):
    said = " ".join(change(sign_in(staff), new=weak).context["form"].errors["new_password2"])

    assert said and not re.search("[a-z]{3}", said)


def test_this_session_goes_on_and_all_others_end(staff, sign_in):
    here, there = sign_in(staff), sign_in(staff)
    change(here)

    assert here.get(reverse("help")).status_code == 200
    assert there.get(reverse("help")).status_code == 302


def test_the_session_gets_another_key(staff, sign_in):
    browser = sign_in(staff)
    before = browser.session.session_key

    change(browser)

    assert browser.session.session_key != before
    assert staff.sessions.count() == 1


def test_the_change_is_recorded_without_the_password(staff, sign_in):
    change(sign_in(staff))

    event = Event.objects.get(action="change_password")
    assert event.actor_id == staff.pk
    assert NEW not in event.line
    assert "must_change" not in event.changes


def test_a_changed_first_password_is_recorded_as_changed_by_its_person(newcomer, sign_in):
    change(sign_in(newcomer))

    assert '"must_change_password":["true","false"]' in Event.objects.get(action="change_password").changes


def test_the_new_one_opens_the_door(staff, sign_in):
    change(sign_in(staff))

    typed = {"username": "staff", "password": NEW}
    assert Client().post(reverse("sign_in"), typed).url == reverse("my_work")
