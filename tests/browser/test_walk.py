"""One report from an empty form to the auditor's file, on the real pages: with scripts, and without any."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

DONE = "完成3家注册人试点企业备案"
CORRECTED = "完成海尔生物、海信医疗、东软3家企业备案"
REMARK = "请写明是哪3家企业"
REASON = "企业名单不全"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_report_is_returned_corrected_approved_and_exported(
    visit, report, staff, manager, auditor, scripts
):
    author, reviewer = visit(staff, scripts=scripts), visit(manager, scripts=scripts)
    task = report.task.title

    fills_in_and_submits(author, task)
    returns(reviewer, task)
    corrects_and_resubmits(author, task)
    approves(reviewer, task)

    reads_and_exports(visit(auditor, scripts=scripts), task)


def fills_in_and_submits(page: Page, task: str) -> None:
    """Every field, a claimed milestone, and the file that proves it."""
    steps.open_report(page, task)
    page.get_by_label("本期完成情况").fill(DONE)
    page.get_by_label("总体进度").fill("40")
    page.get_by_label("预计完成时间").fill("2021-12-31")
    steps.choose_light(page, "green")
    steps.claim(page, "Plan made", "2020-12-28")
    steps.attach(page, "备案凭证.pdf", proves="1")
    page.get_by_role("button", name="提交", exact=True).click()

    expect(page.locator(".message-green")).to_contain_text("已提交")


def returns(page: Page, task: str) -> None:
    """With a reason for the whole and a remark on one field."""
    steps.open_on_desk(page, task)
    expect(page.locator("table.compare")).to_contain_text(DONE)
    steps.remark(page, "done", REMARK)
    steps.send_back(page, REASON)

    expect(page.locator(".message-green")).to_contain_text("已退回")


def corrects_and_resubmits(page: Page, task: str) -> None:
    """The remark stands beside the field that it is about."""
    steps.open_report(page, task)
    expect(page.locator(".message-red")).to_contain_text(REASON)
    row = page.locator(".fill-row").filter(has=page.locator("#field-done"))
    expect(row.locator(".remark")).to_contain_text(REMARK)
    page.get_by_label("本期完成情况").fill(CORRECTED)
    page.get_by_role("button", name="重新提交").click()

    expect(page.locator(".message-green")).to_contain_text("已提交")


def approves(page: Page, task: str) -> None:
    """The correction is marked against what was there before."""
    steps.open_on_desk(page, task)
    expect(page.locator("table.compare")).to_contain_text(CORRECTED)
    steps.approve(page)

    expect(page.locator(".message-green")).to_contain_text("已通过")


def reads_and_exports(page: Page, task: str) -> None:
    """The auditor reads who did what and why, is offered no move, and takes the records away."""
    page.goto("/tasks/")
    page.locator("main").get_by_role("link", name=task).click()
    history = page.locator("ul.history").filter(has=page.locator(".history-who"))
    for words in ("提交", "退回", REASON, "通过"):
        expect(history).to_contain_text(words)
    expect(page.locator("main form[method=post]")).to_have_count(0)

    page.goto("/records/")
    rows = steps.export(page)
    assert any(REASON in row for row in rows)
