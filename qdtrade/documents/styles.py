"""The styles of an official document: type, size, line and indent of each kind of paragraph (GB/T 9704)."""

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from . import fonts
from .fonts import Font

LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Style:
    """A kind of paragraph; sizes and lines in points, indents in characters."""

    name: str
    font: Font
    size: float
    line: float
    align: Any = JUSTIFIED
    indent: int = 0
    after: float = 0
    keep: bool = False
    """Stays on the page of the paragraph after it."""


STYLES = (
    Style("Normal", fonts.BODY, 16, 28, indent=2),
    Style("Title", fonts.TITLE, 22, 34, CENTRE, after=6, keep=True),
    Style("Subtitle", fonts.SUBHEADING, 16, 28, CENTRE, after=14, keep=True),
    Style("Heading 1", fonts.HEADING, 16, 28, LEFT, indent=2, keep=True),
    Style("Heading 2", fonts.SUBHEADING, 16, 28, LEFT, indent=2, keep=True),
    Style("Caption", fonts.SUBHEADING, 12, 20, after=6),
    Style("Table Heading", fonts.HEADING, 10.5, 16, CENTRE),
    Style("Table Cell", fonts.TABLE, 10.5, 16, LEFT),
    Style("Footer", fonts.TABLE, 14, 18),
)

MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
"""Around the 156 × 225 mm that the standard gives to the text, in millimetres."""

WIDTH = 210 - MARGINS["left_margin"] - MARGINS["right_margin"]


def set_page(section: Any) -> None:
    """A4 upright with the margins of the standard; the page number 7 mm below the text."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.header_distance, section.footer_distance = Mm(15), Mm(23)


def set_styles(document: Any) -> None:
    """Gives the document's styles the form of the standard; those that it has no name for are made."""
    names = {style.name for style in document.styles}
    for style in STYLES:
        if style.name not in names:
            document.styles.add_style(style.name, 1)
        _set(document.styles[style.name], style)
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()


def _set(made: Any, style: Style) -> None:
    made.font.size, made.font.bold, made.font.italic = Pt(style.size), False, False
    made.font.color.rgb = RGBColor(0, 0, 0)
    _set_font(made.element.get_or_add_rPr(), style.font)
    form = made.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.line)
    form.space_before, form.space_after = Pt(0), Pt(style.after)
    form.alignment, form.keep_with_next = style.align, style.keep
    _set_indent(made.element.get_or_add_pPr(), style)
    for border in made.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)


def _set_font(properties: Any, font: Font) -> None:
    """One name for every script: marks and figures between Chinese characters stand as they do."""
    made = properties.get_or_add_rFonts()
    made.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        made.set(qn(f"w:{script}"), font.name)


def _set_indent(properties: Any, style: Style) -> None:
    """In characters, as Word's Chinese readers count, and in twentieths of a point for all others."""
    made = properties.get_or_add_ind()
    made.attrib.clear()
    made.set(qn("w:firstLineChars"), str(100 * style.indent))
    made.set(qn("w:firstLine"), str(round(20 * style.size * style.indent)))
