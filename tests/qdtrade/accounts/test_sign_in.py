"""Signing in and out."""

import datetime

import pytest
from django.urls import reverse

from qdtrade.accounts.models import User
from qdtrade.audit.models import Event
from tests import factories


@pytest.fixture
def demo(settings, staff, manager, stranger):
    """A demo with three of its accounts."""
    settings.DEMO_DAY = datetime.date(2021, 9, 27)
    settings.DEMO_ACCOUNTS = ("staff", "manager", "stranger")
    settings.DEMO_PASSWORD = factories.PASSWORD


def enter(client, username, password, **data):
    return client.post(reverse("sign_in"), {"username": username, "password": password, **data})


def test_account_and_password_lead_to_my_work(client, staff):
    answer = enter(client, "staff", factories.PASSWORD)

    assert answer.url == reverse("my_work")
    assert client.session["_auth_user_id"] == str(staff.pk)


def test_a_wrong_password_keeps_the_account_in_the_form(client, staff):
    answer = enter(client, "staff", "wrong")

    assert answer.status_code == 400
    assert answer.context["form"]["username"].value() == "staff"
    assert "wrong" not in answer.content.decode().split("</form>")[0]


def test_a_closed_account_is_told_so_little_that_it_helps_nobody(client, staff):
    User.objects.filter(pk=staff.pk).update(is_active=False)

    assert enter(client, "staff", factories.PASSWORD).status_code == 400


def test_signing_in_and_failing_are_recorded(client, staff):
    enter(client, "staff", "wrong")
    enter(client, "staff", factories.PASSWORD)

    actions = (
        Event.objects.filter(kind="user", object_id=staff.pk).order_by("seq").values_list("action", flat=True)
    )
    assert list(actions)[-2:] == ["sign_in_failed", "sign_in"]


def test_an_unknown_account_leaves_no_record_of_what_was_typed(client, db):
    enter(client, "hunter2", "hunter2")

    assert not Event.objects.filter(line__contains="hunter2").exists()


def test_the_sign_in_before_this_one_is_remembered(client, staff, moment):
    enter(client, "staff", factories.PASSWORD)
    client.post(reverse("sign_out"))
    enter(client, "staff", factories.PASSWORD)

    staff.refresh_from_db()
    assert staff.previous_login == moment


def test_the_page_that_was_asked_for_comes_next(client, staff):
    answer = enter(client, "staff", factories.PASSWORD, next=reverse("help"))

    assert answer.url == reverse("help")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, staff, elsewhere):
    answer = enter(client, "staff", factories.PASSWORD, next=elsewhere)

    assert answer.url == reverse("my_work")


def test_the_language_of_the_person_comes_with_them(client, staff):
    User.objects.filter(pk=staff.pk).update(language="en")

    answer = enter(client, "staff", factories.PASSWORD)

    assert answer.cookies["django_language"].value == "en"


def test_the_browsers_language_does_not_change_the_page(client, db):
    answer = client.get(reverse("sign_in"), headers={"Accept-Language": "en"})

    assert answer.headers["Content-Language"] == "zh-hans"


def test_signing_out_ends_the_session_by_a_button_only(client, staff):
    client.force_login(staff)

    assert client.get(reverse("sign_out")).status_code == 405
    client.post(reverse("sign_out"))
    assert "_auth_user_id" not in client.session


def test_outside_the_demo_there_are_no_accounts_and_no_figures(client, staff):
    page = client.get(reverse("sign_in"))

    assert page.context["accounts"] == []
    assert page.context["pitch"] is None
    assert "staff" not in page.content.decode()


def test_the_demo_offers_each_account_with_what_it_can_do(client, demo):
    accounts = client.get(reverse("sign_in")).context["accounts"]

    assert [account.username for account in accounts] == ["staff", "manager", "stranger"]
    assert all(account.can and account.role for account in accounts)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_demos_figures_carry_their_source(client, demo, language):
    client.cookies["django_language"] = language

    pitch = client.get(reverse("sign_in")).context["pitch"]

    assert [figure.figure for figure in pitch.figures] == ["133", "45", "21", "341"]
    assert "2021" in pitch.source


@pytest.mark.django_db
def test_a_monitor_may_ask_for_the_head_of_the_sign_in_page(client):
    assert client.head(reverse("sign_in")).status_code == 200


@pytest.mark.django_db
def test_an_empty_field_is_told_what_to_do_in_chinese(client):
    page = client.post(
        reverse("sign_in"), {"username": "", "password": ""}, headers={"accept-language": "zh-hans"}
    )

    assert "请填写" in page.content.decode()
