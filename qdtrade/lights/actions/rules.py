"""Changing by what lights are judged. No version is ever changed or deleted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import WrongState
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import LightRule


def take_first_rule(programme: Programme, *, by: Any, acting: Any) -> None:
    """The rule that a programme begins with; called inside the unit of an act that needs it."""
    trail.lock(programme)
    if not LightRule.objects.filter(programme=programme).exists():
        _made(LightRule(programme=programme, valid_from=programme.starts_on), by, acting, "")


def new_version(
    programme: Programme, fields: dict[str, Any], *, by: Any, seen: int | None = None, reason: str
) -> LightRule:
    """Thresholds that differ from the last version in these fields, from the day on that they name.

    Raises Stale where the version that the person saw is no longer the last.
    """
    by.forget()
    acting = rules.runs_programme(programme, by)
    unknown = fields.keys() - set(LightRule.rule_fields)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    reason = keepable(reason)
    if not reason:
        raise ValidationError({"comment": _("Say why lights are judged otherwise from now on.")})
    with trail.unit():
        trail.lock(programme)
        last = LightRule.objects.filter(programme=programme).order_by("-version")[:1].get()
        rules.is_last_version(last, seen)
        values = {name: getattr(last, name) for name in LightRule.rule_fields} | fields
        rules.may_hold_from(values["valid_from"], last)
        if all(values[name] == getattr(last, name) for name in LightRule.rule_fields if name != "valid_from"):
            raise WrongState(_("Nothing about the rule would be other than it is. No version was made."))
        version = LightRule(programme=programme, version=last.version + 1, reason=reason, **values)
        return _made(version, by, acting, reason)


def _made(rule: LightRule, by: Any, acting: Any, comment: str) -> LightRule:
    rule.made_at, rule.made_by = trail.began(), by
    return trail.create(rule, by=by, acting=acting, comment=comment)
