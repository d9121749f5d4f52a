"""Who keeps the people and the bureaus of a programme."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.accounts.models import Bureau
from qdtrade.accounts.rules import keeps_bureaus
from qdtrade.programmes.held import acting, held_by
from qdtrade.programmes.models import Membership, Programme, Role


def sees_mergers(bureau: Bureau, user: Any) -> None:
    """Whoever keeps the bureaus of the region, and the reviewers of its programmes, who hand its tasks over."""
    reviewed = {one.programme.region_id for one in held_by(user) if one.role == Role.MANAGER}
    if bureau.root_id not in reviewed:
        keeps_bureaus(bureau.root_id, user)


def keeps(programme: Programme, user: Any) -> Membership | None:
    """An administrator of the programme, or the server's administrator, who acts under no membership."""
    if user.is_active and user.is_superuser:
        return None
    refusal = _("Only an administrator of the programme keeps its people and bureaus.")
    return acting(user, programme.pk, [Role.ADMIN], refusal=refusal)
