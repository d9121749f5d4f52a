"""Showing another light of a task than the computed one, and the computed one again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qdtrade.lights.views.overriding import end_light, set_light
from qdtrade.templatetags import days
from qdtrade.web import done

from ..models import Task


@require_POST
def task_light(request: HttpRequest, pk: int) -> HttpResponse:
    """By a manager, with a reason, until the period ends at the latest."""
    row = get_object_or_404(Task.objects.visible_to(request.user).for_move(), pk=pk)
    made = set_light(request, row)
    words = _("Light set: %(what)s\nIt is shown until %(day)s; the computed light is kept beside it.")
    return done(request, words % {"what": row, "day": days.iso(made.ends_on)}, "task", pk)


@require_POST
def task_light_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Before its day comes, with a reason."""
    row = get_object_or_404(Task.objects.visible_to(request.user).for_move(), pk=pk)
    end_light(request, row)
    return done(request, _("The computed light is shown again: %(what)s") % {"what": row}, "task", pk)
