"""What the page of an import of the register shows beside what every import shows: tasks, and names of bureaus."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.imports.models import Import
from qdtrade.imports.shown import Row, change, cut, may_choose, notes

from ..imports.choices import NEW
from ..imports.wording import FIELDS, NOTES

NEAR = 2
"""So many characters apart, a name is probably a slip of the other one, which is then suggested."""


def dry_run(request: HttpRequest, row: Import) -> dict[str, Any]:
    """What only the register's imports have on their page."""
    summary, counts = row.summary, row.counts
    made = _tasks_made(row)
    choices = _bureau_choices(request, row) if may_choose(request, row) and summary["bureaus"] else []
    return {
        "bureaus": [_named(one, number) for number, one in enumerate(summary["bureaus"])],
        "choices": choices,
        "code_heading": _("Code"),
        "noun": _("Measure"),
        "new_headings": [_("Lead bureau"), pgettext("task", "Due date")],
        "new": cut([_row(row, one, made) for one in summary["new"]], counts["new"]),
        "changed": cut(
            [_row(row, one, more=change(one, FIELDS)) for one in summary["changed"]], counts["places"]
        ),
        "notes": notes(summary, NOTES),
        "new_fields": summary["new_fields"],
        "asks_numbering": summary["made_from_serial"],
        "renumbered": summary["renumbered"],
    }


def _tasks_made(row: Import) -> dict[str, int]:
    """The tasks that the new rows have become, by their codes."""
    if row.status != row.Status.APPLIED:
        return {}
    codes = [one["code"] for one in row.summary["new"]]
    tasks = row.programme.tasks.filter(code__in=codes)
    return dict(tasks.values_list("code", "pk"))


def _row(
    row: Import,
    one: Mapping[str, Any],
    made: Mapping[str, int] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Row:
    task = one["task"] or (made or {}).get(one["code"])
    return Row(
        code=one["code"],
        title=one["title"],
        url=f"{reverse('task', args=[task])}?programme={row.programme.code}" if task else "",
        cells=[one["lead"], one["due_on"]],
        source=one["source"],
        is_sample=one["is_sample"],
        sample_fields=one["sample_fields"],
        more=more or {},
    )


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


def _bureau_choices(request: HttpRequest, row: Import) -> list[tuple[str, str]]:
    bureaus = Bureau.objects.visible_to(request.user).filter(region=row.programme.region_id)
    chosen = bureaus.for_new_work(clock.today()).in_order()
    return [(str(bureau.pk), bureau.short_name) for bureau in chosen]
