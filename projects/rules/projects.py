"""What a project must hold when it is registered or changed, and when it ends."""

import datetime
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock, money
from qdtrade.accounts.models import Bureau
from qdtrade.accounts.rules import takes_new_work
from qdtrade.errors import WrongState
from qdtrade.templatetags import days
from qdtrade.workflow import Act
from tasks.models import Task

from ..models import Currency, Gate, Partner, Project

TOLERANCE = Decimal("0.01")
"""How far an amount in yuan may be off amount × rate: people round (our choice)."""


def check_project(project: Project) -> None:
    """Raises one ValidationError that names every field in which a project makes no sense."""
    faults: dict[str, Any] = {}
    for name in ("planned_investment", "contracted_inflow"):
        fault = fault_of_amount(getattr(project, name))
        if fault:
            faults[name] = fault
    faults |= faults_of_currency(project, "planned_investment")
    if project.signed_on > clock.today():
        faults["signed_on"] = _("The day must not be in the future.")
    faults |= _faults_of_event(project) | _faults_of_carrier(project)
    if project.sector.programme_id != project.programme_id:
        faults["sector"] = _("The sector is of another programme.")
    if faults:
        raise ValidationError(faults)


def fault_of_amount(amount: Decimal | None) -> str:
    """Why an amount in yuan cannot be: not above zero, or so large that its unit is wrong."""
    if amount is None:
        return ""
    if amount <= 0:
        return _("The amount must be greater than zero.")
    if amount > money.MOST:
        return _("More than 10万亿元: check the unit, the amount is counted in yuan.")
    return ""


def faults_of_currency(row: Any, amount: str) -> dict[str, Any]:
    """Yuan need no rate; another currency needs its amount, rate and day, and the yuan must follow from them."""
    faults: dict[str, Any] = {}
    if row.currency not in Currency.values:
        return {"currency": _("“%(code)s” is no currency we count in.") % {"code": row.currency}}
    given = {"original_amount": row.original_amount, "rate": row.rate, "rate_on": row.rate_on}
    if row.currency == Currency.CNY:
        words = _("Only for an amount in another currency than yuan.")
        return {name: words for name, value in given.items() if value is not None}
    for name, value in given.items():
        if value is None:
            faults[name] = _(
                "An amount in another currency needs its amount, its rate and the day of the rate."
            )
    for name in ("original_amount", "rate"):
        if given[name] is not None and given[name] <= 0:
            faults[name] = _("The amount must be greater than zero.")
    if row.rate_on is not None and row.rate_on > clock.today():
        faults["rate_on"] = _("The day must not be in the future.")
    yuan = getattr(row, amount)
    if not faults and yuan is not None and abs(yuan - in_yuan(row)) > TOLERANCE * in_yuan(row):
        words = _("%(amount)s yuan is not %(original)s × %(rate)s = %(yuan)s. Check amount, unit and rate.")
        faults[amount] = words % {
            "amount": money.plain(yuan),
            "original": money.plain(row.original_amount),
            "rate": row.rate.normalize(),
            "yuan": money.plain(in_yuan(row)),
        }
    return faults


def in_yuan(row: Any) -> Decimal:
    """The amount in another currency at its rate, to the fen, half up."""
    product: Decimal = row.original_amount * row.rate
    return product.quantize(money.FEN, ROUND_HALF_UP)


def _faults_of_event(project: Project) -> dict[str, Any]:
    event = project.event
    if event is None:
        return {}
    if event.programme_id != project.programme_id:
        return {"event": _("The signing event is of another programme.")}
    if not event.starts_on <= project.signed_on <= event.ends_on:
        words = _("%(event)s was from %(start)s to %(end)s; the signing must fall into it.")
        dates = {"start": days.iso(event.starts_on), "end": days.iso(event.ends_on)}
        return {"signed_on": words % {"event": event, **dates}}
    return {}


def _faults_of_carrier(project: Project) -> dict[str, Any]:
    carrier = project.carrier
    if carrier.root_id != project.programme.region_id or carrier.kind == Bureau.Kind.REGION:
        return {"carrier": _("Choose a bureau or zone of the programme's region.")}
    return {}


def takes_project(carrier: Bureau) -> None:
    """Raises ValidationError for a carrier that was merged into another bureau."""
    try:
        takes_new_work(carrier, clock.today())
    except ValidationError as fault:
        raise ValidationError({"carrier": fault.messages}) from None


def are_of_programme(project: Project, partners: Collection[Partner], tasks: Collection[Task]) -> None:
    """Raises ValidationError for a partner or a task of another programme."""
    faults = {}
    if any(partner.programme_id != project.programme_id for partner in partners):
        faults["partners"] = _("A partner is of another programme.")
    if any(task.programme_id != project.programme_id for task in tasks):
        faults["tasks"] = _("A task is of another programme.")
    if faults:
        raise ValidationError(faults)


def may_be_signed_on(project: Project, gates: Collection[Gate]) -> None:
    """The day of the signing is never after what was proposed or confirmed already."""
    facts = [gate.fact_on for gate in gates if gate.fact_on is not None and gate.is_confirmed]
    if facts and project.signed_on > min(facts):
        words = _("Not after the first confirmed gate, %(day)s.")
        raise ValidationError({"signed_on": words % {"day": days.iso(min(facts))}})


def may_end(project: Project, act: Act) -> None:
    """While none of its gates waits for a decision; on a day neither in the future nor before the signing."""
    if any(gate.status == Gate.Status.PROPOSED for gate in project.gates.all()):
        raise WrongState(_("A gate of it waits for a decision. Confirm or return that first."))
    if act.asking:
        return
    on = day_of_end(act)
    if on > clock.today():
        raise ValidationError({"on": _("The day must not be in the future.")})
    if on < project.signed_on:
        raise ValidationError(
            {"on": _("Not before the signing, %(day)s.") % {"day": days.iso(project.signed_on)}}
        )


def day_of_end(act: Act) -> datetime.date:
    """The day that was given, or today."""
    return act.data.get("on") or clock.day_of(act.at)
