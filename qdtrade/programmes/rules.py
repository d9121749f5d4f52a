"""Who may change programmes, memberships and periods."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from .held import acting
from .models import Membership, Period, Programme, Role


def manages(obj: Any, user: Any) -> Membership:
    """A reviewer of the programme."""
    refusal = _("Only a reviewer of the pilot office may do this.")
    return acting(user, obj.programme_id, [Role.MANAGER], refusal=refusal)


def keeps_calendar(period: Period, user: Any) -> Membership:
    """The timer, or a reviewer of the programme."""
    refusal = _("Only a reviewer of the pilot office may open and close periods.")
    return acting(user, period.programme_id, [Role.TIMER, Role.MANAGER], refusal=refusal)


def runs_programme(programme: Programme, user: Any) -> Membership:
    """A reviewer or an administrator of the programme, or the program's own service."""
    refusal = _("Only a reviewer or an administrator of the programme may do this.")
    return acting(user, programme.pk, [Role.ADMIN, Role.MANAGER, Role.TIMER], refusal=refusal)


def reads(programme_id: int, user: Any) -> Membership:
    """Any member of the programme."""
    return acting(user, programme_id, set(Role), refusal=_("Only members of the programme may read it."))


def runs_server(user: Any) -> None:
    """A superuser, or the program's own service."""
    if not (user.is_superuser or user.is_service):
        raise NotAllowed(_("Only the server's administrator may do this."))


def grants(membership: Membership, user: Any) -> Membership | None:
    """An administrator of the programme, or the server's administrator; nobody grants anything to themselves."""
    if membership.user_id == user.pk and not user.is_service:
        raise NotAllowed(_("Nobody may give a role to themselves. Ask another administrator."))
    if user.is_superuser or user.is_service:
        return None
    refusal = _("Only an administrator of the programme may give roles.")
    return acting(user, membership.programme_id, [Role.ADMIN], refusal=refusal)


def by_clock_or_reason(day_field: str, *, after: bool) -> Any:
    """A guard: the timer waits for the date; a person may go before it, with a reason."""

    def guard(period: Period, act: Act) -> None:
        """On its date by the timer; by hand with a reason."""
        if act.acting.role != Role.TIMER:
            if not act.comment and not act.asking:
                raise ValidationError({"comment": _("Please give a reason.")})
            return
        day = getattr(period, day_field)
        moment = clock.end_of(day) if after else clock.start_of(day)
        if act.at < moment:
            raise WrongState(
                _("%(period)s: not before %(day)s.") % {"period": period, "day": days.in_words(day)}
            )

    return guard


def grace_is_over(period: Period, act: Act) -> None:
    """Not before the grace days have ended."""
    if act.at < period.closes_at:
        raise WrongState(
            _("%(period)s can be frozen after 24:00 on %(day)s, when its grace ends.")
            % {"period": period, "day": days.in_words(period.grace_on)}
        )
