"""Bureaus as a file has them, beside those of the region. Reads the database, changes nothing."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop

from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.imports.reading import cells, flat
from qdtrade.imports.reading.bureau_names import tidy
from qdtrade.imports.reading.flat import Field, Row, Sheet, Table
from qdtrade.imports.reading.plan import Change
from qdtrade.imports.reading.said import said as _
from qdtrade.tables import Cell, Workbook
from qdtrade.templatetags import days
from qdtrade.templatetags.words import listed

SEPARATOR = "、"
KINDS = {code: words for code, words in Bureau.Kind.choices if code != Bureau.Kind.REGION}
KIND_SYNONYMS = {
    "部门": "bureau", "局": "bureau", "单位": "bureau", "试点办": "office", "区市": "district", "区": "district",
    "县": "district", "市": "district", "园区": "zone", "功能区": "zone",
}  # fmt: skip


def _aliases(cell: Cell) -> tuple[str, ...]:
    """The other names, apart by 、 or on lines of their own."""
    text = cells.text_of(cell).replace("\n", SEPARATOR).replace("；", SEPARATOR).replace(";", SEPARATOR)
    names = [cells.limited(name.strip(), 100) for name in text.split(SEPARATOR)]
    return tuple(dict.fromkeys(name for name in names if name))


TABLE = Table(
    fields=(
        Field(
            "code",
            gettext_lazy("Code"),
            "编码 代码 编号 单位编码 机构代码 code bureaucode",
            cells.code_of,
            is_needed=True,
        ),
        Field(
            "name",
            gettext_lazy("Name"),
            "名称 单位名称 全称 机构名称 name bureau fullname",
            flat.text(100),
            is_needed=True,
        ),
        Field("short_name", gettext_lazy("Short name"), "简称 单位简称 shortname", flat.text(40)),
        Field("kind", gettext_lazy("Kind"), "类型 类别 种类 kind type", flat.choice(KINDS, KIND_SYNONYMS)),
        Field(
            "parent", gettext_lazy("Stands below"), "上级 上级单位 隶属 主管单位 parent above", flat.text(100)
        ),
        Field("position", gettext_lazy("Place in the list"), "排序 顺序 序号 position order no", flat.number),
        Field(
            "aliases", gettext_lazy("Other names"), "别名 其他名称 曾用名 又名 aliases othernames", _aliases
        ),
        Field("merged_into", gettext_lazy("Merged into"), "并入 并入单位 合并到 mergedinto", flat.text(100)),
        Field("merged_on", gettext_lazy("Merged on"), "并入日期 合并日期 mergedon", flat.day),
    ),
    keys=frozenset({"code", "name"}),
    nothing=(
        gettext_noop("No row of %(file)s looks like the headings of a list of bureaus."),
        gettext_noop("The headings must name the code (编码) and the name (名称)."),
    ),
    another=(
        gettext_noop("This sheet looks like a list of bureaus too; it is not read."),
        gettext_noop("Put all bureaus into one sheet, or read that sheet from a file of its own."),
    ),
)


@dataclass(frozen=True)
class BureauEntry:
    """A bureau to be made (`pk` None) or changed; other bureaus go by their codes, "" is the region."""

    code: str
    pk: int | None
    fields: tuple[tuple[str, Any], ...]
    parent: str | None
    aliases: tuple[str, ...] | None
    merged_into: str
    merged_on: datetime.date | None
    seen: str


def read_bureaus(book: Workbook, region: Bureau, chosen: Mapping[str, str]) -> Sheet:
    """What the file would do to the bureaus of a region. Raises Unreadable where it holds none."""
    sheet = flat.read_sheet(book, TABLE, chosen)
    _Reader(sheet, region).plan()
    return sheet


class _Reader:
    """One file on its way to a plan."""

    def __init__(self, sheet: Sheet, region: Bureau) -> None:
        self._sheet = sheet
        self._region = region
        rows = Bureau.objects.filter(region=region).select_related("parent", "merged_into")
        self._stored = {bureau.code: bureau for bureau in rows.prefetch_related("aliases").order_by("pk")}
        self._in_file = {row.values["code"]: row for row in sheet.rows if row.values.get("code")}
        self._names = self._names_of_all()

    def _names_of_all(self) -> dict[str, str]:
        """The code of every bureau, by its code and its names; the file's names go before those that are stored."""
        found = {tidy(name): "" for name in (self._region.name, self._region.short_name, self._region.code)}
        for code, bureau in sorted(self._stored.items(), key=lambda one: not self._is_merged(one[0])):
            aliases = [alias.name for alias in bureau.aliases.all()]
            found |= {tidy(name): code for name in (*aliases, bureau.short_name, bureau.name)}
        for code, row in self._in_file.items():
            names = (row.values.get("short_name"), row.values.get("name"))
            found |= {tidy(name): code for name in names if name}
        return found | {tidy(code): code for code in (*self._stored, *self._in_file)}

    def plan(self) -> None:
        sheet = self._sheet
        self._check_twice()
        self._check_rings()
        for row in sheet.rows:
            self._plan_row(row)
        sheet.not_in_file = len(self._stored.keys() - self._in_file.keys())

    def _check_twice(self) -> None:
        """A code, a name or another name that stands for two bureaus."""
        codes = Counter(row.values.get("code") for row in self._sheet.rows)
        named = self._bearers()
        for row in self._sheet.rows:
            code = row.values.get("code")
            if self._is_merged(code):
                continue
            if code and codes[code] > 1:
                self._sheet.refuse(
                    row, "code", _("This code stands in several rows."), _("Leave one of them.")
                )
            for field, names in (
                ("name", [row.values.get("name")]),
                ("aliases", row.values.get("aliases") or ()),
            ):
                for name in names:
                    others = [one for one in named.get(tidy(name or ""), ()) if one != code]
                    if name and others:
                        reason = _("“%(name)s” is a name of %(code)s too.") % {
                            "name": name,
                            "code": others[0],
                        }
                        self._sheet.refuse(
                            row, field, reason, _("A name means one bureau only. Change one of them.")
                        )

    def _is_merged(self, code: str | None) -> bool:
        """Whether the names of this bureau mean another one by now."""
        return code in self._stored and self._stored[code].merged_into_id is not None

    def _bearers(self) -> dict[str, list[str]]:
        """Which bureaus would bear a name, once the file were written; a merged bureau's names are the other one's."""
        found: dict[str, list[str]] = {}
        for code in {*self._stored, *self._in_file}:
            if self._is_merged(code):
                continue
            stored, row = self._stored.get(code), self._in_file.get(code)
            values = row.values if row else {}
            name = values.get("name") or (stored.name if stored else "")
            aliases = values.get("aliases")
            if aliases is None:
                aliases = [alias.name for alias in stored.aliases.all()] if stored else []
            for one in {name, *aliases}:
                found.setdefault(tidy(one), []).append(code)
        return found

    def _check_rings(self) -> None:
        """No bureau stands below itself."""
        above = {code: _above(bureau) for code, bureau in self._stored.items()}
        for code, row in self._in_file.items():
            if "parent" in row.values:
                above[code] = self._names.get(tidy(row.values["parent"] or ""), "")
        for code, row in self._in_file.items():
            seen, at = {code}, above.get(code, "")
            while at and at not in seen:
                seen.add(at)
                at = above.get(at, "")
            if at == code:
                self._sheet.refuse(
                    row,
                    "parent",
                    _("This bureau would stand below itself."),
                    _("Name another bureau above it."),
                )

    def _plan_row(self, row: Row) -> None:
        values, code = row.values, row.values.get("code") or ""
        stored = self._stored.get(code)
        parent = self._parent(row)
        merged_into, merged_on = self._merger(row, stored)
        fields, changes = self._fields(values, stored)
        moves = stored is not None and parent is not None and parent != _above(stored)
        if stored is not None and moves:
            region = self._region.short_name
            changes.append(self._sheet.change("parent", str(stored.parent), values["parent"] or region))
        if stored is not None:
            changes += self._renamed(stored, values.get("aliases"))
        if merged_into:
            changes.append(self._merging(merged_into, merged_on))
        entry = BureauEntry(
            code=code,
            pk=stored.pk if stored else None,
            fields=tuple(fields.items()),
            parent=parent if stored is None or moves else None,
            aliases=values.get("aliases"),
            merged_into=merged_into,
            merged_on=merged_on,
            seen=trail.seen_as(stored, [*fields, *(["parent"] if moves else [])]) if stored else "",
        )
        self._sheet.add(
            row,
            code=code,
            title=values.get("name") or (stored.name if stored else ""),
            pk=stored.pk if stored else None,
            cells=self._shown(values),
            changes=changes,
            entry=entry,
        )

    def _shown(self, values: Mapping[str, Any]) -> tuple[str, str, str]:
        """Short name, kind and place of a new bureau."""
        kind = KINDS.get(values.get("kind") or Bureau.Kind.BUREAU, "")
        return values.get("short_name") or "", str(kind), values.get("parent") or self._region.short_name

    def _renamed(self, stored: Bureau, aliases: tuple[str, ...] | None) -> list[Change]:
        """How the other names differ; a file without the column leaves them as they are."""
        have = sorted(alias.name for alias in stored.aliases.all())
        if aliases is None or have == sorted(aliases):
            return []
        return [self._sheet.change("aliases", listed(have), listed(sorted(aliases)))]

    def _parent(self, row: Row) -> str | None:
        """The code of the bureau above, "" for the region; None where the file does not say."""
        if "parent" not in row.values:
            return None if row.values.get("code") in self._stored else ""
        text = row.values["parent"]
        if not text:
            return ""
        found = self._names.get(tidy(text))
        if found is None:
            self._unknown(row, "parent", text)
        return found

    def _unknown(self, row: Row, field: str, text: str) -> None:
        reason = _("No bureau is called “%(name)s”.") % {"name": text}
        self._sheet.refuse(
            row, field, reason, _("Write its code or its name as it stands here or in this file.")
        )

    def _merger(self, row: Row, stored: Bureau | None) -> tuple[str, datetime.date | None]:
        """The code of the bureau into which this one is to be merged, and the day; "" where that stays as it is."""
        if not self._sheet.has("merged_into"):
            return "", None
        text, day = row.values.get("merged_into") or "", row.values.get("merged_on")
        into = self._names.get(tidy(text)) if text else None
        have = stored.merged_into if stored is not None else None
        if have is not None:
            same = stored is not None and (not text or text in {have.code, have.name, have.short_name})
            if not text or not same or (day is not None and stored is not None and day != stored.merged_on):
                self._sheet.refuse(
                    row, "merged_into", _("This bureau was merged already; a file does not change that."),
                    _("Leave the cells as the export has them; the bureau's page takes a merger back."),
                )  # fmt: skip
            return "", None
        if not text:
            if day is not None:
                self._sheet.refuse(
                    row, "merged_on", _("The day of a merger, and no bureau."), _("Fill in both, or none.")
                )
            return "", None
        if into is None or into == "" or into == row.values.get("code"):
            self._unknown(row, "merged_into", text)
            return "", None
        if stored is None:
            self._sheet.refuse(
                row, "merged_into", _("A new bureau is not merged at once."), _("Leave the row out.")
            )
        elif day is None:
            self._sheet.refuse(
                row, "merged_on", _("The day of the merger is missing."), _("Write it as 2021-06-30.")
            )
        return into, day

    def _merging(self, into: str, day: datetime.date | None) -> Change:
        other = self._stored.get(into)
        words = f"{other.short_name if other else into} {days.iso(day) if day else ''}".strip()
        return self._sheet.change("merged_into", "", words, _("its names become names of that bureau"))

    def _fields(
        self, values: Mapping[str, Any], stored: Bureau | None
    ) -> tuple[dict[str, Any], list[Change]]:
        """The plain fields to be written, and how they differ from what is stored."""
        fields: dict[str, Any] = {}
        changes: list[Change] = []
        for name in ("name", "short_name", "kind", "position"):
            value = values.get(name)
            if name not in values or value in ("", None):
                continue
            old = getattr(stored, name) if stored else None
            if stored is None or old != value:
                fields[name] = value
            if stored is not None and old != value:
                changes.append(self._sheet.change(name, _words(name, old), _words(name, value)))
        if stored is None:
            fields.setdefault("short_name", (values.get("name") or "")[:40])
        return fields, changes


def _above(bureau: Bureau) -> str:
    """The code of the bureau above, "" for the region."""
    return bureau.parent.code if bureau.parent is not None and bureau.parent.region_id else ""


def _words(name: str, value: Any) -> str:
    return str(KINDS.get(value, value)) if name == "kind" else str(value)
