"""The cockpit as people use it: every figure of the real page is opened, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import PHONE

WALL = {"width": 1920, "height": 1080}


@pytest.fixture
def busy(approved, field, market, commerce, manager, staff, neighbour):
    """A report that is approved, one that is owed, and a task that is not signed for."""
    factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    return factories.task(field, market, by=manager)


@pytest.mark.parametrize("role", ["manager", "staff"])
def test_every_figure_leads_to_so_many_rows(visit, busy, role, request):
    page = visit(request.getfixturevalue(role))
    page.goto("/cockpit/")
    links = page.locator("main a[data-count]")
    figures = {one.get_attribute("href"): one.get_attribute("data-count") for one in links.all()}
    assert len(figures) > 5

    for href, count in figures.items():
        page.goto(href)
        shown = page.locator("main .pages, main .pages-count").first
        expect(shown).to_contain_text(count)


def test_the_wall_is_one_screen_and_leads_back(visit, busy, manager):
    page = visit(manager, viewport=WALL)
    page.goto("/cockpit/")
    page.get_by_role("link", name="大屏").click()
    page.wait_for_load_state("load")

    assert page.evaluate("document.documentElement.scrollHeight") <= WALL["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= WALL["width"]
    page.get_by_role("link", name="回到驾驶舱").click()
    expect(page.get_by_role("heading", name="驾驶舱")).to_be_visible()


def test_a_phone_has_a_drawing_of_its_own(visit, busy, manager):
    page = visit(manager, viewport=PHONE)
    page.goto("/cockpit/")

    expect(page.locator(".course.for-phone")).to_be_visible()
    expect(page.locator(".course.for-desk")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_filter_cuts_every_panel(visit, busy, manager, scripts):
    page = visit(manager, scripts=scripts)
    page.goto("/cockpit/")
    page.get_by_label("牵头单位").select_option(label="市商务局")
    if not scripts:
        page.get_by_role("button", name="应用").click()

    expect(page.get_by_text("1项任务的亮灯")).to_be_visible()
