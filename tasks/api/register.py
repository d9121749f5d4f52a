"""Fields, tasks and milestones."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet, lists, makes, only_known

from .. import rules, workflow
from ..actions import register
from ..filters import FieldFilter, MilestoneFilter, TaskFilter
from ..models import Field, Milestone, Task
from ..serializers import FieldSerializer, MilestoneSerializer, TaskSerializer
from .bodies import TaskBody


@lists(_("The fields of work"), _("A field of work"))
class FieldViewSet(ScopedViewSet):
    """The fields of work of the person's programmes."""

    serializer_class = FieldSerializer
    filterset_class = FieldFilter

    def scoped(self) -> QuerySet[Field]:
        return Field.objects.visible_to(self.request.user).select_related("programme").in_order()


@lists(
    _("The register of tasks"),
    _("A task"),
    _("Reviewers, auditors and administrators see all; a bureau those that it leads or supports."),
)
class TaskViewSet(ScopedViewSet):
    """The register."""

    serializer_class = TaskSerializer
    filterset_class = TaskFilter

    def scoped(self) -> QuerySet[Task]:
        return Task.objects.visible_to(self.request.user).for_list().in_order()

    @extend_schema(
        summary=_("Change plain fields of a task"),
        description=_(
            "By a reviewer or an administrator. State, bureau and progress are never changed here."
        ),
        request=TaskBody,
    )
    def partial_update(self, request: Request, pk: Any) -> Response:
        """Change plain fields: by a reviewer or an administrator, on the version named in If-Match."""
        task = self.get_object()
        rules.runs_programme(task.programme, request.user)
        self.matches(task, required=True)
        only_known(request.data, TaskBody.Meta.fields)
        fields = self.read(TaskBody, instance=task, partial=True)
        fields.pop("comment", None)
        register.edit_task(task, fields, by=request.user, seen=task.version, comment=self.comment())
        return self.again(task.pk)

    @makes(workflow.ACCEPT, _("By the lead bureau: from then on its dates are the baseline."))
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.ACCEPT)


@lists(
    _("The milestones of the tasks"),
    _("A milestone"),
    _("They are claimed in reports and have no move of their own."),
)
class MilestoneViewSet(ScopedViewSet):
    """The roadmap. Milestones are claimed in reports and have no move of their own."""

    serializer_class = MilestoneSerializer
    filterset_class = MilestoneFilter

    def scoped(self) -> QuerySet[Milestone]:
        rows = Milestone.objects.visible_to(self.request.user)
        return rows.select_related("task__programme").in_order()
