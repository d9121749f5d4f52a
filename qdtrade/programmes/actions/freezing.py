"""Putting figures of a frozen period right: the new ones stand beside the old ones, never in their place."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import WrongState

from .. import freezing, rules
from ..models import Period, Restatement


def restate(period: Period, *, by: Any, reason: str) -> Restatement:
    """Compute the figures of dated facts anew and add those that differ; a stand of the day of freezing stays."""
    acting = rules.manages(period, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give a reason.")})
    with trail.unit() as unit:
        fresh = trail.lock(period)
        rules.is_frozen(fresh)
        rows = freezing.differing(fresh, unit.began)
        if not rows:
            raise WrongState(_("No figure of %(period)s differs from what was kept.") % {"period": fresh})
        made = Restatement(
            period=fresh,
            reason=reason.strip(),
            figures=len(rows),
            figures_hash=freezing.digest_of(rows),
            made_at=unit.began,
            made_by=by,
        )
        trail.create(made, by=by, acting=acting, action="restate", comment=reason)
        for row in rows:
            row.restatement = made
        trail.append(rows)
        return made
