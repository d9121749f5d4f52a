"""Fields, tasks and milestones."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade import clock
from qdtrade.api import MoveBody, ScopedViewSet, lists, makes, only_known
from qdtrade.lights.models.day import kept
from qdtrade.lights.serializers import LightDaySerializer

from .. import choosing, rules, workflow
from ..actions import milestones, register
from ..filters import FieldFilter, MilestoneFilter, TaskFilter
from ..models import Field, Milestone, Task
from ..serializers import FieldSerializer, MilestoneSerializer, TaskSerializer
from .bodies import HandOverBody, TaskBody


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
        return Task.objects.visible_to(self.request.user).with_light().for_list().in_order()

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

    @extend_schema(
        summary=_("The lights of a task"),
        description=_("Every light that was kept of it, newest first; nothing of them is ever changed."),
        filters=False,
        responses={200: LightDaySerializer(many=True)},
    )
    @action(detail=True, methods=["get"], filterset_class=None)
    def lights(self, request: Request, pk: Any) -> Response:
        rows = kept(self.get_object().lights.select_related("rule"), clock.today()).order_by("-day", "-pk")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(LightDaySerializer(page, many=True).data)

    @makes(workflow.ACCEPT, _("By the lead bureau: from then on its dates are the baseline."))
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.ACCEPT)

    @makes(
        workflow.DECLINE, _("By the lead bureau, before it accepts, with a reason: the pilot office decides.")
    )
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.DECLINE)

    @makes(workflow.ASSIGN_AGAIN, _("By a reviewer, with a reason: the bureau is to accept it after all."))
    @action(detail=True, methods=["post"], url_path="assign-again")
    def assign_again(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.ASSIGN_AGAIN)

    @makes(
        workflow.HAND_OVER,
        _("By a reviewer, with a reason: another bureau leads it. What was submitted or is past due stays."),
        HandOverBody,
    )
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: Any) -> Response:
        task = self.get_object()
        code = self.read(HandOverBody).get("bureau", "")
        bureau = choosing.chosen(task.programme, request.user, code)
        return self.perform_move(workflow.HAND_OVER, task, bureau=bureau)

    @makes(workflow.CLAIM, _("By the head of the lead bureau, who says how the standard was met."))
    @action(detail=True, methods=["post"])
    def claim(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.CLAIM)

    @makes(workflow.WITHDRAW_CLAIM, _("By the head of the lead bureau, until it is decided."))
    @action(detail=True, methods=["post"], url_path="withdraw-claim")
    def withdraw_claim(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.WITHDRAW_CLAIM)

    @makes(workflow.VERIFY, _("By a reviewer of no bureau concerned: the task is done."))
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.VERIFY)

    @makes(workflow.SEND_BACK, _("By a reviewer of no bureau concerned, with a reason: the task goes on."))
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.SEND_BACK)

    @makes(workflow.SUSPEND, _("By a reviewer, with a reason: its clocks stop."))
    @action(detail=True, methods=["post"])
    def suspend(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.SUSPEND)

    @makes(workflow.RESUME, _("By a reviewer, with a reason: its clocks run again."))
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.RESUME)

    @makes(
        workflow.DROP, _("By a reviewer, with a reason: it stays in the register and in the denominators.")
    )
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.DROP)

    @makes(workflow.REOPEN_TASK, _("By a reviewer, with a reason: a task that was done or dropped goes on."))
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REOPEN_TASK)


@lists(
    _("The milestones of the tasks"),
    _("A milestone"),
    _("They are claimed in reports and have no move of their own; the pilot office may waive one."),
)
class MilestoneViewSet(ScopedViewSet):
    """The roadmap. Milestones are claimed in reports and have no move of their own; some are waived."""

    serializer_class = MilestoneSerializer
    filterset_class = MilestoneFilter

    def scoped(self) -> QuerySet[Milestone]:
        return Milestone.objects.visible_to(self.request.user).for_move().in_order()

    @extend_schema(
        summary=_("Waive a milestone"),
        description=_("By a reviewer of no bureau concerned, with a reason: it is owed no more."),
        request=MoveBody,
    )
    @action(detail=True, methods=["post"])
    def waive(self, request: Request, pk: Any) -> Response:
        milestones.waive(self.get_object(), by=request.user, reason=self.comment())
        return self.again(int(pk))

    @extend_schema(
        summary=_("Owe a milestone again"),
        description=_("By a reviewer of no bureau concerned, with a reason: a waiver ends."),
        request=MoveBody,
    )
    @action(detail=True, methods=["post"])
    def unwaive(self, request: Request, pk: Any) -> Response:
        milestones.unwaive(self.get_object(), by=request.user, reason=self.comment())
        return self.again(int(pk))
