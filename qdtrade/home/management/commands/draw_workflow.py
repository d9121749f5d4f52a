"""manage.py draw_workflow [--check]: docs/workflow.md, drawn from the tables that moves are made by."""

import ast
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.utils import translation

from projects import workflow as projects
from projects.models import ExpectedUpdate, Gate, Project
from qdtrade.breakthroughs import workflow as breakthroughs
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.imports import workflow as imports
from qdtrade.imports.models import Import
from qdtrade.indicators import workflow as indicators
from qdtrade.indicators.models import Reading
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import Period
from qdtrade.workflow import Move
from tasks import workflow as tasks
from tasks.models import ExpectedPart, Extension, Part, Report, Task

PAGE = settings.BASE_DIR / "docs" / "workflow.md"
TABLES: tuple[tuple[type[models.Model], dict[str, Move]], ...] = (
    (Task, tasks.TASK_MOVES),
    (Part, tasks.PART_MOVES),
    (ExpectedPart, tasks.PART_REPORT_MOVES),
    (Extension, tasks.EXTENSION_MOVES),
    (Report, tasks.REPORT_MOVES | tasks.REPORT_CARE),
    (Breakthrough, breakthroughs.BREAKTHROUGH_MOVES),
    (Project, projects.PROJECT_MOVES),
    (Gate, projects.GATE_MOVES),
    (ExpectedUpdate, projects.UPDATE_MOVES),
    (Reading, indicators.READING_MOVES),
    (Import, imports.IMPORT_STEPS | imports.IMPORT_MOVES),
    (Period, periods.MOVES),
)
TESTS = settings.BASE_DIR / "tests"
MARK = "pytest.mark.moves"
HEAD = """\
# What moves, and who may move it

Drawn by `manage.py draw_workflow` from the tables in `tasks/workflow/`, `projects/workflow/`,
`qdtrade/breakthroughs/workflow/`, `qdtrade/indicators/workflow/`, `qdtrade/imports/workflow.py` and
`qdtrade/programmes/workflow.py`; do not edit it by hand. Every move is made by `qdtrade.workflow.perform`, whichever
door it comes through: page, API, admin, command or timer. It asks who the person is, then in which state the row is,
then for a reason where one is needed, then what else must hold. Lateness is never a state: it is computed from clocks.
The last column names the test that makes the move; a move without one fails the tests.
"""


@dataclass(frozen=True)
class Proof:
    """A test that makes a move: its name in words, and where it stands."""

    words: str
    path: str


class Command(BaseCommand):
    help = "Draws docs/workflow.md from the tables of moves."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 when the page is stale"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        drawn = drawing()
        if options["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/workflow.md is stale. Run: manage.py draw_workflow")
            return
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(drawn, encoding="utf-8")


def drawing() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        found = proofs()
        sections = ["\n".join(_section(model, moves, found)) for model, moves in TABLES]
    return "\n".join([HEAD, *sections])


def proofs() -> dict[str, list[Proof]]:
    """The tests that say which move they prove, by the move: `@pytest.mark.moves("Task.accept")`."""
    found: dict[str, list[Proof]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if MARK not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            for name in _marked(node):
                words = getattr(node, "name", "").removeprefix("test_").replace("_", " ")
                where = f"../{path.relative_to(settings.BASE_DIR).as_posix()}"
                found.setdefault(name, []).append(Proof(words, where))
    return found


def _marked(node: ast.AST) -> list[str]:
    """The moves that a test names in its mark."""
    if not isinstance(node, ast.FunctionDef):
        return []
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    marks = [one for one in calls if ast.unparse(one.func) == MARK]
    return [str(arg.value) for one in marks for arg in one.args if isinstance(arg, ast.Constant)]


def _section(
    model: type[models.Model], moves: dict[str, Move], found: dict[str, list[Proof]]
) -> Iterator[str]:
    yield f"## {model._meta.object_name}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {next(iter(moves.values())).sources[0]}"
    for move in moves.values():
        for source in move.sources:
            for target in move.targets(source):
                yield f"    {source} --> {target}: {move.name}"
    yield "```\n"
    yield "| move | from → to | who | when | what it does | reason | test |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for move in moves.values():
        proved = found.get(f"{model._meta.object_name}.{move.name}", [])
        yield _line(move, "; ".join(f"[{one.words}]({one.path})" for one in proved))
    yield ""


def _line(move: Move, proved: str) -> str:
    """One row of the table, in the words of the rules themselves."""
    docs = move.docs()
    to = " or ".join(str(target) for target in move.targets("the same"))
    cells = (
        f"**{move.label}** `{move.name}`",
        f"{', '.join(str(source) for source in move.sources)} → {to}",
        docs["who"],
        docs["when"],
        docs["effect"],
        "required" if move.needs_comment else "",
        proved,
    )
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '/') for cell in cells)} |"
