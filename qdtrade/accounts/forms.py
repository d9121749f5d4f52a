"""The forms of signing in, of the profile and of tokens."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qdtrade.notices.models import Wanted

from .actions import try_password
from .models import User

LIVES = (7, 30, 90, 180, 365)
"""For how many days a token is offered; the setting may allow fewer."""


class SignInForm(AuthenticationForm):
    """Account and password; the account stays in the form when the password was wrong."""

    username = forms.CharField(
        label=_("Account"),
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Raises Locked after too many failures."""
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            assert self.request is not None
            self.user_cache = try_password(username, password, request=self.request, door="page")
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data

    def get_invalid_login_error(self) -> ValidationError:
        """The same for an account that is not there, is closed or has another password."""
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
        words = _(
            "Account or password is wrong. After %(count)d wrong passwords in a row the account is locked for "
            "%(minutes)d minutes."
        )
        return ValidationError(words % {"count": settings.AXES_FAILURE_LIMIT, "minutes": minutes})


class LostPasswordForm(forms.Form):
    """Whose password is lost."""

    account = forms.CharField(
        label=_("Account"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )


class NewPasswordForm(SetPasswordForm):
    """A password of one's own, twice."""

    error_messages = {"password_mismatch": _("The two passwords differ.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = _("New password"), _("The same again")
        first.help_text, again.help_text = _("At least 10 characters. A sentence is best."), ""


class PasswordForm(NewPasswordForm):
    """Another password, by somebody who knows the old one."""

    old_password = forms.CharField(
        label=_("Password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(request.user, *args, **kwargs)

    def clean_old_password(self) -> str:
        """Raises Locked after too many wrong ones: an open session is no place to guess at."""
        old: str = self.cleaned_data["old_password"]
        if try_password(self.user.get_username(), old, request=self.request, door="page") is None:
            raise ValidationError(_("This is not the password until now."))
        return old

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("old_password") and cleaned.get("old_password") == cleaned.get("new_password1"):
            self.add_error("new_password1", _("This is the password until now. Choose another."))
        return cleaned


class ContactForm(forms.ModelForm):
    """How a person is reached."""

    class Meta:
        model = User
        fields = ("email", "phone")
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }


class MailsForm(forms.Form):
    """Which mails a person wants."""

    mails = forms.ChoiceField(
        label=_("Mails"),
        choices=Wanted.choices,
        widget=forms.RadioSelect,
        help_text=_("The inbox holds every notice in any case."),
    )


class TokenForm(forms.Form):
    """What a new token is called, whether it may write, and for how long."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("What will use it, and where: “monthly export, office server”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    writes = forms.TypedChoiceField(
        label=_("Rights"),
        choices=[("no", _("read only")), ("yes", _("read and write"))],
        help_text=_("Never more than you have yourself."),
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(label=_("Works for"), coerce=int, initial="90")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.TOKEN_DAYS
        lives = [days for days in LIVES if days < most] + [min(most, LIVES[-1])]
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (str(days), ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in lives
        ]
