"""Finding the register, wherever bureaus put it."""

import pytest

from qdtrade.imports.reading.findings import Unreadable
from tasks.imports.layout import find_register
from tests.tasks import sheets


def fields(layout):
    return {column.field: column.index for column in layout.columns if column.field}


def layout_of(build):
    return find_register(sheets.read(sheets.content_of(build)))


def test_titles_stand_above_and_the_sheet_is_not_the_first():
    def build(book):
        cover = book.add_worksheet("封面")
        cover.write(3, 2, "任务台账")
        book.add_worksheet("填表说明").write(0, 0, "任务举措：填写全称")
        sheet = book.add_worksheet("台账")
        sheet.merge_range(0, 0, 0, 9, "青岛市全面深化服务贸易创新发展试点任务台账")
        sheet.merge_range(1, 0, 1, 9, "（2020年8月—2023年8月）")
        sheets.write_rows(book, sheet, [sheets.HEADINGS, sheets.line()], first=3)

    layout = layout_of(build)

    assert (layout.sheet.name, layout.first_heading, layout.last_heading) == ("台账", 3, 3)
    assert layout.titles == ["青岛市全面深化服务贸易创新发展试点任务台账", "（2020年8月—2023年8月）"]
    assert layout.others == ["封面", "填表说明"]


def test_headings_over_two_rows():
    def build(book):
        sheet = book.add_worksheet("台账")
        sheet.merge_range(0, 0, 0, 8, "任务分解表")
        for column, heading in enumerate(["序号", "任务领域", "任务举措", "完成标准"]):
            sheet.merge_range(1, column, 2, column, heading)
        sheet.merge_range(1, 4, 1, 5, "责任分工")
        sheets.write_rows(book, sheet, [["牵头单位", "配合单位", "开始", "结束"]], first=2)
        for column, heading in enumerate(["牵头单位", "配合单位", "开始", "结束"], 4):
            sheet.write(2, column, heading)
        for column in range(4):
            sheet.write_blank(2, column, None)
        sheet.merge_range(1, 6, 1, 7, "起止时间")
        sheet.merge_range(1, 8, 2, 8, "备注")

    layout = layout_of(build)

    assert (layout.first_heading, layout.last_heading) == (1, 2)
    assert fields(layout) == {
        "serial": 0, "field": 1, "title": 2, "standard": 3, "lead": 4, "support": 5, "starts_on": 6, "due_on": 7,
    }  # fmt: skip
    assert [column.heading for column in layout.columns if not column.field] == ["备注"]
    assert layout.titles == ["任务分解表"]


def test_one_merged_heading_over_start_and_end():
    def build(book):
        sheet = book.add_worksheet()
        sheets.write_rows(book, sheet, [["编号", "任务举措", "牵头单位", "", "", "备注"]])
        sheet.merge_range(0, 3, 0, 4, "起止时间")

    assert fields(layout_of(build)) == {"code": 0, "title": 1, "lead": 2, "starts_on": 3, "due_on": 4}


def test_milestones_in_pairs_of_columns():
    def build(book):
        sheet = book.add_worksheet()
        for column, heading in enumerate(["编号", "任务举措", "牵头单位", "完成时限"]):
            sheet.merge_range(0, column, 1, column, heading)
        for number in (1, 2):
            sheet.merge_range(0, 2 + 2 * number, 0, 3 + 2 * number, f"节点{number}")
            sheet.write(1, 2 + 2 * number, "名称")
            sheet.write(1, 3 + 2 * number, "时间")

    columns = layout_of(build).columns

    assert [column.field for column in columns[4:]] == ["milestone_title", "milestone_date"] * 2


@pytest.mark.parametrize(
    "headings",
    [
        ["编号", "任务领域", "任务举措", "完成标准", "牵头单位", "配合单位", "开始时间", "完成时限"],
        [
            "任务编号",
            "领 域",
            "工作任务",
            "工作目标",
            "牵头（责任）单位",
            "配合部门",
            "起始时间",
            "完成时限（年月）",
        ],
        ["编码", "所属领域", "试点\n任务", "目标", "牵头单位/责任单位", "协办单位", "启动时间", "完成时间："],
        [
            "Code",
            "Field",
            "Task",
            "Completion standard",
            "Lead bureau",
            "Cooperating bureaus",
            "Starts on",
            "Due on",
        ],
    ],
)
def test_the_usual_headings_in_any_order(headings):
    order = [6, 2, 0, 7, 1, 3, 5, 4]
    rows = [[headings[place] for place in order], ["x"] * 8]

    layout = layout_of(lambda book: sheets.write_rows(book, book.add_worksheet(), rows))

    names = ["code", "field", "title", "standard", "lead", "support", "starts_on", "due_on"]
    assert fields(layout) == {names[place]: column for column, place in enumerate(order)}


def test_columns_nobody_knows_are_kept_with_their_headings():
    rows = [[*sheets.HEADINGS, "文号", "", "联系人"], [*sheets.line(), "青政办〔2020〕1号", "无题", ""]]

    layout = layout_of(lambda book: sheets.write_rows(book, book.add_worksheet(), rows))

    assert [column.heading for column in layout.columns if not column.field] == ["文号", "L", "联系人"]


def test_a_second_register_is_named_not_read():
    def build(book):
        sheets.write_rows(book, book.add_worksheet("一"), [sheets.HEADINGS, sheets.line(), sheets.line()])
        sheets.write_rows(book, book.add_worksheet("二"), [sheets.HEADINGS, sheets.line()])

    layout = layout_of(build)

    assert layout.sheet.name == "一"
    assert [note.place.sheet for note in layout.notes] == ["二"]


def test_a_file_without_headings_says_what_it_needs():
    with pytest.raises(Unreadable) as caught:
        layout_of(lambda book: book.add_worksheet().write(0, 0, "你好"))

    assert "任务举措" in caught.value.cure
