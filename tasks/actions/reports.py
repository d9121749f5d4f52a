"""Writing a report before it is submitted: its draft and its evidence."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.errors import NotAllowed, Stale, WrongState
from qdtrade.evidence.actions import store
from qdtrade.evidence.kinds import media_type
from qdtrade.evidence.names import plain_name
from qdtrade.programmes.held import people_behind

from .. import content as contents
from .. import rules
from ..models import Draft, Milestone, Report, ReportFile, SignOff


class DraftConflict(Stale):
    """Two pages changed the same fields of one draft; both texts are kept: `mine` and `theirs`.

    `merged` holds what both changed without touching one another, and the other page's text where they did.
    """

    def __init__(
        self, draft: Draft, mine: contents.Content, merged: contents.Content, fields: list[str]
    ) -> None:
        names = ", ".join(str(contents.label_of(name)) for name in fields)
        super().__init__(
            _("The draft was saved in another page at %(time)s, with another text in: %(fields)s.")
            % {"time": rules.clock_time(draft.saved_at), "fields": names}
        )
        self.draft, self.mine, self.merged, self.fields = draft, mine, merged, fields
        self.theirs = draft.content


def starting_content(report: Report) -> contents.Content:
    """What the form opens with: the draft, else what was laid before the head and came back, else the version returned,
    else the last approved one carried over.
    """
    asked = _asked_since(report)
    if asked is not None:
        return contents.tidy(asked.content)
    if report.has_draft and not is_superseded(report.draft, report):
        return contents.tidy(report.draft.content)
    if report.current is not None:
        return contents.unanswered(contents.tidy(report.current.content))
    earlier = rules.earlier_version(report)
    return contents.carried(earlier.content if earlier else None)


def is_superseded(draft: Draft, report: Report) -> bool:
    """Whether a version was submitted or laid before the head since: it may have come by “no change” or from a
    program, without the draft.
    """
    is_submitted = report.current is not None and report.current.number > draft.after
    return is_submitted or _asked_since(report) is not None


def _asked_since(report: Report) -> SignOff | None:
    """What the head was asked to sign, where it has not been submitted and no draft was written after it."""
    asked = report.sign_off
    if asked is None or not asked.holds:
        return None
    if report.current is not None and report.current.submitted_at > asked.asked_at:
        return None
    written = report.draft.version if report.has_draft else 0
    return asked if written <= asked.draft_version else None


def save_draft(report: Report, raw: Mapping[str, Any], *, by: Any, seen: int | None = None,
               strict: bool = False, filed_from: str | None = None) -> Draft:  # fmt: skip
    """Keep what the bureau has written so far; not recorded (DECISIONS 14).

    `seen` is the draft's version that the page was opened on (0: none yet). Fields changed on both sides raise
    DraftConflict and nothing is lost; with `strict` any newer version does. `filed_from` is what the office notes
    of its source so far, where it writes for a bureau.
    """
    acting = rules.writes(report, by)
    with transaction.atomic():
        fresh = Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
        if fresh.status not in Report.WRITABLE:
            raise WrongState(
                _("%(report)s is %(state)s, so it stays. Withdraw it, or ask the pilot office to return it.")
                % {"report": report, "state": fresh.get_status_display()}
            )
        draft = Draft.objects.filter(report=fresh).first()
        if draft is None:
            started = starting_content(report)
            draft = Draft(report=fresh, content=started, past={"0": started}, version=0, saved_at=clock.now())
        elif is_superseded(draft, report):
            draft.content = starting_content(report)
        content = _merged(draft, raw, seen, strict)
        draft.after = report.current.number if report.current else 0
        draft.hands = sorted({*draft.hands, *people_behind(acting)})
        if filed_from is not None and rules.is_for_another(acting):
            draft.filed_from = rules.tidy_source(filed_from)[: rules.LONGEST_SOURCE]
        _keep(draft, content, by)
        return draft


def _merged(draft: Draft, raw: Mapping[str, Any], seen: int | None, strict: bool) -> contents.Content:
    """The draft's next content; partial input leaves the other fields as they are."""
    if seen is None or seen == draft.version:
        return contents.tidy({**draft.content, **raw})
    base = draft.past.get(str(seen))
    mine = contents.tidy({**(base or draft.content), **raw})
    merged, conflicts = contents.merge(base, mine, contents.tidy(draft.content))
    if strict:
        raise DraftConflict(draft, mine, merged, conflicts or list(raw))
    if conflicts:
        raise DraftConflict(draft, mine, merged, conflicts)
    return merged


def _keep(draft: Draft, content: contents.Content, by: Any) -> None:
    draft.version += 1
    draft.content = content
    draft.past = contents.remembered(draft.past, draft.version, content)
    draft.saved_at, draft.saved_by = clock.now(), by
    if draft.pk is None:
        draft.save(force_insert=True)
    else:
        kept_now = ["content", "past", "version", "after", "hands", "filed_from", "saved_at", "saved_by"]
        draft.save(update_fields=kept_now)


def attach_file(
    report: Report, upload: "File[bytes]", *, by: Any, milestone: Milestone | None = None
) -> ReportFile:
    """Add one file as evidence; raises ValidationError with the file's name and what to do about it.

    The same file under the same name once more is the one that is there: a page sends it again after a broken line.
    """
    acting = rules.writes(report, by)
    kind = media_type(upload)
    blob = store(upload)
    name = plain_name(upload.name or "")
    with trail.unit() as unit:
        fresh = _writable(report)
        in_use = list(fresh.files.in_use())
        for row in in_use:
            if (row.blob_id, row.name, row.milestone_id) == (
                blob.pk,
                name,
                milestone.pk if milestone else None,
            ):
                return row
        rules.has_room(fresh, len(in_use), name)
        row = ReportFile(
            report=fresh, milestone=milestone, blob=blob, name=name, media_type=kind, added_at=unit.began,
            added_by=by,
        )  # fmt: skip
        return trail.create(row, by=by, acting=acting, action="attach")


def remove_file(file: ReportFile, *, by: Any) -> None:
    """Take a file off a report that is being written; what was submitted once stays in its version."""
    acting = rules.writes(file.report, by)
    with trail.unit() as unit:
        _writable(file.report)
        fresh = trail.lock(file)
        if fresh.dropped_at is None:
            trail.change(fresh, {"dropped_at": unit.began}, by=by, acting=acting, action="detach")


def _writable(report: Report) -> Report:
    """The report, locked, where its evidence may change."""
    fresh = Report.objects.for_move().select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if fresh.status not in Report.WRITABLE:
        raise WrongState(
            _(
                "%(report)s is %(state)s, so its files stay. Withdraw it, or ask the pilot office to return it."
            )
            % {"report": fresh, "state": fresh.get_status_display()}
        )
    return fresh


def read_draft(report: Report, *, by: Any) -> Draft | None:
    """The draft, for the bureau that writes it; raises NotAllowed for everybody else."""
    try:
        rules.writes(report, by)
    except NotAllowed:
        raise NotAllowed(_("A draft is seen by those who write the report alone.")) from None
    return report.draft if report.has_draft else None
