"""Who is told of what happens in a programme: people by their roles of today."""

from collections.abc import Sequence

from qdtrade import clock
from qdtrade.accounts.models import Bureau, User

from .models import Programme, Role
from .models.membership import WRITERS


def reviewers(programme: Programme) -> list[User]:
    """The reviewers of the pilot office."""
    return _people(programme, role=Role.MANAGER)


def writers(programme: Programme, bureaus: Sequence[Bureau], roles: Sequence[str] = WRITERS) -> list[User]:
    """Who reports for these bureaus."""
    return _people(programme, role__in=roles, bureau__in=bureaus)


def _people(programme: Programme, **which: object) -> list[User]:
    rows = programme.memberships.on(clock.today()).filter(**which)
    return list(User.objects.filter(pk__in=rows.values("user")).order_by("pk"))
