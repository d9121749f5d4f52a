"""Covering an absence, and filing for a bureau without an account, on the real pages: with scripts, and without any."""

import re

import pytest
from playwright.sync_api import Page, expect

from qdtrade.programmes.actions import appoint_deputy
from tests import factories
from tests.browser import looking, steps
from tests.conftest import NOW

LAST_DAY = "2021-10-08"
SOURCE = "市金融局 王科长 9月24日来电"
scripted = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def colleague(programme, market):
    return factories.join(factories.user("wang", name="王五"), programme, "staff", market)


@scripted
def test_a_deputy_submits_for_the_head_and_both_names_are_read(
    visit, report, head, colleague, auditor, scripts
):
    appoints(visit(head, scripts=scripts), "王五")

    acts(visit(colleague, scripts=scripts), report.task.title)

    reads(visit(auditor, scripts=scripts), report.task.title)


def appoints(page: Page, deputy: str) -> None:
    """By the person, from today to a day, with a reason."""
    page.goto("/deputies/")
    page.get_by_label("代理人").select_option(label=f"{deputy} · 填报人 市市场监管局")
    page.get_by_label("结束日期").fill(LAST_DAY)
    page.get_by_label("原因").first.fill("出差")
    page.get_by_role("button", name="指定", exact=True).click()

    expect(page.locator(".message-green")).to_contain_text(deputy)
    page.goto("/")
    expect(page.locator("main")).to_contain_text(f"{deputy}正在代理您")


def acts(page: Page, task: str) -> None:
    """Reads for whom, and hands a report in."""
    page.goto("/")
    expect(page.locator("main")).to_contain_text("您正在代理head")
    expect(page.locator(".rail-foot")).to_contain_text("代head")
    steps.open_report(page, task)
    page.get_by_label("本期完成情况").fill("完成3家注册人试点企业备案")
    page.get_by_label("总体进度").fill("40")
    page.get_by_label("预计完成时间").fill("2021-12-31")
    steps.choose_light(page, "green")
    page.get_by_role("button", name="提交", exact=True).click()

    expect(page.locator(".message-green")).to_contain_text("已提交")


def reads(page: Page, task: str) -> None:
    page.goto("/tasks/")
    page.locator("main").get_by_role("link", name=task).click()
    expect(page.locator("ul.history").last).to_contain_text("王五（代head）")
    page.goto("/records/")
    expect(page.locator("table.records")).to_contain_text("王五（代head）")


@scripted
def test_the_office_files_for_a_bureau_and_another_reviewer_decides(visit, alone, manager, manager2, scripts):
    task = alone.task.title
    filer = visit(manager, scripts=scripts)

    files(filer, alone.period.pk, task)
    may_not_decide(filer, alone.pk)

    decides(visit(manager2, scripts=scripts), task)


def files(page: Page, period: int, task: str) -> None:
    """From the list of who is missing to the form; first without the source, which is refused by name."""
    page.goto(f"/chase/?period={period}")
    page.get_by_role("link", name="代填").click()
    expect(page.locator("main")).to_contain_text("代市金融局填报")
    page.get_by_label("本期完成情况").fill("按来电记录：已走访10家企业")
    page.get_by_label("总体进度").fill("40")
    page.get_by_label("预计完成时间").fill("2021-12-31")
    steps.choose_light(page, "green")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator(".message-red")).to_contain_text("来源")

    page.get_by_label("来源", exact=True).fill(SOURCE)
    steps.attach(page, "来电记录.pdf", proves="")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator(".message-green")).to_contain_text("已提交")


def may_not_decide(page: Page, report: int) -> None:
    page.goto(f"/desk/{report}/")
    expect(page.locator("main")).to_contain_text("须由其他人审核")
    expect(page.locator("aside").get_by_role("button", name=re.compile("^通过"))).to_have_attribute(
        "aria-disabled", "true"
    )


def decides(page: Page, task: str) -> None:
    """With the source before their eyes."""
    steps.open_on_desk(page, task)
    expect(page.locator("main")).to_contain_text(SOURCE)
    steps.approve(page)
    expect(page.locator(".message-green")).to_contain_text("已通过")


@pytest.mark.parametrize("who", ["manager", "auditor"])
def test_the_pages_of_what_is_filed_for_a_bureau_serve_everybody(
    visit, alone, manager, auditor, who, request
):
    """The office's form, and what others read."""
    page = visit(request.getfixturevalue(who))

    addresses = (f"/reports/{alone.pk}/", "/chase/", "/")
    assert [fault for address in addresses for fault in looking.at_both_widths(page, address)] == []


def test_the_page_of_deputies_serves_everybody(visit, head, colleague, admin):
    """With a deputy in the list, the form chosen for a head, and the box that ends it open."""
    role = head.memberships.get()
    appoint_deputy(role, colleague, by=head, starts_on=NOW.date(), ends_on=NOW.date())
    page = visit(admin)

    assert looking.at_both_widths(page, f"/deputies/?for={role.pk}") == []
    page.locator("summary", has_text="终止").click()
    expect(page.get_by_role("button", name="立即终止")).to_be_visible()
