"""What the effects of moves read of the act, in every app."""

import datetime
from typing import Any, cast

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.workflow import Act

from .models import Membership


def absent_of(act: Act) -> User | None:
    """The person whom a deputy acts for."""
    return cast(User | None, cast(Membership, act.acting).absent)


def day_of(act: Act) -> datetime.date:
    """The Beijing date on which the act began."""
    return clock.day_of(act.at)


def done(did: str, act: Act) -> dict[str, Any]:
    """When something was done, by whom, and for whom where a deputy did it: the fields `did`_at, _by and _for."""
    return {f"{did}_at": act.at, f"{did}_by": act.by, f"{did}_for": absent_of(act)}


def undone(did: str) -> dict[str, Any]:
    """The same fields of what was not done yet, or no more."""
    return dict.fromkeys((f"{did}_at", f"{did}_by", f"{did}_for"))
