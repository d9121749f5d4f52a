"""A person makes a token, a program works with it, and the person ends it."""

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from tests import factories

PATH = "/api/v1/reports/"


@pytest.fixture
def call(live_server, chromium):
    """A program elsewhere: no cookie, nothing but the token."""
    opened = []

    def program(secret, method="GET", path=PATH, **kwargs):
        context = chromium.new_context(base_url=live_server.url)
        opened.append(context)
        headers = {"Authorization": f"Bearer {secret}"}
        return context.request.fetch(path, method=method, headers=headers, **kwargs)

    yield program
    for context in opened:
        context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_token_is_made_used_and_revoked(visit, call, report, staff, scripts):
    page = visit(staff, scripts=scripts)

    secret = make(page, "monthly export", writes=True)
    assert call(secret).json()["count"] == 1
    assert (
        call(secret, "POST", f"{PATH}{report.pk}/submit/", data={"content": factories.CONTENT}).status == 200
    )

    page.goto("/profile/tokens/")
    expect(page.locator(".secret")).to_have_count(0)
    expect(page.locator("table.tokens tbody tr")).not_to_contain_text(_("never"))
    revoke(page)
    assert call(secret).status == 401


def test_a_token_that_only_reads_changes_nothing(visit, call, report, staff):
    secret = make(visit(staff), "statistics", writes=False)

    assert call(secret).status == 200
    assert (
        call(secret, "POST", f"{PATH}{report.pk}/submit/", data={"content": factories.CONTENT}).status == 403
    )


def make(page, name, *, writes):
    """The secret as the page shows it."""
    page.goto("/profile/")
    page.locator("main a[href='/profile/tokens/']").click()
    page.locator("#id_name").fill(name)
    page.locator(f"input[name=writes][value={'yes' if writes else 'no'}]").check()
    page.locator("main form.plain-form button").click()
    return page.locator(".secret").inner_text()


def revoke(page):
    page.locator("table.tokens summary").click()
    page.locator("table.tokens .ask-box button").click()
    expect(page.locator("table.tokens .state")).to_contain_text(_("revoked"))
