"""A practice case as a Word file in the official form."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests import breakings


@pytest.fixture
def paper(recognised, manager, in_english):
    breakings.promote(recognised, by=manager)
    answer = in_english(manager).get(f"/breakthroughs/{recognised.pk}/case/word/")
    assert answer.status_code == 200
    return Document(io.BytesIO(answer.content))


def test_the_case_stands_in_its_parts(paper):
    texts = [one.text for one in paper.paragraphs]

    assert "质押登记银行代办" in texts[0]
    assert "1. Background" in texts
    assert "银行一次代递，三方并联。" in texts


def test_the_fonts_are_those_of_official_documents(paper):
    fonts = {
        name: paper.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Normal", "Heading 1")
    }

    assert fonts == {"Title": "方正小标宋简体", "Normal": "仿宋_GB2312", "Heading 1": "黑体"}


def test_measured_effects_are_a_table_with_their_change(paper):
    cells = [cell.text for row in paper.tables[1].rows for cell in row.cells]

    assert "−6个工作日" in cells


def test_a_revoked_one_says_so_on_paper(recognised, manager, sign_in):
    breakings.promote(recognised, by=manager)
    breakings.revoke(recognised, by=manager, comment="依据停止执行。")

    answer = sign_in(manager).get(f"/breakthroughs/{recognised.pk}/case/word/")

    words = "".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "依据停止执行。" in words
