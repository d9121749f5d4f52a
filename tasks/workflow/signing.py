"""What becomes of a text that is laid before the head of its bureau."""

from collections.abc import Iterator

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.audit.canonical import digest, dumps
from qdtrade.programmes.models import Role
from qdtrade.workflow import Act, Written

from .. import rules
from ..models import Report, SignOff
from .acts import absent_of
from .versions import decided, file_line, hands


def ask(report: Report, act: Act) -> Iterator[Written]:
    """Lays the text before the head, word for word; it counts as submitted when the head signs, not before."""
    files = list(report.files.filter(dropped_at=None).select_related("blob", "milestone").order_by("pk"))
    content = rules.said(report, act) | {"files": [file_line(file) for file in files]}
    last = report.sign_offs.order_by("-number").first()
    asked = SignOff(
        report=report,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest(dumps(content)),
        hands=sorted({*hands(report, files), act.by.pk}),
        asked_at=act.at,
        asked_by=act.by,
        asked_for=absent_of(act),
        draft_version=report.draft.version if report.has_draft else 0,
    )
    yield [asked]
    yield report, {"sign_off": asked}


def send_to_author(report: Report, act: Act) -> Iterator[Written]:
    """Gives the text back with the head's reason and remarks; what is due stays due."""
    yield from _back(report, SignOff.Decision.SENT_BACK, act)


def withdraw(report: Report, act: Act) -> Iterator[Written]:
    """Gives the text back to who asked."""
    yield from _back(report, SignOff.Decision.WITHDRAWN, act)


def _back(report: Report, decision: str, act: Act) -> Iterator[Written]:
    asked = report.sign_off
    if asked is not None:
        asked.report = report
        yield asked, decided(decision, act)
    yield report, {"status": report.written_as}


def heads(report: Report, act: Act) -> list[User]:
    """Who may sign: the heads of the bureau, and their deputies."""
    today = report.task.programme.memberships.on(clock.day_of(act.at))
    rows = today.filter(role=Role.HEAD, bureau=report.expected.bureau_id)
    return list(User.objects.filter(pk__in=rows.values("user")).order_by("pk"))


def askers(report: Report, act: Act) -> list[User]:
    """Who asked for the sign-off, and in whose name."""
    asked = report.sign_off
    people = (asked.asked_by, asked.asked_for) if asked and report.status == Report.Status.SIGN_OFF else ()
    return [one for one in people if one]
