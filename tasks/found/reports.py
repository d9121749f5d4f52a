"""Reports by what they say, and their evidence by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade.differences import Run
from qdtrade.programmes.finding import Asked, Group

from ..models import Report, ReportFile, ReportVersion
from ..showing import ReportState


@dataclass(frozen=True)
class ReportHit:
    """A report, and the sentence in which it says what was asked for."""

    report: Report
    state: ReportState
    sentence: list[Run]
    title: list[Run]


@dataclass(frozen=True)
class FileHit:
    """A piece of evidence by its name."""

    file: ReportFile
    name: list[Run]


def reports(asked: Asked) -> QuerySet[Report]:
    """Each word in the report's text or its task, at least one in the text; newest period first.

    Texts are those of the versions that everybody sees who sees the report: never a draft's.
    """
    said = Q()
    for word in asked.words:
        said |= ReportVersion.said_in(word)
    rows = Report.objects.visible_to(asked.by).filter(said, expected__period__programme=asked.programme)
    if len(asked.words) > 1:
        rows = rows.sought(asked.words)
    return rows.order_by(
        "-expected__period__starts_on", "expected__task__field__number", "expected__task__position", "pk"
    )


def report_hits(rows: Sequence[Report], asked: Asked) -> Iterable[ReportHit]:
    for report in rows:
        versions = [version for version in (report.current, report.in_force) if version is not None]
        text = next((version.text for version in versions if asked.holds(version.text)), "")
        state = ReportState(report.status, report.get_status_display())
        yield ReportHit(report, state, asked.around(text), asked.marked(report.task.title))


def files(asked: Asked) -> QuerySet[ReportFile]:
    """By name; what was not submitted yet only for those who write it."""
    rows = ReportFile.objects.visible_to(asked.by).filter(
        dropped_at=None, report__expected__period__programme=asked.programme
    )
    for word in asked.words:
        rows = rows.filter(word.within("name"))
    return rows.order_by("-report__expected__period__starts_on", "pk")


def file_hits(rows: Sequence[ReportFile], asked: Asked) -> Iterable[FileHit]:
    return [FileHit(row, asked.marked(row.name)) for row in rows]


REPORTS = Group(
    name="reports",
    label=_("Progress reports"),
    looked_in=_("text, problems, review"),
    template="tasks/_found_report.html",
    rows=reports,
    hits=report_hits,
    whole=lambda rows: rows.select_related("current", "in_force").for_list(),
    place=20,
)
EVIDENCE = Group(
    name="evidence",
    label=_("Evidence"),
    looked_in=_("name of the file"),
    template="tasks/_found_file.html",
    rows=files,
    hits=file_hits,
    whole=lambda rows: rows.select_related("report__expected__task", "report__expected__period"),
    place=40,
)
