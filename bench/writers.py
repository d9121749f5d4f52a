"""What eight writers do at once, and how it is proved afterwards that nothing was lost."""

import contextlib
import multiprocessing
import os
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, connections
from django.test.utils import (
    get_runner,
    override_settings,
    setup_test_environment,
    teardown_test_environment,
)

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.audit import rows, trail, verify
from qdtrade.audit.models import Chain, Event
from qdtrade.errors import Refusal, reason_of
from qdtrade.imports import background
from qdtrade.imports.models import Import
from qdtrade.programmes.models import Programme
from qdtrade.workflow import perform, perform_each
from tasks import workflow
from tasks.actions import register
from tasks.models import Report, Task
from tests import factories
from tests.conftest import NOW
from tests.tasks import importing, sheets

WRITERS, SECONDS = 8, 60.0
REPORTS = 24
"""In all programmes together, so that the same rows are wanted in both rounds."""
FORK = multiprocessing.get_context("fork")


class NoMigrations:
    """Tables are made at once, as the models say."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


@dataclass
class Kept:
    """What one writer saw: acts that were answered with yes, refusals, faults, and how long each answer took."""

    done: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    faults: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


def soak(seconds: float = SECONDS) -> int:
    """Both rounds; returns how many things were wrong."""
    return sum(_round(number, seconds) for number in (1, WRITERS))


@contextlib.contextmanager
def throwaway() -> Iterator[Path]:
    """A database that several processes can work in, and a folder for files; both are gone afterwards."""
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    with tempfile.TemporaryDirectory(prefix="qdtrade-bench-") as folder:
        # A database in memory is one process's own.
        name = f"{folder}/bench.sqlite3" if connection.vendor == "sqlite" else f"bench_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = name
        new = {"MIGRATION_MODULES": NoMigrations(), "MEDIA_ROOT": Path(folder) / "files"}
        with override_settings(**new, PACKAGES=Path(folder) / "packages", VAR_DIR=Path(folder)):
            databases = runner.setup_databases()
            try:
                yield Path(folder)
            finally:
                connections.close_all()
                runner.teardown_databases(databases)
                teardown_test_environment()


def _round(programmes: int, seconds: float) -> int:
    with throwaway():
        with clock.at(NOW):
            teams = house(programmes)
            found = _at_once([teams[number % programmes] for number in range(WRITERS)], seconds)
        wrong = _wrong(found)
        print(f"{connection.display_name}, {WRITERS} writers, {programmes} programme(s), {seconds:.0f} s")
        print(_said(found, seconds))
        print(
            "\n".join(wrong) or "  No fault, no gap, no fork, nothing lost; every chain is whole.", flush=True
        )
        return len(wrong)


def house(programmes: int) -> list[str]:
    """The codes of programmes with tasks, an open month and a reviewer and a reporter for each writer."""
    region = factories.bureau("qingdao", "青岛市")
    lead = factories.bureau("sww", "青岛市商务局", "市商务局", parent=region)
    office = factories.bureau("sdb", "试点工作办公室", "试点办", parent=region, kind="office")
    people = [
        [factories.user(f"{role}-{number}") for role in ("staff", "manager")] for number in range(WRITERS)
    ]
    codes = []
    for number in range(programmes):
        programme = factories.programme(region, f"soak-{number}")
        for staff, manager in people:
            factories.join(staff, programme, "staff", lead)
            factories.join(manager, programme, "manager", office)
        staff, manager = (User.objects.get(pk=one.pk) for one in people[0])
        subject = factories.field(programme)
        for code in range(REPORTS // programmes):
            factories.accepted_task(subject, lead, by=manager, accepted_by=staff, code=f"1-{code:02}")
        factories.open_period(programme, by=manager)
        codes.append(programme.code)
    return codes


def _at_once(teams: list[str], seconds: float) -> list[Kept]:
    connections.close_all()
    answers: Any = FORK.Queue()
    crowd = [
        FORK.Process(target=_write, args=(number, code, seconds, answers))
        for number, code in enumerate(teams)
    ]
    for process in crowd:
        process.start()
    found = [answers.get(timeout=seconds + 120) for _process in crowd]
    for process in crowd:
        process.join()
    return found


def _write(number: int, code: str, seconds: float, answers: Any) -> None:
    kept = Kept()
    try:
        writer = Writer(number, code, kept)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            writer.act()
    except Exception:  # nobody waits for an answer that does not come
        kept.faults.append(traceback.format_exc())
    connections.close_all()
    answers.put(kept)


class Writer:
    """Two people at one desk: a reporter and a reviewer, who do whatever comes next."""

    def __init__(self, number: int, code: str, kept: Kept) -> None:
        self.number, self.count = number, 0
        self.random = random.Random(number)
        self.programme = Programme.objects.get(code=code)
        self.staff = User.objects.get(username=f"staff-{number}")
        self.manager = User.objects.get(username=f"manager-{number}")
        self.reports = [
            *Report.objects.filter(expected__task__programme=self.programme)
            .order_by("pk")
            .values_list("pk", flat=True)
        ]
        self.kept = kept
        self.acts: dict[Callable[[], None], int] = {
            self.move: 60,
            self.edit: 15,
            self.together: 15,
            self.newcomer: 8,
            self.load: 2,
        }

    def act(self) -> None:
        self.count += 1
        (chosen,) = self.random.choices([*self.acts], [*self.acts.values()])
        began = time.perf_counter()
        try:
            chosen()
        except (Refusal, ValidationError):
            self.kept.refused += 1
        except Exception as fault:  # whatever it is, the end must hear of it
            self.kept.faults.append(repr(fault))
        self.kept.waits.append(time.perf_counter() - began)

    def move(self) -> None:
        """One report, one step on."""
        report = Report.objects.for_move().get(pk=self.random.choice(self.reports))
        name, by, data = self._next(report.status)
        perform(workflow.REPORT_MOVES[name], report, by=by, **data)
        self.kept.done[f"report {name}"] += 1

    def _next(self, status: str) -> tuple[str, User, dict[str, Any]]:
        remarks = {"comment": "Which firms?", "remarks": {"done": "Name them."}}
        steps: dict[str, list[tuple[str, User, dict[str, Any]]]] = {
            "submitted": [
                ("take", self.manager, {}),
                ("approve", self.manager, {}),
                ("return", self.manager, remarks),
                ("put_back", self.manager, {}),
                ("withdraw", self.staff, {}),
            ],
            "approved": [("reopen", self.manager, {"comment": "A figure was wrong."})],
        }
        return self.random.choice(steps.get(status, [("submit", self.staff, {"content": factories.CONTENT})]))

    def edit(self) -> None:
        """A task and both its milestones in one act."""
        task = Task.objects.filter(programme=self.programme).order_by("?")[0]
        milestones = [
            register.MilestoneChange(f"Step {one.number}, {self.count}", one.plan_on, one.pk)
            for one in task.milestones.order_by("number")
        ]
        title = {"title": f"Task {self.number}-{self.count}"}
        register.edit_task(task, title, by=self.manager, milestones=milestones, comment="soak")
        self.kept.done["task edit"] += 1

    def together(self) -> None:
        """Five reports with one click; whatever cannot be done is told row by row."""
        chosen = Report.objects.for_move().filter(pk__in=self.random.sample(self.reports, 3))
        for result in perform_each(workflow.APPROVE, chosen, by=self.manager, seen={}):
            self.kept.done["report approve"] += result.is_done
            self.kept.refused += not result.is_done
            if result.reason == BUSY:
                self.kept.faults.append(BUSY)

    def newcomer(self) -> None:
        """A person and a role, in two chains and one act."""
        with trail.unit():
            name = f"new-{self.number}-{self.count}"
            person = factories.accounts.create_user(
                name, by=self.staff, name=name, password=factories.PASSWORD
            )
            factories.programmes.add_member(
                self.programme, person, by=factories.accounts.service_user(), role="auditor",
                starts_on=self.programme.starts_on,
            )  # fmt: skip
        self.kept.done["user create"] += 1

    def load(self) -> None:
        """A file with many rows, read and written in one act."""
        lines = [
            sheets.line(
                编号=f"2-{self.number}{self.count}{one}",
                任务领域="扩大对外开放",
                牵头单位="市商务局",
                配合单位="",
            )
            for one in range(10)
        ]
        row = importing.imported(self.programme, sheets.register(*lines), by=self.manager)
        importing.actions.apply_import(row, by=self.manager, start=background.apply_import.call)
        self.kept.done["import apply"] += 1


BUSY = reason_of(OperationalError("database is locked"))


def _wrong(found: list[Kept]) -> list[str]:
    """Everything that should not have happened."""
    faults = Counter(fault for kept in found for fault in kept.faults)
    wrong = [f"{count} × {fault}" for fault, count in faults.items()]
    wrong += [f"{one.code} is broken at {one.fault}" for one in verify.verify() if one.fault]
    wrong += [f"not as recorded: {one}" for chain in Chain.objects.all() for one in rows.differences(chain)]
    wrong += [f"never recorded: {one}" for one in rows.unrecorded()]
    kept = _in_the_records()
    done: Counter[str] = sum((one.done for one in found), Counter())
    wrong += [
        f"{name}: {done[name]} times answered with yes, {kept[name]} times in the records"
        for name in sorted(done)
        if done[name] != kept[name]
    ]
    return wrong + [f"{_deadlocks()} deadlocks"] * bool(_deadlocks())


def _in_the_records() -> Counter[str]:
    soaked = Event.objects.filter(comment="soak", kind="task")
    names = {"report": "report", trail.kind_of(Import): "import"}
    made = Event.objects.exclude(chain__code="system", actor_name="系统").filter(kind__in=names)
    people = Event.objects.filter(kind="user", action="create", label__startswith="new-")
    found = Counter(f"{names[kind]} {action}" for kind, action in made.values_list("kind", "action"))
    return found + Counter({"task edit": soaked.count(), "user create": people.count()})


def _deadlocks() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def _said(found: list[Kept], seconds: float) -> str:
    done: Counter[str] = sum((one.done for one in found), Counter())
    waits = sorted(wait for one in found for wait in one.waits)
    each = [sum(one.done.values()) for one in found]
    at = [1000 * waits[int(share * (len(waits) - 1))] for share in (0.5, 0.99, 1)]
    names = ", ".join(f"{count} {name}" for name, count in sorted(done.items()))
    return (
        f"  {sum(each)} acts ({sum(each) / seconds:.0f}/s; {min(each)} to {max(each)} by each writer):"
        f" {names}; {sum(one.refused for one in found)} refused\n"
        f"  ms per act: median {at[0]:.0f}, p99 {at[1]:.0f}, longest {at[2]:.0f};"
        f" {Event.objects.count()} events"
    )
