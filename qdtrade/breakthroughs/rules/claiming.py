"""Who claims a breakthrough, and what a claim must hold."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit.canonical import keepable
from qdtrade.errors import NotAllowed
from qdtrade.programmes.held import people_behind
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.writing import writes_for
from qdtrade.workflow import Act

from .. import contents
from ..models import Breakthrough, BreakthroughTarget, ClaimFile
from ..models.target import DAYS_IN_FORCE

LONGEST_SOURCE = 200
NEEDED = (ClaimFile.Proves.RULE, ClaimFile.Proves.BENEFICIARY)
"""What every claim is proved by (LOOK, screen p)."""


def claims(row: Breakthrough, user: Any) -> Membership:
    """Staff or head of the bureau that leads the task; a reviewer, where nobody of that bureau has an account."""
    refusal = _("%(bureau)s leads this task; only its reporters and its head may claim.") % {
        "bureau": row.task.lead
    }
    return writes_for(row.task.lead, row.programme_id, user, refusal)


def is_claimer(row: Breakthrough, user: Any) -> None:
    """The one who claimed it, or their deputy."""
    if not {row.claimed_by_id, row.claimed_for_id} & people_behind(claims(row, user)):
        words = _("%(person)s claimed this; only they can withdraw it.")
        raise NotAllowed(words % {"person": row.claimer})


def may_be_claimed(row: Breakthrough, act: Act) -> None:
    """With all six parts filled in, an effect measured before and now, the rule itself and word from who benefits; in
    force for as long as the programme wants.
    """
    if act.asking:
        return
    faults: dict[str, Any] = {}
    for check in (_check_content, _check_files, check_source):
        try:
            check(row, act)
        except ValidationError as fault:
            faults |= fault.error_dict
    if faults:
        raise ValidationError(faults)


def said(row: Breakthrough, act: Act) -> contents.Content:
    """What the claim says: what came with the act, else what the bureau has written so far."""
    given = act.data.get("content")
    if given is None:
        given = row.draft.content if hasattr(row, "draft") else {}
    return contents.packed(contents.tidy(given))


def _check_content(row: Breakthrough, act: Act) -> None:
    contents.check(said(row, act), today=clock.day_of(act.at), days_in_force=days_in_force(row))


def days_in_force(row: Breakthrough) -> int:
    """How long what is new must have been in force: as the programme's latest target says."""
    latest = BreakthroughTarget.objects.filter(programme=row.programme_id).order_by("-year").first()
    return latest.days_in_force if latest else DAYS_IN_FORCE


def _check_files(row: Breakthrough, act: Act) -> None:
    there = set(row.files.filter(dropped_at=None).values_list("proves", flat=True))
    missing = [ClaimFile.Proves(one).label for one in NEEDED if one not in there]
    if missing:
        words = _("Add the proof that is missing: %(kinds)s.")
        raise ValidationError({"files": words % {"kinds": _(", ").join(map(str, missing))}})


def has_room(row: Breakthrough, name: str) -> None:
    """A claim takes so many files of proof and no more."""
    if row.files.filter(dropped_at=None).count() >= settings.MAX_REPORT_FILES:
        words = _("%(name)s: a claim takes %(most)d files. Take off what is not needed.")
        raise ValidationError({"files": words % {"name": name, "most": settings.MAX_REPORT_FILES}})


def is_for_another(acting: Any) -> bool:
    """Whether a claim is made under this membership for a bureau that cannot make it itself."""
    return bool(acting.role == Role.MANAGER)


def check_source(row: Breakthrough, act: Act) -> None:
    """Raises ValidationError where the office does not say what it claims from."""
    if not is_for_another(act.acting):
        return
    source = source_of(row, act)
    if not source:
        words = _("Source: say who at the bureau told it, by which letter or call, and when.")
        raise ValidationError({"claimed_from": words})
    if len(source) > LONGEST_SOURCE:
        raise ValidationError({"claimed_from": _("At most %(most)d characters.") % {"most": LONGEST_SOURCE}})


def source_of(row: Breakthrough, act: Act) -> str:
    """Where the office has it from; empty for what a bureau claims itself."""
    if not is_for_another(act.acting):
        return ""
    written = row.draft.claimed_from if hasattr(row, "draft") else ""
    return tidy_source(act.data.get("claimed_from") or written)


def tidy_source(raw: Any) -> str:
    """One line."""
    return " ".join(keepable(str(raw or "")).split())
