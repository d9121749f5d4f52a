"""Giving a part of a task to a bureau or a district, and keeping what proves it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File

from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.evidence.actions import store
from qdtrade.evidence.kinds import media_type
from qdtrade.evidence.models import Blob
from qdtrade.evidence.names import plain_name
from qdtrade.notices.actions import tell
from qdtrade.programmes.models import Membership

from .. import rules
from ..models import Part, Task, TaskBureau
from ..told import people_of


def give_part(task: Task, *, by: Any, bureau: Bureau | None, what: str, due_on: datetime.date | None,
              under: Part | None = None, is_sample: bool = False) -> Part:  # fmt: skip
    """Ask a bureau for a part of a task, perhaps below a part that another one holds; its sign-for clock begins.

    The bureau sees the task from then on. Raises WrongState where nothing is given now, and ValidationError that names
    what is missing or cannot be.
    """
    by.forget()
    with trail.unit() as unit:
        above = _locked(under)
        fresh = Task.objects.for_move().get(pk=trail.lock(task).pk)
        acting = rules.gives_part(fresh, above, by)
        rules.takes_parts(fresh)
        rules.stands_above(fresh, above)
        asked, what, due_on = rules.check_part(fresh, bureau, what, due_on, above)
        part = Part(
            task=fresh, bureau=asked, under=above, what=what, due_on=due_on, is_sample=is_sample,
            number=_next_number(fresh),
        )  # fmt: skip
        for name, value in part.given(at=unit.began, by=by, absent=acting.absent).items():
            setattr(part, name, value)
        _let_see(fresh, asked, by, acting)
        trail.create(part, by=by, acting=acting, action="give")
        tell(
            people_of(fresh, asked), about=part, move="give", by=by, comment=part.what, at=unit.began,
            acting_for=acting.stands_for,
        )  # fmt: skip
        return part


def _locked(under: Part | None) -> Part | None:
    """The part above, before the task: in the order in which all acts lock them."""
    return Part.objects.for_move().get(pk=trail.lock(under).pk) if under is not None else None


def _next_number(task: Task) -> int:
    last = task.parts.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _let_see(task: Task, bureau: Bureau, by: Any, acting: Membership) -> None:
    """A bureau with a part cooperates in the task; one that led it before does so now."""
    link = TaskBureau.objects.select_for_update().filter(task=task, bureau=bureau).first()
    if link is None:
        row = TaskBureau(task=task, bureau=bureau, part=TaskBureau.Part.SUPPORT)
        trail.create(row, by=by, acting=acting, action="give")
    elif link.part == TaskBureau.Part.FORMER:
        trail.change(link, {"part": TaskBureau.Part.SUPPORT}, by=by, acting=acting, action="give")


def keep_files(uploads: Iterable["File[bytes]"]) -> tuple[list[tuple[Blob, str, str]], list[str]]:
    """Keep the bytes of what is to go with a filing, before it is filed: each with its name and kind, and a sentence
    for each that was refused.
    """
    kept, refused = [], []
    for upload in uploads:
        try:
            kind = media_type(upload)
        except ValidationError as fault:
            refused += fault.messages
            continue
        kept.append((store(upload), plain_name(upload.name or ""), kind))
    return kept, refused
