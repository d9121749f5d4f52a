"""A gate from its proposal to the figures, on the real pages: the funnel, the board and the pictures follow at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import signings
from tests.browser.conftest import PHONE

PROOF = {"name": "框架协议.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 signed"}


@pytest.fixture
def project(programme, market, manager, staff):
    """Signed, of 18亿元; no gate is confirmed."""
    sector = signings.sector(programme, by=manager)
    fair = signings.event(programme, by=manager)
    return signings.project(sector, market, by=manager, event=fair, name="样例项目01")


def first_gate(page: Page):
    page.goto("/projects/")
    return page.locator(".gate-columns > li").first


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_confirmed_gate_moves_the_funnel_and_each_figure_opens_its_projects(
    visit, project, staff, manager, auditor, scripts
):
    staffs, managers = visit(staff, scripts=scripts), visit(manager, scripts=scripts)
    expect(first_gate(managers)).to_contain_text("0.00 %个数")
    proposes(staffs, project)
    expect(first_gate(managers)).to_contain_text("0.00 %个数")
    confirms(managers, project)

    gate = first_gate(managers)
    expect(gate).to_contain_text("100.00 %个数")
    gate.get_by_role("link").click()
    expect(managers.locator("main tbody tr")).to_have_count(1)
    expect(managers.locator(".pill.set")).to_have_count(2)

    looks(visit(auditor, scripts=scripts))


def proposes(page: Page, project) -> None:
    page.goto(f"/projects/{project.pk}/")
    page.get_by_role("link", name="申报“框架协议”").first.click()
    page.get_by_label("实际日期").fill("2021-09-04")
    page.locator("textarea[name=words]").fill("在北京签订框架协议。")
    page.locator("input[type=file]").set_input_files(PROOF)
    page.locator("main").get_by_role("button", name="申报").click()
    expect(page.locator(".message-green")).to_be_visible()


def confirms(page: Page, project) -> None:
    page.goto(f"/projects/{project.pk}/")
    page.locator(".page-do").get_by_role("button", name=re.compile("^确认")).click()
    expect(page.locator(".message-green")).to_be_visible()


def looks(page: Page) -> None:
    """From one way to look to the next, by the switch, and from a bar to its projects."""
    page.goto("/projects/")
    page.get_by_role("link", name="看板", exact=True).click()
    expect(page.locator("#stand-framework")).to_contain_text("1")
    page.get_by_role("link", name="按承接单位", exact=True).click()
    expect(page.locator("table.carriers tfoot")).to_contain_text("18.00")
    page.get_by_role("link", name="图表", exact=True).click()
    page.get_by_role("link", name=re.compile("^高端装备")).first.click()
    expect(page.locator("main tbody tr")).to_have_count(1)


def test_a_phone_has_drawings_of_its_own_in_letters_that_can_be_read(visit, project, auditor):
    page = visit(auditor)
    page.set_viewport_size(PHONE)
    page.goto("/projects/pictures/")

    expect(page.locator("svg.for-desk:visible")).to_have_count(0)
    expect(page.locator("svg.for-phone:visible")).to_have_count(6)
    sizes = page.locator("svg.for-phone:visible").evaluate_all(
        "all => all.map(one => 12 * one.getBoundingClientRect().width / one.viewBox.baseVal.width)"
    )
    assert min(sizes) >= 11.9


def test_a_bar_is_reached_by_the_keyboard_and_shows_it(visit, project, auditor):
    page = visit(auditor)
    page.goto("/projects/pictures/")
    bar = page.locator("svg.bars.for-desk a").first

    bar.focus()

    ring = bar.locator(".hit").evaluate("one => getComputedStyle(one).strokeWidth")
    assert ring == "3px"
