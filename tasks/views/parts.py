"""Giving parts of a task, and their moves."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qdtrade import clock
from qdtrade.web import done, make_move, seen_version
from qdtrade.workflow import perform

from .. import choosing, rules, workflow
from ..actions import parts as actions
from ..forms import PartForm
from ..models import Part, Task
from . import part_tree

DONE = {
    "accept": gettext_lazy("Accepted: %(part)s\nIt is filed from the next period that opens."),
    "send_back": gettext_lazy("Sent back: %(part)s\nWhoever gave it gives it again, or ends it."),
    "give_again": gettext_lazy("Given again: %(part)s\nThe bureau has been told; its clock begins anew."),
    "finish": gettext_lazy("Finished: %(part)s\nThe lead bureau has been told."),
    "reopen": gettext_lazy("Reopened: %(part)s\nIt is filed again from the next period that opens."),
    "end": gettext_lazy("Ended: %(part)s\nNothing more is owed of it; it stays in sight."),
}


@require_GET
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """A part stands on the page of its task."""
    row = get_object_or_404(Part.objects.visible_to(request.user).for_move(), pk=pk)
    way = reverse("task", args=[row.task_id])
    return redirect(f"{way}?programme={row.task.programme.code}#part-{row.pk}")


@require_http_methods(["GET", "POST"])
def part_give(request: HttpRequest, pk: int) -> HttpResponse:
    """A form that asks a bureau for a part; a refused one says why, and keeps what was typed."""
    task = get_object_or_404(Task.objects.visible_to(request.user).for_list(), pk=pk)
    form = _form_to_give(request, task)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.give_part(task, by=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.mark(fault)
        else:
            words = _("Given: %(part)s\nThe bureau has been told; it signs for the part by %(day)s.")
            return done(request, words % {"part": row, "day": row.accept_due_on}, "part", row.pk)
    return _page(request, task, form)


def _form_to_give(request: HttpRequest, task: Task) -> PartForm:
    """The form with what this person may give; raises NotAllowed where that is nothing."""
    user = request.user
    seen = Part.objects.visible_to(user).filter(task=task)
    possible = [
        one for one in part_tree.above(list(seen.for_list())) if part_tree.may_give_below(task, one, user)
    ]
    is_lead = part_tree.may_give_below(task, None, user)
    if not possible:
        rules.gives_part(task, None, user)
    above = seen.filter(pk__in=[one.pk for one in possible]).select_related("bureau").order_by("number", "pk")
    lead = _("%(bureau)s, the lead bureau itself") % {"bureau": task.lead} if is_lead else None
    initial = {"under": request.GET.get("under", ""), "due_on": task.due_on}
    bureaus = choosing.could_lead(task.programme, user).for_new_work(clock.today()).exclude(pk=task.lead_id)
    return PartForm(request.POST or None, bureaus=bureaus, above=above, lead=lead, initial=initial)


@require_http_methods(["GET", "POST"])
def part_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A form that gives a part again that was sent back, perhaps in other words."""
    row = get_object_or_404(Part.objects.visible_to(request.user).for_move(), pk=pk)
    rules.gives(row, request.user)
    form = PartForm(request.POST or None, initial={"what": row.what, "due_on": row.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            moved = perform(workflow.GIVE_AGAIN, row, by=request.user, seen=seen_version(request),
                            **form.cleaned_data)  # fmt: skip
        except ValidationError as fault:
            form.mark(fault)
        else:
            return done(request, DONE["give_again"] % {"part": moved}, "part", row.pk)
    return _page(request, row.task, form, row)


def _page(request: HttpRequest, task: Task, form: PartForm, part: Part | None = None) -> HttpResponse:
    context: dict[str, Any] = {"task": task, "programme": task.programme, "form": form, "part": part}
    if part is not None and part.status == Part.Status.SENT_BACK:
        words = _("%(who)s sent it back\n“%(said)s”")
        context["sent_back"] = words % {"who": part.closer, "said": part.closed_reason}
    return render(request, "tasks/part_give.html", context, status=400 if form.errors else 200)


@require_POST
def part_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Accept, send back, give again, finish, reopen, end."""
    if move not in workflow.PART_MOVES:
        raise Http404
    row = get_object_or_404(Part.objects.visible_to(request.user).for_move(), pk=pk)
    moved = make_move(request, workflow.PART_MOVES[move], row)
    return done(request, DONE[move] % {"part": moved}, "part", row.pk)
