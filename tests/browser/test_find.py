"""From a few letters to the task without a mouse; a list narrowed down, kept as a view, and met again."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser import looking
from tests.browser.conftest import PHONE


@pytest.fixture
def register(field, market, commerce, manager, staff, programme):
    """Two tasks with names that can be said, the second with a report that says something else."""
    one, two = (
        factories.accepted_task(field, market, by=manager, accepted_by=staff, code=code, title=title)
        for code, title in (("4-21", "知识产权证券化探索"), ("6-01", "优化知识产权保护制度"))
    )
    factories.task(field, commerce, by=manager, code="1-01", title="服务外包")
    period = factories.open_period(programme, by=manager)
    factories.submit(factories.report_of(two, period), by=staff, done="走访企业86家。")
    return one, two


def test_letters_lead_to_the_task_by_keyboard_alone(visit, manager, register):
    page = visit(manager)

    page.keyboard.press("/")
    page.keyboard.type("zscq")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="搜索")).to_be_visible()
    expect(page.locator(".sentence")).to_contain_text("知识产权")
    expect(page.locator(".hits .chosen")).to_contain_text("4-21")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits .chosen")).to_contain_text("6-01")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="优化知识产权保护制度")).to_be_visible()


def test_other_words_are_searched_before_a_hit_is_opened(visit, manager, register):
    page = visit(manager)
    page.goto("/search/?q=zscq")

    page.locator(".top input[type=search]").fill("86家")
    page.keyboard.press("Enter")

    expect(page.locator("#found-reports mark").first).to_have_text("86家")


def test_a_narrowed_list_is_kept_and_met_again(visit, manager, register):
    page = visit(manager)
    page.goto("/tasks/")

    page.locator("#id_status").select_option("in_progress")
    expect(page.locator("table.register tbody tr")).to_have_count(2)
    page.locator("#columns > summary").click()
    page.locator("#columns").get_by_label("牵头单位").uncheck()
    page.locator("#columns").get_by_label("完成标准").check()
    page.get_by_role("button", name="按所选显示").click()
    expect(page.locator("table.register thead")).to_contain_text("完成标准")
    expect(page.locator("table.register thead")).not_to_contain_text("牵头单位")
    page.locator("#views > summary").click()
    page.locator("#id_view_name").fill("推进中")
    page.get_by_label("设为我打开列表时的默认视图").check()
    page.locator("#views").get_by_role("button", name="保存").click()
    expect(page.locator("#views > summary")).to_contain_text("推进中")
    page.goto("/tasks/")

    expect(page.locator("table.register thead")).to_contain_text("完成标准")
    expect(page.locator("table.register tbody tr")).to_have_count(2)
    page.locator("#views > summary").click()
    page.get_by_role("link", name="全部（不用视图）").click()
    expect(page.locator("table.register tbody tr")).to_have_count(3)


def test_on_a_phone_the_box_is_in_the_menu_and_stays_on_the_page(visit, manager, register):
    page = visit(manager, viewport=PHONE)

    page.get_by_role("link", name="菜单").click()
    page.locator(".rail input[type=search]").fill("zscq")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/search/"))
    expect(page.locator(".phone-search input[type=search]")).to_have_value("zscq")


def test_the_counts_of_a_long_register_are_whole_on_a_phone(visit, manager, register):
    page = visit(manager, viewport=PHONE)
    page.goto("/tasks/")

    page.locator(".count-figure b").evaluate_all("all => all.forEach((one) => (one.textContent = '2000'))")

    assert looking.phone(page) == []
