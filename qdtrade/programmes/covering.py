"""Who could act for an absent bureau head or reviewer."""

import datetime

from django.db.models import Q

from qdtrade.accounts.models import Bureau

from .models import Membership, MembershipQuerySet, Role


def could_stand_in(
    membership: Membership, starts_on: datetime.date, ends_on: datetime.date
) -> MembershipQuerySet:
    """The memberships by which people could stand in for this one on all of these days, each held in their own name.

    For a head: people of that very bureau. For a reviewer: other reviewers, and people of the pilot office. Never the
    person, an account that is closed, or an auditor of the programme.
    """
    through = Q(starts_on__lte=starts_on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=ends_on))
    rows = Membership.objects.filter(
        through, programme=membership.programme_id, deputy_of=None, user__is_active=True
    )
    auditing = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
        starts_on__lte=ends_on,
        programme=membership.programme_id,
        role=Role.AUDITOR,
    )
    if membership.role == Role.HEAD:
        near = Q(bureau=membership.bureau_id)
    else:
        near = Q(role=Role.MANAGER) | Q(bureau__kind=Bureau.Kind.OFFICE)
    others = rows.filter(near, user__is_service=False).exclude(user=membership.user_id)
    return others.exclude(user__in=auditing.values("user"))
