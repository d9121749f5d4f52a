"""What the page of a bureau's whole period shows: one row per report, and what may be done with it there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.errors import refusal_of
from qdtrade.programmes.models import Period, Timeliness
from qdtrade.templatetags.words import listed
from qdtrade.workflow import why_not

from .. import content as contents
from .. import rules, showing, workflow
from ..actions import reports as actions
from ..models import ExpectedReport, Report, ReportVersion
from ..models.report import ReportQuerySet


class Group(IntEnum):
    """In the order of the page: what can go now, what must be written first, what is done."""

    READY = 0
    TO_WRITE = 1
    DONE = 2


@dataclass(frozen=True)
class Row:
    """One report: what it says so far, whether it may be ticked, and else why not."""

    report: Report
    state: showing.ReportState
    group: Group
    content: contents.Content
    earlier: ReportVersion | None
    is_signing: bool = False
    is_open: bool = False
    """Whether its fields may be typed into here."""
    refusal: str = ""
    is_alarm: bool = False
    no_change: str | None = None
    """Why “no change” is not possible; empty where it is, None where nobody asks."""

    @property
    def is_carried(self) -> bool:
        """Whether its text is that of the period before."""
        earlier = self.earlier.content if self.earlier else {}
        return bool(self.content.get("done")) and earlier.get("done") == self.content["done"]

    @property
    def is_ready(self) -> bool:
        return self.group == Group.READY

    @property
    def before(self) -> str:
        """The progress in force before, where there is one."""
        return str(self.earlier.content["progress"]) if self.earlier else ""


def of_period(user: Any, period: Period, bureau: Bureau) -> ReportQuerySet:
    """The bureau's reports of the period, with all that their rows read; what is done comes last."""
    mine = Report.objects.visible_to(user).written_by(user)
    rows = mine.filter(expected__period=period, expected__bureau=bureau).for_work()
    in_hand = Q(status__in=[*Report.WRITABLE, Report.Status.SIGN_OFF], expected__exempt_reason="")
    place = Case(When(in_hand, then=Value(0)), default=Value(1))
    return rows.with_timeliness(clock.now()).annotate(place=place).order_by(
        "place", "expected__task__field__number", "expected__task__position", "pk"
    )  # fmt: skip


def rows(reports: Sequence[Report], user: Any) -> list[Row]:
    """The rows of these reports, what can go first."""
    with_earlier(reports, user)
    return sorted((_row(report, user) for report in reports), key=lambda row: row.group)


def with_earlier(reports: Sequence[Report], user: Any) -> None:
    """Gives each the version that it could carry over, read at once: the rules about it then ask nothing more."""
    kept = ReportVersion.objects.visible_to(user).filter(pk__in=[row.earlier_id for row in reports])
    found = {version.pk: version for version in kept.select_related("report__expected__period")}
    for row in reports:
        row.earlier = found.get(row.earlier_id or 0)


def _row(report: Report, user: Any) -> Row:
    report.expected.timeliness = report.timeliness  # type: ignore[attr-defined]
    state = showing.report_state(report.expected)
    if report.status == Report.Status.SIGN_OFF:
        return _with_head(report, state, user)
    if workflow.why_not_write(report, user):
        said = report.current.content if report.current else {}
        return Row(report, state, Group.DONE, said, report.earlier)
    return _to_write(report, state, user)


def _with_head(report: Report, state: showing.ReportState, user: Any) -> Row:
    content, refusal = actions.starting_content(report), why_not(workflow.SUBMIT, report, user)
    is_head = workflow.may_sign(report, user)
    group = Group.READY if is_head and not refusal else Group.DONE
    return Row(
        report, state, group, content, report.earlier, is_signing=True, refusal=refusal if is_head else ""
    )


def _to_write(report: Report, state: showing.ReportState, user: Any) -> Row:
    content = actions.starting_content(report)
    begun = report.has_draft or report.current is not None or report.sent_back is not None
    no_change, missing = _no_change(report), _missing(report, content) if begun else ""
    others = _laid_by_others(report, user)
    no_change = others or no_change
    refusal = others or (missing or _unanswered(report, content) if begun else no_change)
    group = Group.TO_WRITE if refusal else Group.READY
    return Row(
        report, state, group, content, report.earlier,
        is_open=True, refusal=refusal, is_alarm=begun and bool(refusal) and not others, no_change=no_change,
    )  # fmt: skip


def _laid_by_others(report: Report, user: Any) -> str:
    """A head signs here what others laid before them, and asks for no sign-off in passing."""
    asks = workflow.hand_in(report, user) is workflow.ASK_SIGN_OFF
    if asks and workflow.may_sign(report, user):
        return _("Not laid before you yet.")
    return ""


def _no_change(report: Report) -> str:
    return refusal_of(lambda: rules.refuse_no_change(report, has_earlier=report.earlier is not None))


def _missing(report: Report, content: contents.Content) -> str:
    """What stands between a begun report and its submission, in a few words."""
    try:
        rules.check_content(report, content)
    except ValidationError as fault:
        names = [name for name in showing.SHOWN if name in fault.message_dict]
        return _("Still open: %(what)s") % {"what": listed(contents.LABELS[name] for name in names)}
    return ""


def _unanswered(report: Report, content: contents.Content) -> str:
    """What a returned text leaves open: it goes together with others once every remark is answered."""
    whole = content | {"files": showing.file_lines(report.evidence)}
    version = report.current if report.status == Report.Status.RETURNED else None
    remarks = showing.remarks_of(version, whole, report.sent_back)
    still = [one.label for one in remarks if not one.answered]
    words = ngettext(
        "%(count)d remark to answer: %(fields)s", "%(count)d remarks to answer: %(fields)s", len(still)
    )
    return words % {"count": len(still), "fields": listed(still)} if still else ""


def counts(user: Any, period: Period, bureau: Bureau) -> dict[str, int]:
    """What is owed, filed, and filed in time."""
    ledger = ExpectedReport.objects.visible_to(user).filter(period=period, bureau=bureau)
    filed = Q(first_submitted_at__isnull=False)
    return ledger.with_timeliness(clock.now()).owed().aggregate(
        owed=Count("pk"), filed=Count("pk", filter=filed),
        on_time=Count("pk", filter=Q(timeliness=Timeliness.ON_TIME)),
    )  # fmt: skip
