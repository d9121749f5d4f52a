"""Registers as bureaus keep them, made with a real spreadsheet writer."""

import datetime
import io

import xlsxwriter

from qdtrade import tables

HEADINGS = [
    "编号",
    "任务领域",
    "任务举措",
    "完成标准",
    "牵头单位",
    "配合单位",
    "开始时间",
    "完成时限",
    "节点",
    "自选动作",
]
ROW = {
    "编号": "1-01",
    "任务领域": "改革管理体制",
    "任务举措": "建立联席会议制度",
    "完成标准": "每季度召开一次会议",
    "牵头单位": "市商务局",
    "配合单位": "市财政局、市税务局",
    "开始时间": "2020-10-01",
    "完成时限": "2021-12-31",
    "节点": "1. 印发制度（2021-06-30）\n2. 召开会议（2021-12-31）",
    "自选动作": "否",
}


def line(**changes):
    """The cells of an ordinary task, some of them changed."""
    return [{**ROW, **changes}[heading] for heading in HEADINGS]


def content_of(build):
    """The bytes of a workbook that `build(book)` filled."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    book.day = book.add_format({"num_format": "yyyy-mm-dd"})
    build(book)
    book.close()
    return file.getvalue()


def write_rows(book, sheet, rows, first=0):
    for number, cells in enumerate(rows, first):
        for column, cell in enumerate(cells):
            style = book.day if isinstance(cell, datetime.date) else None
            if isinstance(cell, datetime.date):
                sheet.write_datetime(number, column, cell, style)
            else:
                sheet.write(number, column, cell)


def register(*rows, name="任务台账", headings=HEADINGS, above=()):
    """The bytes of a workbook with one plain register."""

    def build(book):
        write_rows(book, book.add_worksheet(name), [*above, headings, *rows])

    return content_of(build)


def read(content, name="台账.xlsx"):
    return tables.read(content, name)


def plain():
    """A register of one task, of the field and the bureau that the cast has."""
    return register(line(任务领域="扩大对外开放", 牵头单位="市市场监管局", 配合单位=""))


def faulty(long):
    """A register with a new task, a refused one, and names of bureaus that nobody knows, as long as they come."""
    good = {"任务领域": "扩大对外开放", "牵头单位": "市市场监管局", "配合单位": ""}
    return register(
        line(**good | {"任务举措": long}),
        line(编号="1-92", **good | {"完成时限": "2021年13月底", "任务举措": long}),
        line(编号="1-93", **good | {"完成标准": ""}),
        line(编号="1-94", **good | {"配合单位": f"市市场局、{long[:40]}局"}),
    )
