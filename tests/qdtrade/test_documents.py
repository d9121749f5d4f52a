"""A paper read back: page, type, numbers, properties, and texts that would break a file."""

import io
import re
import zipfile

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from qdtrade import documents
from qdtrade.documents import Paper, Struck
from qdtrade.documents.paper import numeral


@pytest.fixture
def paper():
    made = Paper("服务贸易创新发展试点工作情况通报", "（2021年8月）")
    made.heading(1, "工作进展")
    made.heading(2, "任务推进")
    made.paragraph("全市共有任务133项。\n\n其中45项预计年内取得突破。")
    made.facts([("报告期", "2021年8月"), ("覆盖率", Struck("97.4%", "98.0%"))])
    made.table(["单位", "应报", "已报"], [["市商务局", 12, 11], ["市科技局", 3, 3]], [2, 1, 1])
    made.note("数据截至2021年9月10日。")
    made.signature("试点办", "2021年9月10日")
    return made


def read(paper):
    return Document(io.BytesIO(paper.to_bytes()))


def part(paper, name):
    with zipfile.ZipFile(io.BytesIO(paper.to_bytes())) as file:
        return file.read(name).decode()


def test_the_page_is_a4_with_the_margins_of_the_standard(paper):
    section = read(paper).sections[0]

    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    assert [round(edge.mm) for edge in edges] == [37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "font", "size", "line", "indent"),
    [
        ("Title", "方正小标宋简体", 22, 34, 0),
        ("Normal", "仿宋_GB2312", 16, 28, 200),
        ("Heading 1", "黑体", 16, 28, 200),
        ("Heading 2", "楷体_GB2312", 16, 28, 200),
        ("Table Cell", "宋体", 10.5, 16, 0),
        ("Footer", "宋体", 14, 18, 0),
    ],
)
def test_each_kind_of_paragraph_has_its_type(paper, style, font, size, line, indent):
    found = read(paper).styles[style]
    fonts = found.element.rPr.rFonts

    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
    assert (found.font.size.pt, found.paragraph_format.line_spacing.pt) == (size, line)
    assert found.element.pPr.ind.get(qn("w:firstLineChars")) == str(indent)
    assert not found.font.bold


def test_what_was_written_stands_in_order_and_headings_have_their_numbers(paper):
    with translation.override("zh-hans"):
        made = Paper("通报")
        made.heading(1, "进展")
        made.heading(2, "任务")
        made.heading(1, "突破")
        made.heading(2, "认定")

    texts = [one.text for one in read(made).paragraphs]

    assert texts == ["通报", "一、进展", "（一）任务", "二、突破", "（一）认定"]
    assert [one.text for one in read(paper).paragraphs][:6] == [
        "服务贸易创新发展试点工作情况通报",
        "（2021年8月）",
        "一、工作进展",
        "（一）任务推进",
        "全市共有任务133项。",
        "其中45项预计年内取得突破。",
    ]


def test_headings_are_numbered_in_the_readers_language():
    with translation.override("en"):
        made = Paper("Bulletin")
        made.heading(1, "Progress")
        made.heading(2, "Tasks")

    assert [one.text for one in read(made).paragraphs][1:] == ["1. Progress", "(1) Tasks"]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_numerals_are_chinese(number, text):
    assert numeral(number) == text


def test_a_table_has_its_cells_and_repeats_its_headings(paper):
    facts, table = read(paper).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", "应报", "已报"],
        ["市商务局", "12", "11"],
        ["市科技局", "3", "3"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [round(column.width.mm) for column in table.columns] == [78, 39, 39]
    assert facts.cell(0, 1).text == "2021年8月"


def test_what_was_put_right_is_struck_out_beside_the_new(paper):
    old, new = read(paper).tables[0].cell(1, 1).paragraphs[0].runs

    assert (old.text, old.font.strike, new.text, new.font.strike) == ("97.4%", True, " 98.0%", None)


def test_page_numbers_stand_outside(paper):
    section = read(paper).sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    assert (odd.text, even.text) == ("—  —", "—  —")
    assert "PAGE" in odd._p.xml
    assert (odd.paragraph_format.alignment, even.paragraph_format.alignment) == (2, 0)


def test_its_properties_name_the_paper_and_no_program(paper):
    properties = read(paper).core_properties

    assert properties.title == "服务贸易创新发展试点工作情况通报"
    assert {properties.author, properties.comments, properties.last_modified_by, properties.keywords} == {""}
    assert f"{properties.created:%Y-%m-%d}" == "2021-09-24"
    assert "docx" not in part(paper, "docProps/core.xml") and "Microsoft" not in part(
        paper, "docProps/app.xml"
    )


def test_a_font_that_is_missing_has_one_that_stands_in(paper):
    table = part(paper, "word/fontTable.xml")

    assert re.findall('w:name="([^"]+)"', table) == [font.name for font in documents.FONTS]
    assert re.findall('altName w:val="([^"]+)"', table) == [font.otherwise for font in documents.FONTS]


def test_the_same_paper_is_the_same_file(paper):
    assert paper.to_bytes() == paper.to_bytes()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x0bc\x1f", "abc"),
        ("<w:p>&amp;\"'", "<w:p>&amp;\"'"),
        ("半个\ud800字\uffff", "半个字"),
        ("反\u202e转", "反转"),
        ("行\r\n行", "行\n行"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_any_text_can_be_written(text, kept):
    made = Paper(f"题{text}")
    made.table(["列"], [[text]])
    made.note(text)

    back = read(made)

    assert back.tables[0].cell(0, 0).text == "列"
    assert back.tables[0].cell(1, 0).text == kept
    assert back.core_properties.title == " ".join(f"题{kept}".split())
