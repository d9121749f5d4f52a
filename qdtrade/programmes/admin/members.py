"""Roles from a day to a day in the administration."""

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
from qdtrade.accounts.models import Bureau, User
from qdtrade.errors import NotAllowed, refusal_of
from qdtrade.moderation import DAY, PEOPLE, OpenedForm, RowAct, TrailAdmin, column
from qdtrade.moderation.acts import Asked
from qdtrade.templatetags import qdtrade as tags

from .. import actions, rules
from ..filters import MembershipFilter
from ..models import Membership, Programme, Role

ROLES = [(role.value, role.label) for role in Role if role != Role.TIMER]


class RoleFields(OpenedForm):
    """A role in a programme, for a bureau where it has one, from a day and perhaps to a day."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=gettext_lazy("Programme"), empty_label=None
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES)
    bureau = forms.ModelChoiceField(
        Bureau.objects.none(),
        label=gettext_lazy("Bureau"),
        required=False,
        empty_label=gettext_lazy("none: an auditor or an administrator"),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DAY, initial=clock.today)
    ends_on = forms.DateField(
        label=gettext_lazy("To"),
        widget=DAY,
        required=False,
        help_text=gettext_lazy("Empty: until it is ended."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.visible_to(self.user)
        if not self.user.is_superuser:
            programmes = programmes.filter(pk__in=self.user.administers)
        self._choose("programme", programmes.in_order())
        bureaus = Bureau.objects.visible_to(self.user).for_new_work(clock.today())
        self._choose("bureau", bureaus.in_order())

    def _choose(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class MembershipForm(RoleFields):
    """A role for a person whom the administrator looks after."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Person"), empty_label=gettext_lazy("Choose…")
    )
    field_order = ("person",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(self.user).filter(is_active=True).exclude(pk=self.user.pk)
        self._choose("person", people.in_order())


def _end(row: Membership, asked: Asked, seen: int | None) -> Membership:
    if row.deputy_of_id is not None:
        actions.end_deputy(row, by=asked.by, reason=asked.comment)
        return row
    return actions.end_membership(row, by=asked.by, ends_on=asked.day)


def _why_not(row: Membership, user: Any) -> str:
    if row.ends_on and row.ends_on < clock.today():
        return _("It has ended already.")
    return refusal_of(lambda: rules.grants(row, user))


def _is_for(row: Membership, user: Any) -> bool:
    return bool(user.is_superuser or row.programme_id in user.administers)


END = RowAct("end", gettext_lazy("End the role"), _end, _why_not, _is_for, needs_day=True)


@admin.register(Membership)
class MembershipAdmin(TrailAdmin):
    """Who may do what, from when to when: the only thing that grants anything."""

    group = PEOPLE
    label = gettext_lazy("Roles")
    place = 30
    sentence = gettext_lazy("Roles are the only thing that grants anything; nobody gives one to themselves.")
    of_programme = "programme"
    filters = MembershipFilter
    pills = ("bureau",)
    facets = {
        "holds": gettext_lazy("Term"),
        "role": gettext_lazy("Role"),
        "deputy": gettext_lazy("Deputy"),
    }
    search_hint = gettext_lazy("Person, account, bureau")
    list_display = ("person", "role", "bureau", "programme_name", "starts_on", "ends_on", "term")
    facts = ("person", "role", "bureau", "programme_name", "starts_on", "ends_on", "term", "stands_for")
    add_form = MembershipForm
    actions = [END]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return Membership.objects.visible_to(request.user).exclude(role=Role.TIMER).for_list().in_order()

    def is_offered(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser or request.user.administers)  # type: ignore[union-attr]

    @column(gettext_lazy("Person"), ordering="person", css="name")
    def person(self, row: Membership) -> SafeString:
        return format_html('{} <span class="code">{}</span>', row.user, row.user.username)

    @column(gettext_lazy("Role"), ordering="role", css="nowrap")
    def role(self, row: Membership) -> str:
        return row.get_role_display()

    @column(gettext_lazy("Bureau"), ordering="bureau", css="nowrap")
    def bureau(self, row: Membership) -> str:
        return str(row.bureau or "")

    @column(gettext_lazy("Programme"))
    def programme_name(self, row: Membership) -> str:
        return row.programme.short_name or row.programme.display_name

    @column(gettext_lazy("Term"), css="nowrap")
    def term(self, row: Membership) -> SafeString:
        today = clock.today()
        if row.ends_on and row.ends_on < today:
            return tags.state("not_due", _("has ended"))
        if row.starts_on > today:
            return tags.state("planned", _("begins later"))
        return tags.state("confirmed", _("holds today"))

    @column(gettext_lazy("Deputy of"))
    def stands_for(self, row: Membership) -> str:
        return row.stands_for

    def row_name(self, row: Membership) -> str:
        return f"{row.user} · {row}"

    def page_url(self, row: Membership) -> str:
        return reverse("admin:accounts_user_change", args=[row.user_id])

    def may_add(self, request: HttpRequest) -> None:
        if not self.is_offered(request):
            raise NotAllowed(_("Only an administrator of the programme may give roles."))

    def may_edit(self, request: HttpRequest, row: Membership) -> None:
        raise NotAllowed(_("A role is not changed: it is ended, and another one given."))

    def add(self, request: HttpRequest, form: MembershipForm) -> Membership:
        given = form.cleaned_data
        return actions.add_member(
            given["programme"], given["person"], by=request.user, role=given["role"], bureau=given["bureau"],
            starts_on=given["starts_on"], ends_on=given["ends_on"],
        )  # fmt: skip

    def form_extra(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        asked = {"person": request.GET.get("person", ""), "programme": self.programme(request)}
        return {"initial": {name: value for name, value in asked.items() if value}}
