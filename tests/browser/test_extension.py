"""An extension on the real pages, from asking to granting: with scripts, and without any."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from tests import factories

LATER = "2022-03-01"
CAUSE = "抽检排期推迟，新日期已与机构确认"


@pytest.fixture
def node(field, market, manager, staff):
    """The second milestone of a task in progress, due in December."""
    dates = [("制定方案", datetime.date(2021, 12, 1)), ("首批上市", datetime.date(2021, 12, 31))]
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff, milestones=dates)
    return task.milestones.get(number=2)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_more_time_is_asked_for_signed_and_granted(visit, node, staff, head, manager, scripts):
    asks(visit(staff, scripts=scripts), node)

    signs(visit(head, scripts=scripts))

    grants(visit(manager, scripts=scripts), node)


def asks(page: Page, node) -> None:
    """A wrong day is told and what was typed stays; then the right one."""
    page.goto(f"/tasks/{node.task_id}/")
    page.get_by_role("link", name="申请延期").first.click()
    page.get_by_label("首批上市").check()
    page.get_by_label("延至").fill("2021-12-01")
    page.get_by_label("原因").fill(CAUSE)
    page.locator("main").get_by_role("button", name="申请延期").click()
    expect(page.locator("#field-to_on")).to_contain_text("新日期须晚于2021-12-31")
    expect(page.get_by_label("原因")).to_have_value(CAUSE)

    page.get_by_label("延至").fill(LATER)
    page.locator("main").get_by_role("button", name="申请延期").click()
    expect(page.locator(".message-green")).to_contain_text("待本单位负责人审签")


def signs(page: Page) -> None:
    """From the work page, in one click."""
    page.goto("/")
    page.locator("main").get_by_role("button", name="审签").click()
    expect(page.locator(".message-green")).to_contain_text("已审签")


def grants(page: Page, node) -> None:
    """Led from the work page to the desk; on the task's page plan and baseline stand side by side afterwards."""
    page.goto("/")
    page.locator("main").get_by_role("link", name="处理").click()
    expect(page.locator("main")).to_contain_text("基线不变")
    page.get_by_role("button", name="同意延期").click()

    expect(page.locator(".message-green")).to_contain_text("已同意延期")
    page.goto(f"/tasks/{node.task_id}/")
    row = page.locator(".steps-table tbody tr").nth(1)
    expect(row).to_contain_text("2021-12-31")
    expect(row).to_contain_text(LATER)
    expect(row).to_contain_text("延期60天")
