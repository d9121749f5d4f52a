"""manage.py set_password."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from qdtrade.audit.models import Event


@pytest.fixture
def set_password(monkeypatch):
    def run(username, password):
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        call_command("set_password", username)

    return run


def test_the_new_password_is_recorded_as_changed_and_never_told(set_password, staff, client):
    set_password("staff", "wind-over-fushan-bay")

    event = Event.objects.get(action="change_password")
    typed = {"username": "staff", "password": "wind-over-fushan-bay"}
    assert client.post(reverse("sign_in"), typed).status_code == 302
    assert "fushan" not in event.line


def test_a_password_that_somebody_else_set_must_be_changed(set_password, staff):
    set_password("staff", "wind-over-fushan-bay")

    staff.refresh_from_db()
    assert staff.must_change_password


def test_a_new_password_ends_every_session(set_password, staff, sign_in):
    browser = sign_in(staff)
    browser.get(reverse("help"))

    set_password("staff", "wind-over-fushan-bay")

    assert browser.get(reverse("help")).status_code == 302
    assert not staff.sessions.exists()


@pytest.mark.parametrize(
    ("username", "password"),
    [("staff", "12345678"), ("nobody", "wind-over-fushan-bay"), ("service", "wind-over-fushan-bay")],
)
def test_a_weak_password_or_an_unknown_account_is_refused(set_password, staff, username, password):
    with pytest.raises(CommandError):
        set_password(username, password)

    assert not Event.objects.filter(action="change_password").exists()
