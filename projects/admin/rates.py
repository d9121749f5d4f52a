"""Rates in the administration: every version is kept, and a change is a new one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.moderation import column
from qdtrade.templatetags import days

from .. import rate_words, rules
from ..actions import rates
from ..filters import RateFilter
from ..models import Rate
from . import cells
from .forms import NewRateForm, RateForm
from .register import ProgrammeRows


@admin.register(Rate)
class RateAdmin(ProgrammeRows):
    """The versions of the rates."""

    label = gettext_lazy("Rates")
    place = 45
    sentence = gettext_lazy(
        "A version is never changed: saving makes a new one that holds from its day on, and the old one is kept."
    )
    filters = RateFilter
    search_hint = gettext_lazy("Code, name")
    list_display = ("number", "name", "version", "formula", "valid_from", "at_foot", "made")
    link = "name"
    facts = ("code", "version", "formula", "left_out", "reason", "made")
    add_form, edit_form = NewRateForm, RateForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rate]:
        return Rate.objects.visible_to(request.user).select_related("programme", "made_by").in_order()

    @column(gettext_lazy("Name"), css="name")
    def name(self, row: Rate) -> str:
        return row.display_name

    @column(gettext_lazy("Version"), ordering="version", css="num")
    def version(self, row: Rate) -> int:
        return row.version

    @column(gettext_lazy("Formula"))
    def formula(self, row: Rate) -> str:
        return rate_words.formula(row)

    @column(gettext_lazy("Leaves out"))
    def left_out(self, row: Rate) -> str:
        return rate_words.left_out(row)

    @column(gettext_lazy("Made"))
    def made(self, row: Rate) -> str:
        return cells.done_by(row.made_by.name, row.made_at, row.reason)

    def may_edit(self, request: HttpRequest, row: Rate) -> None:
        """An older version is only read; what was typed on one that was the last is kept, and refused by the Action."""
        super().may_edit(request, row)
        if request.method != "POST":
            rules.is_last_version(row)

    def _now(self, form: Any, row: Rate) -> list[str]:
        """A version stays as it is: there is nothing to compare with."""
        return []

    def row_name(self, row: Rate) -> str:
        return f"{row.display_name} v{row.version}"

    def row_title(self, row: Rate) -> str:
        return self.row_name(row)

    def saved_words(self, saved: Rate) -> str:
        words = _("%(rate)s is made; it holds from %(day)s, and the version before it is kept.")
        return words % {"rate": self.row_name(saved), "day": days.iso(saved.valid_from)}

    def page_url(self, row: Rate) -> str:
        return reverse("rate", args=[row.pk])

    def add(self, request: HttpRequest, form: NewRateForm) -> Rate:
        return rates.define_rate(
            self.programme(request), form.values(), by=request.user, code=form.cleaned_data["code"]
        )

    def edit(self, request: HttpRequest, row: Rate, form: RateForm) -> Rate:
        """A new version; the page goes on with it."""
        given = form.cleaned_data
        seen = int(given["seen"]) if given["seen"].isdecimal() else None
        return rates.new_version(row, form.values(), by=request.user, seen=seen, reason=given["comment"])
