"""What a worker does with the records while nobody waits: it packs them, and walks along them.

Each task may run twice: whoever is second finds that there is nothing left to do. What stops a worker leaves the work
as it was; `manage.py resume_archive` puts it back into the queue, and a walk goes on where it was.
"""

import logging
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from qdtrade.accounts.actions import service_user
from qdtrade.audit import checkpoints, rows
from qdtrade.audit.models import Chain
from qdtrade.audit.verify import START, verify
from qdtrade.errors import Refusal, is_locked

from . import actions
from .models import Package, Verification, Work

logger = logging.getLogger(__name__)

BEAT = 1.0
"""Seconds between two signs of life."""
MOST = 20
"""Differing rows and troubles that are kept one by one."""


@task()
def pack(pk: int) -> None:
    """Make a package that somebody asked for."""
    _work(actions.begin(Package, pk), _pack, actions.fail_package)


@task()
def check(pk: int) -> None:
    """Walk along a chain as somebody asked."""
    _work(actions.begin(Verification, pk), _check, actions.fail_check)


def start(row: Work) -> Callable[[int], object]:
    """What puts this work into the queue."""
    return pack.enqueue if isinstance(row, Package) else check.enqueue


def _work(row: Any, work: Callable[[Any], None], fail: Callable[..., Any]) -> None:
    if row is None:
        return
    with translation.override(row.asked_by.language or settings.LANGUAGE_CODE):
        try:
            work(row)
        except Exception as fault:
            if is_locked(fault):
                raise
            if not isinstance(fault, Refusal):
                logger.error("%s %s stopped.", type(row).__name__, row.pk, exc_info=fault)
            fail(row, _why(fault), by=service_user())


def _why(fault: Exception) -> str:
    if isinstance(fault, Refusal):
        return str(fault)
    if isinstance(fault, OSError):
        return _("The file could not be written: %(fault)s") % {"fault": fault.strerror or fault}
    return _("A fault of the program stopped this; the administrator can see why.")


def _pack(row: Package) -> None:
    """In the name of the person who asked, with what they may see."""
    person = row.asked_by
    person.door = "page"
    actions.make_package(row, by=person, beat=_beating(row))


def _beating(row: Work) -> Callable[[int, int], None]:
    """Says now and then how far the work is."""
    last = 0.0

    def beat(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= BEAT:
            last = time.monotonic()
            actions.beat(row, done, total)

    return beat


def _check(row: Verification) -> None:
    chain = Chain.objects.get(scope=row.programme_id)
    begins = (row.reached, row.reached_hash or START)
    began = time.monotonic()
    last = 0.0

    def beat(code: str, seq: int, hashed: str, length: int) -> None:
        nonlocal last
        if time.monotonic() - last >= BEAT:
            last = time.monotonic()
            actions.beat(row, seq, length, reached=seq, reached_hash=hashed)

    (verdict,) = verify(chain.code, {chain.code: begins}, beat)
    findings: list[dict[str, Any]] = [one.params for one in islice(checkpoints.troubles(), MOST)]
    if verdict.fault is not None:
        fault = verdict.fault
        findings.insert(
            0, {"code": f"record_{fault.problem.code}", "seq": str(fault.seq), "detail": fault.detail}
        )
    else:
        differing = islice(rows.differences(chain), MOST)
        findings += [
            {"code": "row", "kind": one.kind, "object": str(one.object_id), "fields": list(one.fields)}
            for one in differing
        ]
    found = actions.Found(
        records=verdict.fault.seq - 1 if verdict.fault else verdict.length,
        seconds=time.monotonic() - began,
        broken_seq=verdict.fault.seq if verdict.fault else None,
        findings=findings,
    )
    actions.keep_found(row, found, by=service_user())
