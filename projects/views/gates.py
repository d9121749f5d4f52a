"""Proposing a gate, and deciding about one that was proposed."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qdtrade.evidence.actions import take_in
from qdtrade.evidence.kinds import IN_WORDS, accepted
from qdtrade.posted import ids_of
from qdtrade.programmes.models import Role
from qdtrade.web import done, make_move, seen_version
from qdtrade.workflow import perform, why_not

from .. import rules, workflow
from ..forms import ProposeForm
from ..models import Gate

DONE = {
    "withdraw": gettext_lazy("Withdrawn: %(gate)s\nWhat you wrote is kept for the next time."),
    "confirm": gettext_lazy("Confirmed: %(gate)s\nThe project stands there now."),
    "return": gettext_lazy("Returned: %(gate)s\nThe carrier has been told."),
    "correct": gettext_lazy(
        "Corrected: %(gate)s\nThe project stands where it stood before; its carrier was told."
    ),
}


def shown(request: HttpRequest, pk: int) -> Gate:
    return get_object_or_404(Gate.objects.visible_to(request.user).for_move(), pk=pk)


@require_GET
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    """A gate stands on the page of its project."""
    row = shown(request, pk)
    way = reverse("project", args=[row.project_id])
    return redirect(f"{way}?programme={row.project.programme.code}#gates")


@require_http_methods(["GET", "HEAD", "POST"])
def gate_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A form with the day, what happened and the proof; a refused one says why, and keeps what was typed."""
    row = shown(request, pk)
    acting = rules.proposes(row, request.user)
    is_for_another = acting.role == Role.MANAGER
    started = {"fact_on": row.fact_on, "words": row.words, "source": row.proposed_from}
    form = ProposeForm(request.POST or None, initial=started, is_for_another=is_for_another)
    if request.method == "POST" and form.is_valid():
        try:
            moved = _propose(request, row, form.cleaned_data)
        except ValidationError as fault:
            form.mark(fault)
        else:
            words = _("Proposed: %(gate)s\nThe pilot office decides by %(day)s.")
            return done(
                request, words % {"gate": moved, "day": moved.review_due_on}, "project", row.project_id
            )
    return _page(request, row, form)


def _propose(request: HttpRequest, row: Gate, typed: dict[str, Any]) -> Gate:
    """Files that are refused are said of their field, as the rules say theirs."""
    files, refused = take_in(request.FILES.getlist("files"))
    if refused:
        raise ValidationError({"files": refused})
    given = typed | {"files": files, "drop": ids_of(request.POST, "drop")}
    moved: Gate = perform(workflow.PROPOSE, row, by=request.user, seen=seen_version(request), **given)
    return moved


def _page(request: HttpRequest, row: Gate, form: ProposeForm) -> HttpResponse:
    context = {
        "gate": row,
        "project": row.project,
        "programme": row.project.programme,
        "form": form,
        "closed": why_not(workflow.PROPOSE, row, request.user),
        "files": list(row.files.in_use()),
        "proof": rules.proof_of(row),
        "kinds": IN_WORDS,
        "accepted": accepted(),
        "most_bytes": settings.MAX_FILE_BYTES,
    }
    status = 400 if form.errors else 200
    return render(request, "projects/gate_propose.html", context, status=status)


@require_POST
def gate_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Withdraw, confirm, return, correct."""
    if move not in DONE:
        raise Http404
    moved = make_move(request, workflow.GATE_MOVES[move], shown(request, pk))
    return done(request, DONE[move] % {"gate": moved}, "project", moved.project_id)
