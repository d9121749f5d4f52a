"""Who could take over from somebody who leaves, and which bureaus would be left without an account."""

import datetime

from qdtrade.accounts.models import User
from qdtrade.programmes.models import Membership, MembershipQuerySet, Role

WRITE = (Role.STAFF, Role.HEAD)


def ending(person: User, last: datetime.date) -> MembershipQuerySet:
    """The roles that the person holds in their own name and that would go on after this day."""
    rows = Membership.objects.filter(user=person, deputy_of=None).exclude(role=Role.TIMER)
    return rows.exclude(ends_on__lte=last).select_related("programme", "bureau", "user").order_by("pk")


def heirs(membership: Membership, last: datetime.date) -> MembershipQuerySet:
    """Who goes on in the same role after the person's last day: for reporters and heads in the same bureau."""
    after = last + datetime.timedelta(days=1)
    rows = Membership.objects.filter(programme=membership.programme_id, role=membership.role, deputy_of=None)
    if membership.role in WRITE:
        rows = Membership.objects.filter(
            programme=membership.programme_id, role__in=WRITE, bureau=membership.bureau_id, deputy_of=None
        )
    rows = rows.on(max(after, membership.starts_on)).exclude(user=membership.user_id)
    return rows.select_related("user", "bureau").order_by("user__name", "pk")


def is_last_of_bureau(membership: Membership, last: datetime.date) -> bool:
    """Whether nobody could write for the bureau after this day."""
    if membership.role not in WRITE:
        return False
    rows = Membership.objects.of_bureaus(last + datetime.timedelta(days=1))
    rows = rows.filter(programme=membership.programme_id, bureau=membership.bureau_id)
    return not rows.exclude(user=membership.user_id).exists()
