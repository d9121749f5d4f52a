"""Whether somebody who is to decide has a hand in it: what a person did, or what their own bureau owes.

A deputy is bound by what binds the absent one, too. Each app says what was found in its own words.
"""

import enum
from collections.abc import Collection
from typing import Any

from .held import own_bureaus
from .models import Membership


class Interest(enum.Enum):
    """Why a person may not decide this."""

    HAND = enum.auto()
    BUREAU = enum.auto()
    HAND_OF_ABSENT = enum.auto()
    BUREAU_OF_ABSENT = enum.auto()


def interest(
    acting: Membership, user: Any, *, bureau_id: int, people: Collection[int | None] = ()
) -> Interest | None:
    """What ties the person who acts under this membership to a bureau's thing that these people had a hand in."""
    if user.pk in people:
        return Interest.HAND
    if bureau_id in own_bureaus(user):
        return Interest.BUREAU
    if acting.absent is None:
        return None
    if acting.absent.pk in people:
        return Interest.HAND_OF_ABSENT
    return Interest.BUREAU_OF_ABSENT if bureau_id in own_bureaus(acting.absent) else None
