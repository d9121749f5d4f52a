"""Who reviews a report, and who never may."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit.trail import Acting
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import SERVER, acting, held_in, own_bureaus, people_behind
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.rules import manages
from qdtrade.workflow import Act

from ..models import Report


def reviews(report: Report, user: Any) -> Membership:
    """A reviewer of the programme, or a deputy of one; what an absent reviewer took is decided in their name."""
    own = manages(report, user)
    for m in held_in(user, report.programme_id):
        if m.role == Role.MANAGER and m.absent is not None and m.absent.pk == report.taken_by_id:
            return m
    return own


def is_independent(report: Report, user: Any) -> None:
    """Never anybody who wrote, filed or submitted any of its versions, and never anybody of the bureau that owes it.

    A deputy is bound by what binds the absent reviewer, too.
    """
    acting, wrote = reviews(report, user), writers_of(report)
    if user.pk in wrote:
        raise NotAllowed(_("You wrote this report; somebody else must review it."))
    if report.expected.bureau_id in own_bureaus(user):
        raise NotAllowed(_("This report is from your own bureau; another reviewer must decide it."))
    if acting.absent is None:
        return
    words = {"person": acting.absent}
    if acting.absent.pk in wrote:
        raise NotAllowed(
            _("You act for %(person)s, who wrote this report; another reviewer must decide it.") % words
        )
    if report.expected.bureau_id in own_bureaus(acting.absent):
        raise NotAllowed(
            _(
                "You act for %(person)s, and this report is from their bureau; another reviewer must decide it."
            )
            % words
        )


def writers_of(report: Report) -> set[int | None]:
    """The ids of all who wrote, proved or submitted any version of it, and of those in whose name they did."""
    people = {report.author_id}
    for version in report.filed if hasattr(report, "filed") else report.versions.all():
        people |= {version.submitted_by_id, version.submitted_for_id, *version.hands}
    return people


def passes_on(report: Report, user: Any) -> Acting:
    """An administrator of the programme, or the server's, when the reviewer who took it leaves."""
    if user.is_active and user.is_superuser:
        return SERVER
    refusal = _("Only an administrator of the programme passes on what a reviewer who leaves had taken.")
    return acting(user, report.programme_id, [Role.ADMIN], refusal=refusal)


def may_be_passed_on(report: Report, act: Act) -> None:
    """Taken by somebody; whoever gets it reviews the programme and is independent of it."""
    if report.taken_by_id is None:
        raise WrongState(_("Nobody has taken this report; it is in the queue already."))
    to = act.data.get("to")
    if to is not None:
        is_independent(report, to)


def is_reviewer(report: Report, user: Any) -> None:
    """Independent of the report, and not while a colleague has taken it."""
    is_independent(report, user)
    if report.taken_by_id is not None and not has_taken(report, user):
        raise NotAllowed(
            _("%(person)s took this report for review at %(time)s. Ask them to put it back.")
            % {"person": report.taker, "time": clock_time(report.taken_at)}
        )


def has_taken(report: Report, user: Any) -> bool:
    """Whether the person took it for review, or an absent reviewer for whom they act, or their own deputy."""
    return bool({report.taken_by_id, report.taken_for_id} & people_behind(reviews(report, user)))


def changes_nothing(report: Report, base: Mapping[str, Any] | None) -> None:
    """Said to be “no change”, with the light and the forecast approved last and without new evidence: nothing to read.

    `base` is the content approved last. Only such reports are approved several at once.
    """
    now = report.current.content if report.current else {}
    if base is None or not now.get("no_change"):
        raise WrongState(_("It says what is new; it must be read and decided by itself."))
    if now["self_light"] != base.get("self_light"):
        raise WrongState(_("“No change”, but with another light; it must be decided by itself."))
    if now["forecast_on"] != base.get("forecast_on"):
        raise WrongState(_("“No change”, but with another forecast; it must be decided by itself."))
    if now.get("files"):
        raise WrongState(_("“No change”, but with evidence to look at; it must be decided by itself."))


def clock_time(moment: Any) -> str:
    """Hours and minutes in Beijing."""
    return str(moment.astimezone(clock.BEIJING).strftime("%H:%M"))


def is_not_taken(report: Report, act: Act) -> None:
    """Not taken by anybody yet."""
    if report.taken_by_id is not None:
        words = _("%(person)s took this report for review already. Ask them to put it back, or take another.")
        raise WrongState(words % {"person": report.taker})


def put_back_by_other_needs_reason(report: Report, act: Act) -> None:
    """By the reviewer who took it or their deputy, or by another one with a reason."""
    if report.taken_by_id is None:
        raise WrongState(_("Nobody has taken this report; it is in the queue already."))
    if not act.comment and not act.asking and not has_taken(report, act.by):
        raise ValidationError({"comment": _("A colleague took this report. Please say why you put it back.")})
