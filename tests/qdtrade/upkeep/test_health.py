"""/health/: what a watch asks, without an account, whatever stands in front."""

import pytest
from django.db import OperationalError
from django.test import Client

from qdtrade.upkeep import health


def asked(**options):
    return Client().get("/health/", **options)


def test_all_is_well(db):
    answer = asked()

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_session_and_no_cookie_come_of_it(db):
    assert not asked().cookies


def test_neither_the_hosts_name_nor_encryption_matters(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["register.example.gov.cn"]

    assert asked(headers={"Host": "10.0.0.7"}).status_code == 200


def test_missing_migrations_are_told_in_one_word(db, monkeypatch):
    monkeypatch.setattr(health, "unapplied", lambda: ["tasks.0003_more"])

    answer = asked()

    assert (answer.status_code, answer.content) == (503, b"migrations\n")


def test_a_database_that_does_not_answer_is_told_in_one_word_and_nothing_of_its_address(monkeypatch, caplog):
    def fail():
        raise OperationalError("connection to 10.1.2.3 refused for qdtrade")

    monkeypatch.setattr(health, "unapplied", fail)

    answer = asked()

    assert (answer.status_code, answer.content) == (503, b"database\n")
    assert "10.1.2.3" in caplog.text


def test_a_watch_may_ask_for_the_head_alone(db):
    answer = Client().head("/health/")

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_done_there(method):
    assert getattr(Client(), method)("/health/").status_code == 405
