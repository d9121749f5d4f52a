"""Bureaus and people as files, in the columns that their import reads; never a password, and no contact of somebody
whom the reader does not look after.
"""

from typing import Any

from django.db.models import F, QuerySet

from qdtrade.accounts.models import Bureau, User
from qdtrade.accounts.rules import keeps_contact
from qdtrade.errors import NotAllowed
from qdtrade.programmes.exports import Column, Table
from qdtrade.programmes.models import Export, Membership, Programme, Role

from .bureau_file import SEPARATOR
from .bureau_file import TABLE as BUREAUS
from .person_file import TABLE as PEOPLE


def bureau_table(programme: Programme, user: Any) -> Table:
    """The bureaus of the programme's region, the merged ones among them."""
    rows = Bureau.objects.visible_to(user).filter(region=programme.region_id)
    rows = rows.select_related("parent", "region", "merged_into").prefetch_related("aliases")
    heading = BUREAUS.columns
    columns = [
        Column(heading["code"], lambda one: one.code, 16),
        Column(heading["name"], lambda one: one.name, 36),
        Column(heading["short_name"], lambda one: one.short_name, 20),
        Column(heading["kind"], lambda one: one.get_kind_display()),
        Column(heading["parent"], lambda one: one.parent.name, 30),
        Column(heading["position"], lambda one: one.position, 8),
        Column(heading["aliases"], _aliases, 40),
        Column(heading["merged_into"], lambda one: one.merged_into.name if one.merged_into else None, 30),
        Column(heading["merged_on"], lambda one: one.merged_on),
    ]
    return Table(Export.What.BUREAUS, rows.in_order(), columns)


def _aliases(bureau: Bureau) -> str:
    return SEPARATOR.join(sorted(alias.name for alias in bureau.aliases.all()))


def people_rows(programme: Programme, user: Any) -> QuerySet[Membership]:
    """The roles in the programme that people hold in their own name, those that ended among them."""
    rows = Membership.objects.visible_to(user).filter(programme=programme, deputy_of=None)
    rows = rows.filter(user__in=User.objects.visible_to(user)).exclude(role=Role.TIMER)
    rows = rows.select_related("user", "bureau", "programme").prefetch_related("user__memberships")
    return rows.order_by(F("user__username"), "starts_on", "pk")


def people_table(programme: Programme, user: Any) -> Table:
    """The people of the programme: a row is one role of one person."""

    def contact(of: User, name: str) -> str:
        try:
            keeps_contact(of, user)
        except NotAllowed:
            return ""
        return str(getattr(of, name))

    heading = PEOPLE.columns
    columns = [
        Column(heading["username"], lambda one: one.user.username, 18),
        Column(heading["name"], lambda one: one.user.name, 12),
        Column(heading["email"], lambda one: contact(one.user, "email"), 26),
        Column(heading["phone"], lambda one: contact(one.user, "phone"), 16),
        Column(heading["bureau"], lambda one: one.bureau.name if one.bureau else None, 30),
        Column(heading["role"], lambda one: one.get_role_display(), 12),
        Column(heading["starts_on"], lambda one: one.starts_on),
        Column(heading["ends_on"], lambda one: one.ends_on),
    ]
    return Table(Export.What.PEOPLE, people_rows(programme, user), columns)
