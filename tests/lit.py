"""Lights as tests want them, whatever the rule would say."""

from qdtrade import clock
from qdtrade.lights.models import LightRule
from qdtrade.programmes.models import Programme

BEHIND = [{"code": "behind", "level": "red", "points": "31"}]


def rule_of(programme: Programme, by):
    """The thresholds that the programme has, or its first ones."""
    found = LightRule.objects.filter(programme=programme).order_by("-version").first()
    if found is not None:
        return found
    return LightRule.objects.create(
        programme=programme, valid_from=programme.starts_on, made_at=clock.now(), made_by=by
    )


def keep(obj, level, *, by, on=None, computed="", reasons=BEHIND):
    """Keep this light for a day, as if it had been judged at that hour."""
    values = {
        "day": on or clock.today(),
        "kept_at": clock.now(),
        "level": level,
        "computed": computed or level,
    }
    return obj.lights.create(rule=rule_of(obj.programme, by), reasons=reasons, **values)
