"""Views of lists: kept under a name, opened, shared with the programme, let go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qdtrade.errors import NotAllowed
from qdtrade.lists import page_of
from qdtrade.web import done

from .. import actions, current, rules
from ..columns import SHOW
from ..listing import LISTINGS, Listing, address, broken, query_of, refuse_broken
from ..models import Programme, SavedView

ACTS = ("rename", "update", "share", "unshare", "default", "no_default", "delete")


class NameForm(forms.Form):
    """What a view is called."""

    name = forms.CharField(max_length=60)


def _listing(name: str) -> Listing:
    if name not in LISTINGS:
        raise Http404
    return LISTINGS[name]


def _views(request: HttpRequest) -> Any:
    return SavedView.objects.visible_to(request.user).select_related("programme", "owner")


@require_GET
def view_list(request: HttpRequest) -> HttpResponse:
    """One's own views and those that the programme shares."""
    programme = current.current_programme(request)
    rows = _views(request).filter(programme=programme, listed__in=LISTINGS)
    page = page_of(request, rows.prefetch_related("defaults").in_order())
    context = {"programme": programme, "page": page, "rows": [_row(request, view) for view in page]}
    return render(request, "programmes/views.html", context)


def _row(request: HttpRequest, view: SavedView) -> dict[str, Any]:
    try:
        rules.keeps_view(view, request.user)
        keeps = True
    except NotAllowed:
        keeps = False
    return {
        "view": view,
        "label": LISTINGS[view.listed].label,
        "keeps": keeps,
        "is_mine": view.owner_id == request.user.pk,
        "is_usual": any(one.user_id == request.user.pk for one in view.defaults.all()),
    }


@require_GET
def view_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as the view has it; what of it means nothing any more is left out, and said."""
    view = get_object_or_404(_views(request), pk=pk)
    listing = _listing(view.listed)
    wrong = broken(listing, view.query, request)
    if wrong:
        words = _(
            "“%(view)s” is shown without %(names)s.\nIt was saved when the list had other filters, or names what "
            "you may not see. Save it again as it is now, or delete it."
        )
        named = ", ".join(_name_of(listing, name) for name in wrong)
        messages.warning(request, words % {"view": view.name, "names": named})
    return redirect(address(listing, view, without=wrong))


def _name_of(listing: Listing, name: str) -> str:
    """A filter as the list calls it."""
    if name == SHOW:
        return _("its columns")
    known = listing.filters.base_filters.get(name)
    return f"“{known.label if known is not None and known.label else name}”"


@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows now; back to it, with the view's name."""
    programme = current.current_programme(request)
    listing = _listing(request.POST.get("listed", ""))
    query = query_of(QueryDict(request.POST.get("query", "")))
    refuse_broken(listing, query, request)
    shared = bool(request.POST.get("shared"))
    name = _name(request)
    view = actions.save_view(
        programme, listing.name, by=request.user, name=name, query=query, is_shared=shared
    )
    if request.POST.get("default"):
        actions.set_default_view(view, by=request.user)
    words = _("“%(view)s” is kept.") if not shared else _("“%(view)s” is kept and shared with the programme.")
    messages.success(request, words % {"view": view.name})
    return redirect(address(listing, view))


def _name(request: HttpRequest) -> str:
    form = NameForm(request.POST)
    if not form.is_valid():
        raise ValidationError({"name": [_("Give the view a name of at most 60 characters.")]})
    name: str = form.cleaned_data["name"]
    return name


@require_POST
def view_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one thing with a view."""
    if act not in ACTS:
        raise Http404
    view = get_object_or_404(_views(request), pk=pk)
    words = _do(request, view, act)
    return done(request, words % {"view": view.name}, _address(view.programme))


def _do(request: HttpRequest, view: SavedView, act: str) -> str:
    by = request.user
    if act == "delete":
        actions.delete_view(view, by=by)
        return _("“%(view)s” is deleted.")
    if act in {"default", "no_default"}:
        actions.set_default_view(view, by=by, wanted=act == "default")
        return (
            _("The list opens in “%(view)s” from now on.") if act == "default" else _("The list opens whole.")
        )
    fields, words = _edit(request, view, act)
    actions.edit_view(view, fields, by=by)
    return words


def _edit(request: HttpRequest, view: SavedView, act: str) -> tuple[dict[str, Any], str]:
    if act == "rename":
        return {"name": _name(request)}, _("“%(view)s” has another name now.")
    if act == "update":
        query = query_of(QueryDict(request.POST.get("query", "")))
        refuse_broken(_listing(view.listed), query, request)
        return {"query": query}, _("“%(view)s” is kept as it is now.")
    if act == "share":
        return {"is_shared": True}, _(
            "Every member of the programme finds “%(view)s” now, and sees their own rows in it."
        )
    return {"is_shared": False}, _("“%(view)s” is your own again.")


def _address(programme: Programme) -> str:
    return f"{reverse('view_list')}?programme={programme.code}"
