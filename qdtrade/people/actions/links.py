"""One-time links for many people at once, to be handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qdtrade.accounts.actions import make_link
from qdtrade.accounts.models import User
from qdtrade.errors import Refusal


@dataclass(frozen=True)
class Slip:
    """A person and their link's secret, which is kept nowhere; or why none was made."""

    person: User
    secret: str
    reason: str = ""


def make_links(people: Iterable[User], *, by: Any) -> list[Slip]:
    """A link for each of these people, each an act of its own: one who gets none stops no other.

    Whoever hands the secrets over, on paper or by mail, does it with this answer: they cannot be asked for again.
    """
    return [_slip(person, by) for person in people]


def _slip(person: User, by: Any) -> Slip:
    try:
        return Slip(person, make_link(person, by=by))
    except Refusal as refusal:
        return Slip(person, "", str(refusal))
