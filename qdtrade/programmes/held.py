"""The memberships that a person holds today, read once per request.

Asked of the user's own reverse relation, so that models below may use it without importing one another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.errors import NotAllowed

if TYPE_CHECKING:
    from .models import Membership


@dataclass
class NoMembership:
    """What the server's administrator acts under in a move: no role, no bureau, nobody else's name."""

    role: Any = ""
    bureau_id: Any = None
    bureau: Any = None
    stands_for: str = ""


SERVER = NoMembership()


def held_by(user: Any) -> "list[Membership]":
    """The person's memberships of today, with bureau and programme; none for an anonymous or inactive person."""
    if not getattr(user, "is_active", False):
        return []
    if "held" not in user.remembered:
        with (
            past.present()
        ):  # what somebody may see is decided by the roles of today, whatever day they look at
            rows = user.memberships.on(clock.today()).order_by("pk")
            rows = list(rows.select_related("bureau", "programme", "deputy_of__user"))
        user.remembered["held"] = _as_they_were(rows) if past.current() is not None else rows
    return list(user.remembered["held"])


def _as_they_were(rows: "list[Membership]") -> "list[Membership]":
    """The same roles with bureau and programme as these stood at the moment that is looked at."""
    for name in ("bureau", "programme"):
        ids = {getattr(row, f"{name}_id") for row in rows} - {None}
        model: Any = type(rows[0])._meta.get_field(name).related_model if rows else None
        stood = model.objects.in_bulk(ids) if ids else {}
        for row in rows:
            then = stood.get(getattr(row, f"{name}_id"))
            if then is not None:
                setattr(row, name, then)
    return rows


def held_in(user: Any, programme_id: int) -> "list[Membership]":
    return [membership for membership in held_by(user) if membership.programme_id == programme_id]


def programme_ids(user: Any, roles: Iterable[str] | None = None) -> list[int]:
    """The programmes in which the person holds one of these roles, or any."""
    return sorted({m.programme_id for m in held_by(user) if roles is None or m.role in roles})


def acting(user: Any, programme_id: int, roles: Sequence[str], *, bureau_id: int | None = None,
           refusal: str = "") -> "Membership":  # fmt: skip
    """The membership under which the person may act: of the first of these roles that they hold, and in their own
    name before another's; raises NotAllowed, with `refusal` or a general sentence."""
    if past.current() is not None:
        raise NotAllowed(_("This is the past: nothing can be done in it. Go back to now."))
    fitting = [
        membership
        for membership in held_in(user, programme_id)
        if membership.role in roles and (bureau_id is None or membership.bureau_id == bureau_id)
    ]
    if not fitting:
        raise NotAllowed(refusal or _("Your role does not allow this. Ask the pilot office who may do it."))
    return min(fitting, key=lambda one: (roles.index(one.role), one.deputy_of_id is not None, one.pk))


def people_behind(acting: "Membership") -> set[int]:
    """The ids of the person who acts under this membership and of the one they act for: what binds one binds both."""
    return {acting.user_id, acting.absent.pk} if acting.absent is not None else {acting.user_id}


def own_bureaus(user: Any) -> set[int | None]:
    """The bureaus of all the person's memberships; a deputy reviewer does not belong to the absent one's bureau."""
    return {m.bureau_id for m in held_by(user) if m.absent is None or m.role != "manager"}


def bureaus_with_accounts(acting: "Membership", user: Any) -> set[int | None]:
    """The bureaus of the membership's programme in which somebody may write reports today; read once per request."""
    if "with_accounts" not in user.remembered:
        rows = type(acting).objects.of_bureaus(clock.today()).filter(programme__in=programme_ids(user))
        user.remembered["with_accounts"] = set(rows.values_list("programme", "bureau"))
    return {
        bureau for programme, bureau in user.remembered["with_accounts"] if programme == acting.programme_id
    }
