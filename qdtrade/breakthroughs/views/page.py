"""What the page of one breakthrough shows."""

from typing import Any

from django.http import HttpRequest

from qdtrade.audit import history
from qdtrade.programmes.current import records_of
from qdtrade.web import Offer, offers
from qdtrade.workflow import is_for, why_not
from tasks.models import Task

from .. import showing
from ..models import Breakthrough, Claim, ClaimFile
from ..workflow import BREAKTHROUGH_MOVES, CLAIM, PROMOTE, RECOGNISE

OWN_FORMS = {CLAIM.name, PROMOTE.name, RECOGNISE.name, "return", "not_recognise"}
"""Moves that have a form of their own, or are made at the desk."""


def context(request: HttpRequest, row: Breakthrough) -> dict[str, Any]:
    """Everything that the page's template reads; the row came with `for_list()`."""
    user = request.user
    claims = list(
        Claim.objects.visible_to(user)
        .filter(breakthrough=row)
        .select_related("submitted_by", "submitted_for", "decided_by", "decided_for")
        .order_by("-number")
    )
    version = _chosen(request, row, claims)
    before = next((one for one in claims if version and one.number < version.number), None)
    task = Task.objects.visible_to(user).filter(pk=row.task_id).first()
    return {
        "row": row,
        "programme": row.programme,
        "task": task,
        "versions": claims,
        "version": version,
        "claim": showing.whole(version.content, before=before) if version else None,
        "files": files_of(version, user) if version else [],
        "moves": _moves(row, user),
        "claim_offer": _offer(row, user, CLAIM),
        "case_offer": _offer(row, user, PROMOTE) if row.status in PROMOTE.sources else None,
        "decides": is_for(RECOGNISE, row, user) and row.status in RECOGNISE.sources,
        "why_not_decide": why_not(RECOGNISE, row, user),
        "case": getattr(row, "case", None) if row.status in {"promoted", "revoked"} else None,
        "restated": showing.restated(row),
        "acts": history.acts(history.of_object(row).defer("line", "state")[:30]) if task else [],
        "all_records": records_of(user, row.programme, kind="breakthrough", object=row.pk) if task else "",
    }


def _chosen(request: HttpRequest, row: Breakthrough, claims: list[Claim]) -> Claim | None:
    """The version that the address names, else the one at hand, else the last one."""
    number = request.GET.get("version", "")
    named = next((one for one in claims if str(one.number) == number), None)
    at_hand = next((one for one in claims if one.pk == row.current_id), None)
    return named or at_hand or (claims[0] if claims else None)


def files_of(version: Claim, user: Any) -> list[ClaimFile]:
    """The proof of a version, of what the person may open."""
    numbers = [int(line["id"]) for line in version.content.get("files", [])]
    rows = ClaimFile.objects.visible_to(user).filter(breakthrough=version.breakthrough_id, pk__in=numbers)
    return list(rows.select_related("blob").order_by("pk"))


def _moves(row: Breakthrough, user: Any) -> list[Offer]:
    """The moves of the page's own buttons that fit its state and this person."""
    plain = {name: move for name, move in BREAKTHROUGH_MOVES.items() if name not in OWN_FORMS}
    found = offers(row, plain, user, "breakthrough_move")
    return [one for name, one in found.items() if row.status in BREAKTHROUGH_MOVES[name].sources]


def _offer(row: Breakthrough, user: Any, move: Any) -> dict[str, Any] | None:
    """Whether a form is this person's, and why it is closed."""
    if not is_for(move, row, user) or row.status not in move.sources:
        return None
    return {"label": move.label, "reason": why_not(move, row, user)}
