"""People in the administration. How they sign in is looked after on their own page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.accounts import rules as accounts_rules
from qdtrade.accounts.filters import PeopleFilter
from qdtrade.accounts.models import User
from qdtrade.errors import Words
from qdtrade.moderation import PEOPLE, OpenedForm, TrailAdmin, column
from qdtrade.templatetags import days
from qdtrade.templatetags import qdtrade as tags
from qdtrade.templatetags.words import listed

from .. import actions
from ..models import Membership
from .files import file_links
from .members import ROLES, RoleFields


class PersonForm(OpenedForm):
    """How a person is called and reached."""

    marked = ("name", "email", "phone")

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=60)
    email = forms.EmailField(label=gettext_lazy("Mail"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("The records say that mail or telephone changed, never to what."),
    )


class NewPersonForm(RoleFields):
    """A new account, and the role that brings the person in."""

    marked = ("name", "email", "phone")

    username = forms.CharField(
        label=gettext_lazy("Account"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=gettext_lazy("Letters, figures and . _ - @ +; it never changes."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=60)
    email = forms.EmailField(label=gettext_lazy("Mail"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    field_order = ("username", "name", "email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user.is_superuser:
            role, programme = self.fields["role"], self.fields["programme"]
            assert isinstance(role, forms.ChoiceField) and isinstance(programme, forms.ModelChoiceField)
            role.required = programme.required = False
            role.choices = [("", _("none")), *ROLES]
            programme.empty_label = _("none")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if bool(found.get("role")) != bool(found.get("programme")) and not self.errors:
            raise ValidationError({"role": _("A role belongs to a programme.")})
        return found

    def given(self) -> dict[str, Any]:
        """The values as `add_person` takes them; without a role none of its fields."""
        of_role = ("programme", "role", "bureau", "starts_on", "ends_on")
        names = ("name", "email", "phone", *(of_role if self.cleaned_data["role"] else ()))
        return {name: self.cleaned_data[name] for name in names}


@admin.register(User)
class UserAdmin(TrailAdmin):
    """The people whom an administrator looks after, with their roles."""

    group = PEOPLE
    label = gettext_lazy("People")
    place = 20
    sentence = gettext_lazy("People are never deleted: an account is closed, and what it did stays recorded.")
    filters = PeopleFilter
    facets = {
        "state": gettext_lazy("State"),
    }
    search_name = "search"
    search_hint = gettext_lazy("Name, account, bureau")
    list_display = ("person_name", "username", "roles", "last_login", "state")
    facts = ("username", "state", "last_login", "since")
    add_form, edit_form = NewPersonForm, PersonForm

    def links(self, request: HttpRequest) -> list[tuple[str, Words]]:
        return file_links(request, self.programme(request), "people_imports", "people_export")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.visible_to(request.user).for_list().in_order()

    def is_offered(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser or request.user.administers)  # type: ignore[union-attr]

    @column(gettext_lazy("Full name"), css="name")
    def person_name(self, row: User) -> str:
        return row.name

    @column(gettext_lazy("Account"), css="code")
    def username(self, row: User) -> str:
        return row.username

    @column(gettext_lazy("Roles today"))
    def roles(self, row: User) -> str:
        return listed(one for one in row.memberships.all() if _holds(one))

    @column(gettext_lazy("Signed in"), css="nowrap")
    def last_login(self, row: User) -> str:
        return days.iso_moment(row.last_login) if row.last_login else _("never")

    @column(gettext_lazy("Since"))
    def since(self, row: User) -> str:
        return days.iso(clock.day_of(row.date_joined))

    @column(gettext_lazy("State"), css="nowrap")
    def state(self, row: User) -> SafeString:
        if not row.is_active:
            return tags.state("account_closed")
        return tags.state("account_first" if row.must_change_password else "account_open")

    def page_url(self, row: User) -> str:
        return reverse("person", args=[row.pk])

    def page_words(self) -> str:
        return _("Account: link, lock, sessions")

    def may_add(self, request: HttpRequest) -> None:
        accounts_rules.keeps_people(request.user)

    def may_edit(self, request: HttpRequest, row: User) -> None:
        accounts_rules.looks_after(row, request.user)

    def history_of(self, request: HttpRequest, row: User) -> Any:
        """For those who look after the person, and for the person."""
        if row.pk != request.user.pk:
            accounts_rules.looks_after(row, request.user)
        return super().history_of(request, row)

    def add(self, request: HttpRequest, form: NewPersonForm) -> User:
        return actions.add_person(form.cleaned_data["username"], by=request.user, **form.given())

    def edit(self, request: HttpRequest, row: User, form: PersonForm) -> User:
        return accounts.edit_person(row, form.values(), by=request.user, seen=form.cleaned_data["seen"])

    def form_extra(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {} if row is not None else {"initial": {"programme": self.programme(request)}}

    def more(self, request: HttpRequest, row: User) -> dict[str, Any]:
        """The person's roles, those that ended among them."""
        rows = Membership.objects.visible_to(request.user).filter(user=row).for_list().in_order()
        address = reverse("admin:programmes_membership_add")
        table = {
            "heading": _("Roles"),
            "headings": [_("Role"), _("Bureau"), _("Programme"), _("From"), _("To")],
            "lines": [_role_line(one) for one in rows],
            "url": f"{address}?person={row.pk}" if row.pk != request.user.pk else "",
            "words": _("Give a role"),
        }
        return {"tables": [table]}


def _holds(row: Membership) -> bool:
    today = clock.today()
    return row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)


def _unbroken(text: str) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', text)


def _role_line(row: Membership) -> list[Any]:
    address = reverse("admin:programmes_membership_change", args=[row.pk])
    return [
        format_html('<a href="{}">{}</a>', address, row.get_role_display()),
        row.bureau or days.NONE,
        row.programme.short_name or row.programme.display_name,
        _unbroken(days.iso(row.starts_on)),
        _unbroken(days.iso(row.ends_on)) if row.ends_on else days.NONE,
    ]
