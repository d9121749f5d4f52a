"""Who is told what happens to a task: people by their roles of today."""

from qdtrade import clock
from qdtrade.accounts.models import Bureau, User
from qdtrade.programmes.models import Role

from .models import Task

WRITERS = (Role.HEAD, Role.STAFF)


def reviewers_of(task: Task) -> list[User]:
    """The reviewers of the task's programme."""
    rows = task.programme.memberships.on(clock.today()).filter(role=Role.MANAGER)
    return list(User.objects.filter(pk__in=rows.values("user")).order_by("pk"))


def people_of(task: Task, *bureaus: Bureau, roles: tuple[str, ...] = WRITERS) -> list[User]:
    """Who reports for these bureaus, or else for the one that leads the task."""
    rows = task.programme.memberships.on(clock.today())
    rows = rows.filter(role__in=roles, bureau__in=bureaus or (task.lead,))
    return list(User.objects.filter(pk__in=rows.values("user")).order_by("pk"))
