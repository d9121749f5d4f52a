"""Codes of tasks: as the file has them, or made from 序号; and which stored task a code means."""

import difflib
import re
from collections import Counter

from qdtrade.imports.reading.said import said as _

from ..models import Task
from .register import Register, RegisterRow

_ALIKE = 0.6
"""How much of two titles must agree for one to be a new wording of the other."""


def settle(register: Register, field_numbers: dict[str, int]) -> bool:
    """Give every row its code and refuse rows without one or with one twice; True where codes were made from 序号.

    Where 序号 begins anew in each field, the code is the field's number and the running one: 4-03.
    """
    made = register.layout.column("code") is None
    if made:
        serials = Counter(row.serial for row in register.rows if row.serial)
        anew = any(count > 1 for count in serials.values())
        numbers = dict(field_numbers)
        for row in register.rows:
            row.code = _with_field(row, numbers) if anew and row.serial else row.serial
    _refuse_missing(register)
    _refuse_twice(register)
    return made


def _with_field(row: RegisterRow, numbers: dict[str, int]) -> str:
    number = numbers.setdefault(row.values["field"], max(numbers.values(), default=0) + 1)
    return f"{number}-{int(row.serial):02}" if row.serial.isdecimal() else f"{number}-{row.serial}"


def _refuse_missing(register: Register) -> None:
    column = register.column_of("code")
    for row in register.rows:
        if row.code or any(column and one.place.column == column.index for one in row.refusals):
            continue
        register.refuse(row, "code", _("The task has no code."), _("Give it a code that no other task has."))


def _refuse_twice(register: Register) -> None:
    first: dict[str, RegisterRow] = {}
    for row in register.rows:
        other = first.setdefault(row.code, row) if row.code else row
        if other is not row:
            reason = _("Row %(row)s has the same code %(code)s.") % {"row": other.row + 1, "code": row.code}
            cure = _(
                "Give one of them another code. A code such as 1.10 must be text, or Excel makes 1.1 of it."
            )
            register.refuse(row, "code", reason, cure)


def match(register: Register, stored: dict[str, Task], *, made: bool, renumbered: bool) -> dict[int, Task]:
    """The stored task that each row means, by the row's number in the sheet.

    A code of the bureau's own is final. One made from 序号 is only trusted where the titles agree: else all history
    would go to another measure once somebody inserts a row.
    """
    if not made:
        return {row.row: stored[row.code] for row in register.rows if row.code in stored}
    by_title = {task.title: task for task in stored.values()}
    in_file = {row.values["title"] for row in register.rows}
    matched = {}
    for row in register.rows:
        task = stored.get(row.code)
        namesake = by_title.get(row.values["title"])
        if namesake is not None and (renumbered or namesake is task):
            row.code = namesake.code
            matched[row.row] = namesake
        elif task is not None and not _taken(task, row, in_file, renumbered):
            matched[row.row] = task
        elif task is not None or namesake is not None:
            _refuse_other(register, row, task or namesake, renumbered)
    _refuse_twice(register)
    return matched


def _taken(task: Task, row: RegisterRow, in_file: set[str], renumbered: bool) -> bool:
    """Whether the code belongs to another measure than the row's."""
    if renumbered:
        return task.title in in_file
    alike = difflib.SequenceMatcher(None, task.title, row.values["title"]).ratio()
    return alike < _ALIKE


def _refuse_other(register: Register, row: RegisterRow, task: Task | None, renumbered: bool) -> None:
    words = {"code": task.code if task else "", "title": task.title if task else ""}
    cure = _(
        "Keep the numbers of the tasks that are there, or say that the rows were numbered anew (--renumbered)."
    )
    if renumbered:
        cure = _("Give the new task a number that no task has.")
    reason = _("Code %(code)s stands for “%(title)s” in the register.") % words
    register.refuse(row, "code", reason, cure, words["code"])


def order_of(code: str) -> int:
    """Where a task stands among those of its field, by the numbers in its code: after the first, if there are more."""
    numbers = [int(number[-6:]) for number in re.findall(r"\d+", code)]
    if len(numbers) > 1:
        numbers = numbers[1:]
    place = 0
    for number in [*numbers, 0, 0][:2]:
        place = place * 10_000 + min(number, 9_999)
    return place
