"""The records, and who owes what, as files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from qdtrade.audit.canonical import moment as utc
from qdtrade.audit.history import Line
from qdtrade.audit.models import Event
from qdtrade.audit.words import DOORS, KINDS, VERBS
from qdtrade.errors import Words
from qdtrade.programmes.columns import Shown
from qdtrade.programmes.duties import Thing
from qdtrade.programmes.exports import BATCH, Column, moment, yes_no
from qdtrade.programmes.models import Programme, Role

from .chase import Chase, Owing
from .records import newest_first, of_programme, visible_events, with_sample_marks

ROLES = dict(Role.choices)


def event_rows(user: Any, programme: Programme) -> QuerySet[Event]:
    events = of_programme(visible_events(user), programme)
    return newest_first(with_sample_marks(events)).defer("line", "state")


def lines_of(rows: QuerySet[Event]) -> Iterator[bytes]:
    """The hashed lines themselves, one to a line: each is what its hash was made of, byte for byte."""
    for line in rows.values_list("line", flat=True).iterator(chunk_size=BATCH):
        yield f"{line}\n".encode()


def _changes(event: Event) -> str:
    """Every change as it was recorded, so that nothing can be read into it; the page's columns say it in words."""
    return "" if event.changes == "{}" else event.changes


EVENT_COLUMNS = [
    Column(_("Number"), lambda event: event.seq, 8),
    Column(_("Time in Beijing"), lambda event: moment(event.at), 20),
    Column(_("Time in UTC"), lambda event: utc(event.at), 26),
    Column(_("Who"), lambda event: event.actor_name),
    Column(_("Person's number"), lambda event: event.actor_id),
    Column(_("Acting for"), lambda event: event.acting_for),
    Column(_("Role"), lambda event: str(ROLES.get(event.role, event.role))),
    Column(_("Bureau"), lambda event: event.bureau_name, 20),
    Column(_("Door"), lambda event: str(DOORS.get(event.door, event.door))),
    Column(_("Action"), lambda event: str(VERBS.get(event.action, event.action))),
    Column(_("Kind"), lambda event: str(KINDS.get(event.kind, event.kind))),
    Column(_("Object"), lambda event: event.label, 40),
    Column(_("Object's number"), lambda event: event.object_id),
    Column(_("From → to"), _changes, 60),
    Column(_("Reason"), lambda event: event.comment, 40),
    Column(_("Hash"), lambda event: event.hash, 66),
    Column(_("Sample"), lambda event: yes_no(event.is_sample), 8),
]


def _done(line: Line) -> str:
    """What the page says was done, whole: texts are not cut."""
    said = (
        f"{change.label} {change.old + ' → ' if change.old else ''}{change.new}" for change in line.changes
    )
    return "\n".join([line.verb, *said, *([line.reason] if line.reason else [])])


SCREEN_COLUMNS: list[Shown] = [
    Shown("number", _("No."), lambda line: line.event.seq, 8, "seq", "num", fixed=True),
    Shown("at", _("Beijing time"), lambda line: moment(line.at), 20, "at"),
    Shown("who", _("Who"), lambda line: line.who, 14, "who"),
    Shown("capacity", _("Role"), lambda line: line.role, 14, "capacity"),
    Shown("bureau", _("Bureau"), lambda line: line.bureau, 20, "bureau"),
    Shown("door", _("Door"), lambda line: line.door, 14, "door", "nowrap"),
    Shown("done", _("What was done"), _done, 60, "action", fixed=True),
    Shown("object", _("Object"), lambda line: f"{line.kind} {line.label}", 40, "object"),
    Shown("hash", _("Checksum"), lambda line: line.event.hash, 66, "hash"),
    Shown("utc", _("Time in UTC"), lambda line: utc(line.at), 26, "at", usual=False, drawn=False),
    Shown("kind", _("Kind"), lambda line: line.kind, 14, "kind", usual=False, drawn=False),
    Shown(
        "reason", _("Reason"), lambda line: line.reason, 40, "reason", usual=False, drawn=False, is_text=True
    ),
]
"""The columns of the records page, for its lines in words."""

SAMPLE = Column(_("Sample"), lambda line: yes_no(line.event.is_sample), 8)


COMPARISON_COLUMNS = [
    Column(_("Kind"), lambda line: line.one.kind),
    Column(_("Object"), lambda line: line.one.row.label, 40),
    Column(_("Object's number"), lambda line: line.one.row.object_id),
    Column(_("Became"), lambda line: str(line.one.word)),
    Column(_("Field of the object"), lambda line: line.change.label if line.change else "", 20),
    Column(_("Before"), lambda line: line.change.old if line.change else "", 40),
    Column(_("After"), lambda line: line.change.after if line.change else "", 40),
    Column(_("Last entry"), lambda line: line.one.row.seq, 10),
]
"""The comparison of two days, for its lines of fields."""


def chase_columns(chase: Chase) -> list[Column]:
    """A bureau to a line: how much of each duty, what, whom to ask, and when it was reminded."""
    counted = [column for number, duty in enumerate(chase.duties) for column in _of_duty(number, duty.label)]
    return [
        Column(_("Bureau"), lambda line: line.bureau.name, 28),
        *counted,
        Column(_("What"), _what, 60),
        Column(_("Whom to ask"), lambda line: "; ".join(map(str, line.people or ())), 40),
        Column(_("Last reminded"), lambda line: moment(line.last.made_at) if line.last else None, 20),
        Column(_("Reminded by"), lambda line: line.last.made_by.name if line.last else None),
        Column(_("How"), lambda line: str(line.last.get_channel_display()) if line.last else None),
        Column(_("Sample"), lambda line: yes_no(any(group.has_samples for group in line.groups)), 8),
    ]


def _of_duty(number: int, label: Words) -> list[Column]:
    return [
        Column(label, lambda line: line.figures[number][1].count, 10),
        Column(
            format_lazy(_("{duty}: overdue"), duty=label), lambda line: line.figures[number][1].overdue, 10
        ),
    ]


def _what(line: Owing) -> str:
    return "\n".join(f"{group.duty.label}: {', '.join(map(_named, group.things))}" for group in line.groups)


def _named(thing: Thing) -> str:
    """Its code, and of which month it is where that is over."""
    if thing.period is None or thing.period.is_running:
        return thing.code
    return f"{thing.code} {thing.period.month_name}"
