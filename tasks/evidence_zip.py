"""All evidence of a bureau's period as one zip file: the files of the versions submitted last, and an index."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.evidence.names import Folders
from qdtrade.evidence.zipped import Entry, pieces_of
from qdtrade.programmes.exports import Column, moment, yes_no
from qdtrade.programmes.models import Period
from qdtrade.tables import Cell, write_csv

from .exports import sample_columns
from .models import Report, ReportFile

PLAIN_KINDS = {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-works"}
"""Old kinds, which pack well; all others are packed already."""


@dataclass(frozen=True)
class Proof:
    """One file of a report's version at hand, and where it stands in the zip."""

    file: ReportFile
    report: Report
    path: str
    is_there: bool

    @property
    def task(self) -> Any:
        return self.report.task


def bureaus(user: Any, period: Period) -> list[tuple[Bureau, int]]:
    """The bureaus with evidence that the person may take away, and how many files each has; one query."""
    rows = Report.objects.visible_to(user).filter(expected__period=period, current__isnull=False)
    found = rows.select_related("expected__bureau", "current").order_by(
        "expected__bureau__position", "expected__bureau__code", "pk"
    )
    counted = (
        (bureau, sum(len(_ids(report)) for report in reports))
        for bureau, reports in groupby(found, key=lambda report: report.bureau)
    )
    return [(bureau, files) for bureau, files in counted if files]


def proofs(user: Any, period: Period, bureau: Bureau) -> list[Proof]:
    """The files of the reports that the person may read, in the order of the register."""
    rows = Report.objects.visible_to(user).filter(
        expected__period=period, expected__bureau=bureau, current__isnull=False
    )
    reports = {pk: report for report in rows.for_move().in_order() for pk in _ids(report)}
    files = ReportFile.objects.visible_to(user).filter(pk__in=reports, kept_at__isnull=False)
    known = files.select_related("blob", "milestone", "added_by").in_bulk()
    folders = Folders()
    return [
        Proof(
            file=known[pk],
            report=report,
            path=folders.path(report.task.code, known[pk].name),
            is_there=default_storage.exists(known[pk].blob.path),
        )
        for pk, report in reports.items()
        if pk in known
    ]


def _ids(report: Report) -> list[int]:
    """The files of the version submitted last."""
    version = report.current
    return [int(file["id"]) for file in version.content.get("files", [])] if version else []


def entries(found: list[Proof]) -> Iterator[Entry]:
    """The index, then the files whose bytes are there."""
    lines: list[list[Cell]] = [
        [str(column.heading) for column in INDEX],
        *([column.value(one) for column in INDEX] for one in found),
    ]
    index = b"".join(write_csv(lines))
    yield Entry(_("Index") + ".csv", clock.now(), lambda: [index], len(index), is_packed=False)
    for one in found:
        if one.is_there:
            blob, is_packed = one.file.blob, one.file.media_type not in PLAIN_KINDS
            at = one.file.added_at.astimezone(clock.BEIJING)
            yield Entry(one.path, at, pieces_of(blob), blob.size, is_packed)


INDEX: list[Column] = [
    Column(gettext_lazy("File"), lambda one: one.path if one.is_there else ""),
    Column(gettext_lazy("Name"), lambda one: one.file.name),
    Column(gettext_lazy("Bytes are there"), lambda one: yes_no(one.is_there)),
    Column(gettext_lazy("Code"), lambda one: one.task.code),
    Column(gettext_lazy("Task"), lambda one: one.task.title),
    Column(gettext_lazy("Milestone"), lambda one: one.file.milestone.number if one.file.milestone else None),
    Column(gettext_lazy("Period"), lambda one: str(one.report.period)),
    Column(gettext_lazy("Bureau"), lambda one: one.report.bureau.name),
    Column(gettext_lazy("State of the report"), lambda one: str(one.report.get_status_display())),
    Column(gettext_lazy("Version"), lambda one: one.report.current.number),
    Column(gettext_lazy("Added by"), lambda one: one.file.added_by.name),
    Column(gettext_lazy("Added at"), lambda one: moment(one.file.added_at)),
    Column(gettext_lazy("Size in bytes"), lambda one: one.file.blob.size),
    Column("SHA-256", lambda one: one.file.blob.sha256),
    *sample_columns(lambda one: one.task),
]
