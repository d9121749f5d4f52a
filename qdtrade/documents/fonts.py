"""The fonts that the standard of official documents names (GB/T 9704), and what stands in where one is missing.

The files only name them: the fonts are not ours to give away. Each name goes with another one that most machines have,
which Word takes where the first is not installed; where neither is, a machine shows its own.
"""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr


@dataclass(frozen=True)
class Font:
    """A font by the name that Word knows, and the one that stands in for it."""

    name: str
    otherwise: str


TITLE = Font("方正小标宋简体", "宋体")
BODY = Font("仿宋_GB2312", "仿宋")
HEADING = Font("黑体", "SimHei")
SUBHEADING = Font("楷体_GB2312", "楷体")
TABLE = Font("宋体", "SimSun")

FONTS = (TITLE, BODY, HEADING, SUBHEADING, TABLE)

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def font_table() -> bytes:
    """The part of a Word file that lists its fonts, each with the one to take where it is missing."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(font.name)}><w:altName w:val={quoteattr(font.otherwise)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for font in FONTS
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{_NAMESPACE}">{fonts}</w:fonts>'.encode()
