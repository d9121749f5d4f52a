"""Showing another light of a task than the computed one, and the computed one again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from qdtrade.lights.views.overriding import end_light, set_light

from ..models import Task


@require_POST
def task_light(request: HttpRequest, pk: int) -> HttpResponse:
    """By a manager, with a reason, until the period ends at the latest."""
    return set_light(request, get_object_or_404(Task.objects.visible_to(request.user).for_move(), pk=pk))


@require_POST
def task_light_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Before its day comes, with a reason."""
    return end_light(request, get_object_or_404(Task.objects.visible_to(request.user).for_move(), pk=pk))
