"""Reminding a bureau, as a reviewer does it, and as the bureau reads it."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories


@pytest.fixture
def owing(report, field, commerce, neighbour, manager):
    """Two bureaus that owe something."""
    factories.task(field, commerce, by=manager)
    return report


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reviewer_reminds_and_the_bureau_finds_the_very_report(visit, owing, manager, staff, scripts):
    page = visit(manager, scripts=scripts)
    page.goto("/chase/")
    row = page.locator("tr", has_text="市市场监管局")
    row.get_by_role("button", name="催办").click()
    expect(page.locator(".message-green")).to_contain_text("已催办1个单位，1人会收到消息")
    expect(row).to_contain_text("刚催过")

    reader = visit(staff, scripts=scripts)
    reader.goto("/notices/?show=reminders")
    reader.get_by_role("link", name="manager催办").click()
    expect(reader).to_have_url(f"/reports/{owing.pk}/?programme=qd-2020")


def test_all_bureaus_at_once_with_a_note_then_again_without_a_second_mail(visit, owing, manager):
    page = visit(manager)
    page.goto("/chase/")
    page.get_by_label("勾选本页全部单位").check()
    page.get_by_label("附言").fill("今天请报")
    page.get_by_role("button", name="催办勾选的单位").click()
    expect(page.locator(".message-green")).to_contain_text("已催办2个单位")

    page.get_by_role("button", name="催办全部2个单位").click()
    expect(page.locator("main")).to_contain_text("2个单位没有催办")
    expect(page.locator("main")).to_contain_text("没有重复发送")


def test_a_text_is_copied_and_noted(visit, owing, manager):
    page = visit(manager)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/chase/")
    page.locator("tr", has_text="市市场监管局").get_by_role("checkbox").check()
    page.get_by_role("button", name="生成群消息").click()
    page.get_by_role("button", name=re.compile("^复制.*中文$")).click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert "贵单位以下事项还没有办" in page.evaluate("navigator.clipboard.readText()")

    page.get_by_role("button", name="记录：已在群里催办").click()
    expect(page.locator(".message-green")).to_contain_text("在群里催办了市市场监管局")
