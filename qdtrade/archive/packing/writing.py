"""Making a package: one ZIP file that proves itself on a machine that never saw the program (docs/records.md)."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain as joined
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from qdtrade import clock
from qdtrade.audit import signing
from qdtrade.audit.models import Chain
from qdtrade.evidence.zipped import pieces_of
from qdtrade.tables import write_csv

from ..models import Package
from . import evidence, index, lines, tables
from .range import Range
from .zipped import Writer

FORMAT = "qdtrade-records 1"
HERE = Path(__file__).resolve().parent
Beat = Callable[[int, int], object]
Part = Package.Part


def write(package: Package, span: Range, file: IO[bytes], *, by: Any, beat: Beat) -> None:
    """Write the whole package; `beat` is told how many records and files of how many are in."""
    _Packing(package, span, Writer(file), by, beat).run()


class _Packing:
    """One package being written, part by part."""

    def __init__(self, package: Package, span: Range, writer: Writer, by: Any, beat: Beat) -> None:
        self.package, self.span, self.writer, self.by, self.beat = package, span, writer, by, beat
        self.programme = package.programme
        self.chain = Chain.objects.get(scope=package.programme_id)
        self.named: set[str] = set()
        self.absent: list[str] = []
        self.total = span.count

    def run(self) -> None:
        self.writer.add("verify.py", [(HERE / "verify.py").read_bytes()])
        self.writer.add("records.md", [(settings.BASE_DIR / "docs" / "records.md").read_bytes()])
        self._proof()
        self._tables()
        if Part.FILES in self.package.parts:
            self._evidence()
        manifest = self._manifest()
        self.writer.add(
            "index.html", [index.page(manifest, [one["name"] for one in self.writer.files]).encode()]
        )
        self._signed(manifest | {"files": self.writer.files})
        self.writer.end()

    def _proof(self) -> None:
        records = lines.records(self.chain, self.span, self.named, self._beat)
        self.writer.add("records.jsonl", records)
        texts, signatures = lines.checkpoints()
        self.writer.add("checkpoints.jsonl", texts)
        self.writer.add("checkpoints.sig", signatures)
        if Part.REPORTS in self.package.parts:
            self.writer.add("versions.jsonl", lines.versions(self.chain, self.span, self.by))

    def _beat(self, done: int) -> None:
        self.beat(done, self.total)

    def _tables(self) -> None:
        self.writer.add("tables/records.csv", tables.records(self.chain, self.span))
        if Part.REGISTER in self.package.parts:
            self.writer.add("tables/register.csv", tables.register(self.programme, self.by))
        if Part.REPORTS in self.package.parts:
            self.writer.add("tables/reports.csv", tables.reports(self.programme, self.by))
            self.writer.add("tables/expected.csv", tables.expected(self.programme, self.by))
        if Part.PROJECTS in self.package.parts:
            self.writer.add("tables/projects.csv", tables.projects(self.programme, self.by))
            self.writer.add("tables/money.csv", tables.money(self.programme, self.by))
            self.writer.add("tables/updates.csv", tables.updates(self.programme, self.by))

    def _evidence(self) -> None:
        found = list(evidence.proofs(self.chain, self.span, self.by, self.named))
        self.total += len(found)
        given: set[str] = set()
        for number, proof in enumerate(found, 1):
            blob = proof.link.blob
            if not proof.path:
                self.absent.append(blob.sha256)
            elif proof.path not in given:
                given.add(proof.path)
                self.writer.add(proof.path, pieces_of(blob)(), is_packed=True)
            self.beat(self.span.count + number, self.total)
        self.writer.add("tables/evidence.csv", _table(evidence.INDEX, found))

    def _manifest(self) -> dict[str, Any]:
        package, span, key = self.package, self.span, _key()
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "name": package.name,
            "programme": self.chain.code,
            "title": self.programme.name,
            "made_at": clock.now().astimezone(clock.BEIJING).isoformat(timespec="seconds"),
            "made_by": str(self.by.name),
            "from": str(package.from_on or ""),
            "to": str(package.to_on or ""),
            "parts": list(package.parts),
            "events": {
                "file": "records.jsonl",
                "first": str(span.first),
                "last": str(span.last),
                "prev": span.prev,
                "hash": span.hash,
            },
            "has_evidence": Part.FILES in package.parts,
            "absent": sorted(set(self.absent)),
            "key": key.public if key else "",
        }
        if clock.is_demo():
            manifest["clock"] = "demo"
        return manifest

    def _signed(self, manifest: dict[str, Any]) -> None:
        content = json.dumps(manifest, ensure_ascii=False, indent=1)
        self.writer.add("manifest.json", [content.encode()])
        key = _key()
        if key is not None:
            self.writer.add("manifest.sig", [f"{key.sign(content)}\n".encode()])


def _key() -> signing.Key | None:
    """The key that signs, where there is one."""
    try:
        return signing.read()
    except signing.NoKey:
        return None


def _table(columns: Iterable[Any], rows: Iterable[Any]) -> Iterator[bytes]:
    columns = list(columns)
    headings = [str(column.heading) for column in columns]
    return write_csv(joined([headings], ([column.value(row) for column in columns] for row in rows)))
