"""A cooperating part on the real pages: given by the lead, signed, filed, done; the claim waits for it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories

WHAT = "重点企业联系与政策兑现"


@pytest.fixture
def owing(finished, neighbour, programme):
    """Everything of the task is done and proved; only a part will be missing. The next period is planned."""
    return finished


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_part_is_given_signed_filed_and_the_claim_waits_for_it(
    visit, owing, staff, head, neighbour, manager, programme, scripts
):
    gives(visit(staff, scripts=scripts), owing)
    is_refused(visit(head, scripts=scripts), owing)

    neighbours = visit(neighbour, scripts=scripts)
    signs(neighbours)
    factories.open_period(programme, by=manager, month=10)
    files(neighbours)

    sees(visit(staff, scripts=scripts), owing)
    claims(visit(head, scripts=scripts), owing)


def gives(page: Page, task) -> None:
    """A day too late is told and what was typed stays; then the right one."""
    page.goto(f"/tasks/{task.pk}/")
    page.get_by_role("link", name="分派分工").click()
    page.get_by_label("单位或区市").select_option("sww")
    page.get_by_label("要做什么").fill(WHAT)
    page.get_by_label("时限", exact=True).fill("2022-12-31")
    page.locator("main").get_by_role("button", name="分派").click()
    expect(page.locator("#field-due_on")).to_contain_text("不得晚于任务的完成时限")
    expect(page.get_by_label("要做什么")).to_have_value(WHAT)

    page.get_by_label("时限", exact=True).fill("2021-12-31")
    page.locator("main").get_by_role("button", name="分派").click()
    expect(page.locator(".message-green")).to_contain_text("已分派")
    expect(page.locator("#parts")).to_contain_text("待签收")


def is_refused(page: Page, task) -> None:
    """The head reads whose part the claim waits for."""
    page.goto(f"/tasks/{task.pk}/")
    expect(page.locator(".task-refusals")).to_contain_text("市商务局")


def signs(page: Page) -> None:
    """From the work page, in one click."""
    page.goto("/")
    page.locator("#parts").get_by_role("button", name="签收").click()
    expect(page.locator(".message-green")).to_contain_text("已签收")


def files(page: Page) -> None:
    """From the work page to the form; the part is done with it."""
    page.goto("/")
    page.locator("#parts").get_by_role("link", name="填报").click()
    page.get_by_label("本期做了什么").fill("走访两家企业，政策全部兑现")
    page.get_by_label("这份分工已完成，今后不再填报").check()
    upload = {"name": "清单.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 proof"}
    page.locator("input[type=file]").set_input_files(upload)
    page.locator("main").get_by_role("button", name="填报").click()
    expect(page.locator(".message-green")).to_contain_text("分工已完成")
    expect(page.locator("ul.files")).to_contain_text("清单.pdf")


def sees(page: Page, task) -> None:
    """On the task, and beside the lead's own report."""
    page.goto(f"/tasks/{task.pk}/")
    expect(page.locator("#parts")).to_contain_text("已完成")
    page.goto("/")
    page.locator("#reports").get_by_role("link", name=re.compile("填报")).first.click()
    expect(page.locator("#cooperating")).to_contain_text("走访两家企业")


def claims(page: Page, task) -> None:
    page.goto(f"/tasks/{task.pk}/")
    box = page.locator(".task-do")
    box.locator("summary", has_text="申请办结").click()
    box.get_by_label("完成标准如何达成（必填）").fill("全部完成，清单附后")
    box.get_by_role("button", name="申请办结").click()
    expect(page.locator(".message-green")).to_contain_text("已申请办结")
