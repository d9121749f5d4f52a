"""Making rates and their versions. No version is ever changed or deleted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import WrongState
from qdtrade.programmes.models import Membership, Programme

from .. import rules
from ..first_rates import FIRST_RATES
from ..models import Rate


def begin_with_rates(programme: Programme, *, by: Any) -> None:
    """The rates that a programme begins with; none where it has any."""
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        take_first_rates(programme, by, acting)


def take_first_rates(programme: Programme, by: Any, acting: Membership) -> None:
    """The same for an act that needs them; called inside its unit. Two first acts wait for each other."""
    if Rate.objects.filter(programme=programme).exists():
        return
    trail.lock(programme)
    if Rate.objects.filter(programme=programme).exists():
        return
    made: dict[str, Any] = {"made_at": trail.began(), "made_by": by, "valid_from": programme.starts_on}
    rows = [
        Rate(programme=programme, number=number, **made, **fields)
        for number, fields in enumerate(FIRST_RATES, 1)
    ]
    trail.create_many(rows, by=by, acting=acting)


def define_rate(programme: Programme, fields: dict[str, Any], *, by: Any, code: str) -> Rate:
    """A rate of the programme's own, as its first version."""
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        trail.lock(programme)
        if Rate.objects.filter(programme=programme, code=code).exists():
            raise ValidationError({"code": _("There is a rate of this code. Make a new version of it.")})
        return _made(Rate(programme=programme, code=code, **fields), by, acting, "")


def new_version(rate: Rate, fields: dict[str, Any], *, by: Any, seen: int | None = None, reason: str) -> Rate:
    """A version that differs from the last one in these fields, from the day on that it names.

    Raises Stale where the version that the person saw is no longer the last.
    """
    acting = rules.runs_programme(rate.programme, by)
    unknown = fields.keys() - set(Rate.rule_fields)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    if not reason.strip():
        raise ValidationError({"comment": _("Say why the rate is counted otherwise from now on.")})
    with trail.unit():
        trail.lock(rate.programme)
        rules.is_last_version(rate, seen)
        values = {name: getattr(rate, name) for name in Rate.rule_fields} | fields
        rules.may_hold_from(values["valid_from"], rate)
        if all(values[name] == getattr(rate, name) for name in Rate.rule_fields if name != "valid_from"):
            raise WrongState(_("Nothing about the rate would be other than it is. No version was made."))
        version = Rate(
            programme=rate.programme, code=rate.code, version=rate.version + 1, reason=reason, **values
        )
        return _made(version, by, acting, reason)


def _made(rate: Rate, by: Any, acting: Membership, comment: str) -> Rate:
    rate.made_at, rate.made_by = trail.began(), by
    return trail.create(rate, by=by, acting=acting, comment=comment)
