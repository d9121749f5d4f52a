"""Asking for more time, deciding about it, and waiving a milestone."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qdtrade.web import done, make_move

from .. import forms, rules, workflow
from ..actions import extensions, milestones
from ..models import Extension, Milestone, Task
from . import life

DONE = {
    "sign": gettext_lazy("Signed: %(extension)s\nThe pilot office decides it by %(due)s."),
    "grant": gettext_lazy("Granted: %(extension)s\nThe plan says %(to)s now; the baseline stays."),
    "refuse": gettext_lazy("Refused: %(extension)s\nThe day stays as it is; the bureau has been told."),
    "withdraw": gettext_lazy("Withdrawn: %(extension)s\nThe day stays as it is."),
}
ACTS: dict[str, Callable[..., Milestone]] = {"waive": milestones.waive, "unwaive": milestones.unwaive}
SAID = {
    "waive": gettext_lazy("Waived: %(milestone)s\nIt stays in sight; completion does not wait for it."),
    "unwaive": gettext_lazy("Owed again: %(milestone)s"),
}


@require_GET
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """An extension stands on the page of its task."""
    row = get_object_or_404(Extension.objects.visible_to(request.user).for_move(), pk=pk)
    return _place(row.task, f"extension-{row.pk}")


@require_GET
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """A milestone stands in the roadmap of its task."""
    row = get_object_or_404(Milestone.objects.visible_to(request.user).for_move(), pk=pk)
    return _place(row.task, "roadmap")


def _place(task: Task, anchor: str) -> HttpResponse:
    way = reverse("task", args=[task.pk])
    return redirect(f"{way}?programme={task.programme.code}#{anchor}")


@require_http_methods(["GET", "HEAD", "POST"])
def extension_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A form that asks for a later day; a refused one says why, and keeps what was typed."""
    task = get_object_or_404(Task.objects.visible_to(request.user).for_list(), pk=pk)
    rules.of_lead(task, request.user)
    wishes = list(Extension.objects.visible_to(request.user).filter(task=task).waiting())
    found = life.choices(task, wishes)
    form = forms.ExtensionForm(request.POST or None, choices=found, chosen=request.GET.get("milestone", ""))
    if request.method == "POST" and form.is_valid():
        try:
            row = extensions.ask_extension(
                task,
                form.milestone(),
                by=request.user,
                to_on=form.cleaned_data["to_on"],
                cause=form.cleaned_data["cause"],
            )
        except ValidationError as fault:
            form.mark(fault)
        else:
            return done(request, _asked(row), "task", task.pk)
    status = 400 if form.errors else 200
    context = {"task": task, "programme": task.programme, "form": form, "choices": found}
    return render(request, "tasks/extension_ask.html", context, status=status)


def _asked(row: Extension) -> str:
    if row.status == Extension.Status.SIGNED:
        return _("Asked for and signed: %(extension)s\nThe pilot office decides it within its clock.") % {
            "extension": row
        }
    return _("Asked for: %(extension)s\nThe head of your bureau signs it, then the pilot office decides.") % {
        "extension": row
    }


@require_POST
def extension_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Sign, grant, refuse, withdraw."""
    if move not in workflow.EXTENSION_MOVES:
        raise Http404
    row = get_object_or_404(Extension.objects.visible_to(request.user).for_move(), pk=pk)
    moved = make_move(request, workflow.EXTENSION_MOVES[move], row)
    words = {"extension": moved, "due": moved.decide_due_on or "", "to": moved.to_on}
    return done(request, DONE[move] % words, "task", row.task_id)


@require_POST
def milestone_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Waive a milestone, or owe it again."""
    if act not in ACTS:
        raise Http404
    row = get_object_or_404(Milestone.objects.visible_to(request.user).for_move(), pk=pk)
    ACTS[act](row, by=request.user, reason=request.POST.get("comment", ""))
    words: Any = SAID[act]
    return done(request, words % {"milestone": row}, "task", row.task_id)
