"""The review desk without a mouse, from the first report to the last."""

import datetime

import pytest
from playwright.sync_api import expect

from qdtrade import clock
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories


@pytest.fixture
def month(programme, field, market, manager, staff):
    """Four September reports after an approved August: one with news, then three that say “no change”."""
    later = [("Ten firms", datetime.date(2022, 3, 31))]
    tasks = [
        factories.accepted_task(
            field, market, by=manager, accepted_by=staff, milestones=later, title=f"第{number}项任务"
        )
        for number in range(1, 5)
    ]
    with clock.at(datetime.datetime(2021, 8, 23, 10, 0, tzinfo=clock.BEIJING)):
        august = factories.open_period(programme, by=manager, month=8)
        for task in tasks:
            factories.approve(factories.submit(factories.report_of(task, august), by=staff), by=manager)
    september = factories.open_period(programme, by=manager, month=9)
    news, *same = (factories.report_of(task, september) for task in tasks)
    factories.submit(news, by=staff, done="新增备案企业5家。", progress="46")
    for report in same:
        perform(workflow.SUBMIT, report, by=staff, content=factories.CONTENT, no_change=True)


def test_the_desk_is_worked_from_first_to_last_by_keyboard(visit, manager, month):
    page = visit(manager)
    page.goto("/desk/?ordering=risk")
    heading = page.locator(".desk-report h2")

    def key(name):
        page.wait_for_load_state("load")  # a page that is still coming hears no key yet
        page.keyboard.press(name)

    expect(heading).to_contain_text("第1项任务")

    key("t")
    expect(page.locator(".desk-decision")).to_contain_text("放回队列")
    key("c")
    expect(page.locator("#remark-done")).to_be_focused()
    page.keyboard.type("哪几家a r j？")
    key("Escape")
    key("r")
    expect(page.locator("#comment")).to_be_focused()
    page.keyboard.type("请列出企业名称。")
    key("Control+Enter")

    expect(page.locator(".message-green")).to_contain_text("已退回")
    expect(heading).to_contain_text("第2项任务")
    expect(heading).to_be_focused()
    key("j")
    expect(heading).to_contain_text("第3项任务")
    key("k")
    expect(heading).to_contain_text("第2项任务")
    key("a")
    expect(page.locator(".message-green")).to_contain_text("已通过")

    expect(heading).to_contain_text("第3项任务")
    key("x")
    key("j")
    expect(heading).to_contain_text("第4项任务")
    key("x")
    expect(page.locator("[data-ticked]")).to_have_text("2")
    key("b")
    expect(page.locator("main h1")).to_have_text("批量通过")
    expect(page.locator(".bar .button.main")).to_be_focused()
    key("Enter")
    expect(page.locator(".message-green")).to_contain_text("已通过2份")
    key("j")
    expect(page.locator(".empty")).to_contain_text("没有待审")


def test_a_clean_report_takes_two_keys_at_most(visit, manager, month):
    page = visit(manager)
    page.goto("/desk/?no_change=true")
    expect(page.locator(".desk-report h2")).to_contain_text("第2项任务")

    page.keyboard.press("a")

    expect(page.locator(".message-green")).to_contain_text("已通过")
    expect(page.locator(".desk-report h2")).to_contain_text("第3项任务")


def test_the_sheet_of_keys_opens_and_closes_where_one_stands(visit, manager, month):
    page = visit(manager)
    page.goto("/desk/")

    page.keyboard.press("?")
    expect(page.locator(".keys table")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator(".keys table")).to_be_hidden()
