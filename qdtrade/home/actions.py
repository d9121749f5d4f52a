"""Deciding several reports at once: each by the rules of a single one, with a result each and one line for all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.templatetags.words import listed
from qdtrade.workflow import LONGEST_COMMENT, Result, perform_each
from tasks import rules, workflow
from tasks.models import Report, ReportVersion


def approve_together(reports: Iterable[Report], *, by: Any, seen: Mapping[int, int | None]) -> list[Result]:
    """Approve those that change nothing, each in a unit of its own; the reports came `with_base()`.

    One that this person approved a moment ago, on the very version they saw, counts as done: a form sent twice.
    """
    rows = list(reports)
    bases = ReportVersion.objects.in_bulk([row.base for row in rows if row.base])
    again = [row for row in rows if is_made(row, by, seen.get(row.pk))]

    def alone(report: Report) -> None:
        base = bases.get(report.base) if report.base else None
        rules.changes_nothing(report, base.content if base else None)

    fresh = [row for row in rows if row not in again]
    results = perform_each(workflow.APPROVE, fresh, by=by, seen=seen, check=alone)
    if any(result.is_done for result in results):
        _sum_up(results, by)
    return sorted([*results, *map(Result, again)], key=lambda result: result.row.pk)


def is_made(report: Report, by: Any, seen: int | None) -> bool:
    """Whether the version that was seen is approved, by this very person."""
    version = report.in_force if report.status == Report.Status.APPROVED else None
    return version is not None and version.decided_by_id == by.pk and report.version - 1 == seen


def _sum_up(results: Sequence[Result], by: Any) -> None:
    """One event over the act, beside those of its rows."""
    acting = rules.manages(results[0].row, by)
    with translation.override(settings.LANGUAGE_CODE):  # whoever acts, the records speak one language
        done = [str(result.row) for result in results if result.is_done]
        refused = [str(result.row) for result in results if not result.is_done]
        words = _("Approved together: %(done)s.") % {"done": listed(done)}
        if refused:
            words += _(" Not approved: %(refused)s.") % {"refused": listed(refused)}
    with trail.unit():
        trail.record(acting, "approve_together", by=by, acting=acting, comment=words[:LONGEST_COMMENT])
