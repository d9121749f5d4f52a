"""Which bureaus can lead a task, for whoever hands one over: page, API and administration find them alike."""

from typing import Any

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.accounts.models.bureau import BureauQuerySet
from qdtrade.programmes.models import Programme


def could_lead(programme: Programme, user: Any) -> BureauQuerySet:
    """The bureaus of the programme's region, as the person sees them; not the region itself, nor what was merged."""
    seen = Bureau.objects.visible_to(user).filter(region=programme.region_id)
    return seen.for_new_work(clock.today()).exclude(kind=Bureau.Kind.REGION).in_order()


def chosen(programme: Programme, user: Any, code: Any) -> Bureau | None:
    """The bureau with this code, or None: whether it may lead the task is asked of the rules."""
    if not isinstance(code, str) or not code:
        return None
    return could_lead(programme, user).filter(code=code).first()
