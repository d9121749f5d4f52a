"""What stands in `fixtures/`: files that people can read and edit, turned into plain rows. No database here.

`register.csv` is a register as a bureau keeps it; `demo_reports.csv` holds what each version of a report says, and
`demo_steps.csv` who did what and when; `signings.csv` and
`demo_signing_steps.csv` hold the same of the signings, `breakthroughs.csv` and `demo_breakthrough_steps.csv` of the
breakthroughs, `indicators.csv`, `demo_targets.csv`, `demo_readings.csv` and `demo_indicator_steps.csv` of the
indicators. All times are Beijing time.
"""

import csv
import datetime
import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from qdtrade import clock

Row = dict[str, str]

LIST = "；"
"""What separates the items of a list in a cell, and a key from its value stands `PAIR`."""
PAIR = "："

REPORT_FIELDS = {
    "完成情况": "done",
    "总体进度": "progress",
    "下降原因": "progress_reason",
    "申报节点": "milestones",
    "问题与协调": "problems",
    "预计完成": "forecast_on",
    "自评亮灯": "self_light",
    "佐证": "files",
}
GATES = {
    "框架协议": "framework",
    "正式合同": "contract",
    "注册": "registered",
    "开工": "started",
    "投产": "producing",
    "达效": "full",
}
LIGHTS = {"绿": "green", "黄": "yellow", "红": "red", "蓝": "blue", "": ""}

STEPS = (
    "demo_steps.csv",
    "demo_signing_steps.csv",
    "demo_breakthrough_steps.csv",
    "demo_indicator_steps.csv",
)
"""Who did what and when: with the tasks, the signings, the breakthroughs and the indicators."""

MILESTONE = re.compile(r"^\d+\. (?P<title>.+)（(?P<day>\d{4}-\d{2}-\d{2})）$")


@dataclass(frozen=True)
class RegisterRow:
    """A task of the demo register."""

    code: str
    field: str
    title: str
    standard: str
    lead: str
    supporting: tuple[str, ...]
    starts_on: datetime.date
    due_on: datetime.date
    milestones: tuple[tuple[str, datetime.date], ...]
    own_choice: bool
    is_sample: bool
    sample_fields: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Version:
    """What one version of a report says, and the names of its evidence with the milestone each proves (0: none)."""

    period: str
    code: str
    number: int
    content: dict[str, Any]
    files: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Step:
    """One thing that somebody did at a moment."""

    at: datetime.datetime
    account: str
    action: str
    period: str
    codes: tuple[str, ...]
    version: int
    until: datetime.date | None
    comment: str
    remarks: dict[str, str]


def folder() -> Path:
    return Path(settings.BASE_DIR) / "fixtures"


def programme() -> dict[str, Any]:
    """The programme, its rules of time, its fields, and the measures that the press report names."""
    with (folder() / "programme.json").open(encoding="utf-8") as file:
        return dict(json.load(file))


def rows(name: str) -> list[Row]:
    with (folder() / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def register() -> list[RegisterRow]:
    return [_register_row(row) for row in rows("register.csv")]


def _register_row(row: Row) -> RegisterRow:
    return RegisterRow(
        code=row["编号"],
        field=row["任务领域"],
        title=row["任务举措"],
        standard=row["完成标准"],
        lead=row["牵头单位"],
        supporting=tuple(_items(row["配合单位"], "、")),
        starts_on=datetime.date.fromisoformat(row["开始时间"]),
        due_on=datetime.date.fromisoformat(row["完成时限"]),
        milestones=tuple(_milestone(line) for line in row["节点"].splitlines()),
        own_choice=row["自选动作"] == "是",
        is_sample=row["样例"] == "是",
        sample_fields=tuple(_items(row["样例栏"], "、")),
        source=row["来源"],
    )


def _milestone(line: str) -> tuple[str, datetime.date]:
    match = MILESTONE.match(line)
    if match is None:
        raise ValueError(f"register.csv: “{line}” is not written as “1. 标题（2021-06-30）”.")
    return match["title"], datetime.date.fromisoformat(match["day"])


def _items(cell: str, separator: str = LIST) -> list[str]:
    return [item for item in cell.split(separator) if item]


def _pairs(cell: str) -> dict[str, str]:
    return {key: value for key, _separator, value in (item.partition(PAIR) for item in _items(cell))}


@dataclass(frozen=True)
class Signing:
    """A signed project of the demo: all of it is invented but the sum of them all."""

    code: str
    name: str
    is_industrial: bool
    sector: str
    event: str
    carrier: str
    signed_on: datetime.date
    planned: str
    inflow: str
    partner: tuple[str, str]
    tasks: tuple[str, ...]
    plans: dict[str, datetime.date]
    source: str


@functools.cache
def signings() -> list[Signing]:
    return [_signing(row) for row in rows("signings.csv")]


def _signing(row: Row) -> Signing:
    name, _comma, country = row["合作方"].partition("，")
    return Signing(
        code=row["编号"],
        name=row["项目名称"],
        is_industrial=row["类别"] == "产业招商",
        sector=row["领域"],
        event=row["签约批次"],
        carrier=row["承接单位"],
        signed_on=datetime.date.fromisoformat(row["签约日期"]),
        planned=f"{row['计划总投资（亿元）']}亿元",
        inflow=f"{row['合同到位资金（亿元）']}亿元" if row["合同到位资金（亿元）"] else "",
        partner=(name, country),
        tasks=tuple(row["服务的试点任务"].split()),
        plans={step: datetime.date.fromisoformat(row[f"{words}计划日"]) for words, step in GATES.items()},
        source=row["来源"],
    )


@dataclass(frozen=True)
class ClaimText:
    """What is claimed of a task, and the case made of it: all of it is invented."""

    content: dict[str, Any]
    case: dict[str, str]
    files: tuple[tuple[str, str], ...]


PROOFS = {
    "制度": "rule",
    "发布": "published",
    "数据": "data",
    "受益": "beneficiary",
    "省": "province",
    "国家": "nation",
}


@functools.cache
def claims() -> dict[str, ClaimText]:
    """What is claimed, by the code of the task."""
    return {row["编号"]: _claim(row) for row in rows("breakthroughs.csv")}


def _claim(row: Row) -> ClaimText:
    content = {
        "novelty": row["新在哪里"],
        "before": row["以前的做法"],
        "elsewhere": row["同类地区"],
        "elsewhere_source": row["同类来源"],
        "since": row["何时起施行"],
        "basis": row["依据文件"],
        "of_all": row["全市同类"],
        "beneficiaries": [{"who": who, "number": number} for who, number in _pairs(row["谁受益"]).items()],
        "effects": [
            dict(zip(("what", "before", "now", "basis"), effect.split("，"), strict=True))
            for effect in _items(row["量到的效果"])
        ],
    }
    case = {"title": row["案例标题"], "background": row["案例背景"], "replicable": row["可复制"]}
    case |= {"practice": row["案例做法"], "effect": row["案例成效"]}
    files = tuple((PROOFS[kind], name) for kind, name in _pairs(row["证明"]).items())
    return ClaimText(content, case, files)


@functools.cache
def versions() -> dict[tuple[str, str, int], Version]:
    """The versions of all reports, by period, code and number."""
    found = [_version(row) for row in rows("demo_reports.csv")]
    return {(version.period, version.code, version.number): version for version in found}


def _version(row: Row) -> Version:
    content: dict[str, Any] = {
        name: row[heading] for heading, name in REPORT_FIELDS.items() if name != "files"
    }
    content["milestones"] = _pairs(row["申报节点"])
    content["self_light"] = LIGHTS[row["自评亮灯"]]
    return Version(row["报告期"], row["编号"], int(row["稿次"]), content, tuple(_evidence(row["佐证"])))


def _evidence(cell: str) -> list[tuple[int, str]]:
    found = []
    for item in _items(cell):
        key, separator, name = item.partition(PAIR)
        found.append((int(key.removeprefix("节点")), name) if separator else (0, item))
    return found


def steps() -> list[Step]:
    """Everything that happens in the demo, in time order."""
    found = [_step(row) for name in STEPS for row in rows(name)]
    return sorted(found, key=lambda step: step.at)


def _step(row: Row) -> Step:
    return Step(
        at=datetime.datetime.fromisoformat(row["时间"]).replace(tzinfo=clock.BEIJING),
        account=row["账号"],
        action=row["动作"],
        period=row["报告期"],
        codes=tuple(row["编号"].split()),
        version=int(row["稿次"] or 0),
        until=datetime.date.fromisoformat(row["期限"]) if row["期限"] else None,
        comment=row["说明"],
        remarks={REPORT_FIELDS[heading]: text for heading, text in _pairs(row["分栏意见"]).items()},
    )
