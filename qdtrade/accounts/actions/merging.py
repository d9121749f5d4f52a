"""Bureaus that become one: the old one keeps its history, its names mean the new one."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import WrongState

from .. import rules
from ..models import Bureau, BureauAlias
from .directory import move_below
from .people import add_alias


def merge_bureau(
    bureau: Bureau, into: Bureau, *, by: Any, merged_on: datetime.date, comment: str, seen: str = ""
) -> Bureau:
    """Let a bureau go on as a part of another one from a day on, with a reason.

    Its names become other names of that one, and what stood below it stands below that one. What it owes is handed
    over by those who run the programmes. Raises ValidationError with the names `into`, `merged_on` and `comment`.
    """
    by.forget()
    acting = rules.keeps_bureaus(bureau.root_id, by)
    comment = keepable(comment)
    if not comment.strip():
        raise ValidationError({"comment": _("Please give a reason.")})
    with trail.unit():
        # One change of the tree of a region after the other, so that no two make a ring.
        trail.lock(Bureau.objects.get(pk=bureau.root_id))
        locked = {one.pk: trail.lock(one) for one in sorted((bureau, into), key=lambda one: one.pk)}
        old, new = locked[bureau.pk], locked[into.pk]
        trail.refuse_changed(old, ("name", "short_name"), seen)
        rules.may_merge(old, new)
        fields = {"merged_into": new, "merged_on": merged_on}
        merged = trail.change(old, fields, by=by, acting=acting, action="merge", comment=comment)
        _hand_names(merged, new, by, acting, comment)
        _hand_below(merged, new, by, acting, comment)
        return merged


def unmerge_bureau(bureau: Bureau, *, by: Any, comment: str) -> Bureau:
    """Take back a merger that was a mistake, with a reason; what was handed over meanwhile is handed back by hand."""
    by.forget()
    acting = rules.keeps_bureaus(bureau.root_id, by)
    comment = keepable(comment)
    if not comment.strip():
        raise ValidationError({"comment": _("Please give a reason.")})
    with trail.unit():
        trail.lock(Bureau.objects.get(pk=bureau.root_id))
        fresh = trail.lock(bureau)
        if fresh.merged_into_id is None:
            raise WrongState(_("%(bureau)s has not been merged.") % {"bureau": fresh})
        own = BureauAlias.objects.filter(region_id=fresh.root_id, name__in=[fresh.name, fresh.short_name])
        for alias in own.exclude(bureau=fresh).order_by("pk"):
            trail.delete(trail.lock(alias), by=by, acting=acting, comment=comment)
        fields = {"merged_into": None, "merged_on": None}
        return trail.change(fresh, fields, by=by, acting=acting, action="unmerge", comment=comment)


def _hand_names(old: Bureau, new: Bureau, by: Any, acting: Any, comment: str) -> None:
    """The names of the old bureau, and its other names, become other names of the new one."""
    names = [old.name, old.short_name]
    for alias in old.aliases.order_by("pk"):
        names.append(alias.name)
        trail.delete(trail.lock(alias), by=by, acting=acting, comment=comment)
    in_region = Bureau.objects.filter(region=old.region_id, merged_into=None)
    for name in dict.fromkeys(names):
        taken = in_region.filter(name=name).exists() or in_region.filter(short_name=name).exists()
        if not taken and not BureauAlias.objects.filter(region_id=old.root_id, name=name).exists():
            add_alias(new, name, by=by, acting=acting)


def _hand_below(old: Bureau, new: Bureau, by: Any, acting: Any, comment: str) -> None:
    for child in old.children.order_by("pk"):
        before = child.path
        moved = trail.change(child, {"parent": new}, by=by, acting=acting, comment=comment)
        move_below(moved, before)
