"""Who writes what a bureau owes: its own people, or the pilot office where the bureau has none (代填)."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.accounts.models import Bureau
from qdtrade.errors import NotAllowed

from .held import acting, bureaus_with_accounts, held_in
from .models import Membership, Role
from .models.membership import WRITERS


def writes_for(bureau: Bureau, programme_id: int, user: Any, refusal: str) -> Membership:
    """Staff or head of the very bureau; a reviewer of the pilot office, where nobody of that bureau has an account."""
    mine = held_in(user, programme_id)
    is_own = any(m.role in WRITERS and m.bureau_id == bureau.pk for m in mine)
    if not is_own and any(m.role == Role.MANAGER for m in mine):
        office = acting(user, programme_id, [Role.MANAGER])
        if bureau.pk in bureaus_with_accounts(office, user):
            words = _(
                "%(bureau)s has an account and does this itself; the office stands in only for those without one."
            )
            raise NotAllowed(words % {"bureau": bureau})
        return office
    return acting(user, programme_id, WRITERS, bureau_id=bureau.pk, refusal=refusal)
