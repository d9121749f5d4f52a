"""Who may change programmes, memberships and periods."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from .covering import could_stand_in
from .held import acting, held_by, held_in, programme_ids
from .models import Export, Membership, Period, Programme, Released, Role, SavedView
from .models.membership import HAVE_DEPUTIES
from .timetable import LATEST_OPENING, Timetable

READERS = (Role.MANAGER, Role.AUDITOR, Role.ADMIN, Role.STAFF, Role.HEAD, Role.TIMER)
"""Everybody; who reads a programme whole does so under that role."""

MOST_WORKING_DAYS, MOST_GRACE = 15, 15
"""How far from either end a due date may be counted, and how long grace may last."""

LONGEST_ABSENCE = 90
"""Days that a deputy acts at most (our choice); for longer, an administrator gives the role itself."""


def manages(obj: Any, user: Any) -> Membership:
    """A reviewer of the programme."""
    refusal = _("Only a reviewer of the pilot office may do this.")
    return acting(user, obj.programme_id, [Role.MANAGER], refusal=refusal)


def keeps_calendar(period: Period, user: Any) -> Membership:
    """The timer, or a reviewer of the programme."""
    refusal = _("Only a reviewer of the pilot office may open and close periods.")
    return acting(user, period.programme_id, [Role.TIMER, Role.MANAGER], refusal=refusal)


def chases(programme: Programme, user: Any) -> Membership:
    """A reviewer of the programme, or the timer by the programme's rule, reminds those who owe something."""
    refusal = _("Only a reviewer of the pilot office may remind bureaus.")
    return acting(user, programme.pk, [Role.TIMER, Role.MANAGER], refusal=refusal)


def runs_programme(programme: Programme, user: Any) -> Membership:
    """A reviewer or an administrator of the programme, or the program's own service."""
    refusal = _("Only a reviewer or an administrator of the programme may do this.")
    return acting(user, programme.pk, [Role.ADMIN, Role.MANAGER, Role.TIMER], refusal=refusal)


def reads(programme_id: int, user: Any) -> Membership:
    """Any member of the programme."""
    return acting(user, programme_id, READERS, refusal=_("Only members of the programme may read it."))


def takes_out(programme_id: int, what: str, user: Any) -> Membership | None:
    """Any member of the programme; its people and bureaus the server's administrator too, a member of none."""
    if what in {Export.What.BUREAUS, Export.What.PEOPLE} and user.is_active and user.is_superuser:
        return None
    return reads(programme_id, user)


def keeps_view(view: SavedView, user: Any) -> Membership:
    """Whoever made it; a shared one also whoever runs the programme."""
    if view.owner_id == user.pk:
        return reads(view.programme_id, user)
    if not view.is_shared:
        raise NotAllowed(_("This is somebody else's own view."))
    refusal = _("A shared view is changed by whoever made it, or by a reviewer or an administrator.")
    return acting(user, view.programme_id, [Role.ADMIN, Role.MANAGER], refusal=refusal)


def runs_server(user: Any) -> None:
    """A superuser, or the program's own service."""
    if not (user.is_superuser or user.is_service):
        raise NotAllowed(_("Only the administrator of the server may do this. Ask them."))


def sets_up(programme: Programme, user: Any) -> Membership | None:
    """Whoever runs the programme, or the server's administrator, who acts under no membership."""
    if user.is_superuser:
        return None
    return runs_programme(programme, user)


def keeps_working_days(user: Any) -> Membership | None:
    """An administrator of any programme (the State Council's days are everybody's), or the server's administrator."""
    if user.is_superuser or user.is_service:
        return None
    for membership in held_by(user):
        if membership.role == Role.ADMIN:
            return membership
    raise NotAllowed(_("Only an administrator may enter working days."))


def enters_administration(user: Any) -> None:
    """Administrators, reviewers and auditors of a programme, and the server's administrator."""
    if user.is_active and user.is_superuser:
        return
    if not programme_ids(user, (Role.ADMIN, Role.MANAGER, Role.AUDITOR)):
        raise NotAllowed(
            _("The administration is for the administrators, reviewers and auditors of a programme.")
        )


def grants(membership: Membership, user: Any) -> Membership | None:
    """An administrator of the programme, or the server's administrator; nobody grants anything to themselves."""
    if membership.user_id == user.pk and not user.is_service:
        raise NotAllowed(_("Nobody may give a role to themselves. Ask another administrator."))
    if user.is_superuser or user.is_service:
        return None
    refusal = _("Only an administrator of the programme may give roles.")
    return acting(user, membership.programme_id, [Role.ADMIN], refusal=refusal)


def appoints(membership: Membership, deputy: Any, user: Any) -> Membership | None:
    """Who may appoint deputies for this role; nobody makes a deputy of themselves."""
    if deputy.pk == user.pk and not user.is_service:
        raise NotAllowed(_("Nobody may make themselves a deputy. Ask the person you would act for."))
    return covers(membership, user)


def covers(membership: Membership, user: Any) -> Membership | None:
    """The person who holds the role, or whoever may give it, appoints and ends its deputies."""
    own = next((m for m in held_in(user, membership.programme_id) if m.pk == membership.pk), None)
    if own is not None or user.is_superuser or user.is_service:
        return own
    refusal = _("Only %(person)s or an administrator of the programme may appoint and end this deputy.")
    refusal %= {"person": membership.user}
    return acting(user, membership.programme_id, [Role.ADMIN], refusal=refusal)


def may_cover(deputy: Membership, user: Any) -> bool:
    """Whether a page offers the person to end this deputy."""
    own = deputy.deputy_of is not None and deputy.deputy_of.user_id == user.pk
    return own or deputy.programme_id in programme_ids(user, [Role.ADMIN])


def may_stand_in(
    membership: Membership, deputy: Any, starts_on: datetime.date, ends_on: datetime.date
) -> None:
    """Raises ValidationError that says why this person cannot act for this role on these days."""
    if membership.role not in HAVE_DEPUTIES or membership.deputy_of_id is not None:
        raise ValidationError(
            {"membership": _("Bureau heads and reviewers have deputies; deputies have none.")}
        )
    _check_days(membership, starts_on, ends_on)
    chosen = could_stand_in(membership, starts_on, ends_on).filter(user=deputy)
    if not chosen.on(clock.today()).exists():
        words = _("%(person)s must be of %(bureau)s, today and on all of these days, and not an auditor.")
        if membership.role == Role.MANAGER:
            words = _(
                "%(person)s must be a reviewer or of the pilot office, today and on all of these days, "
                "and not an auditor."
            )
        raise ValidationError({"deputy": words % {"person": deputy, "bureau": membership.bureau}})
    other = membership.deputies.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if other is not None:
        words = _("%(person)s is the deputy from %(start)s to %(end)s already. End that first.")
        dates = {"start": days.iso(other.starts_on), "end": days.iso(other.ends_on)}
        raise ValidationError({"starts_on": words % {"person": other.user, **dates}})


def _check_days(membership: Membership, starts_on: datetime.date, ends_on: datetime.date) -> None:
    if starts_on < clock.today():
        raise ValidationError({"starts_on": _("A deputy begins today at the earliest.")})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The end must not come before the start.")})
    if (ends_on - starts_on).days >= LONGEST_ABSENCE:
        words = _("At most %(most)d days. For longer, ask an administrator to give the role itself.")
        raise ValidationError({"ends_on": words % {"most": LONGEST_ABSENCE}})
    if not membership.user.is_active:
        raise ValidationError(
            {"membership": _("The account of %(person)s is closed.") % {"person": membership.user}}
        )
    if membership.starts_on > starts_on:
        words = _("%(person)s holds this role from %(day)s only.")
        words %= {"person": membership.user, "day": days.iso(membership.starts_on)}
        raise ValidationError({"starts_on": words})
    if membership.ends_on is not None and membership.ends_on < ends_on:
        words = _("%(person)s holds this role until %(day)s only.")
        words %= {"person": membership.user, "day": days.iso(membership.ends_on)}
        raise ValidationError({"ends_on": words})


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


def is_not_filed(expected: Any) -> None:
    """Nothing was submitted yet, and the period is not frozen."""
    if expected.first_submitted_at is not None:
        words = _("%(report)s was submitted already, so it is neither exempt nor given more time.")
        raise WrongState(words % {"report": expected})
    if expected.period.status == Period.Status.FROZEN:
        words = _("%(period)s is frozen; exemptions and exceptions are given before that.")
        raise WrongState(words % {"period": expected.period})


def is_exempt(expected: Any) -> None:
    """It was exempted, and is still; what was handed over is owed by another bureau."""
    if not expected.exempt_reason:
        raise WrongState(_("%(report)s is not exempt; there is nothing to take back.") % {"report": expected})
    if expected.exempt_reason == Released.HANDED_OVER:
        words = _("%(report)s was handed over, and another bureau owes it; that is not taken back here.")
        raise WrongState(words % {"report": expected})


def has_exception(expected: Any) -> None:
    """More time was given for it."""
    if expected.exception_until is None:
        words = _("%(report)s has no exception; there is nothing to take back.")
        raise WrongState(words % {"report": expected})


def keeps_timetable(timetable: Timetable) -> None:
    """Raises ValidationError that names the part of the rule by which no calendar can be made."""
    latest = LATEST_OPENING[Period.Kind(timetable.kind)]
    faults = {}
    if not 1 <= timetable.opens_day <= latest:
        faults["opens_day"] = _("A day from 1 to %(latest)d.") % {"latest": latest}
    if not 1 <= timetable.due_working_day <= MOST_WORKING_DAYS:
        faults["due_working_day"] = _("A working day from 1 to %(most)d.") % {"most": MOST_WORKING_DAYS}
    if not 0 <= timetable.grace_days <= MOST_GRACE:
        faults["grace_days"] = _("At most %(most)d working days.") % {"most": MOST_GRACE}
    if faults:
        raise ValidationError(faults)


def is_frozen(period: Period) -> None:
    """Figures are put right only after they were kept."""
    if period.status != Period.Status.FROZEN:
        words = _("%(period)s is not frozen: its figures are counted anew every time.")
        raise WrongState(words % {"period": period})


def grace_is_over(period: Period, act: Act) -> None:
    """Not before the grace days have ended."""
    if act.at < period.closes_at:
        raise WrongState(
            _("%(period)s can be frozen after 24:00 on %(day)s, when its grace ends.")
            % {"period": period, "day": days.in_words(period.grace_on)}
        )
