"""What the pages of an import show, in the reader's language, from the summary that was kept."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import tables
from qdtrade.audit import history
from qdtrade.errors import Words
from qdtrade.programmes.models import Programme
from qdtrade.templatetags.words import listed
from qdtrade.web import offers

from ..kinds import Kind
from ..models import Import
from ..reading.choices import column_choices
from ..reading.said import told
from ..shown import cut, may_choose
from ..workflow import IMPORT_MOVES


def address(row: Import, of: str = "import") -> str:
    """The page of an import, in its programme (DECISIONS 2)."""
    return _within(reverse(f"{row.what.addresses}_{of}", args=[row.pk]), row.programme)


def _within(url: str, programme: Programme) -> str:
    return f"{url}?programme={programme.code}"


def ways(kind: Kind, programme: Programme) -> dict[str, str]:
    """Where the imports of a kind are listed, and where what they write is kept."""
    return {
        "back": _within(reverse(f"{kind.addresses}_imports"), programme),
        "stock": _within(reverse(kind.stock), programme),
    }


def line(row: Import) -> dict[str, Any]:
    """A line of the list of imports."""
    return {"row": row, "url": address(row), "changed": changed_words(row)}


def changed_words(row: Import) -> str:
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


def progress(row: Import) -> dict[str, Any]:
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


def context(request: HttpRequest, row: Import) -> dict[str, Any]:
    """Everything on the page of one import."""
    has_workbook = hasattr(row, "workbook")
    context = {
        "row": row,
        "kind": row.what,
        "programme": row.programme,
        "moves": offers(row, IMPORT_MOVES, request.user, f"{row.what.addresses}_import_move"),
        "counts": row.counts,
        "is_mine": row.added_by_id == request.user.pk,
        "trouble": trouble(row),
        "history": history.lines(history.about(row)[:20]),
        "has_workbook": has_workbook,
        "workbook_url": address(row, "import_workbook") if has_workbook else "",
        "file_url": address(row, "import_file"),
        **ways(row.what, row.programme),
    }
    if row.what.then is not None and row.status == row.Status.APPLIED:
        context["then_url"], context["then_words"] = row.what.then(row)
    if row.is_at_work:
        context |= progress(row)
    if row.summary and not row.is_at_work:
        context |= _dry_run(request, row) | row.what.shows(request, row)
    return context


def trouble(row: Import) -> dict[str, str]:
    """Why a file could not be read, or why nothing was written: a reason, and perhaps a cure."""
    kept = row.trouble
    if "code" in kept:
        params = dict(kept["params"])
        return {"reason": str(tables.BadFile(kept["code"], params.pop("file"), **params)), "cure": ""}
    return {"reason": told(kept.get("reason", "")), "cure": told(kept.get("cure", ""))}


def _dry_run(request: HttpRequest, row: Import) -> dict[str, Any]:
    summary, counts = row.summary, row.counts
    chooses = may_choose(request, row)
    return {
        "may_choose": chooses,
        "edits_columns": chooses and request.GET.get("columns") == "edit",
        "file": _file(summary["file"]),
        "problems": [_finding(one) for one in summary["problems"]],
        "refused": cut([_finding(one) for one in summary["refused"]], counts["refused"]),
        "columns": [_column(one, number, row.what.columns) for number, one in enumerate(summary["columns"])],
        "field_choices": column_choices(row.what.columns),
        "cautions": [str(tables.Caution(one["code"], one["params"])) for one in summary["cautions"]],
        "not_in_file": summary["not_in_file"],
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


def _finding(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "reason": told(one["reason"]), "cure": told(one["cure"])}


def _column(one: Mapping[str, Any], number: int, columns: Mapping[str, Words]) -> dict[str, Any]:
    words = str(columns[one["field"]]) if one["field"] else _("kept as it is")
    remark = ""
    if one["refused"]:
        remark = ngettext("%(count)d cell refused", "%(count)d cells refused", one["refused"])
        remark %= {"count": one["refused"]}
    return {**one, "number": number, "words": words, "remark": remark}


def _file(one: Mapping[str, Any]) -> dict[str, Any]:
    read_at = datetime.datetime.fromisoformat(one["read_at"])
    return {**one, "read_at": read_at, "others": _quoted(one["others"]), "dates": listed(one["dates"])}


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"“{name}”" for name in names)
