"""Reading tasks from rows, and naming what cannot be read."""

import datetime

import pytest

from qdtrade.imports.reading.dates import Span
from tasks.imports.layout import find_register
from tasks.imports.rows import read_rows
from tests.tasks import sheets

PILOT = Span(datetime.date(2020, 8, 2), datetime.date(2023, 8, 1))
D = datetime.date


def register_of(content):
    return read_rows(find_register(sheets.read(content)), PILOT)


def row_of(**changes):
    return register_of(sheets.register(sheets.line(**changes))).rows[0]


def refusal_of(**changes):
    (finding,) = row_of(**changes).refusals
    return finding


def test_an_ordinary_row():
    row = row_of(开始时间=D(2020, 10, 1), 完成时限="2021年底")

    assert row.refusals == []
    assert row.code == "1-01"
    assert row.values == {
        "field": "改革管理体制",
        "title": "建立联席会议制度",
        "standard": "每季度召开一次会议",
        "lead": "市商务局",
        "support": ["市财政局", "市税务局"],
        "starts_on": D(2020, 10, 1),
        "due_on": D(2021, 12, 31),
        "due_words": "",
        "own_choice": False,
    }
    assert [(one.title, one.plan_on) for one in row.milestones] == [
        ("印发制度", D(2021, 6, 30)),
        ("召开会议", D(2021, 12, 31)),
    ]


def test_only_the_columns_that_are_there_are_read():
    headings = ["编号", "任务举措", "牵头单位", "完成时限"]

    row = register_of(sheets.register(["1", "甲", "市商务局", 44377], headings=headings)).rows[0]

    assert row.refusals == []
    assert row.milestones is None
    assert row.values == {
        "field": "",
        "title": "甲",
        "lead": "市商务局",
        "due_on": D(2021, 6, 30),
        "due_words": "",
    }


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1-01", "1-01"),
        (1, "1"),
        (1.5, "1.5"),
        ("４－０３", "4-03"),
        (" 4 – 03 ", "4-03"),
        ("QD-A 7", "QD-A7"),
    ],
)
def test_a_code_is_kept_as_it_was_meant(cell, code):
    assert row_of(编号=cell).code == code


@pytest.mark.parametrize("cell", [D(2026, 2, 7), "2026/2/7", "2月7日", "7-Feb"])
def test_a_code_that_excel_made_a_date_is_refused_with_its_cure(cell):
    finding = refusal_of(编号=cell)

    assert (finding.place.letters, finding.place.row) == ("A", 2)
    assert finding.understood == "2-07"
    assert "2-07" in finding.cure


def test_an_open_end_is_marked():
    row = row_of(完成时限="长期")

    assert (row.values["due_on"], row.values["due_words"]) == (D(2023, 8, 1), "长期")


@pytest.mark.parametrize(
    ("heading", "cell", "letter"),
    [
        ("任务举措", "", "C"),
        ("任务举措", "长" * 201, "C"),
        ("完成标准", "—", "D"),
        ("完成标准", "#REF!", "D"),
        ("牵头单位", "", "E"),
        ("完成时限", "2021年13月底", "H"),
        ("完成时限", "", "H"),
        ("节点", "制定方案", "I"),
        ("节点", "制定方案（2022-06-30）", "I"),
        ("节点", "制定方案（2020-06-30）", "I"),
        ("自选动作", "也许", "J"),
    ],
)
def test_a_refusal_names_its_place_the_text_and_the_cure(heading, cell, letter):
    finding = refusal_of(**{heading: cell})

    assert (finding.place.sheet, finding.place.row, finding.place.letters) == ("任务台账", 2, letter)
    assert finding.place.heading == heading
    assert finding.found == cell
    assert finding.reason
    assert finding.cure


def test_two_leads_are_refused_and_understood():
    finding = refusal_of(牵头单位="市市场监管局/市科技局")

    assert finding.understood == "市市场监管局、市科技局"
    assert "配合单位" in finding.cure


def test_a_due_date_before_the_start_is_refused():
    finding = refusal_of(开始时间="2022-01-01", 完成时限="2021-12-31", 节点="")

    assert finding.place.heading == "完成时限"


def test_every_fault_of_a_row_is_told_at_once():
    assert len(row_of(任务举措="", 牵头单位="", 完成时限="某天", 自选动作="?").refusals) == 4


def test_the_first_of_the_responsible_bureaus_leads_where_no_other_column_says_so():
    headings = ["序号", "工作任务", "责任单位", "完成时限"]

    register = register_of(sheets.register([1, "甲", "市商务局、市财政局", "2021.6"], headings=headings))

    row = register.rows[0]
    assert (row.values["lead"], row.values["support"]) == ("市商务局", ["市财政局"])
    assert (row.code, row.serial) == ("", "1")
    assert register.notes["first_leads"] == 1


def test_start_and_end_in_one_cell():
    headings = ["序号", "工作任务", "责任单位", "起止时间"]

    row = register_of(sheets.register([1, "甲", "市商务局", "2020年10月—2022年3月"], headings=headings)).rows[
        0
    ]

    assert (row.values["starts_on"], row.values["due_on"]) == (D(2020, 10, 1), D(2022, 3, 31))


def test_merged_fields_and_leads_are_filled_down():
    def build(book):
        sheet = book.add_worksheet("台账")
        sheets.write_rows(
            book,
            sheet,
            [sheets.HEADINGS, *[sheets.line(编号=f"1-0{n}", 任务举措=f"任务{n}") for n in (1, 2, 3)]],
        )
        sheet.merge_range(1, 1, 3, 1, "扩大对外开放")
        sheet.merge_range(1, 4, 2, 4, "青岛海关")

    rows = register_of(sheets.content_of(build)).rows

    assert [row.values["field"] for row in rows] == ["扩大对外开放"] * 3
    assert [row.values["lead"] for row in rows] == ["青岛海关", "青岛海关", "市商务局"]


def test_a_task_merged_over_several_rows_is_one_task():
    """As when each milestone has a row of its own."""

    def build(book):
        sheet = book.add_worksheet("台账")
        first = sheets.line(节点="印发制度（2021-06-30）")
        second = ["", "", "", "", "", "", "", "", "召开会议（2021-12-31）", ""]
        sheets.write_rows(book, sheet, [sheets.HEADINGS, first, second, sheets.line(编号="1-02")])
        for column in (0, 2, 3, 4):
            sheet.merge_range(1, column, 2, column, first[column])

    rows = register_of(sheets.content_of(build)).rows

    assert [row.code for row in rows] == ["1-01", "1-02"]
    assert [one.title for one in rows[0].milestones] == ["印发制度", "召开会议"]
    assert rows[0].refusals == []


def test_rows_of_fields_stand_between_the_tasks():
    def build(book):
        sheet = book.add_worksheet("台账")
        headings = ["序号", "工作任务", "完成标准", "责任单位", "完成时限"]
        task = [1, "甲", "完成", "市商务局", "2021.6"]
        sheets.write_rows(book, sheet, [headings, [], task, [], [2, *task[1:]]])
        sheet.merge_range(1, 0, 1, 4, "一、改革管理体制")
        sheet.merge_range(3, 0, 3, 4, "（二）扩大对外开放")

    register = register_of(sheets.content_of(build))

    assert [row.values["field"] for row in register.rows] == ["改革管理体制", "扩大对外开放"]
    assert register.sections == 2


def test_empty_rows_footers_and_repeated_headings_are_no_tasks():
    rows = [
        sheets.line(),
        [],
        ["小计", "", "1项"],
        sheets.HEADINGS,
        sheets.line(编号="1-02"),
        ["合计", "", "2项"],
        ["备注：本表每月更新。"],
        ["自选动作由市里确定。"],
        ["填表人：张三", "", "", "联系电话：8888"],
    ]

    register = register_of(sheets.register(*rows))

    assert [row.code for row in register.rows] == ["1-01", "1-02"]
    assert (register.empty, register.footers) == (1, 5)


def test_a_date_that_may_mean_its_month_is_noted():
    register = register_of(sheets.register(sheets.line(完成时限=D(2021, 12, 1), 节点="")))

    assert register.rows[0].values["due_on"] == D(2021, 12, 1)
    assert register.notes["first_of_month"] == 1


def test_a_field_left_empty_goes_on():
    register = register_of(sheets.register(sheets.line(), sheets.line(编号="1-02", 任务领域="")))

    assert register.rows[1].values["field"] == "改革管理体制"
    assert register.notes["field_above"] == 1


def test_other_columns_are_kept_in_order():
    content = sheets.register(
        [*sheets.line(), "青政办〔2020〕1号", D(2021, 6, 30), 3],
        headings=[*sheets.HEADINGS, "文号", "登记", "次数"],
    )

    row = register_of(content).rows[0]

    assert row.extra == [["文号", "青政办〔2020〕1号"], ["登记", "2021-06-30"], ["次数", "3"]]


def test_milestones_from_pairs_of_columns():
    headings = [
        "编号",
        "任务举措",
        "牵头单位",
        "完成时限",
        "节点1名称",
        "节点1时间",
        "节点2名称",
        "节点2时间",
    ]
    cells = ["1", "甲", "市商务局", "2021-12-31", "印发", "2021.6", "", ""]

    row = register_of(sheets.register(cells, headings=headings)).rows[0]

    assert [(one.title, one.plan_on) for one in row.milestones] == [("印发", D(2021, 6, 30))]


def test_samples_say_what_of_them_is_invented():
    headings = [*sheets.HEADINGS, "样例", "样例栏", "来源"]

    row = register_of(
        sheets.register(
            [*sheets.line(), "否", "牵头单位、完成时限、progress", "半岛都市报"], headings=headings
        )
    ).rows[0]

    assert row.values["is_sample"] is False
    assert row.values["sample_fields"] == ["lead", "due_on", "progress"]
    assert row.values["source"] == "半岛都市报"
