"""Reminding (催办): people who owe something are told, at once by a person or by the programme's rule."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import Refusal, WrongState
from qdtrade.notices.actions import tell
from qdtrade.templatetags import days as said

from .. import duties, rules
from ..duties import EVERYTHING, Asked, Duty, Thing
from ..models import Membership, Programme, Reminder, Role

AGAIN = datetime.timedelta(hours=1)
"""How soon a bureau may be reminded by hand again: two clicks, or two colleagues, are one reminder."""
LONGEST_NOTE = 500
MOST_THINGS = 500


@dataclass(frozen=True)
class Result:
    """What became of reminding one bureau: whom it told, or why it did not happen."""

    bureau: Bureau
    people: int = 0
    reason: str = ""


def remind(
    programme: Programme,
    bureau: Bureau,
    *,
    by: Any,
    note: str = "",
    is_urgent: bool = False,
    asked: Asked = EVERYTHING,
) -> Reminder:
    """Remind a bureau of what it owes: a notice and a mail to everybody who may write for it.

    Raises WrongState where it owes nothing (any more), where nobody there has an account, and where it was reminded
    a moment ago: a double click, or a colleague's, sends nothing twice.
    """
    acting = rules.chases(programme, by)
    note = _note(note)
    with trail.unit() as unit:
        trail.lock(bureau)
        _refuse_twice(programme, bureau, unit.began)
        owed = _owed(programme, bureau, asked, by)
        people = _writers(programme, bureau)
        if not people:
            words = _("%(bureau)s has no account. Telephone, or take the text for the chat group.")
            raise WrongState(words % {"bureau": bureau})
        row = Reminder(
            programme=programme, bureau=bureau, owed=_ids(owed), told=[one.pk for one in people], note=note,
            is_urgent=is_urgent, made_at=unit.began, made_by=by,
        )  # fmt: skip
        trail.create(row, by=by, acting=acting, action="remind", comment=note)
        params = told_of(owed) | {"bureau": str(bureau)}
        tell(people, about=row, move="remind", by=by, comment=note, at=unit.began, acting_for=acting.stands_for,
             params=params, is_urgent=is_urgent)  # fmt: skip
        return row


def remind_each(programme: Programme, bureaus: Iterable[Bureau], *, by: Any, **how: Any) -> list[Result]:
    """Remind these bureaus, each in an act of its own; returns a result for each."""
    rules.chases(programme, by)
    _note(how.get("note", ""))
    results = []
    for bureau in sorted(bureaus, key=lambda one: one.pk):
        try:
            row = remind(programme, bureau, by=by, **how)
            results.append(Result(bureau, len(row.told)))
        except Refusal as refusal:
            results.append(Result(bureau, reason=str(refusal)))
    return results


def note_text(
    programme: Programme, bureau: Bureau, *, by: Any, note: str = "", asked: Asked = EVERYTHING
) -> Reminder:
    """Note that the bureau was reminded by a text in its chat group; the system tells nobody."""
    acting = rules.chases(programme, by)
    note = _note(note)
    with trail.unit() as unit:
        trail.lock(bureau)
        _refuse_twice(programme, bureau, unit.began, channel=Reminder.Channel.TEXT)
        row = Reminder(
            programme=programme, bureau=bureau, channel=Reminder.Channel.TEXT, note=note,
            owed=_ids(_owed(programme, bureau, asked, by)), made_at=unit.began, made_by=by,
        )  # fmt: skip
        return trail.create(row, by=by, acting=acting, action="remind", comment=note)


def remind_by_rule(
    programme: Programme, duty: Duty, bureau: Bureau | None, due_on: datetime.date, days: int, *, by: Any
) -> Reminder | None:
    """Remind a bureau, or the reviewers, of what is due on that day; None where nothing is owed, where nobody is there,
    and where another run was faster (the database itself takes each mark once).
    """
    acting = rules.chases(programme, by)
    mark = mark_of(duty.name, bureau.pk if bureau else 0, due_on, days)
    with trail.unit() as unit:
        trail.lock(bureau or programme)
        if Reminder.objects.filter(programme=programme, mark=mark).exists():
            return None
        rows = duty.rows(by, programme).filter(
            owed_now=True, owed_bureau=bureau.pk if bureau else None, owed_due_on=due_on
        )
        owed = duties.as_things(duty, rows.order_by("owed_code", "pk")[:MOST_THINGS])
        people = _reviewers(programme, rows) if bureau is None else _writers(programme, bureau, days=days)
        if not owed or not people:
            return None
        row = Reminder(
            programme=programme, bureau=bureau, owed=_ids(owed), told=[one.pk for one in people], due_on=due_on,
            days=days, mark=mark, made_at=unit.began, made_by=by,
        )  # fmt: skip
        trail.create(row, by=by, acting=acting, action="remind")
        params = told_of(owed) | {"bureau": str(bureau or ""), "due": due_on.isoformat(), "rule": True}
        tell(people, about=row, move="remind", by=by, comment="", at=unit.began, params=params)
        return row


def mark_of(duty: str, bureau: int, due_on: datetime.date, days: int) -> str:
    """What a reminder by rule is known by."""
    return f"{duty}:{bureau}:{due_on.isoformat()}:{days:+d}"


def told_of(owed: Sequence[Thing]) -> dict[str, Any]:
    """What a notice says of these things in any language: how many by duty; the code and the way where it is one."""
    by_duty: dict[str, int] = {}
    for thing in owed:
        by_duty[thing.duty.name] = by_duty.get(thing.duty.name, 0) + 1
    overdue = sum(thing.is_overdue for thing in owed)
    params: dict[str, Any] = {"duties": by_duty, "overdue": overdue}
    if len(owed) == 1:
        params |= {"one": owed[0].pk, "code": owed[0].code}
    return params


def is_lately(made: Reminder) -> bool:
    """Whether another one like it would be refused now as a second click."""
    return made.made_at > clock.now() - AGAIN


def _ids(owed: Iterable[Thing]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for thing in owed:
        found.setdefault(thing.duty.name, []).append(thing.pk)
    return found


def _owed(programme: Programme, bureau: Bureau, asked: Asked, by: Any) -> list[Thing]:
    owed = duties.things(by, programme, asked, [bureau.pk], MOST_THINGS)
    if not owed:
        raise WrongState(_("%(bureau)s owes nothing of this any more.") % {"bureau": bureau})
    return owed


def _note(note: str) -> str:
    tidy = keepable(note).strip()
    if len(tidy) > LONGEST_NOTE:
        raise ValidationError({"note": _("At most %(most)d characters.") % {"most": LONGEST_NOTE}})
    return tidy


def _refuse_twice(
    programme: Programme, bureau: Bureau, now: datetime.datetime, channel: str = Reminder.Channel.NOTICE
) -> None:
    rows = Reminder.objects.filter(programme=programme, bureau=bureau, mark="", channel=channel)
    last = rows.filter(made_at__gt=now - AGAIN).newest_first().first()
    if last is not None:
        words = _("%(person)s reminded %(bureau)s at %(time)s already; nothing was sent twice.")
        words %= {"person": last.made_by, "bureau": bureau, "time": said.time_of_day(last.made_at)}
        raise WrongState(words)


def _writers(programme: Programme, bureau: Bureau, *, days: int = 0) -> list[Any]:
    """Who may write for the bureau today; before the due date its head only where nobody else does."""
    members = Membership.objects.of_bureaus(clock.today()).filter(programme=programme, bureau=bureau)
    found = list(members.with_people().order_by("pk"))
    staff = [m for m in found if m.role == Role.STAFF]
    return _people(staff if days < 0 and staff else found)


def _reviewers(programme: Programme, rows: Any) -> list[Any]:
    """Who has these in hand; all reviewers, where any of them is in nobody's."""
    members = programme.memberships.on(clock.today()).filter(role=Role.MANAGER)
    holders = set(rows.order_by().values_list("owed_holder", flat=True).distinct())
    if None not in holders:
        members = members.filter(user__in=holders)
    return _people(members.with_people().order_by("pk"))


def _people(members: Iterable[Membership]) -> list[Any]:
    return list({m.user_id: m.user for m in members}.values())
