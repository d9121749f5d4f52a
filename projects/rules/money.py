"""Which sums are taken, what a counter-entry may take back, and what is said of too much."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock, money
from qdtrade.audit.canonical import keepable
from qdtrade.programmes.held import held_in
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.rules import manages
from qdtrade.templatetags import days

from ..models import MoneyEvent, Project
from .carrying import carries
from .projects import fault_of_amount, faults_of_currency

LONGEST_NOTE = 200


def enters_money(project: Project, user: Any) -> Membership:
    """Staff or head of the carrier, or a reviewer of the programme."""
    if any(m.role == Role.MANAGER for m in held_in(user, project.programme_id)):
        return manages(project, user)
    return carries(project, user)


def check_money(event: MoneyEvent) -> None:
    """Raises one ValidationError that names every field in which a sum makes no sense."""
    faults: dict[str, Any] = {}
    fault = fault_of_amount(event.amount)
    if fault:
        faults["amount"] = fault
    faults |= faults_of_currency(event, "amount") | _faults_of_rest(event, event.project.signed_on)
    if faults:
        raise ValidationError(faults)


def check_counter_entry(event: MoneyEvent, taken_back: Decimal) -> None:
    """A counter-entry takes back at most what is left of the sum it corrects, on its day or later. `taken_back` is what
    earlier counter-entries took back of it.
    """
    original, faults = event.corrects, {}
    assert original is not None
    if original.corrects_id is not None:
        raise ValidationError({"corrects": _("This is a counter-entry itself; enter the sum anew instead.")})
    left = original.amount - taken_back
    if event.amount >= 0:
        faults["amount"] = _("The amount must be greater than zero.")
    elif -event.amount > left:
        words = _("At most what is left of it: %(left)s yuan.")
        faults["amount"] = words % {"left": money.plain(left)}
    faults |= _faults_of_rest(event, original.on)
    if faults:
        raise ValidationError(faults)


def _faults_of_rest(event: MoneyEvent, first: datetime.date) -> dict[str, Any]:
    faults: dict[str, Any] = {}
    if event.on > clock.today():
        faults["on"] = _("The day must not be in the future.")
    elif event.on < first:
        words = (
            _("Not before the sum that it corrects, %(day)s.")
            if event.corrects
            else _("Not before the signing, %(day)s.")
        )
        faults["on"] = words % {"day": days.iso(first)}
    if not keepable(event.note):
        faults["note"] = _("Say what it was for.") if event.corrects is None else _("Say what was wrong.")
    elif len(event.note) > LONGEST_NOTE:
        faults["note"] = _("At most %(most)d characters.") % {"most": LONGEST_NOTE}
    return faults


def warnings(project: Project) -> dict[str, str]:
    """What is unlikely of a project's money and yet taken, by the field concerned; it came with `with_money()`."""
    found = {}
    if project.contracted_inflow is not None and project.came_in > project.contracted_inflow:
        words = _("%(in)s yuan came in, more than the contracted inflow of %(contracted)s yuan.")
        found["contracted_inflow"] = words % {
            "in": money.plain(project.came_in),
            "contracted": money.plain(project.contracted_inflow),
        }
    if project.invested > project.planned_investment:
        words = _("%(invested)s yuan were invested, more than the planned investment of %(planned)s yuan.")
        found["planned_investment"] = words % {
            "invested": money.plain(project.invested),
            "planned": money.plain(project.planned_investment),
        }
    return found
