"""What the pages of an import show, in the reader's language, from the summary that was kept."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import tables
from qdtrade.accounts.models import Bureau
from qdtrade.audit import history
from qdtrade.templatetags.words import listed
from qdtrade.web import offers

from ..import_workflow import IMPORT_MOVES
from ..imports.choices import NEW, column_choices
from ..imports.said import told
from ..imports.wording import FIELDS, NOTES
from ..models import RegisterImport

FIRST = 20
"""Rows of a long list that the page shows; all of them are in the workbook."""
LONG = 50
NEAR = 2
"""So many characters apart, a name is probably a slip of the other one, which is then suggested."""


@dataclass(frozen=True)
class Row:
    """A row of the file as the page shows it; bears what `sample_mark` asks of a task."""

    code: str
    title: str
    lead: str
    due_on: str
    task: int | None
    source: str
    is_sample: bool
    sample_fields: list[str]
    more: Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """A list, cut where it is long: its rows, and how many there are in all."""

    rows: list[Any]
    total: int

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total


def address(row: RegisterImport) -> str:
    """The page of an import, in its programme (DECISIONS 2)."""
    return f"{reverse('task_import', args=[row.pk])}?programme={row.programme.code}"


def line(row: RegisterImport) -> dict[str, Any]:
    """A line of the list of imports."""
    return {"row": row, "url": address(row), "changed": changed_words(row)}


def changed_words(row: RegisterImport) -> str:
    """What an import changed, or would change; empty before it was read."""
    counts = row.counts
    if not counts:
        return ""
    words = []
    if counts["new"]:
        words.append(_("%(count)d new") % {"count": counts["new"]})
    if counts["changed"]:
        words.append(_("%(count)d changed (%(places)d places)")
                     % {"count": counts["changed"], "places": counts["places"]})  # fmt: skip
    return listed(words) or _("nothing")


def progress(row: RegisterImport) -> dict[str, Any]:
    """How far the worker is, and whether there seems to be one."""
    now = timezone.now()
    waited = int((now - (row.beat_at or row.asked_at)).total_seconds() // 60)
    return {
        "row": row,
        "url": address(row),
        "is_stalled": row.is_stalled(now),
        "is_begun": row.beat_at is not None,
        "waited": max(waited, 1),
    }


def context(request: HttpRequest, row: RegisterImport) -> dict[str, Any]:
    """Everything on the page of one import."""
    context = {
        "row": row,
        "programme": row.programme,
        "moves": offers(row, IMPORT_MOVES, request.user, "task_import_move"),
        "counts": row.counts,
        "is_mine": row.added_by_id == request.user.pk,
        "back": f"{reverse('task_imports')}?programme={row.programme.code}",
        "trouble": trouble(row),
        "history": history.lines(history.about(row)[:20]),
        "has_workbook": hasattr(row, "workbook"),
    }
    if row.is_at_work:
        context |= progress(row)
    if row.summary and not row.is_at_work:
        context |= _dry_run(request, row)
    return context


def trouble(row: RegisterImport) -> dict[str, str]:
    """Why a file could not be read, or why nothing was written: a reason, and perhaps a cure."""
    kept = row.trouble
    if "code" in kept:
        params = dict(kept["params"])
        return {"reason": str(tables.BadFile(kept["code"], params.pop("file"), **params)), "cure": ""}
    return {"reason": told(kept.get("reason", "")), "cure": told(kept.get("cure", ""))}


def _dry_run(request: HttpRequest, row: RegisterImport) -> dict[str, Any]:
    summary, counts = row.summary, row.counts
    may_choose = row.status == row.Status.READ and row.added_by_id == request.user.pk
    made = _tasks_made(row)
    return {
        "may_choose": may_choose,
        "edits_columns": may_choose and request.GET.get("columns") == "edit",
        "file": _file(summary["file"]),
        "problems": [_finding(one) for one in summary["problems"]],
        "refused": _cut([_finding(one) for one in summary["refused"]], counts["refused"]),
        "bureaus": [_named(one, number) for number, one in enumerate(summary["bureaus"])],
        "choices": _bureau_choices(request, row) if may_choose and summary["bureaus"] else [],
        "columns": [_column(one, number) for number, one in enumerate(summary["columns"])],
        "field_choices": column_choices(),
        "new": _cut([_row(one, made) for one in summary["new"]], counts["new"]),
        "changed": _cut([_change(one) for one in summary["changed"]], counts["places"]),
        "notes": [_note(one) for one in summary["notes"]],
        "cautions": [str(tables.Caution(one["code"], one["params"])) for one in summary["cautions"]],
        "new_fields": summary["new_fields"],
        "not_in_file": summary["not_in_file"],
        "asks_numbering": summary["made_from_serial"],
        "renumbered": summary["renumbered"],
        "against": against(counts),
        "good": counts["all"] - counts["refused"],
    }


def against(counts: Mapping[str, int]) -> str:
    """What stands against applying, in a few words; empty where nothing does."""
    words = []
    if counts["problems"]:
        words.append(
            ngettext("%(count)d remark on the whole file", "%(count)d remarks on the whole file",
                     counts["problems"]) % {"count": counts["problems"]}
        )  # fmt: skip
    if counts["refused"]:
        words.append(
            ngettext("%(count)d row refused", "%(count)d rows refused", counts["refused"])
            % {"count": counts["refused"]}
        )
    if counts["unknown"]:
        words.append(
            ngettext("%(count)d name of a bureau waits for you", "%(count)d names of bureaus wait for you",
                     counts["unknown"]) % {"count": counts["unknown"]}
        )  # fmt: skip
    return listed(words)


def _cut(rows: list[Any], total: int) -> Shown:
    """All rows of a list up to fifty, the first twenty of a longer one."""
    return Shown(rows if total <= LONG else rows[:FIRST], max(total, len(rows)))


def _tasks_made(row: RegisterImport) -> dict[str, int]:
    """The tasks that the new rows have become, by their codes."""
    if row.status != row.Status.APPLIED:
        return {}
    codes = [one["code"] for one in row.summary["new"]]
    tasks = row.programme.tasks.filter(code__in=codes)
    return dict(tasks.values_list("code", "pk"))


def _row(one: Mapping[str, Any], made: Mapping[str, int] | None = None, **more: Any) -> Row:
    task = one["task"] or (made or {}).get(one["code"])
    names = ("code", "title", "lead", "due_on", "source", "is_sample", "sample_fields")
    return Row(**{name: one[name] for name in names}, task=task, more=more)


def _change(one: Mapping[str, Any]) -> Row:
    field = FIELDS.get(one["field"])
    name = str(field) if field else one["heading"]
    return _row(one, field=name, old=one["old"], new=one["new"], effect=told(one["effect"]))


def _finding(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "reason": told(one["reason"]), "cure": told(one["cure"])}


HOW = {
    "alias": lambda: _("another name on record"),
    "short": lambda: _("shortened"),
    "chosen": lambda: _("your choice"),
    "new": lambda: _("to be made"),
}


def _named(one: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A name of the file that is not a bureau's own, with the bureau it is taken for or is nearest to."""
    how = one["how"]
    if how == "new":
        one = {**one, "label": ""}
    if how in HOW:
        words = HOW[how]()
    elif one["label"] and one["distance"] <= max(NEAR, len(one["name"]) // 2):
        words = ngettext("%(count)d character apart", "%(count)d characters apart", one["distance"])
        words %= {"count": one["distance"]}
    else:
        one = {**one, "label": ""}
        words = _("no name is like it")
    suggested = one["bureau"] if how == "chosen" or (how == "unknown" and one["distance"] <= NEAR) else None
    return {
        **one,
        "number": number,
        "words": words,
        "is_settled": how in {"alias", "short"},
        "value": NEW if how == NEW else str(suggested or ""),
    }


def _bureau_choices(request: HttpRequest, row: RegisterImport) -> list[tuple[str, str]]:
    bureaus = Bureau.objects.visible_to(request.user).filter(region=row.programme.region_id).in_order()
    return [(str(bureau.pk), bureau.short_name) for bureau in bureaus]


def _column(one: Mapping[str, Any], number: int) -> dict[str, Any]:
    words = str(FIELDS[one["field"]]) if one["field"] else _("kept as it is")
    remark = ""
    if one["refused"]:
        remark = ngettext("%(count)d cell refused", "%(count)d cells refused", one["refused"])
        remark %= {"count": one["refused"]}
    return {**one, "number": number, "words": words, "remark": remark}


def _note(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"words": str(NOTES[one["note"]]), "count": one["count"], "codes": listed(one["codes"])}


def _file(one: Mapping[str, Any]) -> dict[str, Any]:
    read_at = datetime.datetime.fromisoformat(one["read_at"])
    return {**one, "read_at": read_at, "others": _quoted(one["others"]), "dates": listed(one["dates"])}


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"“{name}”" for name in names)
