"""Readings as a file has them, beside those that are stored. Reads the database, changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from qdtrade.errors import Refusal
from qdtrade.imports.reading import flat
from qdtrade.imports.reading.flat import Row, Sheet
from qdtrade.imports.reading.plan import Change
from qdtrade.imports.reading.said import said as _
from qdtrade.programmes.models import Programme
from qdtrade.tables import Workbook
from qdtrade.templatetags import days

from .. import rules
from ..actions.importing import ReadingEntry
from ..figures import WrongFigure, figure_of
from ..models import Indicator, Qualifier, Reading
from ..said import said, value_words
from .table import TABLE

SAID = ("on", "qualifier", "value", "words", "source", "note")
Key = tuple[str, str]


def read_readings(book: Workbook, programme: Programme, chosen: Mapping[str, str], *, by: Any) -> Sheet:
    """What the file would submit to a programme, if this person imports it. Raises Unreadable where it holds none."""
    sheet = flat.read_sheet(book, TABLE, chosen)
    _Reader(sheet, programme, by).plan()
    return sheet


class _Reader:
    """One file on its way to a plan."""

    def __init__(self, sheet: Sheet, programme: Programme, by: Any) -> None:
        self._sheet = sheet
        self._by = by
        rows = Indicator.objects.visible_to(by).filter(programme=programme).for_list()
        self._indicators = {row.code: row for row in rows.in_order()}
        self._stored: dict[Key, list[Reading]] = defaultdict(list)
        stored = Reading.objects.visible_to(by).filter(indicator__programme=programme).for_list()
        for reading in stored.in_order():
            self._stored[reading.indicator.code, reading.period].append(reading)
        self._times = Counter(_key(row) for row in sheet.rows)

    def plan(self) -> None:
        for row in self._sheet.rows:
            self._plan_row(row)
        in_file = {_key(row) for row in self._sheet.rows}
        self._sheet.not_in_file = sum(len(rows) for key, rows in self._stored.items() if key not in in_file)

    def _plan_row(self, row: Row) -> None:
        indicator = self._indicator(row)
        if indicator is None:
            self._add(row, None, None, [], None)
            return
        stored = self._stored.get(_key(row), [])
        values = self._values(row, indicator, stored)
        same = next((one for one in stored if _is_same(one, values)), None)
        if same is not None and not row.refusals:
            self._add(row, indicator, same, [], None)
            return
        old = next((one for one in stored if one.is_in_force), None)
        if self._times[_key(row)] > 1:
            self._sheet.refuse(
                row,
                "period",
                _("This period of the indicator stands in several rows."),
                _("Leave one of them."),
            )
        trial = Reading(indicator=indicator, period=row.values.get("period") or "", corrects=old, **values)
        trial.reason = "…" if old is not None else ""
        if not row.refusals:
            self._check(row, trial)
        entry = ReadingEntry(
            indicator=indicator.pk,
            corrects=old.pk if old else None,
            version=old.version if old else 0,
            fields=(("period", trial.period), *values.items()),
        )
        self._add(row, indicator, old, self._changes(old, trial) if old else [], entry, trial)

    def _indicator(self, row: Row) -> Indicator | None:
        code = row.values.get("code") or ""
        found = self._indicators.get(code)
        if found is None and code:
            reason = _("There is no indicator %(code)s.") % {"code": code}
            have = "、".join(list(self._indicators)[:20])
            self._sheet.refuse(row, "code", reason, _("Write one of: %(words)s.") % {"words": have})
        return found

    def _values(self, row: Row, indicator: Indicator, stored: list[Reading]) -> dict[str, Any]:
        """What the file says of the reading; a column that is not there stays as it is, or as a reading begins."""
        last = stored[-1] if stored else Reading(indicator=indicator)
        found = {name: row.values.get(name, getattr(last, name)) for name in SAID}
        found["qualifier"] = found["qualifier"] or Qualifier.EXACT
        for name in ("words", "source", "note"):
            found[name] = found[name] or ""
        if "value" in row.values:
            found["value"] = self._figure(row, indicator, row.values["value"] or "")
        return found

    def _figure(self, row: Row, indicator: Indicator, text: str) -> Decimal | None:
        if text in {"", "-", "—", "——"}:
            return None
        try:
            return figure_of(text, indicator)
        except WrongFigure:
            example = value_words(indicator, Decimal(indicator.scale) * 12)
            reason = _("“%(text)s” is no figure of this indicator.") % {"text": text}
            self._sheet.refuse(row, "value", reason, _("Write it like %(example)s.") % {"example": example})
            return None

    def _check(self, row: Row, trial: Reading) -> None:
        """What would be refused when it is written is refused now, by the column concerned."""
        try:
            rules.submits(trial.indicator, self._by)
            rules.may_be_submitted(trial)
            rules.check_reading(trial)
        except Refusal as refusal:
            self._sheet.refuse(row, "period", str(refusal), _("Leave the row out, or settle that first."))
        except ValidationError as fault:
            for name, words in fault.message_dict.items():
                self._sheet.refuse(row, name, " ".join(words), _("Correct it in the file."))

    def _changes(self, old: Reading, new: Reading) -> list[Change]:
        """How the file differs from the reading in force, field by field."""
        return [
            self._sheet.change(name, _words(old, name), _words(new, name))
            for name in SAID
            if getattr(old, name) != getattr(new, name)
        ]

    def _add(
        self, row: Row, indicator: Indicator | None, stored: Reading | None, changes: list[Change],
        entry: ReadingEntry | None, trial: Reading | None = None,
    ) -> None:  # fmt: skip
        period = row.values.get("period") or ""
        shown = trial if trial is not None and not row.refusals else stored
        self._sheet.add(
            row,
            code=row.values.get("code") or "",
            title=f"{indicator.name if indicator else ''} {period}".strip(),
            pk=stored.pk if stored else None,
            cells=(
                str(indicator.owner) if indicator else "",
                str(said(shown)) if shown is not None else "",
                shown.source if shown is not None else "",
            ),
            changes=changes,
            entry=entry,
        )


def _key(row: Row) -> Key:
    return row.values.get("code") or "", row.values.get("period") or ""


def _is_same(stored: Reading, values: Mapping[str, Any]) -> bool:
    return all(getattr(stored, name) == values[name] for name in SAID)


def _words(reading: Reading, name: str) -> str:
    """A field's value as people read it."""
    if name == "on":
        return days.iso(reading.on)
    if name == "value":
        return "" if reading.value is None else value_words(reading.indicator, reading.value)
    if name == "qualifier":
        return str(Qualifier(reading.qualifier).label)
    return str(getattr(reading, name))
