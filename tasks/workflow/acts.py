"""What the effects of all moves read of the act."""

import datetime
from typing import cast

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.programmes.models import Membership
from qdtrade.workflow import Act


def absent_of(act: Act) -> User | None:
    """The person whom a deputy acts for."""
    return cast(User | None, cast(Membership, act.acting).absent)


def day_of(act: Act) -> datetime.date:
    """The Beijing date on which the act began."""
    return clock.day_of(act.at)
