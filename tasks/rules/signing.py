"""Who asks for the head's sign-off, and who signs, where a programme has the heads of its bureaus sign (单位审签)."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting, people_behind
from qdtrade.programmes.models import Membership, Role
from qdtrade.workflow import Act

from ..models import Report
from .contents import is_acceptable
from .writing import is_for_another, is_submitter, writes


def needs_sign_off(report: Report) -> bool:
    """Whether the programme has heads sign today: the switch may change while a period runs."""
    return bool(report.task.programme.sign_off)


def asks_sign_off(report: Report, user: Any) -> Membership:
    """Staff or head of the bureau that owes the report, where the programme has heads sign."""
    if is_for_another(writes(report, user)):
        raise WrongState(_("What the office files for a bureau needs no sign-off. Submit it."))
    if not needs_sign_off(report):
        raise WrongState(_("This programme asks for no sign-off any more. Submit the report yourself."))
    owner = report.expected.bureau_id
    return acting(user, report.programme_id, (Role.STAFF, Role.HEAD), bureau_id=owner)


def submits(report: Report, user: Any) -> Membership:
    """Staff or head of the bureau that owes the report, or the office for it; where heads sign, the head alone."""
    found = writes(report, user)
    if needs_sign_off(report) and found.role == Role.STAFF:
        raise NotAllowed(_("In this programme the head of the bureau submits. Ask for the head's sign-off."))
    return found


def signs_for(report: Report, user: Any) -> Membership:
    """The head of the bureau that owes the report, or the head's deputy."""
    refusal = _("Only the head of %(bureau)s may do this.") % {"bureau": report.bureau}
    return acting(
        user, report.programme_id, (Role.HEAD,), bureau_id=report.expected.bureau_id, refusal=refusal
    )


def is_not_its_author(report: Report, user: Any) -> None:
    """What awaits a sign-off is never signed by who asked for it, nor by their deputy or whom they stand in for."""
    asked = report.sign_off
    if asked is None or report.status != Report.Status.SIGN_OFF or not needs_sign_off(report):
        return
    if {asked.asked_by_id, asked.asked_for_id} & people_behind(submits(report, user)):
        raise NotAllowed(
            _(
                "You asked for this sign-off, so somebody else must sign: another head of the bureau, or a deputy."
            )
        )


def may_go_out(report: Report, act: Act) -> None:
    """Where heads sign, after the sign-off was asked for."""
    office = is_for_another(act.acting)
    if needs_sign_off(report) and not office and report.status != Report.Status.SIGN_OFF:
        raise WrongState(
            _(
                "Two people stand for a report here: somebody of your bureau asks for the sign-off, then you sign."
            )
        )
    is_acceptable(report, act)


def may_withdraw(report: Report, user: Any) -> None:
    """The one who submitted or asked for the sign-off, or their deputy."""
    asked = report.sign_off
    if asked is None or report.status != Report.Status.SIGN_OFF:
        is_submitter(report, user)
        return
    if not {asked.asked_by_id, asked.asked_for_id} & people_behind(writes(report, user)):
        words = _("%(person)s asked for this sign-off; only they can withdraw it. The head may send it back.")
        raise NotAllowed(words % {"person": asked.asker})
