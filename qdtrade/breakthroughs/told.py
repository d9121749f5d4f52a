"""Who is told what happens to a breakthrough."""

from qdtrade.accounts.models import User
from qdtrade.programmes import told

from .models import Breakthrough


def reviewers_of(row: Breakthrough) -> list[User]:
    """The reviewers of the programme."""
    return told.reviewers(row.programme)


def bureau_of(row: Breakthrough) -> list[User]:
    """Who reports for the bureau, and who claimed it for them."""
    found = {user.pk: user for user in told.writers(row.programme, list({row.bureau, row.task.lead}))}
    for one in (row.claimed_by, row.claimed_for):
        if one is not None and Breakthrough.objects.visible_to(one).filter(pk=row.pk).exists():
            found[one.pk] = one
    return [found[pk] for pk in sorted(found)]
