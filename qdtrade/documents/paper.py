"""A paper that is written from top to bottom and leaves as a Word file."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .packing import packed
from .styles import CENTRE, LEFT, RIGHT, WIDTH, set_page, set_styles
from .texts import Cell, Struck, safe_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

NUMERALS = "〇一二三四五六七八九"
ALIGNED = {"l": LEFT, "c": CENTRE, "r": RIGHT}
FACTS = (1, 3)
"""How the width is shared between the names of facts and what they are."""


class Paper:
    """An official document: a title, then headings, paragraphs, facts, tables and notes in the order of the calls.

    Headings are numbered as official documents are, in the reader's language. Its date is the domain's, and the same
    calls at the same moment give the same bytes.
    """

    def __init__(self, title: str, subtitle: str = "") -> None:
        self.document = Document()
        self.title = safe_text(title)
        self._counts = [0, 0]
        set_page(self.document.sections[0])
        set_styles(self.document)
        self._number_pages()
        self._put(self.title, "Title")
        if subtitle:
            self._put(subtitle, "Subtitle")

    def heading(self, level: int, text: str) -> None:
        """Of level 1 or 2, with its number."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(self._counts) - level)
        self._put(numbered(level, self._counts[level - 1], text), f"Heading {level}")

    def paragraph(self, text: str) -> None:
        """Each line of the text is a paragraph of its own; empty ones are left out."""
        for line in filter(str.strip, safe_text(text).split("\n")):
            self._put(line.strip(), "Normal")

    def facts(self, pairs: Sequence[tuple[str, Cell]]) -> None:
        """What is called how, a line for each."""
        if pairs:
            self._table([], pairs, FACTS, "ll")

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float] = (), aligned: str = ""
    ) -> None:  # fmt: skip
        """A table over the whole width; its headings stand again on every page.

        `widths` share the width between the columns; `aligned` says how each stands, of the letters l, c and r. The
        first stands left and the others right where nothing is said.
        """
        self._table(headings, rows, widths, aligned or f"l{'r' * (len(headings) - 1)}")

    def note(self, text: str) -> None:
        """A small paragraph: where figures come from, as of when."""
        self._put(text, "Caption")

    def signature(self, who: str, day: str) -> None:
        """Who issues the paper and when, at its end."""
        for text in ("", who, day):
            paragraph = self._put(text, "Normal")
            paragraph.paragraph_format.alignment = RIGHT
            paragraph.paragraph_format.right_indent = Pt(32)

    def in_bytes(self) -> bytes:
        """The file."""
        return packed(self.document, self.title)

    def _put(self, text: str, style: str) -> Any:
        return self.document.add_paragraph(safe_text(text), style=style)

    def _table(
        self, headings: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float], aligned: str
    ) -> None:
        """Made whole and filled cell by cell from one list: looking up each cell would take the square of its size."""
        lines: list[Sequence[Cell]] = [headings, *rows] if headings else list(rows)
        columns = len(aligned)
        made = self.document.add_table(len(lines), columns, style="Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        shares = list(widths) or [1.0] * columns
        for column, share in zip(made.columns, shares, strict=True):
            column.width = Mm(WIDTH * share / sum(shares))
        cells, sized = made._cells, [column.width for column in made.columns]
        for number, line in enumerate(lines):
            is_heading = bool(headings) and number == 0
            for place, value in enumerate(line):
                cell = cells[number * columns + place]
                cell.width = sized[place]
                _fill(cell, value, aligned[place], is_heading)
        for number, row in enumerate(made.rows):
            _keep_whole(row, repeats=bool(headings) and number == 0)
        self._put("", "Caption")

    def _number_pages(self) -> None:
        """— 1 — below the text: right on odd pages, left on even ones."""
        section = self.document.sections[0]
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.style = self.document.styles["Footer"]
            paragraph.paragraph_format.alignment = align
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
            paragraph.add_run("— ")
            _page_number(paragraph)
            paragraph.add_run(" —")


def numbered(level: int, number: int, text: str) -> str:
    """A heading with its number as official documents write it: 一、 and （一）, or 1. and (1)."""
    if not (translation.get_language() or "").startswith("zh"):
        return f"{number}. {text}" if level == 1 else f"({number}) {text}"
    return f"{numeral(number)}、{text}" if level == 1 else f"（{numeral(number)}）{text}"


def numeral(number: int) -> str:
    """A number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return f"{NUMERALS[tens] if tens > 1 else ''}十{NUMERALS[ones] if ones else ''}"


def _fill(cell: Any, value: Cell, align: str, is_heading: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Table Heading" if is_heading else "Table Cell"
    if not is_heading:
        paragraph.paragraph_format.alignment = ALIGNED[align]
    if isinstance(value, Struck):
        paragraph.add_run(safe_text(value.old)).font.strike = True
        paragraph.add_run(f" {safe_text(value.new)}")
        return
    paragraph.add_run(safe_text(str(value)))


def _keep_whole(row: Any, *, repeats: bool) -> None:
    """A row is not torn over two pages; the one with the headings stands on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeats:
        properties.append(OxmlElement("w:tblHeader"))


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()._r
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)
