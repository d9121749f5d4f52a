"""Every change of people, bureaus and the ways they sign in."""

from .people import (
    SERVICE,
    add_alias,
    change_password,
    create_bureau,
    create_user,
    ensure_system,
    failed_sign_in_noted,
    service_user,
    set_current_programme,
    set_language,
    sign_in_noted,
    sign_out_noted,
)

__all__ = [
    "SERVICE",
    "add_alias",
    "change_password",
    "create_bureau",
    "create_user",
    "ensure_system",
    "failed_sign_in_noted",
    "service_user",
    "set_current_programme",
    "set_language",
    "sign_in_noted",
    "sign_out_noted",
]
