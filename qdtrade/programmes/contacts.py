"""Whom to ask in a bureau: its head and its reporters, with telephone and mail for those who may have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau

from .held import held_in
from .models import Membership, Programme, Role

REACHES_ALL = {Role.MANAGER, Role.ADMIN}
NAMES_ALL = {*REACHES_ALL, Role.AUDITOR}


@dataclass(frozen=True)
class Contact:
    """One person of a bureau; telephone and mail are empty for who may not have them."""

    name: str
    role: str
    phone: str
    email: str

    def __str__(self) -> str:
        named = self.name
        if self.role:
            named = _("%(name)s (%(role)s)") % {"name": self.name, "role": self.role}
        return " ".join(filter(None, (named, self.phone, self.email)))


def contacts(user: Any, programme: Programme, bureaus: Sequence[int]) -> dict[int, list[Contact]]:
    """The people of each of these bureaus, heads first; a bureau whose people this person may not know is left out.

    The pilot office and the administrators have telephone and mail of everybody, bureaus those of their own people and
    of bureaus below; auditors read names.
    """
    mine = held_in(user, programme.pk)
    roles = {m.role for m in mine}
    paths = [m.bureau.path for m in mine if m.bureau is not None and m.role in {Role.STAFF, Role.HEAD}]
    own = set(Bureau.objects.below(paths).filter(pk__in=bureaus).values_list("pk", flat=True))
    found: dict[int, dict[int, Contact]] = {pk: {} for pk in (bureaus if roles & NAMES_ALL else own)}
    rows = Membership.objects.of_bureaus(clock.today()).filter(programme=programme, bureau__in=list(found))
    rows = rows.select_related("user", "deputy_of__user").order_by("user__name", "pk")
    for m in sorted(rows, key=lambda m: (m.role != Role.HEAD, m.deputy_of_id is not None)):
        assert m.bureau_id is not None
        contact = _contact(m, reaches=bool(roles & REACHES_ALL) or m.bureau_id in own)
        found[m.bureau_id].setdefault(m.user_id, contact)
    return {bureau: list(people.values()) for bureau, people in found.items()}


def _contact(m: Membership, *, reaches: bool) -> Contact:
    """The person; the role is left out where the name says it."""
    role = _("deputy") if m.deputy_of_id else str(m.get_role_display())
    name = m.user.name
    phone, email = (m.user.phone, m.user.email) if reaches else ("", "")
    return Contact(name, "" if role in name else role, phone, email)
