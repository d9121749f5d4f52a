"""Who is told what happens to a project."""

from qdtrade.accounts.models import User
from qdtrade.programmes import told

from .models import Gate, Project


def reviewers_of(project: Project) -> list[User]:
    """The reviewers of the project's programme."""
    return told.reviewers(project.programme)


def carriers_of(project: Project) -> list[User]:
    """Who reports for the project's carrier."""
    return told.writers(project.programme, [project.carrier])


def proposers_of(gate: Gate) -> list[User]:
    """Who reports for the carrier, and who proposed the gate for it."""
    found = {user.pk: user for user in carriers_of(gate.project)}
    for one in (gate.proposed_by, gate.proposed_for):
        if one is not None and Project.objects.visible_to(one).filter(pk=gate.project_id).exists():
            found[one.pk] = one
    return [found[pk] for pk in sorted(found)]
