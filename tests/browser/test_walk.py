"""One report from an empty form to the auditor's file, on the real pages: with scripts, and without any."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

DONE = "完成3家注册人试点企业备案"
CORRECTED = "完成海尔生物、海信医疗、东软3家企业备案"
REMARK = "请写明是哪3家企业"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_report_goes_back_and_forth_until_it_is_approved_and_exported(
    visit, report, staff, manager, auditor, scripts
):
    author = visit(staff, scripts=scripts)
    fills_in_and_submits(author)

    reviewer = visit(manager, scripts=scripts)
    returns(reviewer)
    corrects_and_resubmits(author)
    approves(reviewer)

    reads_and_exports(visit(auditor, scripts=scripts))


def fills_in_and_submits(page: Page) -> None:
    """The form, a milestone with the file that proves it, and nothing left out."""
    steps.open_report(page)
    page.get_by_label("本期完成情况").fill(DONE)
    page.get_by_label("总体进度").fill("40")
    page.get_by_label("预计完成时间").fill("2021-12-31")
    steps.choose_light(page, "green")
    claim = page.locator(".tick").filter(has_text="Plan made")
    claim.get_by_role("checkbox").check()
    claim.get_by_label("完成日期").fill("2020-12-28")
    steps.attach(page, "备案凭证.pdf", proves="1")

    page.get_by_role("button", name="提交", exact=True).click()

    expect(page.locator(".message-green")).to_contain_text("已提交")


def returns(page: Page) -> None:
    """Takes it from the desk, and sends it back with a reason and a remark on one field."""
    steps.open_on_desk(page)
    expect(page.locator("main")).to_contain_text(DONE)
    steps.take(page)
    steps.remark(page, "done", REMARK)
    steps.send_back(page, "企业名单不全")

    expect(page.locator(".message-green")).to_contain_text("已退回")


def corrects_and_resubmits(page: Page) -> None:
    """The remark stands beside the field that it is about."""
    steps.open_report(page)
    row = page.locator(".fill-row").filter(has=page.locator("#field-done"))
    expect(row.locator(".remark")).to_contain_text(REMARK)
    expect(page.locator(".message-red")).to_contain_text("企业名单不全")
    page.get_by_label("本期完成情况").fill(CORRECTED)

    page.get_by_role("button", name="重新提交").click()

    expect(page.locator(".message-green")).to_contain_text("已提交")


def approves(page: Page) -> None:
    """Sees what changed, and approves."""
    steps.open_on_desk(page)
    expect(page.locator("main")).to_contain_text(CORRECTED)
    steps.take(page)
    page.get_by_role("button", name=re.compile("^通过")).click()

    expect(page.locator(".message-green")).to_contain_text("已通过")


def reads_and_exports(page: Page) -> None:
    """The auditor reads who did what and why, is offered no move, and takes the records away."""
    page.goto("/tasks/")
    page.locator("main").get_by_role("link", name=re.compile("Task")).first.click()
    expect(page.locator("main")).to_contain_text("40")
    history = page.locator(".history")
    for words in ("提交", "退回", "企业名单不全", "通过"):
        expect(history.first).to_contain_text(words)
    page.goto("/records/")
    rows = steps.exported(page)
    told = [row for row in rows if "企业名单不全" in "".join(row)]
    assert told, "the reason of the return stands in the file"


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to see Chinese"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
