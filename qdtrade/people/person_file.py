"""People and their roles as a file has them, beside those of a programme: a row is one role of one person.

Reads the database, changes nothing. What may not be written is refused here by the rules that the actions ask too.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy, gettext_noop

from qdtrade import clock
from qdtrade.accounts.models import Bureau, User
from qdtrade.accounts.rules import looks_after
from qdtrade.errors import NotAllowed
from qdtrade.imports.reading import cells, flat
from qdtrade.imports.reading.directory import Directory
from qdtrade.imports.reading.findings import Unreadable
from qdtrade.imports.reading.flat import Field, Row, Sheet, Table
from qdtrade.imports.reading.plan import Change
from qdtrade.imports.reading.said import said as _
from qdtrade.programmes.models import Membership, Programme, Role
from qdtrade.programmes.models.membership import OF_A_BUREAU
from qdtrade.tables import Cell, Workbook
from qdtrade.templatetags import days

ROLES = {code: words for code, words in Role.choices if code != Role.TIMER}
ROLE_SYNONYMS = {
    "填报员": "staff", "联络员": "staff", "负责人": "head", "单位领导": "head", "审核员": "manager",
    "试点办": "manager", "审计员": "auditor", "管理员": "admin",
}  # fmt: skip
CONTACT = ("email", "phone")


def _account(cell: Cell) -> str:
    found = cells.limited(cells.one_line(cells.text_of(cell)).removesuffix(".0"), 60)
    try:
        UnicodeUsernameValidator()(found or "x")
    except ValidationError:
        raise Unreadable(
            _("“%(account)s” cannot be an account.") % {"account": found},
            _("Use letters, figures and . _ - @ + only."),
        ) from None
    return found


def _mail(cell: Cell) -> str:
    found = cells.limited(cells.one_line(cells.text_of(cell)), 254)
    try:
        if found:
            validate_email(found)
    except ValidationError:
        raise Unreadable(
            _("This is no mail address."), _("Write it as name@example.org, or leave it empty.")
        ) from None
    return found


TABLE = Table(
    fields=(
        Field(
            "username",
            gettext_lazy("Account"),
            "账号 用户名 登录名 account username user",
            _account,
            is_needed=True,
        ),
        Field("name", gettext_lazy("Full name"), "姓名 名字 人员 name fullname", flat.text(60)),
        Field("email", gettext_lazy("Mail"), "邮箱 电子邮箱 邮件 email mail", _mail),
        Field(
            "phone",
            gettext_lazy("Telephone"),
            "电话 手机 手机号 联系电话 phone telephone mobile",
            flat.text(30),
        ),
        Field("bureau", gettext_lazy("Bureau"), "单位 所属单位 部门 bureau office", flat.text(100)),
        Field("role", gettext_lazy("Role"), "角色 职责 身份 role", flat.choice(ROLES, ROLE_SYNONYMS)),
        Field("starts_on", gettext_lazy("From"), "起 自 开始 起始日期 任职日期 from start", flat.day),
        Field("ends_on", gettext_lazy("To"), "止 至 结束 截止日期 离任日期 to end until", flat.day),
    ),
    keys=frozenset({"username", "role"}),
    nothing=(
        gettext_noop("No row of %(file)s looks like the headings of a list of people."),
        gettext_noop("The headings must name the account (账号) and the role (角色)."),
    ),
    another=(
        gettext_noop("This sheet looks like a list of people too; it is not read."),
        gettext_noop("Put everybody into one sheet, or read that sheet from a file of its own."),
    ),
)


@dataclass(frozen=True)
class PersonEntry:
    """What a row would write: a new person or new fields of one, a new role, or the end of one.

    `bureau` is None for a role without one; `ends` is the membership that ends on `ends_on`.
    """

    username: str
    pk: int | None
    fields: tuple[tuple[str, str], ...]
    gives: bool
    role: str
    bureau: int | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    ends: int | None = None


def read_people(book: Workbook, programme: Programme, chosen: Mapping[str, str], *, by: Any) -> Sheet:
    """What the file would do to the people of a programme, if this person imports it. Raises Unreadable."""
    sheet = flat.read_sheet(book, TABLE, chosen)
    _Reader(sheet, programme, by).plan()
    return sheet


@dataclass
class _Term:
    """A role from a day to a day, stored or to be given."""

    role: str
    bureau: int | None
    starts_on: datetime.date
    ends_on: datetime.date | None
    membership: Membership | None = None

    def meets(self, other: "_Term") -> bool:
        """Whether both hold on some day."""
        first_ends = self.ends_on is None or self.ends_on >= other.starts_on
        return first_ends and (other.ends_on is None or other.ends_on >= self.starts_on)


class _Reader:
    """One file on its way to a plan."""

    def __init__(self, sheet: Sheet, programme: Programme, by: Any) -> None:
        self._sheet, self._programme, self._by = sheet, programme, by
        self._today = clock.today()
        self._directory = Directory(programme.region)
        # What was merged keeps the roles that it had, by its own names.
        merged = Bureau.objects.filter(region=programme.region_id, merged_into__isnull=False).order_by("pk")
        self._merged = {name: bureau for bureau in merged for name in (bureau.short_name, bureau.name)}
        names = {row.values["username"] for row in sheet.rows if row.values.get("username")}
        people = User.objects.filter(username__in=names).prefetch_related("memberships__bureau")
        self._people = {person.username: person for person in people.order_by("pk")}
        self._visible = set(
            User.objects.visible_to(by).filter(username__in=names).values_list("pk", flat=True)
        )
        self._terms = {name: self._stored_terms(person) for name, person in self._people.items()}
        self._given: dict[str, dict[str, str]] = {}
        self._shown: set[int] = set()

    def _stored_terms(self, person: User) -> list[_Term]:
        return [
            _Term(row.role, row.bureau_id, row.starts_on, row.ends_on, row)
            for row in sorted(person.memberships.all(), key=lambda one: one.pk)
            if row.programme_id == self._programme.pk and row.deputy_of_id is None
        ]

    def plan(self) -> None:
        for row in self._sheet.rows:
            self._plan_row(row)
        held = Membership.objects.filter(programme=self._programme, deputy_of=None, user__is_service=False)
        self._sheet.not_in_file = held.exclude(pk__in=self._shown).count()

    def _plan_row(self, row: Row) -> None:
        values = row.values
        name = values.get("username") or ""
        person = self._people.get(name)
        fields, changes = self._person(row, name, person)
        bureau = self._bureau(row)
        term, entry_term, ends = self._term(row, name, person, bureau, changes)
        shown = (
            str(ROLES.get(values.get("role") or "", "")),
            str(bureau or ""),
            days.iso(entry_term.starts_on) if entry_term else "",
        )
        entry = PersonEntry(
            username=name,
            pk=person.pk if person else None,
            fields=tuple(fields.items()),
            gives=entry_term is not None,
            role=values.get("role") or "",
            bureau=bureau.pk if bureau else None,
            starts_on=entry_term.starts_on if entry_term else None,
            ends_on=values.get("ends_on"),
            ends=ends,
        )
        if entry_term is not None and person is not None:
            shown = (
                *shown[:2],
                " ".join([shown[2], *(f"{one.heading} {one.old} → {one.new}" for one in changes)]),
            )
        stored = term.membership if term is not None else None
        self._sheet.add(
            row,
            code=name,
            title=values.get("name") or (person.name if person else ""),
            pk=None if stored is None else stored.pk,
            cells=shown,
            changes=[] if entry_term is not None else changes,
            entry=entry,
        )

    # The person -------------------------------------------------------------------------------------------------------

    def _person(self, row: Row, name: str, person: User | None) -> tuple[dict[str, str], list[Change]]:
        """The person's fields to be written: all of a new one with its first row, else those that differ."""
        if not name:
            return {}, []
        if person is None:
            return self._new_person(row, name), []
        if person.is_service or person.pk not in self._visible:
            self._sheet.refuse(
                row, "username", _("This account exists already, and it is not one of your programme's."),
                _("Use another account, or ask the server's administrator."),
            )  # fmt: skip
            return {}, []
        fields: dict[str, str] = {}
        changes: list[Change] = []
        for field in ("name", *CONTACT):
            if field in row.values and not (field == "name" and not row.values[field]):
                self._compare(row, field, person, fields, changes)
        return fields, changes

    def _new_person(self, row: Row, name: str) -> dict[str, str]:
        given = {field: row.values.get(field) or "" for field in ("name", *CONTACT)}
        before = self._given.get(name)
        if before is not None:
            for field, value in given.items():
                if value and value != before[field]:
                    self._differs(row, field)
            return {}
        if not given["name"]:
            self._sheet.refuse(row, "name", _("A new person needs a name."), _("Fill in the full name."))
        self._given[name] = given
        return given

    def _compare(
        self, row: Row, field: str, person: User, fields: dict[str, str], changes: list[Change]
    ) -> None:
        value, old = row.values[field] or "", getattr(person, field)
        before = self._given.setdefault(person.username, {})
        if field in before:
            if value != before[field]:
                self._differs(row, field)
            return
        refusal = self._may_not_edit(person)
        if field in CONTACT and refusal and not value:
            return
        before[field] = value
        if value == old:
            return
        if refusal:
            self._sheet.refuse(row, field, refusal, _("Leave the cell as the export has it."))
            return
        fields[field] = value
        changes.append(self._sheet.change(field, old, value))

    def _differs(self, row: Row, field: str) -> None:
        self._sheet.refuse(
            row,
            field,
            _("Another row of this person has it otherwise."),
            _("Write it alike in all rows, or once."),
        )

    def _may_not_edit(self, person: User) -> str:
        """Why the importer may not change how this person is called and reached."""
        try:
            looks_after(person, self._by)
        except NotAllowed as refusal:
            return str(refusal)
        return ""

    # The role ---------------------------------------------------------------------------------------------------------

    def _bureau(self, row: Row) -> Bureau | None:
        text = row.values.get("bureau") or ""
        if not text:
            if row.values.get("role") in OF_A_BUREAU:
                self._sheet.refuse(
                    row, "bureau", _("This role needs a bureau."), _("Name the person's bureau.")
                )
            return None
        started = row.values.get("starts_on")
        merged = self._merged.get(text)
        if merged is not None and started is not None and not merged.is_merged_on(started):
            return merged
        found = self._directory.find(text)
        if found is None:
            near = self._directory.nearest(text)
            cure = _("Write its name as it stands here, or import the bureaus first.")
            reason = _("No bureau is called “%(name)s”.") % {"name": text}
            self._sheet.refuse(row, "bureau", reason, cure, str(near or ""))
        return found

    def _term(
        self, row: Row, name: str, person: User | None, bureau: Bureau | None, changes: list[Change]
    ) -> tuple[_Term | None, _Term | None, int | None]:
        """The stored term that the row means, the new one it gives, and the membership that it ends."""
        role = row.values.get("role") or ""
        if not role:
            if "role" in row.values and not row.refusals:
                self._sheet.refuse(
                    row, "role", _("The role is empty."), _("A row is one role of one person.")
                )
            return None, None, None
        terms = self._terms.setdefault(name, [])
        starts, ends = row.values.get("starts_on"), row.values.get("ends_on")
        stored = self._same(terms, role, bureau, starts)
        if stored is not None:
            return stored, None, self._end(row, stored, ends, person, changes)
        given = _Term(role, bureau.pk if bureau else None, starts or self._today, ends)
        self._check_new(row, given, terms, person)
        terms.append(given)
        return None, given, None

    def _same(
        self, terms: list[_Term], role: str, bureau: Bureau | None, starts: datetime.date | None
    ) -> _Term | None:
        """The stored term of this role that begins on the day, or where no day is given the one that holds or comes."""
        own = [
            one
            for one in terms
            if one.membership and one.role == role and one.bureau == (bureau.pk if bureau else None)
        ]
        if starts is not None:
            return next((one for one in own if one.starts_on == starts), None)
        return next((one for one in own if one.ends_on is None or one.ends_on >= self._today), None)

    def _end(
        self, row: Row, term: _Term, ends: datetime.date | None, person: User | None, changes: list[Change]
    ) -> int | None:
        membership = term.membership
        assert membership is not None
        self._shown.add(membership.pk)
        if "ends_on" not in row.values or ends == term.ends_on:
            return None
        if term.ends_on is not None and (ends is None or ends > term.ends_on):
            reason = _("This role ends on %(day)s; a file does not prolong it.") % {
                "day": days.iso(term.ends_on)
            }
            self._sheet.refuse(
                row, "ends_on", reason, _("Leave the day, and add a row that begins the day after.")
            )
            return None
        if ends is not None and ends < term.starts_on:
            self._before_start(row)
            return None
        self._refuse_self(row, person)
        changes.append(
            self._sheet.change("ends_on", days.iso(term.ends_on) if term.ends_on else "", days.iso(ends))
        )
        term.ends_on = ends
        return membership.pk

    def _check_new(self, row: Row, given: _Term, terms: list[_Term], person: User | None) -> None:
        self._refuse_self(row, person)
        if person is not None and not person.is_active:
            self._sheet.refuse(
                row, "username", _("The account is closed."), _("Open it on the person's page first.")
            )
        if given.ends_on is not None and given.ends_on < given.starts_on:
            self._before_start(row)
        for other in terms:
            if not given.meets(other):
                continue
            if (other.role, other.bureau) == (given.role, given.bureau):
                reason = _("The person holds this role from %(day)s already.") % {
                    "day": days.iso(other.starts_on)
                }
                self._sheet.refuse(row, "starts_on", reason, _("Write that day, or leave the row out."))
            elif given.role == other.role == Role.MANAGER and given.ends_on is None and other.ends_on is None:
                reason = _("A reviewer is of one bureau; the person reviews for another one already.")
                self._sheet.refuse(
                    row, "bureau", reason, _("End the other role first, or leave the row out.")
                )
            elif {given.role, other.role} == {Role.MANAGER, Role.AUDITOR}:
                self._sheet.refuse(
                    row,
                    "role",
                    _("A reviewer of a programme cannot be its auditor too."),
                    _("Leave one of the two."),
                )

    def _before_start(self, row: Row) -> None:
        reason = _("The end must not come before the start.")
        self._sheet.refuse(row, "ends_on", reason, _("Correct one of the two days."))

    def _refuse_self(self, row: Row, person: User | None) -> None:
        if person is not None and person.pk == self._by.pk:
            self._sheet.refuse(
                row, "username", _("Nobody may change their own roles."), _("Ask another administrator.")
            )
