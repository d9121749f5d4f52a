"""What waits for a person or a bureau: each app that keeps work registers what of it belongs to whom.

It is asked when somebody leaves, and when a bureau becomes a part of another one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from qdtrade.accounts.models import Bureau
from qdtrade.errors import Words
from qdtrade.programmes.models import Membership

Rows = QuerySet[Any]


@dataclass(frozen=True)
class PersonalWork:
    """Rows that wait for the person who holds a role, the first to be done first.

    `does` says what becomes of them when the person leaves. `passes` hands one over to a colleague, or back to
    everybody where there is none; without it the colleague is told, for whoever holds the role may go on.
    """

    name: str
    label: Words
    does: Words
    roles: frozenset[str]
    rows: Callable[[Membership], Rows]
    address: Callable[[Any], str]
    passes: Callable[..., None] | None = None


@dataclass(frozen=True)
class BureauWork:
    """Rows that a bureau still owes, and what to do about them when it is merged into another one.

    `passes` hands one over to the other bureau; without it that is done on the row's own page.
    """

    name: str
    label: Words
    does: Words
    rows: Callable[[Bureau], Rows]
    address: Callable[[Any], str]
    may_pass: Callable[[Any, Any], bool] | None = None
    """Whether this person may hand this row over to the other bureau: then the page offers it for many at once."""
    passes: Callable[..., None] | None = None


OF_PEOPLE: dict[str, PersonalWork] = {}
OF_BUREAUS: dict[str, BureauWork] = {}


def register(*work: PersonalWork | BureauWork) -> None:
    """Called once by an app when it is ready."""
    for one in work:
        if isinstance(one, PersonalWork):
            OF_PEOPLE[one.name] = one
        else:
            OF_BUREAUS[one.name] = one


def of_membership(membership: Membership) -> list[PersonalWork]:
    """The kinds of work that come with the role."""
    return [one for one in OF_PEOPLE.values() if membership.role in one.roles]
