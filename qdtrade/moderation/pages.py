"""The pages of one model in the administration: its list with acts, its form, its history.

Nothing is written here: a form gives its values to one Action, an act on rows is a move or an Action, and a refusal is
shown where the person is. No transaction is open around them: every act is a unit of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade.audit import history
from qdtrade.audit.words import KINDS
from qdtrade.errors import NotAllowed, Refusal, Stale, Words, refusal_of
from qdtrade.lists import page_of, query
from qdtrade.posted import number_of

from .acts import RowAct, asked_of
from .columns import columns, shown
from .forms import OpenedForm
from .rows import ListPage


@dataclass(frozen=True)
class Offered:
    """An act on the page of one row: open, or greyed with its reason."""

    name: str
    label: Words
    open: bool
    reason: str
    needs_comment: bool
    needs_day: bool
    url: str


class TrailAdmin(admin.ModelAdmin):
    """A model in the administration. What an app says of its rows, and which Action writes them, stands in its admin.

    Permissions do not come from Django's own: `get_queryset` begins at `visible_to`, and the rules decide the rest.
    """

    group: Words = ""
    """The heading of the menu under which the list stands."""
    label: Words = ""
    """The list's name in the menu and above it."""
    place = 0
    """Where the list stands in its group."""
    is_counted = True
    """Whether the menu says how many rows there are."""
    sentence: Words = ""
    """What a reader should know about the list."""
    filters: type[Any]
    """The FilterSet that page, API and export share."""
    pills: tuple[str, ...] = ()
    facets: Mapping[str, Words] = {}
    """Filters with few values, which stand at the side with their counts, and what each is called there."""
    search_hint: Words = ""
    search_name = "q"
    """The filter that the search box is."""
    link = ""
    """The column that leads to the row's page; the first one where it is empty."""
    of_programme = ""
    """The look-up that leads from a row to its programme; empty for rows that belong to none."""
    facts: tuple[str, ...] = ()
    """What the page of one row shows beside its form."""
    not_added: Words = ""
    """Why no row is added here, where that is so for everybody."""
    has_history = True
    """Whether what happened to a row is in the trail."""
    export = ""
    """The name of the address that hands the list out as a file."""
    add_form: type[OpenedForm] | None = None
    edit_form: type[OpenedForm] | None = None
    actions: Sequence[RowAct] = ()

    # What an app says -------------------------------------------------------------------------------------------------

    def may_add(self, request: HttpRequest) -> None:
        """Raises NotAllowed for a person who may not add a row."""
        raise NotAllowed(_("Nothing is added here."))

    def may_edit(self, request: HttpRequest, row: Any) -> None:
        """Raises NotAllowed or WrongState where this row is not this person's to change, or not now."""
        raise NotAllowed(_("Nothing is changed here by hand."))

    def add(self, request: HttpRequest, form: Any) -> Any:
        """Make a row by one Action, and return it."""
        raise NotImplementedError

    def edit(self, request: HttpRequest, row: Any, form: Any) -> Any:
        """Change a row by one Action, and return it."""
        raise NotImplementedError

    def row_name(self, row: Any) -> Any:
        """The row's name in results, with its marks."""
        return str(row)

    def row_title(self, row: Any) -> str:
        """The row's name as plain text: the title of its page."""
        return str(row)

    def page_url(self, row: Any) -> str:
        """The row's own page outside the administration, where it has one."""
        return ""

    def page_words(self) -> Words:
        """What the way to that page is called."""
        return _("Its page")

    def more(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What else the page of one row shows."""
        return {}

    def links(self, request: HttpRequest) -> list[tuple[str, Words]]:
        """Further ways on from the list, as address and words."""
        return []

    def act_choices(self, request: HttpRequest) -> list[tuple[str, str]]:
        """What an act with `needs_choice` chooses from: value and words."""
        return []

    def history_of(self, request: HttpRequest, row: Any) -> Any:
        """The events that the history of this row shows, newest first."""
        return history.of_object(row)

    def is_offered(self, request: HttpRequest) -> bool:
        """Whether the menu offers this list to the person: rows of a programme to those who have one."""
        return not self.of_programme or self.programme(request) is not None

    # Permissions ------------------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.add_form is not None and not refusal_of(lambda: self.may_add(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            self.edit_form is not None
            and obj is not None
            and not refusal_of(lambda: self.may_edit(request, obj))
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: people are deactivated, roles end, tasks are dropped; what may go has an Action of its own."""
        return False

    # Addresses --------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The list, and for one row its page, its history and the acts on it."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        found = [
            path("", self._door(self.changelist_view, posts=bool(self.actions)), name=f"{name}_changelist"),
            path(
                "<int:object_id>/",
                self._door(self.change_view, posts=self.edit_form is not None),
                name=f"{name}_change",
            ),
        ]
        if self.has_history:
            history_page = self._door(self.history_view, posts=False)
            found.append(path("<int:object_id>/history/", history_page, name=f"{name}_history"))
        if self.add_form is not None:
            found.append(path("add/", self._door(self.add_view, posts=True), name=f"{name}_add"))
        if self.actions:
            act = require_POST(self.admin_site.admin_view(self.do_view))
            found.append(path("<int:object_id>/do/<slug:act>/", act, name=f"{name}_do"))
        return found

    def _door(self, view: Callable[..., HttpResponse], *, posts: bool) -> Callable[..., HttpResponse]:
        """A view for those who may enter, by the methods that it answers."""
        methods = ["GET", "HEAD", "POST"] if posts else ["GET", "HEAD"]
        return require_http_methods(methods)(self.admin_site.admin_view(view))

    def address(self, view: str, *args: object) -> str:
        """The address of one of this model's pages."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)

    @property
    def result_key(self) -> str:
        """Under which name the session keeps what the last act in this list did."""
        return f"acts:{self.opts.label_lower}"

    @property
    def acts(self) -> dict[str, RowAct]:
        return {act.name: act for act in self.actions}

    # The list ---------------------------------------------------------------------------------------------------------

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; a POST tries an act on the chosen rows, or does it."""
        shown_list = ListPage(self, request)
        return shown_list.answer_act() if request.method == "POST" else shown_list.answer()

    def programme(self, request: HttpRequest) -> Any:
        """The programme that the lists are about, or None for a person without one."""
        return self.admin_site.programme(request)  # type: ignore[attr-defined]

    def scope(self, request: HttpRequest) -> Any:
        """The rows that the list is about: what the person sees, of the current programme where rows belong to one."""
        rows = self.get_queryset(request)
        programme = self.programme(request)
        if self.of_programme and programme is not None:
            return rows.filter(**{self.of_programme: programme.pk})
        return rows

    # One row ----------------------------------------------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A form for a new row."""
        self.may_add(request)
        return self._form_page(request, None, self.add_form)

    def change_view(
        self,
        request: HttpRequest,
        object_id: Any,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of one row: its form, or why it cannot be changed; its facts; what may be done to it."""
        row = self._found(request, object_id)
        if request.method == "POST":
            self.may_edit(request, row)
        form = self.edit_form if self.has_change_permission(request, row) else None
        return self._form_page(request, row, form)

    def _found(self, request: HttpRequest, object_id: Any) -> Any:
        return get_object_or_404(self.get_queryset(request), pk=object_id)

    def _form_page(self, request: HttpRequest, row: Any, form_class: type[OpenedForm] | None) -> HttpResponse:
        form, status = None, 200
        if form_class is not None:
            posted = (request.POST, request.FILES) if request.method == "POST" else ()
            form = form_class(*posted, row=row, user=request.user, **self.form_extra(request, row))
        if request.method == "POST" and form is not None:
            saved, status = self._kept(request, row, form)
            if saved is not None:
                return self._after(request, row, saved)
        context = self._page_context(request, row) | {"form": form}
        return render(request, "admin/change_form.html", context, status=status)

    def form_extra(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the forms of this model are told beside the row and the person."""
        return {}

    def _kept(self, request: HttpRequest, row: Any, form: OpenedForm) -> tuple[Any, int]:
        """The row that the Action wrote, or None with the status of the refusal, which the form then tells."""
        if not form.is_valid():
            return None, 400
        try:
            return (self.add(request, form) if row is None else self.edit(request, row, form)), 200
        except ValidationError as fault:
            form.mark(fault)
            return None, 400
        except Stale as refusal:
            now = self._found(request, row.pk)
            form.row = now
            form.add_error(None, [str(refusal), *self._now(form, now)])
            form.open_again()
            return None, refusal.status
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return None, refusal.status

    def _now(self, form: OpenedForm, row: Any) -> list[str]:
        """What stands now in each field that was typed otherwise."""
        differs = [name for name in form.marked if form.cleaned_data.get(name) != getattr(row, name)]
        return [
            _("%(label)s is now: %(value)s")
            % {"label": form.fields[name].label, "value": shown(self, row, name)}
            for name in differs
        ]

    def _after(self, request: HttpRequest, row: Any, saved: Any) -> HttpResponse:
        messages.success(request, self.added_words(saved) if row is None else self.saved_words(saved))
        if row is None and "another" in request.POST:
            return redirect(request.get_full_path())
        return redirect(self.address_of(saved) if row is None else self.address("change", saved.pk))

    def added_words(self, saved: Any) -> str:
        """What is said when a row is new."""
        return _("%(row)s is added.") % {"row": saved}

    def saved_words(self, saved: Any) -> str:
        return _("%(row)s is saved.") % {"row": saved}

    def address_of(self, saved: Any) -> str:
        """Where one looks at what is new."""
        return self.address("change", saved.pk)

    def _page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        context = self.context(request) | {"row": row, "list_url": self._list_url(request)}
        if row is None:
            return context | {"title": _("Add: %(kind)s") % {"kind": self.kind_name()}}
        facts = [(one.label, shown(self, row, one.name)) for one in columns(self, self.facts, ())]
        return context | {
            "title": self.row_title(row),
            "name": self.row_name(row),
            "facts": facts,
            "refused": refusal_of(lambda: self.may_edit(request, row)),
            "offers": self.offers(request, row),
            "page_url": self.page_url(row),
            "page_words": self.page_words(),
            "history_url": self.address("history", row.pk) if self.has_history else "",
            **self.more(request, row),
        }

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of this model shows."""
        return {"group": self.group, "label": self.label, "sentence": self.sentence, "model": self}

    def kind_name(self) -> str:
        """What one row is, in words."""
        return str(KINDS.get(str(self.opts.model_name), self.opts.verbose_name))

    def _list_url(self, request: HttpRequest) -> str:
        programme = self.programme(request)
        return self.address("changelist") + (f"?programme={programme.code}" if programme else "")

    # Acts on one row --------------------------------------------------------------------------------------------------

    def offers(self, request: HttpRequest, row: Any) -> list[Offered]:
        """The acts that are this person's business with this row; one that asks for a choice is done from the list."""
        found = []
        for act in self.actions:
            if act.is_for(row, request.user) and not act.needs_choice:
                reason = act.why_not(row, request.user)
                url = self.address("do", row.pk, act.name)
                asks = self.asks_reason(act, row)
                found.append(Offered(act.name, act.label, not reason, reason, asks, act.needs_day, url))
        return found

    def asks_reason(self, act: RowAct, row: Any) -> bool:
        """Whether the page asks for a reason before this act."""
        return act.needs_comment

    def do_view(self, request: HttpRequest, object_id: int, act: str) -> HttpResponse:
        """Do one thing to one row; a refusal is a page of its own, as everywhere."""
        row = self._found(request, object_id)
        if act not in self.acts:
            raise Http404
        asked, version = asked_of(request), number_of(request.POST.get("version", ""))
        if self.acts[act].needs_day and asked.day is None:
            raise ValidationError({"day": _("Please give the day.")})
        self.acts[act].do(row, asked, version)
        words = _("“%(act)s”: done for %(row)s.") % {"act": self.acts[act].label, "row": row}
        messages.success(request, words)
        is_there = self.get_queryset(request).filter(pk=object_id).exists()
        return redirect(self.address("change", object_id) if is_there else self._list_url(request))

    # History ----------------------------------------------------------------------------------------------------------

    def history_view(
        self, request: HttpRequest, object_id: Any, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What happened to one row, from the trail."""
        row = self._found(request, object_id)
        page = page_of(request, self.history_of(request, row))
        context = self.context(request) | {
            "title": capfirst(_("History of %(row)s") % {"row": row}),
            "name": self.row_name(row),
            "row": row,
            "list_url": self._list_url(request),
            "row_url": self.address("change", row.pk),
            "page": page,
            "lines": history.lines(page),
            "here": query(request),
        }
        return render(request, "admin/object_history.html", context)
