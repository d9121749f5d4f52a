"""A fault of ours, told without asking anything of what may be broken."""

from django.db import OperationalError
from django.test import RequestFactory
from django.utils import translation

from qdtrade.web import server_error


def test_the_page_for_a_fault_asks_the_database_nothing():
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "<h1" in answer.content.decode()


def test_the_page_for_a_fault_is_in_the_readers_language():
    with translation.override("en"):
        page = server_error(RequestFactory().get("/")).content.decode()

    assert 'lang="en"' in page


def test_a_database_that_was_busy_around_the_page_is_told_as_such():
    """As where the session is saved after the page was made."""
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        answer = server_error(RequestFactory().get("/"))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
