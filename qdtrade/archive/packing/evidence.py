"""The files of a package: what was submitted, under names that people know, each with its hash in an index."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as joined
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from projects.models import GateFile
from qdtrade.audit.models import Chain, Event
from qdtrade.evidence.models import Link
from qdtrade.evidence.names import Folders
from qdtrade.programmes.exports import Column, moment
from tasks.models import PartFile, ReportFile

from .range import Range

BOUND, UNBOUND = "evidence", "unbound"
"""Folders: files that the records of the package name by their hash, and files of an older program that they do not."""


@dataclass(frozen=True)
class Proof:
    """A file and its place in the package; no place where its bytes are gone."""

    link: Link
    code: str
    title: str
    period: str
    path: str


def proofs(chain: Chain, span: Range, user: Any, named: set[str]) -> Iterator[Proof]:
    """The files that were submitted in these records; one that was filed twice stands once."""
    folders, given = Folders(), {}
    for link, of, period in joined(
        *(found(chain, span, user) for found in (_of_reports, _of_parts, _of_gates))
    ):
        sha256 = link.blob.sha256
        if sha256 not in given:
            folder = BOUND if sha256 in named else UNBOUND
            is_there = default_storage.exists(link.blob.path)
            given[sha256] = f"{folder}/{folders.path(of.code, link.name)}" if is_there else ""
        title = getattr(of, "title", "") or of.name
        yield Proof(link, of.code, title, period, given[sha256])


def _of_reports(chain: Chain, span: Range, user: Any) -> Iterator[tuple[Link, Any, str]]:
    rows = ReportFile.objects.visible_to(user).filter(
        kept_at__isnull=False, pk__in=_named(chain, span, "reportfile")
    )
    rows = rows.select_related("blob", "added_by", "report__expected__task", "report__expected__period")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        yield row, row.report.task, str(row.report.period)


def _of_parts(chain: Chain, span: Range, user: Any) -> Iterator[tuple[Link, Any, str]]:
    rows = PartFile.objects.visible_to(user).filter(pk__in=_named(chain, span, "partfile"))
    rows = rows.select_related("blob", "added_by", "expected__part__task", "expected__period")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        yield row, row.expected.part.task, str(row.expected.period)


def _of_gates(chain: Chain, span: Range, user: Any) -> Iterator[tuple[Link, Any, str]]:
    rows = GateFile.objects.visible_to(user).filter(pk__in=_named(chain, span, "gatefile"))
    rows = rows.select_related("blob", "added_by", "gate__project")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        yield row, row.gate.project, ""


def _named(chain: Chain, span: Range, kind: str) -> Any:
    return Event.objects.filter(chain=chain, kind=kind, seq__range=(span.first, span.last)).values(
        "object_id"
    )


INDEX = [
    Column(_("File"), lambda one: one.path),
    Column(_("Name"), lambda one: one.link.name),
    Column(_("Code"), lambda one: one.code),
    Column(_("Object"), lambda one: one.title),
    Column(_("Period"), lambda one: one.period),
    Column(_("Added by"), lambda one: one.link.added_by.name),
    Column(_("Added at"), lambda one: moment(one.link.added_at)),
    Column(_("Size in bytes"), lambda one: one.link.blob.size),
    Column("SHA-256", lambda one: one.link.blob.sha256),
]
