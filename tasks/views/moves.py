"""The moves of tasks and reports, as buttons make them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qdtrade.accounts.models import Bureau
from qdtrade.web import done, make_move

from .. import choosing, forms, workflow
from ..models import Task
from . import report_page, reports, sign_page

DONE = {
    "withdraw": gettext_lazy(
        "Withdrawn: %(report)s\nYou can go on writing; the text is as you submitted it."
    ),
    "take": gettext_lazy("You took %(report)s for review."),
    "put_back": gettext_lazy("%(report)s is back in the queue."),
    "approve": gettext_lazy("Approved: %(report)s\nIts facts are in the register now."),
    "return": gettext_lazy("Returned: %(report)s\nThe bureau has been told."),
    "reopen": gettext_lazy(
        "Reopened: %(report)s\nThe approved version stays in force until a new one is approved."
    ),
}

TASK_DONE = {
    "accept": gettext_lazy("Accepted: %(task)s\nIts first report is due with the next period that opens."),
    "decline": gettext_lazy(
        "Declined: %(task)s\nThe pilot office has been told; it hands the task over, or assigns it again."
    ),
    "assign_again": gettext_lazy(
        "Assigned again: %(task)s\n%(bureau)s has been told; its clock begins anew."
    ),
    "hand_over": gettext_lazy(
        "Handed over: %(task)s\n%(bureau)s leads it now. What was submitted or past due stays where it was."
    ),
    "claim": gettext_lazy("Completion claimed: %(task)s\nThe pilot office verifies it within its clock."),
    "withdraw_claim": gettext_lazy("Claim withdrawn: %(task)s\nThe task goes on."),
    "verify": gettext_lazy("Verified: %(task)s\nThe task is done."),
    "send_back": gettext_lazy("Sent back: %(task)s\nThe task goes on; its due date does not move."),
    "suspend": gettext_lazy("Suspended: %(task)s\nIts clocks have stopped."),
    "resume": gettext_lazy("Resumed: %(task)s\nIts clocks run again."),
    "drop": gettext_lazy("Dropped: %(task)s\nIt stays in the register and in the stated denominators."),
    "reopen": gettext_lazy("Reopened: %(task)s\nIt owes reports from the next period that opens."),
}


@require_POST
def task_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Every move of a task's life."""
    if move not in workflow.TASK_MOVES:
        raise Http404
    row = get_object_or_404(Task.objects.visible_to(request.user).for_move(), pk=pk)
    given = {"bureau": _bureau(request, row)} if move == workflow.HAND_OVER.name else {}
    moved = make_move(request, workflow.TASK_MOVES[move], row, **given)
    return done(request, TASK_DONE[move] % {"task": moved, "bureau": moved.lead}, "task", row.pk)


def _bureau(request: HttpRequest, task: Task) -> Bureau | None:
    """The bureau that the form names."""
    return choosing.chosen(task.programme, request.user, request.POST.get("bureau", ""))


@require_POST
def report_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Ask for the sign-off, submit, send back to the author, withdraw, take, put back, approve, return, reopen."""
    if move not in workflow.REPORT_MOVES:
        raise Http404
    if move in {workflow.SUBMIT.name, workflow.ASK_SIGN_OFF.name}:
        return reports.hand_in(request, pk, workflow.REPORT_MOVES[move])
    if move == workflow.SEND_TO_AUTHOR.name:
        return sign_page.send_to_author(request, reports.shown(request, pk))
    row = reports.shown(request, pk)
    moved = make_move(request, workflow.REPORT_MOVES[move], row, remarks=forms.remarks(request.POST))
    return done(request, DONE[move] % {"report": moved}, report_page.address("report", row))
