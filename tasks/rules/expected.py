"""When a bureau may be exempted from a report, or given more time for it."""

from django.utils.translation import gettext as _

from qdtrade.errors import WrongState

from ..models import ExpectedReport


def is_not_filed(expected: ExpectedReport) -> None:
    """Nothing was submitted yet, and the period is not frozen."""
    if expected.first_submitted_at is not None:
        words = _("%(report)s was submitted already, so it is neither exempt nor given more time.")
        raise WrongState(words % {"report": expected})
    if expected.period.status == expected.period.Status.FROZEN:
        words = _("%(period)s is frozen; exemptions and exceptions are given before that.")
        raise WrongState(words % {"period": expected.period})
