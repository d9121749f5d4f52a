"""The dry run in words, for the terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.imports.reading.findings import Finding
from qdtrade.tables import letters
from qdtrade.templatetags.words import listed

from ..actions.importing import NewProgramme
from .plan import Outcome, Plan, PlannedRow

MOST = 50
"""Lines of one kind that are shown; the rest is counted."""

FIELDS: dict[str, Promise] = {
    "code": gettext_lazy("code"),
    "serial": gettext_lazy("running number"),
    "field": gettext_lazy("field"),
    "title": gettext_lazy("task"),
    "standard": gettext_lazy("completion standard"),
    "lead": gettext_lazy("lead bureau"),
    "owner": gettext_lazy("responsible bureaus"),
    "support": gettext_lazy("cooperating bureau"),
    "period": gettext_lazy("from and to"),
    "starts_on": gettext_lazy("starts on"),
    "due_on": gettext_lazy("due on"),
    "milestones": gettext_lazy("milestone"),
    "milestone_title": gettext_lazy("milestone"),
    "milestone_date": gettext_lazy("date of the milestone"),
    "own_choice": gettext_lazy("own-choice measure"),
    "is_sample": gettext_lazy("sample"),
    "sample_fields": gettext_lazy("invented fields"),
    "source": gettext_lazy("source"),
    "ignored": gettext_lazy("not imported"),
}

NOTES: dict[str, Promise] = {
    "only_milestone": gettext_lazy("Tasks without milestones; each gets one at its due date"),
    "starts_with_programme": gettext_lazy("Tasks without a start; they start with the programme"),
    "milestones_kept": gettext_lazy("Tasks with milestones that the file leaves out; these stay"),
    "first_leads": gettext_lazy(
        "Rows with several responsible bureaus; the first one leads, the others cooperate"
    ),
    "first_of_month": gettext_lazy(
        "Due dates on the first of a month; a cell that shows only the month means its last day, so write that day"
    ),
    "field_above": gettext_lazy("Rows with an empty field of work; they belong to the field above"),
}


def lines(plan: Plan, most: int = MOST) -> Iterator[str]:
    """The whole report; what has to be done about the file comes last, where a terminal leaves the eye."""
    yield from _file(plan)
    yield from _section(_("New"), [_new(row) for row in plan.of(Outcome.NEW)], most)
    yield from _section(
        _("Changed"), [line for row in plan.of(Outcome.CHANGED) for line in _changed(row)], most
    )
    yield from _section(_("To know"), _notes(plan), most)
    yield from _section(_("Bureaus not known"), _unknown(plan), most)
    if plan.unsettled:
        yield "  " + _("Correct the names, add them as aliases, or make the bureaus with --create-bureaus.")
    refused = [_finding(one) for row in plan.of(Outcome.REFUSED) for one in row.refusals]
    yield from _section(_("Refused"), refused, most)
    yield from _section(_("Against the whole file"), [_finding(one) for one in plan.problems], most)
    yield ""
    yield _counts(plan)


def _section(title: str, found: list[str], most: int) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield f"{title} ({len(found)})"
    yield from (f"  {line}" for line in found[:most])
    if len(found) > most:
        yield "  " + _("… and %(more)s more; --full shows all.") % {"more": len(found) - most}


def _file(plan: Plan) -> Iterator[str]:
    layout, register = plan.register.layout, plan.register
    yield _("File: %(file)s") % {"file": plan.file}
    yield _("Programme: %(programme)s") % {"programme": _programme(plan)}
    yield _("Register: sheet “%(sheet)s”") % {"sheet": layout.sheet.name} + _others(layout.others)
    words = {"first": layout.first_heading + 1, "last": layout.last_heading + 1}
    yield _("Headings: rows %(first)s to %(last)s") % words
    known = [
        f"{letters(one.index)} {one.heading} = {FIELDS[one.field]}" for one in layout.columns if one.field
    ]
    yield _("Columns: %(columns)s") % {"columns": _listed(known)}
    extra = [f"{letters(one.index)} {one.heading}" for one in layout.columns if not one.field]
    if extra:
        yield _("Kept as they are: %(columns)s") % {"columns": _listed(extra)}
    skipped = {"empty": register.empty, "footers": register.footers, "sections": register.sections}
    yield _("Skipped: %(empty)s empty rows, %(footers)s footers, %(sections)s headings of fields") % skipped


def _programme(plan: Plan) -> str:
    wanted = plan.programme
    if wanted is None:
        return "—"
    dates = f"{wanted.code} {wanted.name} {wanted.starts_on.isoformat()} – {wanted.ends_on.isoformat()}"
    return (
        _("%(programme)s (to be made)") % {"programme": dates} if isinstance(wanted, NewProgramme) else dates
    )


def _others(names: list[str]) -> str:
    return _("; not read: %(sheets)s") % {"sheets": _listed(names)} if names else ""


def _counts(plan: Plan) -> str:
    counts = Counter(row.outcome for row in plan.rows)
    words = {outcome.value: counts[outcome] for outcome in Outcome}
    changes = sum(len(row.changes) for row in plan.of(Outcome.CHANGED))
    return _(
        "New %(new)s · changed %(changed)s (%(changes)s places) · unchanged %(unchanged)s · refused %(refused)s"
        " · together %(all)s"
    ) % {**words, "changes": changes, "all": len(plan.rows)}


def _finding(one: Finding) -> str:
    """Place, heading, the text found, why, what would be understood, and the cure."""
    place = f"{one.place.sheet} {one.place} {one.place.heading}".strip()
    found = f" “{_short(one.found)}”" if one.found else ""
    understood = _(" Understood: %(text)s.") % {"text": _short(one.understood)} if one.understood else ""
    return f"{place}{found}: {one.reason}{understood} {one.cure}".rstrip()


def _unknown(plan: Plan) -> list[str]:
    """Each name once, with the bureau most like it."""
    found = []
    for one in plan.unknown:
        words = {"name": one.name, "place": f"{one.place.sheet} {one.place}", "rows": one.rows}
        line = _("%(name)s (%(rows)s times, first at %(place)s)") % words
        if one.is_to_be_made:
            line += _(": to be made")
        elif one.nearest is not None:
            line += _(": most like %(bureau)s") % {"bureau": one.nearest}
        found.append(line)
    return found


def _changed(row: PlannedRow) -> list[str]:
    head = f"{row.code} {_short(row.title, 24)}"
    return [
        f"{head} · {one.heading or one.field}: {_short(one.old)} → {_short(one.new)} {one.effect}".rstrip()
        for one in row.changes
    ]


def _new(row: PlannedRow) -> str:
    return f"{row.code} {_short(row.title)} · {row.lead} · {row.due_on.isoformat() if row.due_on else '—'}"


def _notes(plan: Plan) -> list[str]:
    codes: dict[str, list[str]] = {}
    for row in plan.rows:
        for note in row.notes:
            codes.setdefault(note, []).append(row.code)
    told = [f"{NOTES[note]}: {len(found)} ({_listed(found)})" for note, found in codes.items()]
    told += [f"{NOTES[note]}: {count}" for note, count in plan.register.notes.items()]
    if plan.new_fields:
        told.append(_("Fields of work to be made: %(names)s") % {"names": _listed(plan.new_fields)})
    if plan.not_in_file:
        told.append(
            _("Tasks of the register that the file does not have: %(count)s; they stay.")
            % {"count": plan.not_in_file}
        )
    return told + [str(caution) for caution in plan.cautions]


def _listed(names: Iterable[str]) -> str:
    """A list that stays readable when it is long."""
    found = list(names)
    return listed(found[:20]) + ("…" if len(found) > 20 else "")


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
