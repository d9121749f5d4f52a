"""The columns of the files that leave: register, reports, and what is owed."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.exports import WIDTH, Column, moment, yes_no
from qdtrade.programmes.models import Timeliness
from qdtrade.tables import Cell
from qdtrade.templatetags.words import listed

from . import content as contents
from .models import ExpectedReport, Light, Report, Task

TITLES = {
    "code": "编号",
    "field": "任务领域",
    "title": "任务举措",
    "standard": "完成标准",
    "lead": "牵头单位",
    "support": "配合单位",
    "starts_on": "开始时间",
    "due_on": "完成时限",
    "milestones": "节点",
    "own_choice": "自选动作",
    "is_sample": "样例",
    "sample_fields": "样例栏",
    "source": "来源",
}
"""The headings that the import knows, in Chinese whatever the reader's language: what leaves can come back."""

WIDTHS = {
    "code": 8,
    "field": 16,
    "title": 40,
    "standard": 60,
    "lead": 24,
    "support": 30,
    "milestones": 40,
    "own_choice": 10,
    "is_sample": 8,
    "source": 30,
}

OTHER_TITLES = {"progress": "进度", "reports": "进展报告", "status": "状态", "supports": "配合单位"}

OTHER_WORDS = {
    "milestones": _("milestones"),
    "reports": _("progress reports"),
    "supports": _("cooperating bureaus"),
}
"""What may be invented of a task beside its own fields."""


def register_columns(tasks: QuerySet[Task]) -> list[Column]:
    """The import's own columns, then the others that these tasks came with; export and import change nothing."""
    values: dict[str, Callable[[Task], Cell]] = {
        "code": lambda task: task.code,
        "field": lambda task: task.field.name,
        "title": lambda task: task.title,
        "standard": lambda task: task.standard,
        "lead": lambda task: task.lead.name,
        "support": lambda task: "、".join(bureau.name for bureau in task.supporting),
        "starts_on": lambda task: task.starts_on,
        "due_on": _due,
        "milestones": _milestones,
        "own_choice": lambda task: _yes_no_chinese(task.own_choice),
        "is_sample": lambda task: _yes_no_chinese(task.is_sample),
        "sample_fields": lambda task: "、".join(_title(name) for name in task.sample_fields),
        "source": lambda task: task.source,
    }
    columns = [Column(TITLES[name], value, WIDTHS.get(name, WIDTH)) for name, value in values.items()]
    return columns + [_extra_column(heading, number) for heading, number in _extra_headings(tasks)]


def _due(task: Task) -> Cell:
    """As it was written where that means the programme's end (长期), else the day."""
    return task.due_words if task.due_words and task.due_on == task.programme.ends_on else task.due_on


def _milestones(task: Task) -> str:
    rows = enumerate(task.milestones.all(), 1)
    return "\n".join(f"{number}. {row.title}（{row.plan_on.isoformat()}）" for number, row in rows)


def _yes_no_chinese(value: bool) -> str:
    return "是" if value else "否"


def _title(name: str) -> str:
    return TITLES.get(name) or OTHER_TITLES.get(name, name)


def _numbered(extra: list[list[str]]) -> dict[tuple[str, int], str]:
    """The other columns of a task by heading, and by how often the heading stood before."""
    seen: Counter[str] = Counter()
    found = {}
    for heading, value in extra:
        found[heading, seen[heading]] = value
        seen[heading] += 1
    return found


def _extra_headings(tasks: QuerySet[Task]) -> list[tuple[str, int]]:
    """Each other column that any of the tasks has, in the order in which they are met."""
    extras = tasks.exclude(extra=[]).values_list("extra", flat=True)
    headings = (key for extra in extras.iterator(chunk_size=500) for key in _numbered(extra))
    return list(dict.fromkeys(headings))


def _extra_column(heading: str, number: int) -> Column:
    return Column(heading, lambda task: _numbered(task.extra).get((heading, number)))


def _said(report: Report) -> contents.Content:
    """What the report says: the version in force, else the one submitted last; drafts never leave."""
    version = report.in_force or report.current
    return version.content if version else contents.blank()


def _progress(report: Report) -> Cell:
    try:
        return Decimal(_said(report)["progress"])
    except InvalidOperation:
        return None


def _claimed(report: Report) -> str:
    return "; ".join(f"{number}: {day}" for number, day in _said(report)["milestones"].items())


def _files(report: Report) -> str:
    return "; ".join(file["name"] for file in _said(report).get("files", []))


def _light(report: Report) -> str:
    value = _said(report)["self_light"]
    return str(dict(Light.choices).get(value, value))


def _decision(name: str) -> Callable[[Report], Cell]:
    """A field of the decision on the version submitted last."""

    def value(report: Report) -> Cell:
        if report.current is None or not report.current.decision:
            return None
        found = getattr(report.current, name)
        return moment(found) if name == "decided_at" else str(found)

    return value


def _timeliness(row: Any) -> str:
    return str(Timeliness(row.timeliness).label)


def sample_columns(task_of: Callable[[Any], Task]) -> list[Column]:
    """That the row is a sample, and what else of it is invented: no file leaves without them."""
    return [
        Column(_("Sample"), lambda row: yes_no(task_of(row).is_sample), 8),
        Column(_("Invented fields"), lambda row: listed(map(_word, task_of(row).sample_fields))),
    ]


def _word(name: str) -> str:
    """A field of the task in the reader's language, where the model knows it."""
    found = next((field for field in Task._meta.fields if field.name == name), None)
    return str(found.verbose_name if found else OTHER_WORDS.get(name, name))


REPORT_COLUMNS = [
    Column(_("Period"), lambda row: str(row.period), 10),
    Column(_("Code"), lambda row: row.task.code, 8),
    Column(_("Task"), lambda row: row.task.title, 40),
    Column(_("Bureau"), lambda row: row.bureau.name, 20),
    Column(_("State"), lambda row: str(row.get_status_display())),
    Column(_("Timeliness"), _timeliness),
    Column(_("Author"), lambda row: row.author.name if row.author else None),
    Column(_("First submitted at"), lambda row: moment(row.expected.first_submitted_at), 20),
    Column(_("Submitted at"), lambda row: moment(row.submitted_at), 20),
    Column(_("Submitted by"), lambda row: row.current.submitter if row.current else None),
    Column(_("Filed by the office from"), lambda row: row.current.filed_from if row.current else None, 30),
    Column(_("Version submitted last"), lambda row: row.current.number if row.current else None),
    Column(_("Version in force"), lambda row: row.in_force.number if row.in_force else None),
    Column(contents.LABELS["done"], lambda row: _said(row)["done"], 60),
    Column(contents.LABELS["progress"], _progress),
    Column(contents.LABELS["progress_reason"], lambda row: _said(row)["progress_reason"], 30),
    Column(contents.LABELS["milestones"], _claimed, 24),
    Column(contents.LABELS["problems"], lambda row: _said(row)["problems"], 50),
    Column(contents.LABELS["forecast_on"], lambda row: contents.as_date(_said(row)["forecast_on"])),
    Column(contents.LABELS["self_light"], _light),
    Column(contents.LABELS["files"], _files, 40),
    Column(_("Decision"), lambda row: str(row.current.get_decision_display()) if row.current else None),
    Column(_("Decided by"), _decision("decider")),
    Column(_("Decided at"), _decision("decided_at"), 20),
    Column(_("Reason"), _decision("comment"), 40),
    *sample_columns(lambda row: row.task),
]

EXPECTED_COLUMNS = [
    Column(_("Period"), lambda row: str(row.period), 10),
    Column(_("Code"), lambda row: row.task.code, 8),
    Column(_("Task"), lambda row: row.task.title, 40),
    Column(_("Bureau"), lambda row: row.bureau.name, 20),
    Column(_("Timeliness"), _timeliness),
    Column(_("State of the report"), lambda row: str(row.report.get_status_display())),
    Column(_("Due on"), lambda row: row.period.due_on),
    Column(_("Grace until"), lambda row: row.period.grace_on),
    Column(_("First submitted at"), lambda row: moment(row.first_submitted_at), 20),
    Column(_("Exempt because"), lambda row: row.exempt_words, 30),
    Column(_("Accepted until"), lambda row: row.exception_until),
    Column(_("Accepted late because"), lambda row: row.exception_reason, 30),
    *sample_columns(lambda row: row.task),
]


def register_rows(user: Any) -> QuerySet[Task]:
    return Task.objects.visible_to(user).with_light().for_list().in_order()


def report_rows(user: Any, now: Any) -> QuerySet[Report]:
    return Report.objects.visible_to(user).with_versions().with_timeliness(now).in_order()


def expected_rows(user: Any, now: Any) -> QuerySet[ExpectedReport]:
    return ExpectedReport.objects.visible_to(user).for_list().with_timeliness(now).in_order()
