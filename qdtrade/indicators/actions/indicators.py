"""Defining indicators, and what they come from and aim at."""

import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import Stale, WrongState
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import Indicator, IndicatorTarget


def add_indicator(programme: Programme, *, by: Any, **fields: Any) -> Indicator:
    """An indicator of the programme, with the bureau that owes its readings."""
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        indicator = Indicator(programme=programme, **fields)
        indicator.clean_fields()
        rules.check_indicator(indicator)
        rules.takes_owner(indicator.owner)
        return trail.create(indicator, by=by, acting=acting)


def edit_indicator(
    indicator: Indicator, fields: dict[str, Any], *, by: Any, seen: int | None = None, comment: str = ""
) -> Indicator:
    """Change plain fields; code and form stay. Raises Stale where the person saw another version."""
    by.forget()
    acting = rules.runs_programme(indicator.programme, by)
    unknown = fields.keys() - set(Indicator.plain_fields)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        fresh = _locked(indicator)
        if seen not in {None, fresh.version}:
            words = _("%(indicator)s changed after you opened it. Look at it again, then change it.")
            raise Stale(words % {"indicator": fresh})
        trial = copy.copy(fresh)
        for name, value in fields.items():
            setattr(trial, name, value)
        rules.check_indicator(trial)
        if trial.owner_id != fresh.owner_id:
            rules.takes_owner(trial.owner)
        return trail.change(fresh, fields, by=by, acting=acting, comment=keepable(comment))


def end_indicator(indicator: Indicator, *, by: Any, reason: str) -> Indicator:
    """It takes no readings any more and leaves the tiles; its page and its readings stay."""
    by.forget()
    acting = rules.runs_programme(indicator.programme, by)
    reason = keepable(reason)
    if not reason:
        raise ValidationError({"comment": _("Please give a reason.")})
    with trail.unit() as unit:
        fresh = _locked(indicator)
        rules.goes_on(fresh)
        if fresh.readings.to_decide().exists():
            raise WrongState(_("A reading waits for its decision. Decide it, then end the indicator."))
        ended = {"ended_at": unit.began, "ended_by": by, "ended_reason": reason}
        return trail.change(fresh, ended, by=by, acting=acting, action="end", comment=reason)


def set_target(indicator: Indicator, *, by: Any, kind: str, **fields: Any) -> IndicatorTarget:
    """A baseline, or the target of a period."""
    by.forget()
    acting = rules.runs_programme(indicator.programme, by)
    with trail.unit():
        fresh = _locked(indicator)
        rules.goes_on(fresh)
        target = IndicatorTarget(indicator=fresh, kind=kind, **fields)
        target.clean_fields()
        rules.check_target(target)
        return trail.create(target, by=by, acting=acting)


def edit_target(
    target: IndicatorTarget, fields: dict[str, Any], *, by: Any, seen: str = "", comment: str = ""
) -> IndicatorTarget:
    """Another period, day, value or source; the records keep what stood there."""
    by.forget()
    acting = rules.runs_programme(target.indicator.programme, by)
    unknown = fields.keys() - set(IndicatorTarget.plain_fields)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        fresh = _locked(target.indicator)
        trial = copy.copy(target)
        trial.indicator = fresh
        for name, value in fields.items():
            setattr(trial, name, value)
        rules.check_target(trial)
        return trail.change(target, fields, by=by, acting=acting, seen=seen, comment=keepable(comment))


def _locked(indicator: Indicator) -> Indicator:
    rows = Indicator.objects.select_related("programme", "owner")
    return rows.get(pk=trail.lock(indicator).pk)
