"""The columns of the files that leave: the projects, their money, and what is owed on them."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.programmes.exports import WIDTH, Column, moment, yes_no
from qdtrade.programmes.models import Timeliness
from qdtrade.tables import Cell
from qdtrade.templatetags.words import listed

from . import lagging
from .headings import LAGS, STATUS, TOTALS
from .models import ExpectedUpdate, Gate, MoneyEvent, Partner, Project, Rate

TITLES = {
    "code": "编号",
    "name": "项目名称",
    "kind": "类别",
    "sector": "领域",
    "event": "签约批次",
    "carrier": "承接单位",
    "officers": "承接单位负责人",
    "signed_on": "签约日期",
    "planned_investment": "计划总投资（元）",
    "contracted_inflow": "合同到位资金（元）",
    "currency": "币种",
    "original_amount": "原币金额",
    "rate": "汇率",
    "rate_on": "汇率日期",
    "countable": "计入统计",
    "uncountable_reason": "不计入原因",
    "partners": "合作方",
    "tasks": "服务的试点任务",
    "plan_framework": "框架协议计划日",
    "plan_contract": "正式合同计划日",
    "plan_registered": "注册计划日",
    "plan_started": "开工计划日",
    "plan_producing": "投产计划日",
    "plan_full": "达效计划日",
    "is_sample": "样例",
    "source": "来源",
}
"""The headings that the import knows, in Chinese whatever the reader's language: what leaves can come back."""

WIDTHS = {
    "code": 10,
    "name": 36,
    "carrier": 20,
    "planned_investment": 18,
    "contracted_inflow": 18,
    "partners": 40,
}

KINDS = {Project.Kind.INDUSTRIAL: "产业招商", Project.Kind.SERVICE: "服务贸易"}
"""As the register writes the two kinds."""


def register_columns(projects: QuerySet[Project]) -> list[Column]:
    """The import's own columns, what no file changes, and the others that these projects came with."""
    values: dict[str, Callable[[Project], Cell]] = {name: _plain(name) for name in TITLES}
    values |= {
        "kind": lambda project: KINDS[Project.Kind(project.kind)],
        "sector": lambda project: project.sector.name,
        "event": lambda project: project.event.code if project.event else None,
        "carrier": lambda project: project.carrier.name,
        "countable": lambda project: _yes_no_chinese(project.countable),
        "partners": lambda project: "\n".join(map(firm_words, project.partners)),
        "tasks": lambda project: " ".join(task.code for task in project.served),
        "is_sample": lambda project: _yes_no_chinese(project.is_sample),
    }
    values |= {f"plan_{step}": _plan(step) for step in Gate.Step.values}
    own = [Column(TITLES[name], value, WIDTHS.get(name, WIDTH)) for name, value in values.items()]
    shown = [Column(STATUS, lambda project: str(project.get_status_display()))]
    shown += [
        Column(LAGS["state"], lambda project: listed(dict.fromkeys(lag.label for lag in _lags(project)))),
        Column(LAGS["why"], lambda project: "；".join(lag.reason for lag in _lags(project)), 40),
    ]
    shown += [Column(title, _plain(name), 18) for name, title in TOTALS.items()]
    return own + shown + [_extra_column(heading) for heading in _extra_headings(projects)]


def _lags(project: Project) -> list[lagging.Lag]:
    return lagging.lags(project, clock.today())


def firm_words(partner: Partner) -> str:
    """A firm as one line of a cell or a form: name, country or region, code."""
    return "，".join(part for part in (partner.name, partner.country, partner.uscc) if part)


def _plain(name: str) -> Callable[[Project], Cell]:
    def value(project: Project) -> Cell:
        found: Cell = getattr(project, name)
        return None if found == "" else found

    return value


def _plan(step: str) -> Callable[[Project], Cell]:
    return lambda project: next((gate.plan_on for gate in project.gates.all() if gate.step == step), None)


def _yes_no_chinese(value: bool) -> str:
    return "是" if value else "否"


def _extra_headings(projects: QuerySet[Project]) -> list[str]:
    """Each other column that any of the projects has, in the order in which they are met."""
    extras = projects.exclude(extra=[]).values_list("extra", flat=True)
    headings = (heading for extra in extras.iterator(chunk_size=500) for heading, _value in extra)
    return list(dict.fromkeys(headings))


def _extra_column(heading: str) -> Column:
    return Column(heading, lambda project: dict(project.extra).get(heading))


def sample_columns(project_of: Callable[[Any], Project]) -> list[Column]:
    """That the row is a sample, and what else of it is invented: no file leaves without them."""
    return [
        Column(_("Sample"), lambda row: yes_no(project_of(row).is_sample), 8),
        Column(_("Invented fields"), lambda row: listed(map(_word, project_of(row).sample_fields))),
    ]


def _word(name: str) -> str:
    """A field of the project in the reader's language."""
    found = next((field for field in Project._meta.fields if field.name == name), None)
    return str(found.verbose_name if found else name)


MONEY_COLUMNS = [
    Column(_("Code"), lambda row: row.project.code, 10),
    Column(_("Project"), lambda row: row.project.name, 36),
    Column(_("Day"), lambda row: row.on, 12),
    Column(pgettext_lazy("money", "Kind"), lambda row: str(row.get_kind_display())),
    Column(_("Amount, yuan"), lambda row: row.amount, 18),
    Column(_("Currency"), lambda row: row.currency, 8),
    Column(_("Amount in the currency"), lambda row: row.original_amount, 18),
    Column(_("Yuan for one of the currency"), lambda row: row.rate),
    Column(_("Day of the rate"), lambda row: row.rate_on, 12),
    Column(_("Note"), lambda row: row.note, 40),
    Column(_("Corrects the sum of"), lambda row: row.corrects.on if row.corrects else None, 12),
    Column(_("Entered at"), lambda row: moment(row.added_at), 20),
    Column(_("Entered by"), lambda row: row.added_by.name),
    *sample_columns(lambda row: row.project),
]

UPDATE_COLUMNS = [
    Column(_("Period"), lambda row: str(row.period), 10),
    Column(_("Code"), lambda row: row.project.code, 10),
    Column(_("Project"), lambda row: row.project.name, 36),
    Column(_("Carrier"), lambda row: row.bureau.name, 20),
    Column(_("Timeliness"), lambda row: str(Timeliness(row.timeliness).label)),
    Column(_("State"), lambda row: str(row.get_status_display())),
    Column(_("No change"), lambda row: yes_no(row.no_change), 8),
    Column(_("What is new"), lambda row: row.text, 60),
    Column(_("Next gate expected on"), lambda row: row.next_on, 12),
    Column(_("Due on"), lambda row: row.period.due_on, 12),
    Column(_("First filed at"), lambda row: moment(row.first_submitted_at), 20),
    Column(_("Filed by"), lambda row: row.filer),
    Column(_("Exempt because"), lambda row: row.exempt_words, 30),
    Column(_("Accepted until"), lambda row: row.exception_until, 12),
    *sample_columns(lambda row: row.project),
]


def register_rows(user: Any) -> QuerySet[Project]:
    rows = Project.objects.visible_to(user).with_light().for_list().with_tasks(user).in_order()
    return lagging.with_lags(rows, clock.today())


def money_rows(user: Any) -> QuerySet[MoneyEvent]:
    return MoneyEvent.objects.visible_to(user).for_list().in_order()


def update_rows(user: Any, now: Any) -> QuerySet[ExpectedUpdate]:
    return ExpectedUpdate.objects.visible_to(user).for_list().with_timeliness(now).in_order()


RATE_COLUMNS = [
    Column(_("Code"), lambda row: row.rate.code, 16),
    Column(pgettext_lazy("rate", "Rate"), lambda row: row.name, 24),
    Column(_("Formula"), lambda row: row.formula, 30),
    Column(_("By count, percent"), lambda row: row.found.count and row.found.count.value),
    Column(_("Numerator, projects"), lambda row: row.found.count and row.found.count.over),
    Column(_("Denominator, projects"), lambda row: row.found.count and row.found.count.under),
    Column(_("By amount, percent or points"), lambda row: row.found.amount.value),
    Column(_("Numerator, yuan"), lambda row: row.found.amount.over, 20),
    Column(_("Denominator, yuan"), lambda row: row.found.amount.under, 20),
    Column(_("Of which asked by the day, yuan"), lambda row: row.found.amount.less, 20),
    Column(_("Why there is none"), lambda row: row.why_none, 40),
    Column(_("Cohort"), lambda row: str(row.rate.get_cohort_display()), 24),
    Column(_("As of"), lambda row: row.found.on, 12),
    Column(_("Cut-off"), lambda row: str(row.rate.get_cut_off_display()), 20),
    Column(_("Leaves out"), lambda row: row.left_out, 24),
    Column(_("Version"), lambda row: row.rate.version, 8),
    Column(_("Valid from"), lambda row: row.rate.valid_from, 12),
]


def rate_row_columns(rate: Rate) -> list[Column]:
    """What each project adds to a rate."""
    columns = [
        Column(_("Code"), lambda row: row.project.code, 10),
        Column(_("Project"), lambda row: row.project.name, 36),
        Column(_("Kind"), lambda row: str(row.project.get_kind_display())),
        Column(_("Sector"), lambda row: str(row.project.sector), 16),
        Column(_("Signed at"), lambda row: str(row.project.event or ""), 20),
        Column(_("Carrier"), lambda row: str(row.project.carrier), 20),
        Column(_("Signed on"), lambda row: row.project.signed_on, 12),
        Column(_("In the numerator"), lambda row: yes_no(row.is_over), 10),
        Column(_("Day of the fact"), lambda row: row.counted_on, 12),
        Column(_("Numerator, yuan"), lambda row: row.over, 20),
        Column(_("Denominator, yuan"), lambda row: row.under, 20),
    ]
    if rate.less:
        columns.append(Column(_("Of which asked by the day, yuan"), lambda row: row.elapsed, 20))
    return [*columns, *sample_columns(lambda row: row.project)]
