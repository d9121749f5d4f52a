"""A password as a command gets it."""

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import User


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
