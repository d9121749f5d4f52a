"""The head's sign-off on the real pages, and a bureau's month at once."""

import pytest
from playwright.sync_api import expect

from qdtrade.programmes.actions import edit_programme
from tests import factories
from tests.browser import steps
from tests.browser.conftest import PHONE

DONE = "完成3家企业备案"
CORRECTED = "完成海尔生物、海信医疗、东软3家企业备案"


@pytest.fixture
def signing(report, admin):
    edit_programme(report.task.programme, {"sign_off": True}, by=admin)
    return report


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_head_sends_a_report_back_and_then_signs_it(visit, signing, staff, head, scripts):
    author, signer = visit(staff, scripts=scripts), visit(head, scripts=scripts)
    task = signing.task.title

    steps.open_report(author, task)
    author.get_by_label("本期完成情况").fill(DONE)
    author.get_by_label("总体进度").fill("40")
    author.get_by_label("预计完成时间").fill("2021-12-31")
    steps.choose_light(author, "green")
    author.get_by_role("button", name="报请审签").click()
    expect(author.locator(".message-green")).to_contain_text("负责人审签后才算提交")

    sends_back(signer, task)
    author.goto(f"/reports/{signing.pk}/")
    expect(author.locator(".message-red")).to_contain_text("请写全")
    expect(author.locator("#field-done ~ .remarks")).to_contain_text("是哪3家")
    author.get_by_label("本期完成情况").fill(CORRECTED)
    author.get_by_role("button", name="报请审签").click()
    expect(author.locator(".message-green")).to_contain_text("已报请审签")

    signer.goto("/")
    signer.get_by_role("link", name="查看并审签").click()
    expect(signer.locator("table.compare")).to_contain_text(CORRECTED)
    signer.get_by_role("button", name="审签提交").click()
    expect(signer.locator(".message-green")).to_contain_text("已提交")
    assert signing.versions.get().submitted_by == head


def sends_back(page, task):
    page.goto("/")
    page.locator("main tr").filter(has_text=task).get_by_role("link", name="查看并审签").click()
    page.locator("details.remark-box summary").first.click()
    page.locator("#remark-done").fill("是哪3家")
    page.get_by_text("退回修改…").click()
    page.get_by_label("原因（必填）").fill("请写全")
    page.get_by_role("button", name="退回修改", exact=True).click()
    expect(page.locator(".message-green")).to_contain_text("已退回修改")


@pytest.fixture
def october(report, staff, manager):
    """A report that may say that nothing changed."""
    factories.attach(report, by=staff, milestone=report.task.milestones.get(number=1))
    factories.approve(factories.submit(report, by=staff, milestones={"1": "2021-09-01"}), by=manager)
    period = factories.open_period(report.task.programme, by=manager, month=10)
    return factories.report_of(report.task, period)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_month_without_changes_goes_from_the_phone(visit, october, staff, scripts):
    page = visit(staff, viewport=PHONE, scripts=scripts)
    page.goto("/month/")

    row = page.locator(f"tr[data-report='{october.pk}']")
    row.get_by_label("本期无变化").check()
    row.get_by_label("选中").check()
    page.locator("button[name=act][value=submit]").click()

    expect(page.locator(".message-green")).to_contain_text("已提交1份")
    assert october.versions.get().content["no_change"] is True


def test_what_is_typed_into_the_grid_is_saved_and_can_go(visit, report, staff):
    page = visit(staff)
    page.goto("/month/")
    row = page.locator(f"tr[data-report='{report.pk}']")

    row.get_by_label("自评亮灯").select_option("green")
    row.get_by_label("总体进度").fill("40")
    row.get_by_label("预计完成时间").fill("2021-12-31")
    row.locator("summary").click()
    row.get_by_label("本期完成情况").fill(DONE)
    expect(page.locator("[data-saved]")).to_contain_text("草稿")
    expect(row.get_by_label("选中")).to_be_checked()
    page.locator("button[name=act][value=submit]").click()

    expect(page.locator(".message-green")).to_contain_text("已提交1份")


def test_what_nobody_has_touched_goes_as_no_change(visit, october, staff):
    page = visit(staff)
    page.goto("/month/")
    row = page.locator(f"tr[data-report='{october.pk}']")

    row.get_by_label("选中").check()
    expect(row.get_by_label("本期无变化")).to_be_checked()
    row.get_by_label("自评亮灯").select_option("")

    expect(row.get_by_label("选中")).to_be_disabled()
    expect(page.locator("button[name=act][value=submit]")).to_be_hidden()
