"""Bureaus with their other names in the administration."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.accounts import actions, rules
from qdtrade.accounts.actions.directory import BUREAU_FIELDS
from qdtrade.accounts.models import Bureau
from qdtrade.errors import Words, refusal_of
from qdtrade.moderation import PEOPLE, OpenedForm, TrailAdmin, column
from qdtrade.templatetags.words import listed

from ..filters import BureauFilter
from .files import file_links


class BureauForm(OpenedForm):
    """A bureau and the other names under which it stands in files."""

    marked = BUREAU_FIELDS

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    short_name = forms.CharField(
        label=gettext_lazy("Short name"), max_length=40, help_text=gettext_lazy("As it stands in tables.")
    )
    parent = forms.ModelChoiceField(
        Bureau.objects.none(),
        label=gettext_lazy("Stands below"),
        required=False,
        empty_label=gettext_lazy("nothing: it is a region"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Bureau.Kind.choices, initial=Bureau.Kind.BUREAU
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=0, max_value=100_000, initial=0
    )
    aliases = forms.CharField(
        label=gettext_lazy("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line: names under which the bureau stands in files."),
    )

    def __init__(self, *args: Any, region: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        rows = Bureau.objects.visible_to(self.user).for_new_work(clock.today()).in_order()
        if self.row is not None:
            self.initial["aliases"] = "\n".join(alias.name for alias in self.row.aliases.all())
            rows = rows.exclude(path__startswith=self.row.path)
        parent.queryset = rows
        if not self.user.is_superuser and (self.row is None or self.row.parent_id):
            parent.required, parent.empty_label = True, _("Choose…")

    def names(self) -> list[str]:
        """The other names, one for each line."""
        return str(self.cleaned_data["aliases"]).splitlines()


@admin.register(Bureau)
class BureauAdmin(TrailAdmin):
    """The tree of bureaus; what stands below a bureau goes with it to another place."""

    group = PEOPLE
    label = gettext_lazy("Bureaus")
    place = 10
    sentence = gettext_lazy("A bureau is found in files by its name, its short name, and its other names.")
    filters = BureauFilter
    facets = {
        "kind": gettext_lazy("Kind"),
    }
    search_hint = gettext_lazy("Code, name, other name")
    list_display = ("code", "tree", "full_name", "kind_of", "other_names")
    link = "tree"
    facts = ("code", "full_name", "kind_of", "above", "other_names")
    add_form = edit_form = BureauForm

    def links(self, request: HttpRequest) -> list[tuple[str, Words]]:
        return file_links(request, self.programme(request), "bureau_imports", "bureaus_export")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bureau]:
        rows = Bureau.objects.visible_to(request.user).select_related("parent", "region", "merged_into")
        return rows.prefetch_related("aliases").in_order()

    def scope(self, request: HttpRequest) -> Any:
        """The bureaus of the programme's region, the region itself among them."""
        programme, rows = self.programme(request), self.get_queryset(request)
        return rows.of_region(programme.region_id) if programme else rows  # type: ignore[attr-defined]

    @column(gettext_lazy("Code"), ordering="code", css="code")
    def code(self, row: Bureau) -> str:
        return row.code

    @column(gettext_lazy("Short name"), ordering="short_name", css="name")
    def tree(self, row: Bureau) -> SafeString:
        """With as much room before it as it stands deep in the tree."""
        depth = min(3, max(0, row.path.count("/") - 2))
        return format_html('<span class="deep-{}">{}</span>', depth, row.short_name)

    @column(gettext_lazy("Name"), ordering="name")
    def full_name(self, row: Bureau) -> str:
        if row.merged_into is None:
            return row.name
        return _("%(name)s, merged into %(into)s") % {"name": row.name, "into": row.merged_into}

    @column(gettext_lazy("Kind"), ordering="kind", css="nowrap")
    def kind_of(self, row: Bureau) -> str:
        return row.get_kind_display()

    @column(gettext_lazy("Other names"))
    def other_names(self, row: Bureau) -> str:
        return listed(sorted(alias.name for alias in row.aliases.all()))

    @column(gettext_lazy("Stands below"))
    def above(self, row: Bureau) -> str:
        return str(row.parent or "")

    def page_url(self, row: Bureau) -> str:
        return reverse("bureau_merging", args=[row.pk]) if row.parent_id else ""

    def page_words(self) -> str:
        return _("Merge it, and what it still owes")

    def more(self, request: HttpRequest, row: Bureau) -> dict[str, Any]:
        """Whoever may not merge bureaus is shown no way to it."""
        return {"page_url": ""} if refusal_of(lambda: rules.keeps_bureaus(row.root_id, request.user)) else {}

    def may_add(self, request: HttpRequest) -> None:
        programme = self.programme(request)
        rules.keeps_bureaus(programme.region_id if programme else None, request.user)

    def may_edit(self, request: HttpRequest, row: Bureau) -> None:
        rules.keeps_bureaus(row.root_id, request.user)

    def add(self, request: HttpRequest, form: BureauForm) -> Bureau:
        return actions.add_bureau(by=request.user, aliases=form.names(), **form.values())

    def edit(self, request: HttpRequest, row: Bureau, form: BureauForm) -> Bureau:
        return actions.edit_bureau(
            row, form.values(), by=request.user, aliases=form.names(), seen=form.cleaned_data["seen"]
        )
