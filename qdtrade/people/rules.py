"""Who keeps the people and the bureaus of a programme."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.programmes.held import acting
from qdtrade.programmes.models import Membership, Programme, Role


def keeps(programme: Programme, user: Any) -> Membership | None:
    """An administrator of the programme, or the server's administrator, who acts under no membership."""
    if user.is_active and user.is_superuser:
        return None
    refusal = _("Only an administrator of the programme keeps its people and bureaus.")
    return acting(user, programme.pk, [Role.ADMIN], refusal=refusal)
