"""Claims as people read them: part by part, with what changed, what was asked, and what is still missing."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.errors import Words

from . import contents, rules
from .models import Breakthrough, Claim, ClaimFile

ALIKE, SHORTEST = 5, 2
"""How many look-alikes a decision shows, and how short a piece of a text may be that two claims share."""


@dataclass(frozen=True)
class Effect:
    """A measured effect with how far it changed, where both sides are a number in one unit."""

    what: str
    before: str
    now: str
    basis: str
    change: str


@dataclass(frozen=True)
class Shown:
    """One part of a claim, with what was remarked beside it and whether it changed since the version before."""

    name: str
    number: int
    label: Words
    changed: bool
    remark: str = ""
    answered: bool = False
    errors: Sequence[str] = field(default_factory=list)
    written: str = ""
    """What a reviewer typed beside it and has not sent."""


@dataclass(frozen=True)
class Whole:
    """A claim as its page and the desk draw it."""

    content: contents.Content
    parts: dict[str, Shown]
    effects: list[Effect]
    days: int | None

    @property
    def is_empty(self) -> bool:
        return not any(self.content.get(name) for name in contents.FIELDS)


def whole(
    content: Mapping[str, Any], *, before: Claim | None = None, errors: Mapping[str, Any] | None = None,
    today: datetime.date | None = None,
) -> Whole:  # fmt: skip
    """A content, against the claim before it where there is one."""
    tidy = contents.packed(contents.tidy(content)) | {"files": content.get("files", [])}
    changed = set(contents.changed(before.content, tidy)) if before else set()
    remarks = before.remarks if before else {}
    since = contents.as_date(tidy["since"])
    parts = {
        part.name: Shown(
            name=part.name,
            number=number,
            label=part.label,
            changed=part.name in changed,
            remark=remarks.get(part.name, ""),
            answered=part.name in changed,
            errors=_errors_of(part, errors or {}),
        )
        for number, part in enumerate(contents.PARTS, 1)
    }
    effects = [
        Effect(**{name: row.get(name, "") for name in contents.ROWS["effects"]},
               change=contents.difference(row.get("before", ""), row.get("now", "")))
        for row in tidy["effects"]
    ]  # fmt: skip
    return Whole(tidy, parts, effects, ((today or clock.today()) - since).days if since else None)


def _errors_of(part: contents.Part, errors: Mapping[str, Any]) -> list[str]:
    return [str(words) for name in (*part.fields, part.name) if name in errors for words in errors[name]][:3]


def with_remarks(claim: Whole, written: Mapping[str, str]) -> Whole:
    """The claim with what a reviewer typed beside its parts and has not sent."""
    parts = {name: replace(part, written=written.get(name, "")) for name, part in claim.parts.items()}
    return replace(claim, parts=parts)


def missing(row: Breakthrough, content: contents.Content, files: Sequence[ClaimFile]) -> list[str]:
    """The names of the parts that a claim made now would be refused for."""
    faults: set[str] = set()
    try:
        contents.check(contents.packed(content), today=clock.today(), days_in_force=rules.days_in_force(row))
    except ValidationError as fault:
        faults |= set(fault.error_dict)
    kinds = {file.proves for file in files}
    if not {ClaimFile.Proves.RULE, ClaimFile.Proves.BENEFICIARY} <= kinds:
        faults.add("files")
    return [part.name for part in contents.PARTS if faults & {*part.fields, part.name}]


def missing_words(names: Sequence[str]) -> str:
    """How much of the six parts is there, in words."""
    if not names:
        return _("all 6 parts are there")
    labels = _(", ").join(str(contents.LABELS[name]) for name in names)
    return ngettext("%(n)d of 6 open: %(labels)s", "%(n)d of 6 open: %(labels)s", len(names)) % {
        "n": len(names), "labels": labels,
    }  # fmt: skip


@dataclass(frozen=True)
class Alike:
    """Something that was recognised already and reads alike."""

    row: Breakthrough
    novelty: str
    score: int


def alike(row: Breakthrough, user: Any) -> list[Alike]:
    """What was recognised already and shares most with this claim, so that one practice is not recognised twice.

    Asked by pieces of the text and of the task's title, in the database; the best few are chosen here.
    """
    said = row.current.content.get("novelty", "") if row.current else ""
    mine = pieces(f"{row.task.title} {said}")
    if not mine:
        return []
    seen = Breakthrough.objects.visible_to(user).of_programme(row.task.programme).counted()
    rows = seen.exclude(pk=row.pk).select_related("task", "current").order_by("-recognised_on", "pk")[:200]
    found = []
    for one in rows:
        text = one.current.content.get("novelty", "") if one.current else ""
        shared = len(mine & pieces(f"{one.task.title} {text}"))
        if shared >= 2:
            found.append(Alike(one, text, shared))
    return sorted(found, key=lambda one: (-one.score, one.row.pk))[:ALIKE]


COMMON = {"服务", "贸易", "试点", "建立", "机制", "青岛", "企业", "样例", "示例"}
"""Pieces that stand in nearly every text here, and tell nothing."""


def pieces(text: str) -> set[str]:
    """The pairs of signs of a text: what a comparison of Chinese can go by without a dictionary."""
    runs = "".join(sign if sign.isalnum() else " " for sign in text).split()
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1)}
    return pairs - COMMON


def restated(row: Breakthrough) -> tuple[int, int] | None:
    """How many counted in its year before it was revoked, and after; None where it was not."""
    if row.revoked_at is None or row.recognised_on is None:
        return None
    rows = Breakthrough.objects.of_programme(row.task.programme).of_year(row.recognised_on.year)
    others = rows.filter(decided_at__lte=row.revoked_at).exclude(revoked_at__lte=row.revoked_at)
    after = others.exclude(pk=row.pk).count()
    return after + 1, after
