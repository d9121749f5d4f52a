"""What a move writes: the row, the version of its claim, its proof and its case."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.errors import WrongState
from qdtrade.programmes.acts import absent_of, day_of, done, undone
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.held import people_behind
from qdtrade.workflow import Act, Written

from .. import contents, rules
from ..models import Breakthrough, Claim, ClaimFile, PracticeCase
from ..rules.deciding import check_case

Decision, Status = Claim.Decision, Breakthrough.Status


def claim(row: Breakthrough, act: Act) -> Iterator[Written]:
    """Keeps the claim whole with its proof, and sets the day to decide it by."""
    files = list(row.files.filter(dropped_at=None).select_related("blob").order_by("pk"))
    last = row.claims.order_by("-number").first()
    version = Claim(
        breakthrough=row,
        number=last.number + 1 if last else 1,
        content=rules.said(row, act) | {"files": [file_line(file) for file in files]},
        submitted_at=act.at,
        submitted_by=act.by,
        submitted_for=absent_of(act),
        claimed_from=rules.source_of(row, act),
        hands=_hands(row, act, files),
    )
    yield [version]
    for file in files:
        if file.kept_at is None:
            file.breakthrough = row
            yield file, {"kept_at": act.at}
    due_on = Calendar().after(day_of(act), row.programme.review_days)
    yield (
        row,
        done("claimed", act)
        | undone("decided")
        | {"bureau": row.task.lead, "current": version, "review_due_on": due_on, "reason": ""},
    )


def _hands(row: Breakthrough, act: Act, files: list[ClaimFile]) -> list[int]:
    """The ids of all who wrote in the draft or added a file that goes with it."""
    wrote = row.draft.hands if hasattr(row, "draft") else []
    own = people_behind(act.acting)  # type: ignore[arg-type]
    return sorted({*own, *wrote, *(file.added_by_id for file in files)})


def file_line(file: ClaimFile) -> dict[str, Any]:
    """A file as it is kept in a content: enough to know it by, even when its bytes are gone."""
    return {
        "id": str(file.pk),
        "name": file.name,
        "sha256": file.blob.sha256,
        "size": str(file.blob.size),
        "proves": file.proves,
    }


def _current(row: Breakthrough) -> Claim:
    """The claim at hand, knowing its breakthrough without another question."""
    if row.current is None:
        raise WrongState(_("%(row)s has no claim.") % {"row": row})
    row.current.breakthrough = row
    return row.current


def _decided(decision: str, act: Act) -> dict[str, Any]:
    """What is kept with the claim: the decision, who made it, for whom, and what was said."""
    return done("decided", act) | {
        "decision": decision,
        "comment": act.comment,
        "remarks": contents.tidy_remarks(act.data.get("remarks")),
    }


def withdraw(row: Breakthrough, act: Act) -> Iterator[Written]:
    """As if it had not been claimed: what stood before stands again. The text is kept."""
    yield _current(row), _decided(Decision.WITHDRAWN, act)
    earlier = row.claims.exclude(pk=_current(row).pk).exclude(decision=Decision.WITHDRAWN)
    before = earlier.order_by("-number").first()
    if before is None:
        yield row, undone("claimed") | {"current": None, "review_due_on": None}
        return
    stood = {
        "status": Status.RETURNED if before.decision == Decision.RETURNED else Status.NOT_RECOGNISED,
        "current": before,
        "review_due_on": None,
        "reason": before.comment,
    }
    for did, was in (("claimed", "submitted"), ("decided", "decided")):
        stood |= {f"{did}_{one}": getattr(before, f"{was}_{one}") for one in ("at", "by", "for")}
    yield row, stood


def _decide(row: Breakthrough, act: Act, decision: str, **more: Any) -> Iterator[Written]:
    yield _current(row), _decided(decision, act)
    yield row, done("decided", act) | {"review_due_on": None, "reason": act.comment} | more


def return_it(row: Breakthrough, act: Act) -> Iterator[Written]:
    """Keeps the remarks beside the parts of the claim; the bureau completes it and claims again."""
    yield from _decide(row, act, Decision.RETURNED)


def recognise(row: Breakthrough, act: Act) -> Iterator[Written]:
    """It counts to the target from this day on, at the level that was chosen."""
    more = {"level": rules.level_of(act), "recognised_on": day_of(act)}
    yield from _decide(row, act, Decision.RECOGNISED, **more)


def not_recognise(row: Breakthrough, act: Act) -> Iterator[Written]:
    """It does not count; with a new effect it may be claimed again."""
    yield from _decide(row, act, Decision.NOT_RECOGNISED)


def revoke(row: Breakthrough, act: Act) -> Iterator[Written]:
    """It counts no more, in no month: the curve is restated, and both counts stay to be seen."""
    yield row, done("revoked", act) | {"revoked_on": day_of(act), "reason": act.comment}


def promote(row: Breakthrough, act: Act) -> Iterator[Written]:
    """Writes the practice case; it goes on to count."""
    texts = check_case(act.data)
    yield [PracticeCase(breakthrough=row, written_at=act.at, written_by=act.by, **texts)]
    yield row, {}


def drop(row: Breakthrough, act: Act) -> Iterator[Written]:
    """No candidate any more; the task may become one again."""
    yield row, {"reason": act.comment, "review_due_on": None}
