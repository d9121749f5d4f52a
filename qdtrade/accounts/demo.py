"""What the sign-in page offers in a demo, and only there: accounts to try, and the pilot's own figures."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qdtrade.errors import Words

from .models import User

CAN: dict[str, Words] = {
    "staff": _("write and submit reports, answer remarks"),
    "head": _("accept tasks, submit; sees the bureaus below too"),
    "manager": _("review, approve, return, run the periods"),
    "auditor": _("read everything, records, exports; change nothing"),
    "admin": _("people, bureaus, settings, import"),
    "": _("sees nothing before a programme gives it a role"),
}
"""What an account may do, by the role of its first membership."""


@dataclass(frozen=True)
class DemoAccount:
    """A line of the demo's list of accounts."""

    username: str
    role: Words
    bureau: str
    can: Words


@dataclass(frozen=True)
class Figure:
    """A figure of the pilot as its source gives it."""

    figure: str
    unit: str
    words: str


@dataclass(frozen=True)
class Pitch:
    """The pilot's name and figures at the left of the form, with the source of the figures."""

    programme: str
    figures: list[Figure]
    source: str


def accounts() -> list[DemoAccount]:
    """The demo's accounts with what they are; none outside the demo."""
    if settings.DEMO_DAY is None:
        return []
    order = {username: number for number, username in enumerate(settings.DEMO_ACCOUNTS)}
    users = User.objects.filter(username__in=order, is_active=True).prefetch_related("memberships__bureau")
    return sorted(map(_account, users), key=lambda account: order[account.username])


def _account(user: User) -> DemoAccount:
    membership = next((one for one in user.memberships.all() if one.deputy_of_id is None), None)
    if membership is None:
        return DemoAccount(user.username, _("no role"), "", CAN[""])
    bureau = str(membership.bureau) if membership.bureau else ""
    return DemoAccount(user.username, membership.get_role_display(), bureau, CAN.get(membership.role, ""))


def pitch() -> Pitch | None:
    """The figures of the demo's pilot in the reader's language; None outside the demo."""
    if settings.DEMO_DAY is None:
        return None
    language = get_language() or settings.LANGUAGE_CODE
    facts = _facts()
    figures = [
        Figure(one["figure"], one["unit"][language], one["words"][language]) for one in facts["figures"]
    ]
    return Pitch(facts["programme"][language], figures, facts["source"][language])


@cache
def _facts() -> Any:
    path = settings.BASE_DIR / "fixtures" / "sign_in.json"
    return json.loads(path.read_text(encoding="utf-8"))
