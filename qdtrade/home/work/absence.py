"""Who stands in for whom, as “my work” says it to both people."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.programmes.models import Membership, Programme
from qdtrade.templatetags import days


def sentences(user: Any, programme: Programme) -> list[str]:
    """One for each deputy of the person, and for each person whom they stand in for, now or later."""
    today = clock.today()
    mine = Q(user=user) | Q(deputy_of__user=user)
    rows = (
        Membership.objects.visible_to(user)
        .of_deputies()
        .filter(mine, programme=programme, ends_on__gte=today)
    )
    return [_sentence(row, user) for row in rows.filter(Q(starts_on__gt=today) | Q(pk__in=rows.on(today)))]


def _sentence(row: Membership, user: Any) -> str:
    said = {
        "deputy": row.user,
        "absent": row.absent,
        "role": f"{row.bureau} {row.get_role_display()}",
        "start": days.short(row.starts_on),
        "end": days.short(row.ends_on),
    }
    begun = row.starts_on <= clock.today()
    if row.user_id == user.pk:
        if begun:
            return _("You act for %(absent)s (%(role)s) until %(end)s.") % said
        return _("You will act for %(absent)s (%(role)s) from %(start)s to %(end)s.") % said
    if begun:
        return (
            _("%(deputy)s acts for you (%(role)s) until %(end)s; you may act yourself all the same.") % said
        )
    return _("%(deputy)s will act for you (%(role)s) from %(start)s to %(end)s.") % said
