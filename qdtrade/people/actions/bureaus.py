"""Writing the bureaus of a file: all of them or nothing, by the actions that make and change one."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.accounts.actions import add_bureau, edit_bureau, merge_bureau
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.imports.kinds import Progress

from ..bureau_file import BureauEntry


def write_bureaus(
    entries: Sequence[BureauEntry], region: Bureau, *, by: Any, file: str, progress: Progress
) -> None:
    """Make and change bureaus, those above first, then merge; a bureau that changed meanwhile stops everything."""
    with trail.unit():
        made = {bureau.code: bureau for bureau in Bureau.objects.filter(region=region).order_by("pk")}
        ordered = _above_first([entry for entry in entries if entry.pk is None], set(made))
        ordered += [entry for entry in entries if entry.pk is not None]
        for number, entry in enumerate(ordered, 1):
            above = made.get(entry.parent, region) if entry.parent is not None else None
            made[entry.code] = _written(entry, made.get(entry.code), above, by)
            progress(number, len(ordered))
        for entry in entries:
            if entry.merged_into and entry.merged_on:
                old, new = made[entry.code], made[entry.merged_into]
                merge_bureau(old, new, by=by, merged_on=entry.merged_on, comment=file)


def _written(entry: BureauEntry, stored: Bureau | None, above: Bureau | None, by: Any) -> Bureau:
    fields = dict(entry.fields)
    if entry.pk is None:
        if stored is not None:
            raise Stale(_("Somebody else changed the bureaus in the meantime. Look at it again."))
        return add_bureau(entry.code, by=by, parent=above, aliases=entry.aliases or (), **fields)
    if stored is None:
        raise Stale(_("Somebody else changed the bureaus in the meantime. Look at it again."))
    if above is not None:
        fields["parent"] = above
    return edit_bureau(stored, fields, by=by, aliases=entry.aliases, seen=entry.seen)


def _above_first(entries: list[BureauEntry], known: set[str]) -> list[BureauEntry]:
    """In an order in which the bureau above is there before the ones below it; the plan has refused rings."""
    ordered: list[BureauEntry] = []
    left = list(entries)
    while left:
        ready = [one for one in left if not one.parent or one.parent in known]
        if not ready:
            return ordered + left
        ordered += ready
        known |= {one.code for one in ready}
        left = [one for one in left if one not in ready]
    return ordered
