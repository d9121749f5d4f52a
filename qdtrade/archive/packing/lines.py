"""The lines of a package: records and checkpoints byte for byte, versions of reports, and what the records name."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from qdtrade.audit.canonical import dumps
from qdtrade.audit.models import Chain, Checkpoint, Event
from tasks.models import ReportVersion

from .range import Range

PAGE = 2000
BATCH = 500
NAMED = re.compile(r'"file":"([0-9a-f]{64})"|\\"sha256\\":\\"([0-9a-f]{64})\\"')
"""Where a record names a file: its own, or in the content of a submitted version."""


def records(chain: Chain, span: Range, named: set[str], beat: Callable[[int], None]) -> Iterator[bytes]:
    """The hashed lines themselves; on the way the hashes of the files that they name are gathered."""
    seq = span.first - 1
    while seq < span.last:
        rows = chain.events.filter(seq__gt=seq, seq__lte=span.last).order_by("seq")
        page = list(rows.values_list("seq", "line")[:PAGE])
        for _seq, line in page:
            if '"reportversion"' in line or '"file":"' in line:
                named |= {own or said for own, said in NAMED.findall(line)}
        yield "".join(f"{line}\n" for _seq, line in page).encode()
        if not page:
            return
        seq = page[-1][0]
        beat(seq - span.first + 1)


def checkpoints() -> tuple[list[bytes], list[bytes]]:
    """All of them, for each names the one before: lines and signatures."""
    rows = Checkpoint.objects.order_by("number").values_list("line", "signature")
    found = list(rows.iterator(chunk_size=BATCH))
    return [f"{line}\n".encode() for line, _s in found], [
        f"{signature}\n".encode() for _l, signature in found
    ]


def versions(chain: Chain, span: Range, user: Any) -> Iterator[bytes]:
    """Every version that was submitted in these records, with the very text that its record holds."""
    made = Event.objects.filter(
        chain=chain,
        kind="reportversion",
        seq__range=(span.first, span.last),
        changes__contains='"content":[null,',
    )
    rows = ReportVersion.objects.visible_to(user).filter(pk__in=made.values("object_id"))
    rows = rows.select_related("report__expected__task", "report__expected__period").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        line = {
            "id": str(row.pk),
            "label": f"{row.report} v{row.number}",
            "task": row.report.task.code,
            "period": str(row.report.period.starts_on),
            "number": str(row.number),
            "content": dumps(row.content),
        }
        yield f"{dumps(line)}\n".encode()
