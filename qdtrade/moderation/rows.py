"""One list of the administration as it is asked for: its rows, filters and columns, and an act on chosen rows.

An act is tried before it is done: the page shows what would become of each chosen row, and only what was tried is done.
"""

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from qdtrade.lists import page_of, pills, query, search_pill
from qdtrade.templatetags.words import listed

from .acts import RowAct, chosen_of, day_of
from .columns import Cell, Column, cells, columns
from .facets import facets


@dataclass(frozen=True)
class Row:
    """One line of the list: its cells, whether it is chosen, and what a trial says of it (None: not tried)."""

    row: Any
    url: str
    cells: list[Cell]
    chosen: bool
    trial: str | None

    @property
    def pk(self) -> int:
        return int(self.row.pk)

    @property
    def version(self) -> int | str:
        return getattr(self.row, "version", "")


@dataclass
class Trial:
    """An act chosen for some rows: how many would do, how many would not, and what is still missing."""

    act: RowAct | None
    chosen: set[int]
    comment: str
    day: str
    reasons: dict[int, str]
    errors: dict[str, str]
    choice: str = ""

    @property
    def would(self) -> int:
        return sum(not reason for reason in self.reasons.values())

    @property
    def would_not(self) -> int:
        return len(self.reasons) - self.would

    @property
    def mark(self) -> str:
        """What was tried: the act and the rows."""
        name = self.act.name if self.act else ""
        return f"{name}:{','.join(map(str, sorted(self.chosen)))}"


class ListPage:
    """One request for a list."""

    def __init__(self, model_admin: Any, request: HttpRequest) -> None:
        self.admin = model_admin
        self.request = request
        self.filters = model_admin.filters(request.GET, model_admin.scope(request), request=request)

    @cached_property
    def page(self) -> Page[Any]:
        return page_of(self.request, self.filters.rows())

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of the page that the address names."""
        return list(self.page.object_list)

    def answer(self, trial: Trial | None = None, status: int = 200) -> HttpResponse:
        """The whole page."""
        return render(self.request, "admin/change_list.html", self.context(trial), status=status)

    # Acts -------------------------------------------------------------------------------------------------------------

    def answer_act(self) -> HttpResponse:
        """Try the act on the chosen rows, or do it where it was tried just so."""
        trial = self._trial()
        if "trial" in self.request.POST:
            in_place = self.request.htmx  # type: ignore[attr-defined]
            if in_place:
                rows = [self._row(row, [], trial) for row in self.rows]
                return render(
                    self.request, "admin/_trial.html", {"rows": rows, "trial": trial, "in_place": True}
                )
            return self.answer(trial)
        if trial.errors:
            return self.answer(trial, 400)
        if self.request.POST.get("tried") != trial.mark:
            trial.errors["tried"] = _(
                "This is a trial: nothing has been done yet. Look at the rows, then do it."
            )
            return self.answer(trial)
        return self._do(trial)

    def _trial(self) -> Trial:
        posted = self.request.POST
        act = self.admin.acts.get(posted.get("act", ""))
        chosen = chosen_of(posted)
        comment, day, choice = (posted.get(name, "").strip() for name in ("comment", "day", "choice"))
        trial = Trial(act, chosen, comment, day, {}, {}, choice)
        if act is not None:
            user = self.request.user
            trial.reasons = {row.pk: act.why_not(row, user) for row in self.rows if row.pk in chosen}
        _find_missing(trial)
        return trial

    def _do(self, trial: Trial) -> HttpResponse:
        """The result stays with the session, so that loading the page again does nothing; nor does a second press."""
        assert trial.act is not None
        session, key = self.request.session, self.admin.result_key
        once = self.request.POST.get("once", "")
        if not once or once != session.get(key, {}).get("once"):
            rows = self.admin.get_queryset(self.request).filter(pk__in=trial.chosen)
            trial.act(self.admin, self.request, rows)
            found = len(session[key]["lines"])
            session[key] |= {"unseen": len(trial.chosen) - found, "once": once}
        return redirect(f"{self.request.get_full_path()}#result")

    # What the page shows ----------------------------------------------------------------------------------------------

    def context(self, trial: Trial | None) -> dict[str, Any]:
        request, admin = self.request, self.admin
        headings = columns(admin, self._columns(), self._orderings())
        offered = self._offered()
        form = self.filters.form
        programme = admin.programme(request)
        return admin.context(request) | {
            "title": admin.label,
            "programme": programme,
            "page": self.page,
            "headings": headings,
            "link": admin.link or headings[0].name,
            "rows": [self._row(row, headings, trial) for row in self.rows],
            "facets": facets(request, admin.filters, admin.scope(request), admin.facets),
            "search": search_pill(form, admin.search_name, admin.search_hint) if admin.search_hint else None,
            "pills": pills(_with_calendars(form), admin.pills),
            "set": self._in_use() & {*admin.pills, *admin.facets},
            "searched": bool(request.GET.get(admin.search_name)),
            "kept": self._kept_filters(),
            "without": query(request, **dict.fromkeys(self._in_use() - {"programme"})),
            "export": f"{reverse(admin.export)}{self._query(programme)}"
            if admin.export and programme
            else "",
            "add_url": self._add_url(programme) if admin.has_add_permission(request) else "",
            "links": admin.links(request),
            "offered": offered,
            "needing": listed(act.label for act in offered if act.needs_comment),
            "choosing": next((act.needs_choice for act in offered if act.needs_choice), ""),
            "act_choices": admin.act_choices(request) if any(act.needs_choice for act in offered) else [],
            "needs_day": any(act.needs_day for act in offered),
            "trial": trial,
            "act_url": request.get_full_path(),
            "result": self._result(),
            "once": secrets.token_urlsafe(9),
        }

    def _columns(self) -> list[str]:
        """The list's columns, without those that are the same for all rows."""
        same = {name for name in self.admin.pills if self.request.GET.get(name)}
        if self.admin.programme(self.request) is not None:
            same.add("programme_name")
        return [name for name in self.admin.list_display if name not in same]

    def _orderings(self) -> Iterable[str]:
        ordering = self.filters.filters.get("ordering")
        return ordering.param_map if ordering else ()

    def _in_use(self) -> set[str]:
        """The filters that the address sets."""
        return {name for name in self.filters.filters if self.request.GET.get(name)}

    def _offered(self) -> list[RowAct]:
        """The acts that may be this person's business with any row of this page."""
        user = self.request.user
        return [act for act in self.admin.actions if any(act.is_for(row, user) for row in self.rows)]

    def _row(self, row: Any, headings: list[Column], trial: Trial | None) -> Row:
        chosen = trial is not None and row.pk in trial.chosen
        said = trial.reasons.get(row.pk) if trial is not None else None
        return Row(row, self.admin.address("change", row.pk), cells(self.admin, row, headings), chosen, said)

    def _kept_filters(self) -> list[tuple[str, str]]:
        """What the form of the pills must carry along."""
        own = {*self.admin.pills, self.admin.search_name, "page"}
        return [(name, str(value)) for name, value in self.request.GET.items() if name not in own]

    def _query(self, programme: Any) -> str:
        return query(self.request, programme=programme.code if programme else None, page_size=None)

    def _add_url(self, programme: Any) -> str:
        return self.admin.address("add") + (f"?programme={programme.code}" if programme else "")

    def _result(self) -> dict[str, Any] | None:
        """What the last act in this list did, row by row, with the rows as they are now."""
        kept = self.request.session.get(self.admin.result_key)
        if not kept:
            return None
        ids = [line[0] for line in kept["lines"]]
        rows = {row.pk: row for row in self.admin.get_queryset(self.request).filter(pk__in=ids)}
        act = self.admin.acts.get(kept["act"])
        lines = [
            {
                "name": self.admin.row_name(rows[pk]) if pk in rows else f"#{pk}",
                "url": self.admin.address("change", pk),
                "done": done,
                "state": state,
                "state_label": _state_label(rows.get(pk), state),
                "words": words,
            }
            for pk, done, state, words in kept["lines"]
        ]
        return kept | {
            "lines": lines,
            "label": act.label if act else kept["act"],
            "at": parse_datetime(kept["at"]) or datetime.datetime.min,
            "count_done": sum(line["done"] for line in lines),
            "count_refused": sum(not line["done"] for line in lines) + kept["unseen"],
        }


def _with_calendars(form: forms.BaseForm) -> forms.BaseForm:
    """Days are chosen with the browser's own calendar."""
    for field in form.fields.values():
        if isinstance(field, forms.DateField):
            attrs = {"type": "date", "data-submit-on-change": True}
            field.widget = forms.DateInput(attrs=attrs, format="%Y-%m-%d")
    return form


def _find_missing(trial: Trial) -> None:
    """What the person must still give before the act can be done."""
    if trial.act is None:
        trial.errors["act"] = _("Choose what to do.")
        return
    if not trial.chosen:
        trial.errors["row"] = _("Choose the rows first.")
    if trial.act.needs_comment and not trial.comment:
        trial.errors["comment"] = _("Please give a reason.")
    if trial.act.needs_day and day_of(trial.day) is None:
        trial.errors["day"] = _("Please give the day.")
    if trial.act.needs_choice and not trial.choice:
        trial.errors["choice"] = _("Please choose: %(what)s.") % {"what": trial.act.needs_choice}


def _state_label(row: Any, state: str) -> str:
    choices = getattr(type(row), "Status", None)
    return str(choices(state).label) if choices is not None and state in choices.values else ""
