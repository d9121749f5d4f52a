"""Who is told what happens to a reading."""

from qdtrade.accounts.models import User
from qdtrade.programmes import told

from .models import Indicator, Reading


def reviewers_of(indicator: Indicator) -> list[User]:
    """The reviewers of the indicator's programme."""
    return told.reviewers(indicator.programme)


def submitters_of(reading: Reading) -> list[User]:
    """Who reports for the owner, and who submitted the reading, while they are of the programme."""
    indicator = reading.indicator
    found = {user.pk: user for user in told.writers(indicator.programme, [indicator.owner])}
    for one in (reading.submitted_by, reading.submitted_for):
        if one is not None and Reading.objects.visible_to(one).filter(pk=reading.pk).exists():
            found[one.pk] = one
    return [found[pk] for pk in sorted(found)]
