"""What leaves as CSV or .xlsx comes back exactly, and never runs in anybody's spreadsheet."""

import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdtrade import tables

ROWS = [
    ["编号", "名称", "数", "日期", "时刻", "是否"],
    ["1-01", "=1+1", 1.5, datetime.date(2021, 6, 30), datetime.datetime(2021, 6, 30, 10, 42, 7), True],
    ["1-02", "https://example.org/ ", -7, None, None, False],
    ["1-03", "两行\n文字，带“引号”\"和'单引号'", 0, None, None, None],
    ["1-04", "_x0041_ 和制表\t符", 12345678901, None, None, None],
]


def csv_of(rows):
    return b"".join(tables.write_csv(rows))


def texts(book):
    return book.sheets[0].rows


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "\t=1", "\r1", " =1", "\n-2", "＝1", "＋1", "－1", "＠a", "　=1"]
)
def test_text_like_a_formula_gets_a_quote(text):
    assert tables.guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "'", "'a", "1-02", "2021-06-30", "（=1）"])
def test_other_text_stays_as_it_is(text):
    assert tables.guard(text) == text
    assert tables.unguard(text) == text


@pytest.mark.parametrize("text", ["'=1", "''=1", "'' -", "'@", "=1"])
def test_text_that_looks_guarded_comes_back_exactly(text):
    assert tables.unguard(tables.guard(text)) == text


@given(st.text(alphabet="'=+-@\t\r\n ＝a1　"))
def test_unguarding_undoes_guarding(text):
    assert tables.unguard(tables.guard(text)) == text
    assert re.match(r"\s*[=+\-@\t\r＝＋－＠]", tables.guard(text)) is None


def test_numbers_in_csv_are_not_guarded():
    content = csv_of([[-5, -1.5, Decimal("-2.50"), "-5"]])

    assert content == "\ufeff-5,-1.5,-2.50,'-5\r\n".encode()


def test_csv_is_made_piece_by_piece():
    pieces = tables.write_csv([[str(number), "任务" * 20] for number in range(5000)])

    assert next(pieces) == b"\xef\xbb\xbf"
    assert len(list(pieces)) > 3


def test_csv_comes_back_as_text():
    book = tables.read(csv_of(ROWS), "台账.csv")

    assert texts(book)[1] == ["1-01", "=1+1", "1.5", "2021-06-30", "2021-06-30 10:42:07", "TRUE"]
    assert [row[1] for row in texts(book)] == [row[1] for row in ROWS]


def test_an_xlsx_comes_back_cell_by_cell_with_its_types():
    with tables.write_xlsx(ROWS, sheet="任务台账", widths=[8, 40]) as file:
        book = tables.read(file.read(), "台账.xlsx")

    assert book.sheets[0].name == "任务台账"
    assert texts(book) == [
        row[: max(i for i, cell in enumerate(row) if cell is not None) + 1] for row in ROWS
    ]
    assert [type(cell) for cell in texts(book)[1]] == [
        str,
        str,
        float,
        datetime.date,
        datetime.datetime,
        bool,
    ]


def test_an_xlsx_holds_no_formula_and_no_link():
    with tables.write_xlsx([["=1+1", "https://example.org/", "@SUM(A1)"]]) as file:
        book = tables.read(file.read(), "x.xlsx")

    assert texts(book) == [["=1+1", "https://example.org/", "@SUM(A1)"]]
    assert book.cautions == []


def test_text_too_long_for_excel_is_refused_with_its_place():
    with pytest.raises(tables.BadFile, match="B2"):
        tables.write_xlsx([["a", "b"], ["c", "长" * 40_000]])


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("任务台账 2021年9月.xlsx", "任务台账 2021年9月.xlsx"),
        ('a"; filename="b.exe\r\nSet-Cookie: x=1', "a filename= b.exe Set-Cookie x=1"),
        ("../../etc/passwd", "etc passwd"),
        ("..\\台账.csv", "台账.csv"),
        ("台\u202e账\u200b.csv", "台 账.csv"),
        ("\r\n", "file"),
        (".xlsx", "xlsx"),
    ],
)
def test_a_file_name_fits_into_a_header_and_on_a_disk(name, safe):
    assert tables.safe_filename(name) == safe


def test_a_long_file_name_keeps_its_ending():
    name = tables.safe_filename("任务" * 200 + ".xlsx")

    assert name.endswith(("任.xlsx", "务.xlsx"))
    assert len(name.encode()) <= 180
