"""A password as a command gets it, and how long one must be."""

import getpass
import sys

from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import User


class LongEnough(MinimumLengthValidator):
    """Django's own check, in a sentence that its Chinese does not have."""

    def get_error_message(self) -> str:
        words = ngettext(
            "The password is too short. Take at least %(count)d character.",
            "The password is too short. Take at least %(count)d characters.",
            self.min_length,
        )
        return words % {"count": self.min_length}


def asked_password(person: User) -> str:
    """Asked for twice on a terminal, else the first line of what is piped in; raises ValidationError for a weak one."""
    if sys.stdin.isatty():
        password = getpass.getpass(_("Password: "))
        if getpass.getpass(_("Once more: ")) != password:
            raise ValidationError(_("The two passwords differ. Nothing was done."))
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    validate_password(password, person)
    return password
