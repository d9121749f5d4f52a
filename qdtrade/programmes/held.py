"""The memberships that a person holds today, read once per request.

Asked of the user's own reverse relation, so that models below may use it without importing one another.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import NotAllowed

if TYPE_CHECKING:
    from .models import Membership


def held_by(user: Any) -> "list[Membership]":
    """The person's memberships of today, with bureau and programme; none for an anonymous or inactive person."""
    if not getattr(user, "is_active", False):
        return []
    if "held" not in user.remembered:
        rows = user.memberships.on(clock.today()).order_by("pk")
        rows = rows.select_related("bureau", "programme", "deputy_of__user")
        user.remembered["held"] = list(rows)
    return list(user.remembered["held"])


def held_in(user: Any, programme_id: int) -> "list[Membership]":
    return [membership for membership in held_by(user) if membership.programme_id == programme_id]


def programme_ids(user: Any, roles: Iterable[str] | None = None) -> list[int]:
    """The programmes in which the person holds one of these roles, or any."""
    return sorted({m.programme_id for m in held_by(user) if roles is None or m.role in roles})


def acting(user: Any, programme_id: int, roles: Iterable[str], *, bureau_id: int | None = None,
           refusal: str = "") -> "Membership":  # fmt: skip
    """The membership under which the person may act; raises NotAllowed, with `refusal` or a general sentence."""
    for membership in held_in(user, programme_id):
        if membership.role in roles and (bureau_id is None or membership.bureau_id == bureau_id):
            return membership
    raise NotAllowed(refusal or _("Your role does not allow this."))
