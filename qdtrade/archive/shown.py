"""What pages show of the proof of the records: checkpoints, the last check, packages."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import GateFile
from qdtrade.audit import signing
from qdtrade.audit.checkpoints import heads_of, said
from qdtrade.audit.models import SYSTEM, Chain, Checkpoint
from qdtrade.audit.verify import PROBLEMS
from qdtrade.audit.words import KINDS
from qdtrade.evidence.models import Blob
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme
from tasks.models import PartFile, ReportFile

from .forms import PackageForm
from .models import READERS, Package, Verification, Work

MOST_MARKS = 31
"""Checkpoints that are drawn one by one: a month of days."""


@dataclass(frozen=True)
class Signed:
    """The checkpoints in one look: how many there are, since when, the newest, and a mark for each of the last."""

    count: int
    first_at: datetime.datetime
    newest: Checkpoint
    marks: list[datetime.datetime]


LATEST = 3
"""Packages that the page of records names; the others stand in their list."""


@dataclass(frozen=True)
class Under:
    """Work that is under way: whether it began, and whether nothing seems to be working on it."""

    row: Work

    @property
    def is_begun(self) -> bool:
        return self.row.beat_at is not None

    @property
    def is_stalled(self) -> bool:
        return self.row.is_stalled(timezone.now())


@dataclass(frozen=True)
class Head:
    """How long a chain was at a checkpoint, and its last hash."""

    code: str
    length: int
    hash: str


def checkpoints() -> QuerySet[Checkpoint]:
    """All of them, newest first: whoever reads the records of one programme may see what signs them."""
    return Checkpoint.objects.order_by("-number")


def signed() -> Signed | None:
    """None before the first one; two queries."""
    last = list(checkpoints().defer("line", "signature")[:MOST_MARKS])
    if not last:
        return None
    found = Checkpoint.objects.aggregate(count=Count("pk"), first=Min("at"))
    return Signed(found["count"], found["first"], last[0], [row.at for row in reversed(last)])


def sheet(row: Checkpoint, user: Any) -> dict[str, Any]:
    """What stands on the sheet of one checkpoint; chains of programmes that the person does not read stay unnamed."""
    content = row.content
    scopes = [SYSTEM, *held.programme_ids(user, READERS)]
    mine = set(Chain.objects.filter(scope__in=scopes).order_by("pk").values_list("code", flat=True))
    heads = [Head(code if code in mine else "", seq, hashed) for code, (seq, hashed) in heads_of(row).items()]
    return {
        "checkpoint": row,
        "content": content,
        "heads": sorted(heads, key=lambda head: (not head.code, head.code)),
        "fingerprint": fours(signing.fingerprint(content["key"])),
        "public": content["key"],
        "is_signed": signing.is_signed(row.line, row.signature, content["key"]),
    }


def fours(text: str) -> str:
    """Sixty-four digits as people compare them: in groups of four."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def proof(programme: Programme, user: Any) -> dict[str, Any]:
    """The state of the chain, and the maker of packages, for the page of records."""
    checks = list(Verification.objects.visible_to(user).filter(programme=programme).in_order()[:2])
    packages = list(packages_of(programme, user)[: LATEST + 1])
    packing = next((row for row in packages if row.is_at_work), None)
    last = next((row for row in checks if not row.is_at_work), None)
    return {
        "chain": Chain.objects.get(scope=programme.pk),
        "signed": signed(),
        "checking": next((Under(row) for row in checks if row.is_at_work), None),
        "last_check": last,
        "findings": [finding(one) for one in last.findings] if last else [],
        "packing": Under(packing) if packing else None,
        "packages": [row for row in packages if row is not packing][:LATEST],
        "package_form": PackageForm(auto_id="package-%s"),
        "files": files_of(programme, user),
    }


def packages_of(programme: Programme, user: Any) -> QuerySet[Package]:
    """Newest first."""
    return Package.objects.visible_to(user).for_list().filter(programme=programme).in_order()


def files_of(programme: Programme, user: Any) -> dict[str, int]:
    """How many files a package of everything holds, and how large they are; two queries."""
    filed = ReportFile.objects.visible_to(user).filter(
        kept_at__isnull=False, report__expected__period__programme=programme
    )
    of_parts = PartFile.objects.visible_to(user).filter(expected__period__programme=programme)
    of_gates = GateFile.objects.visible_to(user).filter(gate__project__programme=programme)
    all_of_them = filed.values("blob").union(of_parts.values("blob"), of_gates.values("blob"))
    blobs = Blob.objects.filter(pk__in=all_of_them)
    found = blobs.aggregate(count=Count("pk"), size=Sum("size"))
    return {"count": found["count"], "size": found["size"] or 0}


def finding(params: dict[str, Any]) -> str:
    """One thing that is wrong, in the reader's language."""
    code = str(params.get("code", ""))
    problem = PROBLEMS.get(code.removeprefix("record_"))
    if code.startswith("record_") and problem is not None:
        words = _("Record %(seq)s: %(what)s. %(detail)s") % (params | {"what": problem.words})
        return words.strip()
    if code == "row":
        thing = {"kind": KINDS.get(params["kind"], params["kind"]), "id": params["object"]}
        if not params["fields"]:
            return _("%(kind)s %(id)s came or went without a record.") % thing
        return _("%(kind)s %(id)s is not as recorded: %(fields)s") % (
            thing | {"fields": ", ".join(params["fields"])}
        )
    return said(params)
