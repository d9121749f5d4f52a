"""Who says how a part goes, until when, and what it must hold."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit.canonical import keepable
from qdtrade.errors import WrongState
from qdtrade.programmes.held import acting
from qdtrade.programmes.models import Membership
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from ..models import ExpectedPart, Part
from .parts import has_all_below
from .writing import WRITERS

LONGEST_SAID = 2000


def files_part(row: ExpectedPart, user: Any) -> Membership:
    """Staff or head of the bureau that holds the part."""
    refusal = _("This part is of %(bureau)s; only its reporters and its head may do this.") % {
        "bureau": row.bureau
    }
    return acting(user, row.period.programme_id, WRITERS, bureau_id=row.bureau_id, refusal=refusal)


def may_be_filed(row: ExpectedPart, act: Act) -> None:
    """Until the form closes, also what was filed before; a part that ended is filed no more."""
    if row.exempt_reason:
        words = _("Nothing needs to be filed here: %(reason)s")
        raise WrongState(words % {"reason": row.exempt_words})
    if row.part.status == Part.Status.ENDED:
        raise WrongState(_("%(part)s ended; nothing more is filed on it.") % {"part": row.part})
    if act.at >= row.closes_at or not (row.period.is_running or row.exception_until):
        words = _("%(period)s closed at 24:00 on %(day)s. Ask the pilot office for an exception.")
        day = days.in_words(row.exception_until or row.period.grace_on)
        raise WrongState(words % {"period": row.period, "day": day})
    if not act.asking:
        _check_said(row, act)


def _check_said(row: ExpectedPart, act: Act) -> None:
    said, faults = keepable(str(act.data.get("text") or "")), {}
    if not said:
        faults["text"] = _("Say what was done for this part in the period, or that nothing was.")
    elif len(said) > LONGEST_SAID:
        faults["text"] = _("At most %(most)d characters.") % {"most": LONGEST_SAID}
    kept = row.files.filter(dropped_at=None).exclude(pk__in=act.data.get("drop") or []).count()
    if kept + len(act.data.get("files") or []) > settings.MAX_REPORT_FILES:
        faults["files"] = _("At most %(most)d files stay here.") % {"most": settings.MAX_REPORT_FILES}
    if faults:
        raise ValidationError(faults)
    if act.data.get("says_done") and row.part.status == Part.Status.ACCEPTED:
        has_all_below(row.part, act)
