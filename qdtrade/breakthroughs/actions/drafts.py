"""Writing a claim before it is made: its draft and its proof."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
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
from tasks.content import merge, remembered

from .. import contents, rules
from ..models import Breakthrough, ClaimDraft, ClaimFile


class ClaimConflict(Stale):
    """Two pages changed the same fields of one draft; both texts are kept: `mine` and `theirs`.

    `merged` holds what both changed without touching one another, and the other page's text where they did.
    """

    def __init__(
        self, draft: ClaimDraft, mine: contents.Content, merged: contents.Content, fields: list[str]
    ) -> None:
        names = _(", ").join(str(contents.FIELD_LABELS[name]) for name in fields)
        time = draft.saved_at.astimezone(clock.BEIJING).strftime("%H:%M")
        super().__init__(
            _("The draft was saved in another page at %(time)s, with another text in: %(fields)s.")
            % {"time": time, "fields": names}
        )
        self.draft, self.mine, self.merged, self.fields = draft, mine, merged, fields
        self.theirs = draft.content


def starting_content(row: Breakthrough) -> contents.Content:
    """What the form opens with: the draft, else the claim that came back, else nothing."""
    if hasattr(row, "draft") and not _is_superseded(row.draft, row):
        return contents.tidy(row.draft.content)
    return contents.tidy(row.current.content) if row.current else contents.blank()


def _is_superseded(draft: ClaimDraft, row: Breakthrough) -> bool:
    """Whether a claim was made since without the draft, by a program."""
    return row.current is not None and row.current.number > draft.after


def save_draft(row: Breakthrough, typed: Mapping[str, str], *, by: Any, seen: int | None = None,
               claimed_from: str | None = None) -> ClaimDraft:  # fmt: skip
    """Keep what the bureau has written so far; not recorded (DECISIONS 14).

    `typed` holds fields by their names in the form; those that are not there stay. `seen` is the draft's version that
    the page was opened on (0: none yet). Fields changed on both sides raise ClaimConflict, and nothing is lost.
    """
    acting = rules.claims(row, by)
    with transaction.atomic():
        fresh = Breakthrough.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
        _refuse_unless_writable(fresh)
        draft = ClaimDraft.objects.filter(breakthrough=fresh).first()
        if draft is None:
            started = starting_content(row)
            draft = ClaimDraft(
                breakthrough=fresh, content=started, past={"0": started}, version=0, saved_at=clock.now()
            )
        elif _is_superseded(draft, row):
            draft.content = starting_content(row)
        content = _merged(draft, typed, seen)
        draft.after = row.current.number if row.current else 0
        draft.hands = sorted({*draft.hands, *people_behind(acting)})
        if claimed_from is not None and rules.is_for_another(acting):
            draft.claimed_from = rules.tidy_source(claimed_from)[: rules.LONGEST_SOURCE]
        _keep(draft, content, by)
        return draft


def _merged(draft: ClaimDraft, typed: Mapping[str, str], seen: int | None) -> contents.Content:
    """The draft's next content."""
    if seen is None or seen == draft.version:
        return contents.over(draft.content, typed)
    base = draft.past.get(str(seen))
    mine = contents.over(base or draft.content, typed)
    merged, conflicts = merge(base, mine, contents.tidy(draft.content), contents.FIELDS)
    if conflicts:
        raise ClaimConflict(draft, mine, merged, conflicts)
    return merged


def _keep(draft: ClaimDraft, content: contents.Content, by: Any) -> None:
    draft.version += 1
    draft.content = content
    draft.past = remembered(draft.past, draft.version, content)
    draft.saved_at, draft.saved_by = clock.now(), by
    if draft.pk is None:
        draft.save(force_insert=True)
    else:
        kept_now = ["content", "past", "version", "after", "hands", "claimed_from", "saved_at", "saved_by"]
        draft.save(update_fields=kept_now)


def attach_file(row: Breakthrough, upload: "File[bytes]", *, by: Any, proves: str = "") -> ClaimFile:
    """Add one file of proof; raises ValidationError with the file's name and what to do about it.

    The same file under the same name once more is the one that is there: a page sends it again after a broken line.
    """
    acting = rules.claims(row, by)
    kind = proves or ClaimFile.Proves.RULE
    if kind not in ClaimFile.Proves.values:
        raise ValidationError({"proves": _("Choose what the file proves.")})
    media, name = media_type(upload), plain_name(upload.name or "")
    blob = store(upload)
    with trail.unit() as unit:
        fresh = _writable(row)
        there = fresh.files.filter(dropped_at=None, blob=blob, name=name, proves=kind).first()
        if there is not None:
            return there
        rules.has_room(fresh, name)
        file = ClaimFile(
            breakthrough=fresh, proves=kind, blob=blob, name=name, media_type=media, added_at=unit.began, added_by=by,
        )  # fmt: skip
        return trail.create(file, by=by, acting=acting, action="attach")


def remove_file(file: ClaimFile, *, by: Any) -> None:
    """Take a file off a claim that is being written; what was submitted once stays in its version."""
    acting = rules.claims(file.breakthrough, by)
    with trail.unit() as unit:
        _writable(file.breakthrough)
        fresh = trail.lock(file)
        if fresh.dropped_at is None:
            trail.change(fresh, {"dropped_at": unit.began}, by=by, acting=acting, action="detach")


def _writable(row: Breakthrough) -> Breakthrough:
    """The breakthrough, locked, where its proof may change."""
    fresh = Breakthrough.objects.for_move().select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    _refuse_unless_writable(fresh)
    return fresh


def _refuse_unless_writable(row: Breakthrough) -> None:
    if row.status not in Breakthrough.WRITABLE:
        words = _(
            "%(row)s is %(state)s, so its claim stays. Withdraw it, or ask the pilot office to return it."
        )
        raise WrongState(words % {"row": row, "state": row.get_status_display()})


def read_draft(row: Breakthrough, *, by: Any) -> ClaimDraft | None:
    """The draft, for the bureau that writes it; raises NotAllowed for everybody else."""
    try:
        rules.claims(row, by)
    except NotAllowed:
        raise NotAllowed(_("A draft is seen by those who write the claim alone.")) from None
    return row.draft if hasattr(row, "draft") else None
