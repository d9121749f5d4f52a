"""What a file of projects looks like: its columns, and how their cells are read."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop

from qdtrade import money
from qdtrade.imports.reading import cells, flat
from qdtrade.imports.reading.findings import Unreadable
from qdtrade.imports.reading.flat import Field, Table
from qdtrade.imports.reading.said import said as _
from qdtrade.tables import Cell

from ..actions.directory import Firm
from ..headings import LAGS, STATUS, TOTALS
from ..models import Currency, Gate, Project
from ..models.partner import CHINA

KINDS = dict(Project.Kind.choices)
KIND_SYNONYMS = {
    "产业招商": "industrial", "产业": "industrial", "工业": "industrial", "招商": "industrial",
    "服务贸易": "service", "服贸": "service",
}  # fmt: skip
CURRENCY_SYNONYMS = {
    "人民币": "CNY", "元": "CNY", "rmb": "CNY", "美元": "USD", "欧元": "EUR", "日元": "JPY", "韩元": "KRW",
    "港元": "HKD", "港币": "HKD", "英镑": "GBP", "新加坡元": "SGD",
}  # fmt: skip
UNITS = {"万": money.WAN, "亿": money.YI}
MANY = re.compile(r"[\n；;]+")
WITHIN = re.compile(r"[，,、\t]")


def raw(cell: Cell) -> Cell:
    """The cell as it is: what it means depends on its column's heading."""
    return None if cells.text_of(cell) == "" else cell


def amount(cell: Cell, heading: str) -> Decimal | None:
    """Yuan, by the unit in the heading, （万元） or （亿元）, unless the cell brings its own."""
    text = cells.text_of(cell)
    if text in {"", "-", "—", "无"}:
        return None
    unit = next((value for word, value in UNITS.items() if f"{word}元" in heading), Decimal(1))
    try:
        return money.parse(cell if isinstance(cell, int | Decimal) else text, unit)
    except Exception as fault:
        if not hasattr(fault, "messages"):
            raise
        raise Unreadable(
            _("“%(text)s” is no amount in yuan.") % {"text": cells.as_shown(cell)},
            _("Write it like 341亿元 or 12,000万元; another currency has columns of its own."),
        ) from None


def rate(cell: Cell) -> Decimal | None:
    """Yuan for one of the currency."""
    text = cells.text_of(cell).replace(",", "")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(0)
    if not found.is_finite() or found <= 0 or found > 10**6:
        raise Unreadable(_("This is no rate."), _("Write yuan for one of the currency, such as 6.45."))
    return found.quantize(Decimal("0.000001"))


def firms(cell: Cell) -> tuple[Firm, ...]:
    """One firm a line: name, country or region, code."""
    found = []
    for line in MANY.split(cells.text_of(cell)):
        parts = [part.strip() for part in WITHIN.split(line)]
        if parts[0]:
            name, country, code = [*parts, "", ""][:3]
            found.append(Firm(cells.limited(name, 200), country or CHINA, code))
    return tuple(found)


def codes(cell: Cell) -> tuple[str, ...]:
    """Codes of tasks, parted by blanks, commas or lines."""
    parts = re.split(r"[\s，,、;；]+", cells.text_of(cell).strip())
    return tuple(dict.fromkeys(part for part in parts if part))


def yes_no(cell: Cell) -> bool | None:
    """Yes or no; None for an empty cell."""
    return None if cells.text_of(cell) == "" else cells.yes_or_no(cell)


def _plan(step: str, words: Any, synonyms: str) -> Field:
    return Field(f"plan_{step}", words, synonyms, flat.day)


READ_ONLY = {"status": STATUS, **LAGS, **TOTALS}
"""What our own files show beside the rest: it is known, and not read."""

TABLE = Table(
    fields=(
        Field("code", gettext_lazy("Code"), "编号 项目编号 代码 编码 code", cells.code_of, is_needed=True),
        Field("name", gettext_lazy("Name"), "项目名称 项目 名称 name project", flat.text(200), is_needed=True),
        Field("kind", gettext_lazy("Kind"), "类别 项目类别 类型 kind", flat.choice(KINDS, KIND_SYNONYMS)),
        Field("sector", gettext_lazy("Sector"), "领域 行业 产业领域 sector", flat.text(60)),
        Field("event", gettext_lazy("Signed at"), "签约批次 签约活动 批次 event", flat.text(40)),
        Field("carrier", gettext_lazy("Carrier"), "承接单位 载体 承接载体 责任单位 carrier", flat.text(100)),
        Field("officers", gettext_lazy("Officers of the carrier"), "承接单位负责人 负责人 officers", flat.text(200)),
        Field("signed_on", gettext_lazy("Signed on"), "签约日期 签约时间 signedon", flat.day),
        Field(
            "planned_investment", gettext_lazy("Planned investment"), "计划总投资 总投资 投资额 plannedinvestment", raw
        ),
        Field(
            "contracted_inflow", gettext_lazy("Contracted inflow"), "合同到位资金 合同资金 contractedinflow", raw
        ),
        Field(
            "currency", gettext_lazy("Currency"), "币种 货币 currency",
            flat.choice(dict(Currency.choices), CURRENCY_SYNONYMS),
        ),
        Field("original_amount", gettext_lazy("Amount in the currency"), "原币金额 外币金额 originalamount", raw),
        Field("rate", gettext_lazy("Yuan for one of the currency"), "汇率 rate", rate),
        Field("rate_on", gettext_lazy("Day of the rate"), "汇率日期 rateon", flat.day),
        Field("countable", gettext_lazy("Counts in the figures"), "计入统计 是否计入 countable", yes_no),
        Field("uncountable_reason", gettext_lazy("Does not count because"), "不计入原因", flat.text(200)),
        Field("partners", gettext_lazy("Partners"), "合作方 签约方 投资方 partners", firms),
        Field("tasks", gettext_lazy("Tasks served"), "服务的试点任务 服务任务 tasks", codes),
        _plan(Gate.Step.FRAMEWORK, gettext_lazy("Framework agreement planned for"), "框架协议计划日"),
        _plan(Gate.Step.CONTRACT, gettext_lazy("Formal contract planned for"), "正式合同计划日"),
        _plan(Gate.Step.REGISTERED, gettext_lazy("Registration planned for"), "注册计划日"),
        _plan(Gate.Step.STARTED, gettext_lazy("Start of works planned for"), "开工计划日"),
        _plan(Gate.Step.PRODUCING, gettext_lazy("Production planned for"), "投产计划日"),
        _plan(Gate.Step.FULL, gettext_lazy("Full output planned for"), "达效计划日"),
        Field("is_sample", gettext_lazy("Sample"), "样例 sample", yes_no),
        Field("source", gettext_lazy("Source"), "来源 出处 source", flat.text(200)),
        *(Field(f"shown_{name}", gettext_lazy("Shown, not read"), title, raw) for name, title in READ_ONLY.items()),
    ),
    keys=frozenset({"code", "name"}),
    nothing=(
        gettext_noop("No row of %(file)s looks like the headings of a list of projects."),
        gettext_noop("The headings must name the code (编号) and the name (项目名称)."),
    ),
    another=(
        gettext_noop("This sheet looks like a list of projects too; it is not read."),
        gettext_noop("Put all projects into one sheet, or read that sheet from a file of its own."),
    ),
)  # fmt: skip
AMOUNTS = ("planned_investment", "contracted_inflow", "original_amount")
PLANS = tuple(f"plan_{step}" for step in Gate.Step.values)
