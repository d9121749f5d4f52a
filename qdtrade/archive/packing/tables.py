"""The tables of a package: for people to read; what proves anything are the lines."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects import exports as signings
from qdtrade import clock
from qdtrade.audit.canonical import moment as utc
from qdtrade.audit.history import field_label
from qdtrade.audit.models import Chain, Event
from qdtrade.audit.words import DOORS, KINDS, VERBS
from qdtrade.programmes.exports import Column, Table, moment
from qdtrade.programmes.models import Export, Programme
from qdtrade.tables import write_csv
from tasks.exports import (
    EXPECTED_COLUMNS,
    REPORT_COLUMNS,
    expected_rows,
    register_columns,
    register_rows,
    report_rows,
)

from .range import Range


def _changes(event: Event) -> str:
    """Every change as it was recorded: codes and ids stay what they are, so that nothing can be read into them."""
    changed = json.loads(event.changes)
    return "\n".join(
        f"{field_label(event.kind, name)}: {'—' if old is None else old} → {'—' if new is None else new}"
        for name, (old, new) in changed.items()
    )


RECORD_COLUMNS = [
    Column(_("Number"), lambda event: event.seq, 8),
    Column(_("Time in Beijing"), lambda event: moment(event.at), 20),
    Column(_("Time in UTC"), lambda event: utc(event.at), 26),
    Column(_("Who"), lambda event: event.actor_name),
    Column(_("Acting for"), lambda event: event.acting_for),
    Column(_("Role"), lambda event: event.role),
    Column(_("Bureau"), lambda event: event.bureau_name, 20),
    Column(_("Door"), lambda event: str(DOORS.get(event.door, event.door))),
    Column(_("Action"), lambda event: str(VERBS.get(event.action, event.action))),
    Column(_("Kind"), lambda event: str(KINDS.get(event.kind, event.kind))),
    Column(_("Object"), lambda event: event.label, 40),
    Column(_("From → to"), _changes, 60),
    Column(_("Reason"), lambda event: event.comment, 40),
    Column(_("Hash"), lambda event: event.hash, 66),
]


def records(chain: Chain, span: Range) -> Iterator[bytes]:
    """The records in words, with the reader's language."""
    rows = chain.events.filter(seq__range=(span.first, span.last)).defer("line", "state").order_by("seq")
    return write_csv(Table(Export.What.RECORDS, rows, RECORD_COLUMNS).lines())


def register(programme: Programme, user: Any) -> Iterator[bytes]:
    rows = register_rows(user).filter(programme=programme)
    return write_csv(Table(Export.What.TASKS, rows, register_columns(rows)).lines())


def reports(programme: Programme, user: Any) -> Iterator[bytes]:
    rows = report_rows(user, clock.now()).filter(expected__period__programme=programme)
    return write_csv(Table(Export.What.REPORTS, rows, REPORT_COLUMNS).lines())


def expected(programme: Programme, user: Any) -> Iterator[bytes]:
    rows = expected_rows(user, clock.now()).filter(period__programme=programme)
    return write_csv(Table(Export.What.EXPECTED_REPORTS, rows, EXPECTED_COLUMNS).lines())


def projects(programme: Programme, user: Any) -> Iterator[bytes]:
    rows = signings.register_rows(user).filter(programme=programme)
    return write_csv(Table(Export.What.PROJECTS, rows, signings.register_columns(rows)).lines())


def money(programme: Programme, user: Any) -> Iterator[bytes]:
    rows = signings.money_rows(user).filter(project__programme=programme)
    return write_csv(Table(Export.What.MONEY, rows, signings.MONEY_COLUMNS).lines())


def updates(programme: Programme, user: Any) -> Iterator[bytes]:
    rows = signings.update_rows(user, clock.now()).filter(project__programme=programme)
    return write_csv(Table(Export.What.PROJECT_UPDATES, rows, signings.UPDATE_COLUMNS).lines())
