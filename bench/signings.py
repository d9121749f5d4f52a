"""The signings of a province: 50,000 projects of 30 carriers and 20 fairs, partly on their way, money for a third."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from projects.models import Gate, MoneyEvent, Project, Rate
from qdtrade import clock
from qdtrade.accounts.models import User
from tests import factories, signings

PROJECTS, CARRIERS, FAIRS, SECTORS = 50_000, 30, 20, 8
BATCH = 2_000
FIRST = datetime.date(2020, 9, 1)

PAGES = {
    "rates": "/projects/rates/",
    "rates, a year ago": "/projects/rates/?on=2021-01-01",
    "rates of a carrier": "/projects/rates/?carrier=b3",
    "rates, as a file": "/projects/rates/export/",
    "a rate and its rows": "/projects/rates/{rate}/",
    "a rate, its last page": "/projects/rates/{rate}/?page=500",
    "projects": "/projects/",
    "projects that are behind": "/projects/?behind=true",
    "projects that are stalled": "/projects/?stalled=true",
    "projects, by money in": "/projects/?ordering=-came_in",
    "a project": "/projects/{project}/",
    "API, rates": "/api/v1/rates/",
    "API, projects that are behind": "/api/v1/projects/?behind=true",
}


def fill() -> dict[str, Any]:
    """The people who ask: a reviewer, and the staff of one carrier."""
    region = factories.bureau("qingdao", "青岛市")
    programme = factories.programme(region)
    office = factories.bureau("sdb", "试点办", parent=region, kind="office")
    carriers = [
        factories.bureau(f"b{number}", f"第{number}园区管委会", parent=region) for number in range(CARRIERS)
    ]
    manager = factories.member("manager", programme, "manager", office)
    factories.member("staff-0", programme, "staff", carriers[0])
    sectors = [
        signings.sector(programme, by=manager, number=number, name=f"产业{number}")
        for number in range(1, 1 + SECTORS)
    ]
    fairs = [
        signings.event(programme, by=manager, code=f"fair-{number}", starts_on=FIRST, ends_on=clock.today())
        for number in range(FAIRS)
    ]
    signings.project(sectors[0], carriers[0], by=manager)  # it brings the rates
    _projects(sectors, carriers, fairs, manager)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {"reviewer": User.objects.get(username="manager"), "carrier": User.objects.get(username="staff-0")}


def _projects(sectors: list[Any], carriers: list[Any], fairs: list[Any], manager: Any) -> None:
    for start in range(0, PROJECTS, BATCH):
        rows = [_project(number, sectors, carriers, fairs) for number in range(start, start + BATCH)]
        Project.objects.bulk_create(rows)
        Gate.objects.bulk_create(gate for row in rows for gate in _gates(row, manager))
        MoneyEvent.objects.bulk_create(_money(row, manager) for row in rows[::3])


def _project(number: int, sectors: list[Any], carriers: list[Any], fairs: list[Any]) -> Project:
    return Project(
        programme=sectors[0].programme, sector=sectors[number % SECTORS], carrier=carriers[number % CARRIERS],
        event=fairs[number % FAIRS], code=f"QY-{number:05}", name=f"样例项目{number}",
        kind="service" if number % 4 == 0 else "industrial", signed_on=FIRST + datetime.timedelta(number % 380),
        planned_investment=Decimal(10_000_000 + number), registered_at=clock.now(),
    )  # fmt: skip


def _gates(row: Project, manager: Any) -> list[Gate]:
    """The first gates are confirmed, up to three of them; the next is planned for a day that half have missed."""
    passed = int(row.code[3:]) % 5
    decided = {
        "decided_at": clock.now(),
        "decided_by": manager,
        "proposed_at": clock.now(),
        "proposed_by": manager,
    }
    found = []
    for number, step in enumerate(Gate.Step.values, 1):
        plan_on = row.signed_on + datetime.timedelta(120 * number)
        done = {"status": "confirmed", "fact_on": row.signed_on, "words": "Done.", **decided}
        found.append(
            Gate(project=row, number=number, step=step, plan_on=plan_on, **(done if number <= passed else {}))
        )
    return found


def _money(row: Project, manager: Any) -> MoneyEvent:
    return MoneyEvent(
        project=row, kind="in", on=row.signed_on, amount=Decimal("1000000.50"), note="First instalment",
        added_at=clock.now(), added_by=manager,
    )  # fmt: skip


def named() -> dict[str, int]:
    """The rows that addresses name."""
    return {"rate": Rate.objects.get(code="start").pk, "project": Project.objects.order_by("pk")[0].pk}


def said() -> str:
    return f"{Project.objects.count():,} projects, {Gate.objects.count():,} gates"
