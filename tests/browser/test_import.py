"""A register from a file with faults to the register and back, on the real pages: with scripts, and without any."""

import re

import pytest
from playwright.sync_api import Page, expect

from qdtrade import tables
from tasks.models import Task
from tests.tasks import sheets

GOOD = {"任务领域": "扩大对外开放", "牵头单位": "市市场监管局", "配合单位": ""}
STANDARD = "每月召开一次会议"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_register_is_uploaded_corrected_chosen_applied_and_taken_back(
    visit, programme, task, manager, tmp_path, scripts
):
    page = visit(manager, scripts=scripts)

    uploads_a_file_with_faults(page)
    reads_the_reasons_beside_the_cells(page, tmp_path)
    uploads_the_corrected_file(page)
    says_which_bureau_a_name_means(page)
    applies_it(page)
    assert Task.objects.get(code="1-91").lead.short_name == "市市场监管局"
    takes_it_back(page)

    assert list(Task.objects.values_list("pk", flat=True)) == [task.pk]


def workbook(*rows):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "台账.xlsx", "mimeType": kind, "buffer": sheets.register(*rows)}


def uploads_a_file_with_faults(page: Page) -> None:
    """From the menu; the page shows where each fault is."""
    page.goto("/tasks/")
    page.get_by_role("link", name="导入台账").first.click()
    bad = sheets.line(编号="1-91", **GOOD | {"完成时限": "2021年13月底", "牵头单位": "市市场局"})
    page.locator("#upload input[type=file]").set_input_files(workbook(bad))
    page.get_by_role("button", name="上传并核对").first.click()

    expect(page.locator("#refused")).to_contain_text("2021年13月底")
    expect(page.locator(".message-red")).to_contain_text("还不能应用")


def reads_the_reasons_beside_the_cells(page: Page, folder) -> None:
    """The workbook is the sheet as it was sent, with two columns more."""
    with page.expect_download() as started:
        page.get_by_role("link", name="下载逐行结果").click()
    path = folder / "rows.xlsx"
    started.value.save_as(path)

    sheet = tables.read(path).sheets[0]
    assert sheet.rows[0][-2:] == ["导入结果", "导入说明"]
    assert sheet.rows[1][7] == "2021年13月底"
    assert "H2" in sheet.rows[1][-1]


def uploads_the_corrected_file(page: Page) -> None:
    page.locator(".bar summary", has_text="上传改好的文件").click()
    good = sheets.line(编号="1-91", **GOOD | {"牵头单位": "市市场局", "完成标准": STANDARD})
    page.locator(".bar input[type=file]").set_input_files(workbook(good))
    page.locator(".bar").get_by_role("button", name="上传并核对").click()

    expect(page.locator("#bureaus")).to_contain_text("市市场局")
    expect(page.locator("#refused")).to_have_count(0)


def says_which_bureau_a_name_means(page: Page) -> None:
    page.locator("#bureaus select").select_option(index=2)
    page.get_by_role("button", name="保存选择并重新核对").click()

    expect(page.locator(".message-white")).to_contain_text("通过")


def applies_it(page: Page) -> None:
    """What was changed stands on the page, and in the list of imports."""
    page.get_by_role("button", name=re.compile("全部应用")).click()

    expect(page.locator(".message-green").last).to_contain_text("已写入：新增1条")
    expect(page.locator("#new").get_by_role("link", name="建立联席会议制度")).to_be_visible()


def takes_it_back(page: Page) -> None:
    page.locator(".bar summary", has_text="撤回导入").click()
    page.get_by_label("原因（必填）").fill("传错了文件")
    page.locator(".bar").get_by_role("button", name="撤回导入").click()

    expect(page.locator("main")).to_contain_text("这次导入已撤回")
    expect(page.locator("ul.history")).to_contain_text("传错了文件")
    page.get_by_role("link", name="回到导入记录").click()
    expect(page.locator("table.imports")).to_contain_text("已撤回")
