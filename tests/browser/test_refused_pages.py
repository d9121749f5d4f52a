"""Pages that say no, and forms with errors: as readable as all others."""

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from tests import factories
from tests.browser import looking
from tests.browser.conftest import PHONE, WIDE

REFUSED = {
    400: "/tasks/?field=x",
    403: "/desk/",
    404: "/nowhere/",
    405: "/sign-out/",
}


def faults(page):
    """What is wrong with the page that is open, on a desk and on a phone."""
    page.set_viewport_size(WIDE)
    found = looking.axe(page)
    page.set_viewport_size(PHONE)
    return found + looking.axe(page) + looking.phone(page)


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_is_a_page_like_the_others(visit, watch, staff, code):
    page = visit(staff)

    answer = page.goto(REFUSED[code])

    assert (answer.status, faults(page)) == (code, [])
    assert page.locator("main .message-more").first.inner_text()
    watch.faults.clear()


@pytest.mark.parametrize(
    ("fault", "code"), [(OperationalError("database is locked"), 503), (RuntimeError(), 500)]
)
def test_a_fault_is_a_page_like_the_others(visit, watch, staff, monkeypatch, fault, code):
    def fails(*args, **kwargs):
        raise fault

    page = visit(staff)
    monkeypatch.setattr("qdtrade.home.shell._programmes", fails)

    answer = page.goto("/")

    assert (answer.status, faults(page)) == (code, [])
    watch.faults.clear()


def test_a_wrong_password_is_told_like_everything_else(visit):
    page = visit()
    page.goto("/sign-in/")
    page.fill("[name=username]", "staff")
    page.fill("[name=password]", "wrong")

    page.locator("form.plain-form button").click()

    assert page.locator(".errorlist").first.inner_text()
    assert faults(page) == []


def test_a_form_with_errors_names_them(visit, staff, report):
    page = visit(staff)
    page.goto(f"/reports/{report.pk}/")
    page.fill("[name=progress]", "140")

    page.locator(".bar [data-main]").click()

    # One at the head of the form, and one at the field.
    expect(page.locator(".errorlist").nth(1)).to_be_visible()
    assert faults(page) == []


def test_a_decision_on_what_has_changed_is_refused_with_both(visit, staff, manager, submitted):
    page = visit(manager)
    page.goto(f"/desk/{submitted.pk}/")
    factories.send_back(submitted, by=manager)

    page.locator("#decision [value=approve]").click()

    assert page.locator("main .message-first").first.inner_text()
    assert faults(page) == []


@pytest.mark.parametrize(
    "address", ["/tasks/?q=zzzz", "/reports/?q=zzzz", "/records/?q=zzzz", "/desk/?tab=returned"]
)
def test_an_empty_list_says_so(visit, manager, programme, address):
    page = visit(manager)

    page.goto(address)

    assert page.locator("main .empty").count() == 1
    assert faults(page) == []
