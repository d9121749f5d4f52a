"""Who submits and who decides a reading, and what it must hold."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting, held_in, people_behind
from qdtrade.programmes.interest import Interest, interest
from qdtrade.programmes.models import Membership, Programme, Role
from qdtrade.programmes.models.membership import WRITERS
from qdtrade.programmes.rules import manages
from qdtrade.workflow import Act

from ..models import Indicator, Reading
from ..models.reading import ReadingQuerySet
from .indicators import goes_on


def reads_imports(programme: Programme, user: Any) -> Membership:
    """A reviewer or an auditor of the programme: a file holds everybody's rows."""
    refusal = _("Only the pilot office and the auditors of the programme may read its imports.")
    return acting(user, programme.pk, [Role.MANAGER, Role.AUDITOR], refusal=refusal)


def manages_programme(programme: Programme, user: Any) -> Membership:
    """A reviewer of the programme."""
    refusal = _("Only a reviewer of the pilot office may do this.")
    return acting(user, programme.pk, [Role.MANAGER], refusal=refusal)


def submits(indicator: Indicator, user: Any) -> Membership:
    """Staff or head of the owner; a reviewer of the programme, whose reading another one approves."""
    mine = held_in(user, indicator.programme_id)
    if any(m.role in WRITERS and m.bureau_id == indicator.owner_id for m in mine):
        return acting(user, indicator.programme_id, WRITERS, bureau_id=indicator.owner_id)
    refusal = _("%(bureau)s owes the readings of this indicator; its people or the pilot office submit them.")
    return acting(user, indicator.programme_id, [Role.MANAGER], refusal=refusal % {"bureau": indicator.owner})


def submits_reading(reading: Reading, user: Any) -> Membership:
    """Staff or head of the owner; a reviewer of the programme, whose reading another one approves."""
    return submits(reading.indicator, user)


def decides(reading: Reading, user: Any) -> Membership:
    """A reviewer of the programme."""
    return manages(reading, user)


def is_independent(reading: Reading, user: Any) -> None:
    """Never who submitted it, and never anybody of the owner; a deputy is bound by what binds the absent one."""
    acts = decides(reading, user)
    people = {reading.submitted_by_id, reading.submitted_for_id}
    found = interest(acts, user, bureau_id=reading.indicator.owner_id, people=people)
    words = {
        Interest.HAND: _("You submitted this; somebody else must decide it."),
        Interest.BUREAU: _("Your own bureau owes this reading; another reviewer must decide it."),
        Interest.HAND_OF_ABSENT: _(
            "You act for %(person)s, who submitted this; another reviewer must decide it."
        ),
        Interest.BUREAU_OF_ABSENT: _(
            "You act for %(person)s, whose bureau owes this reading; another reviewer must decide it."
        ),
    }
    if found is not None:
        raise NotAllowed(words[found] % {"person": acts.absent})


def is_submitter(reading: Reading, user: Any) -> None:
    """The one who submitted it, or their deputy."""
    behind = people_behind(submits_reading(reading, user))
    if not {reading.submitted_by_id, reading.submitted_for_id} & behind:
        words = _("%(person)s submitted this; only they can withdraw it.")
        raise NotAllowed(words % {"person": reading.submitter})


def may_be_submitted(reading: Reading) -> None:
    """Of an indicator that goes on; one reading of a period is in force, and one at a time is under way."""
    goes_on(reading.indicator)
    if _is_under_way(reading):
        words = _("A reading of %(period)s is under way already; decide or withdraw that first.")
        raise WrongState(words % {"period": reading.period})
    if reading.corrects_id is None and _is_held(reading):
        words = _("%(period)s has an approved reading; correct that one, with a reason.")
        raise WrongState(words % {"period": reading.period})


def may_be_submitted_again(reading: Reading, act: Act) -> None:
    """Of an indicator that goes on, while no other reading of the period is under way; with all that one needs."""
    may_be_submitted(reading)
    if not act.asking:
        trial = Reading(indicator=reading.indicator, corrects=reading.corrects, reason=reading.reason)
        for name in Reading.said_fields:
            setattr(trial, name, act.data.get(name, getattr(reading, name)))
        check_reading(trial)


def may_be_corrected(reading: Reading) -> None:
    """Raises WrongState for a reading that is not in force."""
    if not reading.is_in_force:
        words = _("Only an approved reading is corrected; this one is %(state)s.")
        raise WrongState(words % {"state": reading.get_status_display()})


def may_be_approved(reading: Reading, act: Act) -> None:
    """While what it corrects is still in force, and no other reading of the period is."""
    if reading.corrects is not None and not reading.corrects.is_in_force:
        raise WrongState(_("What this corrects was corrected meanwhile. Return it."))
    if _is_held(reading):
        words = _("%(period)s has an approved reading already. Return this one, to be sent as a correction.")
        raise WrongState(words % {"period": reading.period})


def _others(reading: Reading) -> ReadingQuerySet:
    """The other readings of its period."""
    same = Reading.objects.filter(indicator=reading.indicator, period=reading.period)
    return same.exclude(pk=reading.pk)


def _is_under_way(reading: Reading) -> bool:
    """Whether another reading of its period is under way; a row that came `for_list()` knows."""
    if hasattr(reading, "under_way"):
        return bool(reading.under_way)
    return _others(reading).filter(status__in=Reading.OPEN).exists()


def _is_held(reading: Reading) -> bool:
    """Whether a reading of its period is in force, but for the one that it corrects; so too `for_list()`."""
    if hasattr(reading, "held"):
        return bool(reading.held)
    return _others(reading).in_force().exclude(pk=reading.corrects_id or 0).exists()


def check_reading(reading: Reading) -> None:
    """Raises one ValidationError that names everything that is missing or wrong."""
    faults: dict[str, Any] = {}
    indicator = reading.indicator
    if not reading.period:
        faults["period"] = _("Say of which time it is, such as 2021年上半年.")
    if reading.on is None:
        faults["on"] = _("Give the day that it stands for: the last one of its time.")
    elif reading.on > clock.today():
        faults["on"] = _("The day must not be in the future.")
    if not reading.source:
        faults["source"] = _("Say where it comes from.")
    faults |= _faults_of_value(indicator, reading)
    if reading.corrects is not None and not reading.reason:
        faults["reason"] = _("Say what was wrong.")
    if faults:
        raise ValidationError(faults)


def _faults_of_value(indicator: Indicator, reading: Reading) -> dict[str, Any]:
    if indicator.form == Indicator.Form.WORDS:
        if reading.value is not None:
            return {"value": _("This indicator stands in words; leave the figure empty.")}
        return {} if reading.words else {"words": _("Say how it stands, such as 第一梯队.")}
    if reading.words:
        return {"words": _("This indicator is a figure; write it as one.")}
    if reading.value is None:
        return {"value": _("Give the figure; 0 is one.")}
    if indicator.form == Indicator.Form.RANK and (reading.value < 1 or reading.value % 1):
        return {"value": _("A rank is a whole number from 1 on.")}
    return {}
