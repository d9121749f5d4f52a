"""Until when something is filed on a row of a ledger: also again, as long as the form is open."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.errors import WrongState
from qdtrade.templatetags import days
from qdtrade.workflow import Act


def takes_filing(row: Any, act: Act) -> None:
    """Raises WrongState for a row that is exempt, or whose form is not open or closed already."""
    if row.exempt_reason:
        raise WrongState(_("Nothing needs to be filed here: %(reason)s") % {"reason": row.exempt_words})
    if act.at >= row.closes_at or not (row.period.is_running or row.exception_until):
        words = _("%(period)s closed at 24:00 on %(day)s. Ask the pilot office for an exception.")
        day = days.in_words(row.exception_until or row.period.grace_on)
        raise WrongState(words % {"period": row.period, "day": day})
