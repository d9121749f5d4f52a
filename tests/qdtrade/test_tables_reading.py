"""Reading what an honest office sends."""

import datetime
import io
import struct
import zipfile

import pytest
import xlsxwriter

from qdtrade import tables


def workbook(build):
    """The bytes of a workbook that `build(book)` filled."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    build(book)
    book.close()
    return file.getvalue()


def one_sheet(*cells):
    def build(book):
        sheet = book.add_worksheet("表")
        for row, column, value in cells:
            sheet.write(row, column, value)

    return workbook(build)


def test_cells_stand_where_the_spreadsheet_shows_them():
    sheet = tables.read(one_sheet((2, 1, "角"), (3, 3, "尾")), "a.xlsx").sheets[0]

    assert sheet.rows == [[], [], [None, "角"], [None, None, None, "尾"]]
    assert sheet.cell(2, 1) == "角"
    assert sheet.cell(9, 9) is None


def test_whole_numbers_are_whole():
    sheet = tables.read(one_sheet((0, 0, 1), (0, 1, 1.5), (0, 2, 44377)), "a.xlsx").sheets[0]

    assert sheet.rows == [[1, 1.5, 44377]]
    assert [type(cell) for cell in sheet.rows[0]] == [int, float, int]


def test_dates_are_dates_by_their_format():
    def build(book):
        sheet = book.add_worksheet()
        for column, form in enumerate(['yyyy"年"m"月"', "m/d/yy", "yyyy-mm-dd hh:mm"]):
            style = book.add_format({"num_format": form})
            sheet.write_datetime(0, column, datetime.datetime(2021, 6, 30, 8 * (column == 2)), style)

    row = tables.read(workbook(build), "a.xlsx").sheets[0].rows[0]

    assert row == [datetime.date(2021, 6, 30)] * 2 + [datetime.datetime(2021, 6, 30, 8)]


def test_merged_areas_are_told():
    def build(book):
        book.add_worksheet("封面")
        book.add_worksheet("表").merge_range(1, 0, 3, 2, "合")

    book = tables.read(workbook(build), "a.xlsx")

    assert [sheet.name for sheet in book.sheets] == ["封面", "表"]
    assert book.sheets[1].merged == (tables.Area(1, 0, 3, 2),)
    assert book.sheets[1].merged[0].bottom == 3


def test_a_column_of_formulas_without_results_is_cautioned():
    def build(book):
        sheet = book.add_worksheet("表")
        for row in range(3):
            sheet.write_formula(row, 0, f"=B{row + 1}", None, 7)
            sheet.write_formula(row, 1, "=1+1")

    cautions = tables.read(workbook(build), "a.xlsx").cautions

    assert [(caution.code, caution.params["place"]) for caution in cautions] == [("no_results", "B")]


def test_an_error_in_a_cell_is_shown_and_cautioned():
    content = workbook(lambda book: book.add_worksheet("表").write_formula(4, 2, "=1/0", None, "#DIV/0!"))

    book = tables.read(content, "a.xlsx")

    assert book.sheets[0].cell(4, 2) == "#DIV/0!"
    assert "C5" in str(book.cautions[0])


def test_a_million_formatted_empty_rows_cost_nothing():
    """As Excel leaves them when somebody colours whole columns."""

    def build(book):
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "编号")

    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 1_048_577))
    old, new = io.BytesIO(workbook(build)), io.BytesIO()
    with (
        zipfile.ZipFile(old) as source,
        zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            target.writestr(entry.filename, part)

    assert tables.read(new.getvalue(), "a.xlsx").sheets[0].rows == [["编号"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_the_usual_encodings(encoding, separator):
    text = separator.join(["编号", "任务举措"]) + "\r\n" + separator.join(["1-01", '"数字人民币,试点;\n二"'])

    book = tables.read(text.encode(encoding), "台账.csv")

    assert book.sheets[0].rows == [["编号", "任务举措"], ["1-01", "数字人民币,试点;\n二"]]


def test_a_path_is_read_like_bytes(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(one_sheet((0, 0, "编号")))

    book = tables.read(path)

    assert book.name == "台账.xlsx"
    assert book.sheets[0].rows == [["编号"]]


def test_columns_and_cells_have_the_names_people_see():
    assert [tables.letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert tables.place(87, 4) == "E88"


def record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def old_workbook(rows, name="台账"):
    """An .xls of one sheet, byte by byte: a compound file with one stream of BIFF8 records."""
    words = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for row, column, value in rows:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            sheet += record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        else:
            sheet += record(0x203, place + struct.pack("<d", value))
    end = record(0x0A, b"")
    offset = len(start) + len(record(0x85, b"\0" * 6 + words)) + len(end)
    stream = start + record(0x85, struct.pack("<IBB", offset, 0, 0) + words) + end + sheet + end
    stream = stream.ljust(4096, b"\0")
    blocks = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE] + [0xFFFFFFFF] * 118
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<10I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 432
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, 4096) + bytes(256)
    return header + struct.pack("<128I", *blocks) + folder + stream


def entry(name, kind, child, start, size):
    text = name.encode("utf-16-le") + b"\0\0"
    middle = struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return text.ljust(64, b"\0") + middle + bytes(36) + struct.pack("<IQ", start, size)


def test_an_old_workbook_is_read():
    content = old_workbook([(0, 0, "编号"), (0, 1, "任务举措"), (1, 0, "1-01"), (2, 1, 44377)])

    sheet = tables.read(content, "台账.xls").sheets[0]

    assert sheet.name == "台账"
    assert sheet.rows == [["编号", "任务举措"], ["1-01"], [None, 44377]]
