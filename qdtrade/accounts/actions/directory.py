"""Keeping the directory: how people are called, and the bureaus of a region with their other names."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from qdtrade.audit import trail

from .. import rules
from ..models import Bureau, BureauAlias, User
from .access import change_contact
from .people import add_alias, create_bureau

BUREAU_FIELDS = ("code", "name", "short_name", "kind", "parent", "position")
"""What may be changed of a bureau; a region keeps its kind and stands below nothing."""


def edit_person(user: User, fields: dict[str, Any], *, by: Any, seen: str = "") -> User:
    """Another name, mail address or telephone number; of the last two the record says only that they changed."""
    by.forget()
    rules.looks_after(user, by)
    with trail.unit():
        fresh = trail.lock(user)
        trail.refuse_changed(fresh, fields, seen)
        trail.change(fresh, {"name": fields["name"]}, by=by, acting=rules.capacity(user, by))
        return change_contact(user, by=by, email=fields["email"], phone=fields["phone"])


def add_bureau(code: str, *, by: Any, name: str, short_name: str, parent: Bureau | None,
               kind: str = Bureau.Kind.BUREAU, position: int = 0, aliases: Iterable[str] = ()) -> Bureau:  # fmt: skip
    """A new bureau with its other names, or a new region where nothing stands above it."""
    by.forget()
    acting = rules.keeps_bureaus(parent.root_id if parent else None, by)
    if parent is not None and kind == Bureau.Kind.REGION:
        raise ValidationError({"kind": _("A region stands below nothing.")})
    with trail.unit():
        _refuse_taken(parent.root_id if parent else None, None, code, name)
        made = create_bureau(
            code, by=by, name=name, short_name=short_name, parent=parent, kind=kind, position=position,
            acting=acting,
        )  # fmt: skip
        _set_aliases(made, aliases, by, acting)
        return made


def edit_bureau(
    bureau: Bureau, fields: dict[str, Any], *, by: Any, aliases: Iterable[str] | None = None, seen: str = ""
) -> Bureau:
    """Change a bureau, and its other names to just these; what stands below it goes with it to another place."""
    by.forget()
    acting = rules.keeps_bureaus(bureau.root_id, by)
    unknown = fields.keys() - set(BUREAU_FIELDS)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        # One move in a region after the other, so that no two make a ring.
        trail.lock(Bureau.objects.get(pk=bureau.root_id))
        fresh = trail.lock(bureau)
        trail.refuse_changed(fresh, fields, seen)
        _refuse_region(fresh, fields)
        _refuse_taken(fresh.region_id, fresh.pk, fields.get("code", ""), fields.get("name", ""))
        before = fresh.path
        changed = trail.change(fresh, fields, by=by, acting=acting)
        move_below(changed, before)
        if aliases is not None:
            _set_aliases(changed, aliases, by, acting)
        return changed


def remove_alias(alias: BureauAlias, *, by: Any) -> None:
    """A name under which files no longer find the bureau."""
    by.forget()
    acting = rules.keeps_bureaus(alias.region_id, by)
    with trail.unit():
        trail.delete(trail.lock(alias), by=by, acting=acting)


def _refuse_region(bureau: Bureau, fields: dict[str, Any]) -> None:
    """Raises ValidationError where a region would become a bureau, or a bureau a region."""
    is_region = bureau.kind == Bureau.Kind.REGION
    if is_region and fields.get("parent") is not None:
        raise ValidationError({"parent": _("A region stands below nothing.")})
    if not is_region and "parent" in fields and fields["parent"] is None:
        raise ValidationError({"parent": _("Choose the bureau or the region above.")})
    if "kind" in fields and is_region != (fields["kind"] == Bureau.Kind.REGION):
        raise ValidationError({"kind": _("A region stays a region, and nothing else becomes one.")})


def _refuse_taken(region_id: int | None, own: int | None, code: str, name: str) -> None:
    """Raises ValidationError that names the field whose value another bureau of the region has."""
    others = Bureau.objects.filter(region_id=region_id).exclude(pk=own or 0)
    if code and others.filter(code=code).exists():
        raise ValidationError({"code": _("Another bureau has this code.")})
    aliases = BureauAlias.objects.filter(region_id=region_id, name=name).exclude(bureau_id=own or 0)
    if name and (others.filter(name=name).exists() or aliases.exists()):
        raise ValidationError({"name": _("Another bureau has this name.")})


def move_below(bureau: Bureau, before: str) -> None:
    """The paths of a bureau that moved and of everything below it; they follow from the bureaus above."""
    above = bureau.parent.path if bureau.parent else "/"
    now = f"{above}{bureau.pk}/"
    if now == before:
        return
    rest = Substr("path", len(before) + 1)
    below = Bureau.objects.filter(path__startswith=before)
    below.update(path=Concat(Value(now), rest, output_field=TextField()))
    bureau.path = now


def _set_aliases(bureau: Bureau, names: Iterable[str], by: Any, acting: trail.Acting | None) -> None:
    """Exactly these other names, in one act."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    have = {alias.name: alias for alias in bureau.aliases.order_by("pk")}
    for name in have.keys() - set(wanted):
        trail.delete(trail.lock(have[name]), by=by, acting=acting)
    for name in wanted:
        if name not in have:
            _refuse_alias(bureau, name)
            add_alias(bureau, name, by=by, acting=acting)


def _refuse_alias(bureau: Bureau, name: str) -> None:
    taken = BureauAlias.objects.filter(region_id=bureau.root_id, name=name).select_related("bureau").first()
    if taken is not None and taken.bureau_id != bureau.pk:
        words = _("“%(name)s” is another name of %(bureau)s already.")
        raise ValidationError({"aliases": words % {"name": name, "bureau": taken.bureau}})
