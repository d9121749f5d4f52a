"""The moves of tasks and reports, as buttons make them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qdtrade.web import done, seen_version
from qdtrade.workflow import perform

from .. import forms, workflow
from ..models import Task
from . import report_page, reports

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


@require_POST
def task_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Sign for a task."""
    if move not in workflow.TASK_MOVES:
        raise Http404
    row = get_object_or_404(Task.objects.visible_to(request.user).for_move(), pk=pk)
    comment = request.POST.get("comment", "")
    moved = perform(
        workflow.TASK_MOVES[move], row, by=request.user, comment=comment, seen=seen_version(request)
    )
    words = _("Accepted: %(task)s\nIts first report is due with the next period that opens.")
    return done(request, words % {"task": moved}, "task", row.pk)


@require_POST
def report_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Submit, withdraw, take, put back, approve, return, reopen."""
    if move not in workflow.REPORT_MOVES:
        raise Http404
    if move == workflow.SUBMIT.name:
        return reports.submit(request, pk)
    row = reports.shown(request, pk)
    moved = perform(
        workflow.REPORT_MOVES[move],
        row,
        by=request.user,
        comment=request.POST.get("comment", ""),
        seen=seen_version(request),
        remarks=forms.remarks(request.POST),
    )
    return done(request, DONE[move] % {"report": moved}, report_page.address("report", row))
