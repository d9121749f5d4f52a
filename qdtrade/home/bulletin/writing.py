"""The bulletin as a Word file, with every figure of its page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qdtrade.documents import Cell, Paper, Struck
from qdtrade.templatetags import days

from .quoting import Shown
from .reading import Bulletin
from .sections import Block, Grid

WIDTHS = (2.2, 1.6, 3.2, 1.2)
NARROW = 2.4
"""The width of the column with the names of bureaus and fields, against one of each column of figures."""


def written(bulletin: Bulletin) -> bytes:
    """The file; what its page says, in its order."""
    paper = Paper(bulletin.title, bulletin.subtitle)
    paper.paragraph(bulletin.stands)
    if bulletin.samples:
        paper.paragraph(bulletin.samples)
    for section in bulletin.sections:
        paper.heading(1, section.title)
        paper.paragraph(section.sentence)
        for block in section.blocks:
            _write(paper, block, is_alone=section.is_alone)
    if bulletin.restatements:
        paper.heading(1, _("Figures that were put right"))
        paper.table(
            [_("Restated at"), _("By"), _("Reason"), _("Figures")],
            [
                [days.iso_moment(one.made_at), str(one.made_by.name), one.reason, one.figures]
                for one in bulletin.restatements
            ],
            (1.6, 1.2, 4, 1),
            "lllr",
        )
    paper.note(bulletin.made_by_words)
    return paper.in_bytes()


def _write(paper: Paper, block: Block, *, is_alone: bool) -> None:
    if not is_alone:
        paper.heading(2, str(block.label))
    headings = [_("Figure"), _("Value"), pgettext("bulletin", "How it is computed"), _("As of")]
    paper.table(headings, [_line(one) for one in block.lines], WIDTHS, "lrll")
    for grid in block.grids:
        _write_grid(paper, grid)


def _line(one: Shown) -> Sequence[Cell]:
    how = f"{one.formula}\n{one.division}" if one.division else one.formula
    return [one.label, _value(one), how, days.iso(one.as_of)]


def _write_grid(paper: Paper, grid: Grid) -> None:
    rows = [[row.name, *(_value(cell) if cell else "" for cell in row.cells)] for row in grid.rows]
    widths = (NARROW, *(1 for _column in grid.columns))
    paper.table([str(grid.heading), *grid.columns], rows, widths)


def _value(one: Shown) -> Cell:
    return Struck(one.struck, one.value) if one.befores else one.value
