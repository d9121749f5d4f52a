"""manage.py set_password."""

import io

import pytest
from django.core.management import CommandError, call_command

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
    assert client.login(username="staff", password="wind-over-fushan-bay")
    assert "fushan" not in event.line


@pytest.mark.parametrize(
    ("username", "password"),
    [("staff", "12345678"), ("nobody", "wind-over-fushan-bay"), ("service", "wind-over-fushan-bay")],
)
def test_a_weak_password_or_an_unknown_account_is_refused(set_password, staff, username, password):
    with pytest.raises(CommandError):
        set_password(username, password)

    assert not Event.objects.filter(action="change_password").exists()
