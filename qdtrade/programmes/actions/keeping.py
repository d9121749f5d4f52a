"""Keeping views of lists."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail

from .. import rules
from ..models import DefaultView, Programme, SavedView

MOST_VIEWS = 50
"""Of one list, for one person: a list of views is read at a glance."""

FIELDS = ("name", "query", "is_shared")


def save_view(programme: Programme, listed: str, *, by: Any, name: str, query: str,
              is_shared: bool = False) -> SavedView:  # fmt: skip
    """Keep a view under a name; one's own of this name becomes what it is now."""
    by.forget()
    acting = rules.reads(programme.pk, by)
    name = name.strip()
    with trail.unit():
        trail.lock(by)  # the same name twice at once is one view
        mine = SavedView.objects.of_list(programme, listed).filter(owner=by)
        known = mine.filter(name=name).first()
        if known is not None:
            return trail.change(known, {"query": query, "is_shared": is_shared}, by=by, acting=acting)
        if mine.count() >= MOST_VIEWS:
            words = _("You keep %(most)d views of this list already. Delete one first.")
            raise ValidationError({"name": words % {"most": MOST_VIEWS}})
        view = SavedView(
            programme=programme, owner=by, listed=listed, name=name, query=query, is_shared=is_shared
        )
        return trail.create(view, by=by, acting=acting)


def edit_view(view: SavedView, fields: dict[str, Any], *, by: Any) -> SavedView:
    """Another name, other filters, shared or no longer; whoever opened it in their list by default loses it then."""
    by.forget()
    acting = rules.keeps_view(view, by)
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        fresh = trail.lock(view)
        taken = SavedView.objects.of_list(fresh.programme, fresh.listed).filter(owner=fresh.owner_id)
        if taken.filter(name=fields.get("name", "")).exclude(pk=fresh.pk).exists():
            raise ValidationError({"name": _("Another of your views of this list has this name.")})
        changed = trail.change(fresh, fields, by=by, acting=acting)
        if not changed.is_shared:
            DefaultView.objects.filter(view=changed).exclude(user=changed.owner_id).delete()
        return changed


def delete_view(view: SavedView, *, by: Any) -> None:
    """A view that nobody needs any more; lists that opened in it open whole again."""
    by.forget()
    acting = rules.keeps_view(view, by)
    with trail.unit():
        fresh = trail.lock(view)
        DefaultView.objects.filter(view=fresh).delete()
        trail.delete(fresh, by=by, acting=acting)


def set_default_view(view: SavedView, *, by: Any, wanted: bool = True) -> None:
    """Let one's own list open in this view, or no longer; a preference, not recorded."""
    by.forget()
    rules.reads(view.programme_id, by)
    with trail.unit():
        trail.lock(by)
        mine = DefaultView.objects.filter(user=by, programme=view.programme_id, listed=view.listed)
        mine.delete()
        if wanted:
            DefaultView.objects.create(user=by, programme=view.programme, listed=view.listed, view=view)
