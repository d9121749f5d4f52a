"""What a file of readings looks like: its columns, and how their cells are read."""

from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from qdtrade.imports.reading import cells, flat
from qdtrade.imports.reading.flat import Field, Table
from qdtrade.tables import Cell

from ..headings import QUALIFIERS
from ..models import Qualifier

QUALIFIER_SYNONYMS = {words: code for code, words in QUALIFIERS.items()} | {
    "精确": "exact", "=": "exact", "至少": "at_least", "不低于": "at_least", "≥": "at_least", "以上": "more_than",
    "逾": "more_than", ">": "more_than", "大约": "about", "约为": "about", "近": "about", "≈": "about",
}  # fmt: skip


def figure(cell: Cell) -> str:
    """As text: what it means depends on the indicator of its row. A zero is a value, not an empty cell."""
    return cells.limited(cells.one_line(cells.text_of(cell)), 40)


TABLE = Table(
    fields=(
        Field(
            "code", gettext_lazy("Code of the indicator"), "指标编号 编号 指标代码 代码 code indicator",
            cells.code_of, is_needed=True,
        ),
        Field(
            "period", pgettext_lazy("indicator", "Period"), "时间 期间 时期 统计期 截至 period", flat.text(40),
            is_needed=True,
        ),
        Field(
            "on", pgettext_lazy("indicator", "Day that it stands for"), "对应日期 日期 截止日期 day date asof",
            flat.day, is_needed=True,
        ),
        Field(
            "qualifier", gettext_lazy("How exact"), "修饰 限定 口径 qualifier",
            flat.choice(dict(Qualifier.choices), QUALIFIER_SYNONYMS),
        ),
        Field("value", gettext_lazy("Value"), "数值 指标值 数据 值 value figure", figure),
        Field("words", gettext_lazy("Standing in words"), "文字表述 表述 文字 standing words", flat.text(40)),
        Field("source", gettext_lazy("Source"), "来源 数据来源 出处 source", flat.text(200), is_needed=True),
        Field("note", gettext_lazy("Note"), "备注 说明 note remark", flat.text(200)),
    ),
    keys=frozenset({"code", "period"}),
    nothing=(
        gettext_noop("No row of %(file)s looks like the headings of a list of readings."),
        gettext_noop("The headings must name the code of the indicator (指标编号) and the period (时间)."),
    ),
    another=(
        gettext_noop("This sheet looks like a list of readings too; it is not read."),
        gettext_noop("Put all readings into one sheet, or read that sheet from a file of its own."),
    ),
)  # fmt: skip
