"""A plan as it is kept and shown: bounded, and in no language (DECISIONS 13)."""

import re
from collections.abc import Iterable
from typing import Any

from qdtrade.audit.canonical import digest, dumps
from qdtrade.imports.reading import summary
from qdtrade.imports.reading.bureau_names import difference
from qdtrade.imports.reading.summary import SHOWN, cut

from . import cells
from .plan import Plan, PlannedRow

MOST_NAMES = 200


def counts_of(plan: Plan) -> dict[str, int]:
    """The figures of a dry run."""
    return summary.counts_of(plan.rows, plan.problems) | {"unknown": len(plan.unsettled)}


def digest_of(plan: Plan) -> str:
    """Stands for everything that applying the plan would write, as the person sees it."""
    written = [
        [row.code, row.outcome.value, [[one.field, one.heading, one.old, one.new] for one in row.changes]]
        for row in plan.rows
    ]
    entries: list[Any] = []
    made: list[str] = []
    bureaus: list[list[str]] = []
    if plan.batch is not None:
        for entry in plan.batch.entries:
            milestones = [
                [str(one.number), one.title, str(one.plan_on), str(one.pk)] for one in entry.milestones
            ]
            plain = sorted((name, str(value)) for name, value in entry.values.items())
            entries.append([entry.code, plain, entry.field, entry.lead, entry.supporting, milestones])
        made = [*plan.batch.new_bureaus, "", *plan.batch.new_fields]
        bureaus = sorted([name, str(bureau.pk)] for name, bureau in plan.batch.bureaus.items())
    return digest(dumps([written, entries, made, bureaus]))


def summary_of(plan: Plan) -> dict[str, Any]:
    """What the page of a dry run shows; long lists are cut after fifty rows."""
    return summary.of_rows(plan.rows, plan.problems, plan.cautions, _row) | {
        "file": _file(plan),
        "bureaus": _bureaus(plan),
        "columns": summary.columns_of(plan.register.layout, plan.rows),
        "notes": _notes(plan),
        "new_fields": plan.new_fields[:SHOWN],
        "not_in_file": plan.not_in_file,
        "renumbered": plan.options.renumbered,
        "made_from_serial": plan.register.layout.column("code") is None,
    }


def _row(row: PlannedRow) -> dict[str, Any]:
    sample = row.sample
    return {
        "code": row.code,
        "title": row.title or (row.task.title if row.task else ""),
        "lead": row.lead,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "task": row.task.pk if row.task else None,
        "source": sample.source if sample else "",
        "is_sample": bool(sample and sample.is_sample),
        "sample_fields": sample.sample_fields if sample else [],
    }


def _file(plan: Plan) -> dict[str, Any]:
    register = plan.register
    return summary.file_of(register.layout, [row.row + 1 for row in register.rows]) | {
        "empty": register.empty,
        "footers": register.footers,
        "sections": register.sections,
        "dates": _ways_of_dates(plan),
    }


def _ways_of_dates(plan: Plan) -> list[str]:
    """How dates are written in the file: the first cell of each shape."""
    layout = plan.register.layout
    columns = [one for one in layout.columns if one.field in {"starts_on", "due_on", "period"}]
    ways: dict[str, str] = {}
    for row in plan.register.rows:
        for column in columns:
            text = cells.as_shown(layout.sheet.cell(row.row, column.index))
            if text and len(ways) < 50:
                ways.setdefault(re.sub(r"\d+", "9", text), cut(text)[:30])
    return list(ways.values())[:4]


def _bureaus(plan: Plan) -> list[dict[str, Any]]:
    """Names that are not a bureau's own: those that wait for a choice first."""
    unknown = [
        {
            "name": one.name,
            "rows": one.rows,
            "how": "new" if one.is_to_be_made else "unknown",
            "bureau": one.nearest.pk if one.nearest else None,
            "label": one.nearest.short_name if one.nearest else "",
            "distance": difference(one.name, one.nearest.short_name) if one.nearest else 0,
            "place": f"{one.place.sheet} {one.place}",
        }
        for one in plan.unknown[:MOST_NAMES]
    ]
    recognised = [
        {
            "name": one.name,
            "rows": one.rows,
            "how": one.how,
            "bureau": one.bureau.pk,
            "label": one.bureau.short_name,
            "distance": 0,
            "place": "",
        }
        for one in plan.recognised[:MOST_NAMES]
    ]
    return unknown + recognised


def _notes(plan: Plan) -> list[dict[str, Any]]:
    """What a person should know, by the keys of `wording.NOTES`."""
    codes: dict[str, list[str]] = {}
    for row in plan.rows:
        for note in row.notes:
            codes.setdefault(note, []).append(row.code)
    by_row = [{"note": note, "count": len(found), "codes": _first(found)} for note, found in codes.items()]
    whole = [{"note": note, "count": count, "codes": []} for note, count in plan.register.notes.items()]
    return by_row + whole


def _first(found: Iterable[str]) -> list[str]:
    return list(found)[:10]
