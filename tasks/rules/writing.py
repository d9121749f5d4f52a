"""Who writes a report, and for whom the office files."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit.canonical import keepable
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting, bureaus_with_accounts, held_in, people_behind
from qdtrade.programmes.models import Membership, Programme, Role
from qdtrade.programmes.rules import manages
from qdtrade.workflow import Act

from ..models import Report

WRITERS = (Role.HEAD, Role.STAFF)
"""Who writes a bureau's reports; a person who is both acts as its head."""

LONGEST_SOURCE = 200
"""Characters of the source that the office names for what it files for a bureau."""


def writes(report: Report, user: Any) -> Membership:
    """Staff or head of the very bureau that owes the report; a reviewer, where nobody of that bureau has an account."""
    owner, mine = report.expected.bureau_id, held_in(user, report.programme_id)
    is_own = any(m.role in WRITERS and m.bureau_id == owner for m in mine)
    if not is_own and any(m.role == Role.MANAGER for m in mine):
        return files_for(report, user)
    refusal = _("%(bureau)s owes this report; only its reporters and its head may do this.") % {
        "bureau": report.bureau
    }
    return acting(user, report.programme_id, WRITERS, bureau_id=owner, refusal=refusal)


def bureaus_written(programme: Programme, user: Any) -> list[Any]:
    """The bureaus whose reports the person writes or signs; raises NotAllowed where there is none."""
    found = [m.bureau for m in held_in(user, programme.pk) if m.role in WRITERS]
    if not found:
        raise NotAllowed(_("This page is for the reporters and heads of bureaus."))
    return list(dict.fromkeys(found))


def files_for(report: Report, user: Any) -> Membership:
    """A reviewer, as the pilot office, for a bureau in which nobody has an account (代填)."""
    office = manages(report, user)
    if report.expected.bureau_id in bureaus_with_accounts(office, user):
        words = _(
            "%(bureau)s has an account and writes its own reports; the office files only for bureaus without one."
        )
        raise NotAllowed(words % {"bureau": report.bureau})
    return office


def is_for_another(acting: Any) -> bool:
    """Whether a report is written under this membership for a bureau that cannot write it itself."""
    return bool(acting.role == Role.MANAGER)


def is_own_word(acting: Any) -> None:
    """“No change” is said by the bureau itself."""
    if is_for_another(acting):
        raise WrongState(
            _("“No change” is for the bureau to say. Write the report in full, and name its source.")
        )


def is_submitter(report: Report, user: Any) -> None:
    """The one who submitted, or their deputy."""
    version = report.current
    if version is None:
        return
    if not {version.submitted_by_id, version.submitted_for_id} & people_behind(writes(report, user)):
        raise NotAllowed(
            _("%(person)s submitted this report; only they can withdraw it.") % {"person": version.submitter}
        )


def is_free(report: Report, act: Act) -> None:
    """Before a reviewer took it."""
    if report.taken_by_id is not None:
        raise WrongState(
            _("%(person)s is reviewing this report, so it can no longer be withdrawn. Ask them to return it.")
            % {"person": report.taker}
        )


def source_of(act: Act) -> str:
    """Where what the office files comes from; empty for what a bureau files itself."""
    return tidy_source(act.data.get("filed_from")) if is_for_another(act.acting) else ""


def tidy_source(raw: Any) -> str:
    """One line."""
    return " ".join(keepable(str(raw or "")).split())


def check_source(report: Report, act: Act) -> None:
    """Raises ValidationError where the office does not say, or does not attach, what it files from."""
    if not is_for_another(act.acting):
        return
    source, faults = source_of(act), {}
    if not source:
        faults["filed_from"] = _("Source: say who at the bureau told it, by which letter or call, and when.")
    if len(source) > LONGEST_SOURCE:
        faults["filed_from"] = _("At most %(most)d characters.") % {"most": LONGEST_SOURCE}
    if not report.files.filter(dropped_at=None, milestone=None).exists():
        faults["files"] = _(
            "Evidence: attach the source itself, a letter or a note of the call, to the report."
        )
    if faults:
        raise ValidationError(faults)


def has_room(report: Report, files: int, name: str) -> None:
    """A report takes so many files of evidence and no more."""
    if files >= settings.MAX_REPORT_FILES:
        words = _(
            "%(name)s: a report takes %(most)d files. Take off what is not needed, or put pages into one PDF."
        )
        raise ValidationError(words % {"name": name, "most": settings.MAX_REPORT_FILES})
