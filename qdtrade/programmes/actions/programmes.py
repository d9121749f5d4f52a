"""Making and changing programmes."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.actions import ensure_system
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.audit.models import Chain

from .. import rules
from ..models import Membership, Programme, Role


def create_programme(code: str, *, by: Any, name: str, region: Bureau, starts_on: datetime.date,
                     ends_on: datetime.date, **fields: Any) -> Programme:  # fmt: skip
    """A new programme with its chain of records and the timer's membership."""
    rules.runs_server(by)
    if code == "system":
        raise ValidationError({"code": _("This code is taken by the system's own records.")})
    service = ensure_system()
    programme = Programme(code=code, name=name, region=region, starts_on=starts_on, ends_on=ends_on, **fields)
    with trail.unit():
        trail.create(programme, by=by)
        Chain.objects.create(scope=programme.pk, code=programme.code)
        timer = Membership(
            user=service, programme=programme, role=Role.TIMER, starts_on=min(starts_on, clock.today())
        )
        trail.create(timer, by=by)
    by.forget()
    return programme


def edit_programme(programme: Programme, fields: dict[str, Any], *, by: Any, seen: str = "") -> Programme:
    """Change a programme's names, dates or rules of time; periods that exist keep their dates."""
    acting = rules.sets_up(programme, by)
    unknown = fields.keys() - set(Programme.settings)
    if unknown:
        raise ValidationError(_("These cannot be changed: %(names)s") % {"names": ", ".join(sorted(unknown))})
    with trail.unit():
        fresh = trail.change(programme, fields, by=by, acting=acting, seen=seen)
        fresh.clean()
        return fresh
