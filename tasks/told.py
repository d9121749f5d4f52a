"""Who is told what happens to a task: people by their roles of today."""

from qdtrade.accounts.models import Bureau, User
from qdtrade.programmes import told
from qdtrade.programmes.models.membership import WRITERS

from .models import Part, Task


def reviewers_of(task: Task) -> list[User]:
    """The reviewers of the task's programme."""
    return told.reviewers(task.programme)


def people_of(task: Task, *bureaus: Bureau, roles: tuple[str, ...] = WRITERS) -> list[User]:
    """Who reports for these bureaus, or else for the one that leads the task."""
    return told.writers(task.programme, bureaus or (task.lead,), roles)


def givers_of(part: Part) -> list[User]:
    """Who answers for the part being done: whoever gave it, and the people of the lead, or of the part above."""
    above = part.under.bureau if part.under is not None else part.task.lead
    found = {user.pk: user for user in people_of(part.task, above)}
    for one in (part.given_by, part.given_for):
        if one is not None and Task.objects.visible_to(one).filter(pk=part.task_id).exists():
            found[one.pk] = one
    return [found[pk] for pk in sorted(found)]
