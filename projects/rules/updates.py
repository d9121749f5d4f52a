"""Who says each period how a project goes, until when, and what it must hold."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit.canonical import keepable
from qdtrade.programmes.filing import takes_filing
from qdtrade.programmes.models import Membership
from qdtrade.programmes.writing import writes_for
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from ..models import ExpectedUpdate
from .gates import goes_on

LONGEST_SAID = 2000


def files_update(row: ExpectedUpdate, user: Any) -> Membership:
    """Staff or head of the carrier that owes it; a reviewer, where nobody there has an account."""
    refusal = _("%(bureau)s owes this update; only its reporters and its head may do this.") % {
        "bureau": row.bureau
    }
    return writes_for(row.bureau, row.period.programme_id, user, refusal)


def may_be_filed(row: ExpectedUpdate, act: Act) -> None:
    """Until the form closes, also what was filed before; of a project that goes on."""
    goes_on(row.project)
    takes_filing(row, act)
    if not act.asking:
        _check_said(row, act)


def _check_said(row: ExpectedUpdate, act: Act) -> None:
    said, faults = keepable(str(act.data.get("text") or "")), {}
    if not said and not act.data.get("no_change"):
        faults["text"] = _("Say what is new, or that nothing changed.")
    elif len(said) > LONGEST_SAID:
        faults["text"] = _("At most %(most)d characters.") % {"most": LONGEST_SAID}
    next_on = act.data.get("next_on")
    last: datetime.date = row.project.signed_on
    if next_on is not None and next_on < last:
        faults["next_on"] = _("Not before the signing, %(day)s.") % {"day": days.iso(last)}
    if faults:
        raise ValidationError(faults)
