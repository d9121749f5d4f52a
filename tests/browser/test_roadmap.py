"""The roadmap by months is wider than any screen: it opens where today is."""

import datetime

from playwright.sync_api import expect

from tests import factories


def test_the_roadmap_by_months_opens_at_today(visit, field, market, manager, staff):
    last = datetime.date(2023, 7, 31)
    factories.accepted_task(
        field, market, by=manager, accepted_by=staff, starts_on=datetime.date(2018, 8, 1), due_on=last,
        milestones=[("Report", last)],
    )  # fmt: skip
    page = visit(manager)
    page.goto("/roadmap/?zoom=month")

    expect(page.locator(".road-top .flag")).to_be_in_viewport(ratio=0.9)
    assert page.locator(".road-wide").evaluate("box => box.scrollLeft") > 0
