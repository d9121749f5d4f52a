"""New people, with the role that brings them in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.accounts import rules as accounts_rules
from qdtrade.accounts.actions import create_user
from qdtrade.accounts.models import User
from qdtrade.audit import trail

from ..models import Programme
from .members import add_member


def add_person(username: str, *, by: Any, name: str, email: str = "", phone: str = "",
               programme: Programme | None = None, role: str = "", **membership: Any) -> User:  # fmt: skip
    """A new account with a first role, or neither. Nobody can sign in to it until a one-time link was made.

    Only the server's administrator makes an account without a role. Raises ValidationError with the fields' names.
    """
    by.forget()
    accounts_rules.keeps_people(by)
    if programme is None and not (by.is_superuser or by.is_service):
        raise ValidationError({"role": _("Give the person a role in your programme.")})
    if bool(role) != (programme is not None):
        raise ValidationError({"role": _("A role belongs to a programme.")})
    with trail.unit():
        person = create_user(username, by=by, name=name, email=email, phone=phone)
        if programme is not None:
            add_member(programme, person, by=by, role=role, **membership)
        return person
