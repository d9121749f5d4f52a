"""Extensions: asked for by bureaus, decided by the pilot office."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet, lists, makes, only_known

from .. import workflow
from ..actions import extensions
from ..filters import ExtensionFilter
from ..models import Extension, Task
from ..serializers import ExtensionSerializer
from .bodies import ExtensionBody


@lists(
    _("Extensions"),
    _("An extension"),
    _("A later day, asked for by a bureau, signed by its head, decided by the pilot office."),
)
class ExtensionViewSet(ScopedViewSet):
    """The extensions of the tasks that the person sees."""

    serializer_class = ExtensionSerializer
    filterset_class = ExtensionFilter

    def scoped(self) -> QuerySet[Extension]:
        return Extension.objects.visible_to(self.request.user).for_list().in_order()

    @extend_schema(
        summary=_("Ask for more time"),
        description=_(
            "By the lead bureau, for a milestone or, without one, for the task's due date. What its head asks for is "
            "signed at once."
        ),
        request=ExtensionBody,
        responses={201: ExtensionSerializer},
    )
    def create(self, request: Request) -> Response:
        """Ask for a later day."""
        only_known(request.data, ExtensionBody().fields)
        given = self.read(ExtensionBody)
        tasks = Task.objects.visible_to(request.user).for_move()
        task = get_object_or_404(tasks, pk=given["task"])
        milestone = None
        if given.get("milestone") is not None:
            milestone = task.milestones.filter(pk=given["milestone"]).first()
            if milestone is None:
                raise ValidationError({"milestone": _("This task has no such milestone.")})
        row = extensions.ask_extension(
            task, milestone, by=request.user, to_on=given.get("to_on"), cause=given.get("cause", "")
        )
        return self.answer(self.scoped().get(pk=row.pk), 201)

    @makes(workflow.SIGN, _("By the head of the bureau: the pilot office's clock begins."))
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.SIGN)

    @makes(workflow.GRANT, _("By a reviewer of no bureau concerned: the plan moves, the baseline stays."))
    @action(detail=True, methods=["post"])
    def grant(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.GRANT)

    @makes(workflow.REFUSE, _("By a reviewer of no bureau concerned, with a reason: the day stays."))
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REFUSE)

    @makes(workflow.WITHDRAW_EXTENSION, _("By the lead bureau, until it is decided."))
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.WITHDRAW_EXTENSION)
