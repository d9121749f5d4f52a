"""A register as large as a province's: 2,000 tasks of 40 bureaus, a report on each for each of twelve months.

Eleven months are closed; the last one runs: of its reports every twentieth is not filed, every tenth waits for review.
"""

import datetime
from itertools import islice
from typing import Any

from django.db import connection

from qdtrade.accounts.models import User
from qdtrade.audit import trail
from qdtrade.audit.models import Event
from qdtrade.programmes.models import Period, Programme
from tasks import content
from tasks.models import (
    ExpectedReport,
    Milestone,
    Report,
    ReportVersion,
    Task,
    TaskBureau,
)
from tests import factories

TASKS, BUREAUS, MONTHS = 2_000, 40, 12
BATCH = 2_000
MATTERS = ("知识产权", "跨境电商", "数字贸易", "服务外包", "离岸贸易", "国际航运", "中医药服务", "金融服务")
ACTS = ("公共服务平台建设", "便利化改革", "标准体系建设", "创新试点", "信息共享机制", "人才培养计划")


def fill() -> dict[str, Any]:
    """The people who ask: a reviewer, and the staff of one bureau."""
    region = factories.bureau("qingdao", "青岛市")
    programme = factories.programme(region)
    office = factories.bureau("sdb", "试点办", parent=region, kind="office")
    leads = [
        factories.bureau(f"b{number}", f"市第{number}商务局", parent=region) for number in range(BUREAUS)
    ]
    manager = factories.member("manager", programme, "manager", office)
    staff, *_others = [
        factories.member(f"staff-{number}", programme, "staff", lead) for number, lead in enumerate(leads)
    ]
    fields = [factories.field(programme, number, f"领域{number}") for number in range(1, 9)]
    tasks = _tasks(programme, fields, leads, manager)
    for month in range(1, 1 + MONTHS):
        year, number = (2020, month + 9) if month <= 3 else (2021, month - 3)
        _month(factories.planned_period(programme, by=manager, year=year, month=number), tasks, staff)
    _let_the_last_month_run(programme)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {"reviewer": User.objects.get(username="manager"), "bureau": User.objects.get(username="staff-0")}


def _let_the_last_month_run(programme: Programme) -> None:
    """As the moves would leave it, without 2,000 of them."""
    *_closed, last = programme.periods.order_by("starts_on")
    programme.periods.update(status=Period.Status.CLOSED)
    programme.periods.filter(pk=last.pk).update(status=Period.Status.OPEN)
    reports = Report.objects.filter(expected__period=last)
    unfiled = reports.filter(expected__first_submitted_at=None)
    ReportVersion.objects.filter(report__in=unfiled).update(decision=ReportVersion.Decision.WITHDRAWN)
    unfiled.update(status=Report.Status.DRAFT, current=None, in_force=None)
    waiting = list(
        reports.exclude(status=Report.Status.DRAFT).order_by("pk").values_list("pk", flat=True)[::10]
    )
    due = last.due_on + datetime.timedelta(days=7)
    reports.filter(pk__in=waiting).update(status=Report.Status.SUBMITTED, in_force=None, review_due_on=due)
    ReportVersion.objects.filter(report__in=waiting).update(decision="", decided_at=None, decided_by=None)


def named() -> dict[str, int]:
    """The rows that addresses name."""
    return {"period": Period.objects.order_by("-starts_on")[0].pk, "task": Task.objects.order_by("pk")[0].pk}


def said() -> str:
    counts = (Task.objects.count(), Report.objects.count(), Event.objects.count())
    return "{:,} tasks, {:,} reports, {:,} events".format(*counts)


def _made(rows: Any, by: Any) -> list[Any]:
    """The rows as the trail writes them, so that what follows from them is there too."""
    waiting, made = iter(rows), []
    while some := list(islice(waiting, BATCH)):
        with trail.unit():
            made += trail.create_many(some, by=by)
    return made


def _kept(rows: Any) -> list[Any]:
    """The rows of a ledger without an event for each, which would take most of the time and change no page."""
    made = list(rows)
    for row in made:
        for name, follow in getattr(row, "derived", {}).items():
            setattr(row, name, follow(row))
    return list(type(made[0]).objects.bulk_create(made, batch_size=BATCH))


def _tasks(programme: Any, fields: list[Any], leads: list[Any], by: Any) -> list[Task]:
    day = datetime.date(2020, 10, 1)
    tasks = _made(
        (
            Task(
                programme=programme,
                field=fields[number % 8],
                code=f"{number % 8 + 1}-{number:04}",
                position=number,
                title=f"{MATTERS[number % 8]}{ACTS[number // 8 % 6]}第{number}号",
                standard=f"形成制度成果，服务企业不少于{number % 90 + 10}家，办理时间压减50%。",
                lead=leads[number % BUREAUS],
                starts_on=day,
                due_on=day + datetime.timedelta(days=200 + number % 700),
                registered_at=_moment(),
                status=Task.Status.IN_PROGRESS,
                accepted_at=_moment(),
                accepted_by=by,
                progress=number % 100,
                self_light=("green", "yellow", "red", "blue")[number % 4],
            )
            for number in range(TASKS)
        ),
        by,
    )
    links = ((0, TaskBureau.Part.LEAD), (7, TaskBureau.Part.SUPPORT), (19, TaskBureau.Part.SUPPORT))
    _made(
        (
            TaskBureau(task=task, bureau=leads[(number + step) % BUREAUS], part=part)
            for number, task in enumerate(tasks)
            for step, part in links
        ),
        by,
    )
    _made(
        (
            Milestone(
                task=task,
                number=step,
                title=f"第{step}步：{MATTERS[step]}",
                plan_on=day + datetime.timedelta(days=step * (40 + task.pk % 60)),
                actual_on=day + datetime.timedelta(days=step * 50) if step < 3 else None,
            )
            for task in tasks
            for step in range(1, 6)
        ),
        by,
    )
    return tasks


def _moment() -> datetime.datetime:
    return datetime.datetime(2020, 10, 9, 1, 0, tzinfo=datetime.UTC)


def _month(period: Period, tasks: list[Task], by: Any) -> None:
    """A period that is over, with an approved report on each task."""
    at = datetime.datetime.combine(period.due_on, datetime.time(2), tzinfo=datetime.UTC)
    expected = _kept(
        ExpectedReport(
            task=task,
            period=period,
            bureau=task.lead,
            first_submitted_at=at if task.pk % 20 else None,
            first_submitted_on=period.due_on if task.pk % 20 else None,
        )
        for task in tasks
    )
    reports = _kept(Report(expected=row, author=by) for row in expected)
    versions = _kept(_version(report, at, by) for report in reports)
    for some in (versions[start : start + BATCH] for start in range(0, len(versions), BATCH)):
        for version in some:
            report = version.report
            report.status, report.current, report.in_force = Report.Status.APPROVED, version, version
        Report.objects.bulk_update([one.report for one in some], ["status", "current", "in_force"])


def _version(report: Report, at: datetime.datetime, by: Any) -> ReportVersion:
    task = report.task
    text = (
        f"围绕“{task.title}”召开座谈会，走访企业{task.pk % 40}家，完成数据源梳理，比计划提前{task.pk % 9}天。"
    )
    said = content.blank() | {
        "done": text,
        "progress": str(task.pk % 100),
        "forecast_on": "2022-12-31",
        "self_light": "green",
        "problems": "需协调数据接口。" if task.pk % 7 == 0 else "",
    }
    return ReportVersion(
        report=report, number=1, content=said, submitted_at=at, submitted_by=by,
        decision=ReportVersion.Decision.APPROVED, decided_at=at, decided_by=by,
    )  # fmt: skip
