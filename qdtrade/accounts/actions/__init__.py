"""Every change of people, bureaus and the ways they sign in."""

from .access import (
    change_contact,
    change_password,
    close_account,
    end_session,
    end_sessions,
    make_link,
    open_account,
    try_password,
    unlock,
    use_link,
)
from .directory import add_bureau, edit_bureau, edit_person, remove_alias
from .mailed_links import ask_for_link, mail_link
from .merging import merge_bureau, unmerge_bureau
from .people import (
    SERVICE,
    add_alias,
    create_bureau,
    create_user,
    ensure_system,
    service_user,
    set_current_programme,
    set_language,
    set_mails,
    sign_in_noted,
    sign_out_noted,
)

__all__ = [
    "SERVICE",
    "add_alias",
    "add_bureau",
    "ask_for_link",
    "change_contact",
    "change_password",
    "close_account",
    "create_bureau",
    "create_user",
    "edit_bureau",
    "edit_person",
    "end_session",
    "end_sessions",
    "ensure_system",
    "mail_link",
    "make_link",
    "merge_bureau",
    "open_account",
    "remove_alias",
    "service_user",
    "set_current_programme",
    "set_language",
    "set_mails",
    "sign_in_noted",
    "sign_out_noted",
    "try_password",
    "unlock",
    "unmerge_bureau",
    "use_link",
]
