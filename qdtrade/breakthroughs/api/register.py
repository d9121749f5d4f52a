"""Breakthroughs, their proof, and the targets that they are held against."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import AnyKind, ScopedViewSet, has_already, lists, makes, only_known
from qdtrade.evidence.downloads import download
from qdtrade.incoming import FileBody
from tasks.models import Task

from .. import workflow
from ..actions import drafts, flagging
from ..filters import BreakthroughFilter, BreakthroughTargetFilter, ClaimFileFilter
from ..models import Breakthrough, BreakthroughTarget, ClaimFile
from ..serializers import BreakthroughSerializer, BreakthroughTargetSerializer, ClaimFileSerializer
from .bodies import ClaimBody, FlagBody, PromoteBody, ProofBody, RecogniseBody, RefuseBody

OF_CLAIM = ("current__decided_by", "case")


@lists(
    _("The breakthroughs"),
    _("A breakthrough"),
    _("Those of the tasks that you see, and what was recognised in your programmes. Only these count."),
)
class BreakthroughViewSet(ScopedViewSet):
    """The breakthroughs that the person sees."""

    serializer_class = BreakthroughSerializer
    filterset_class = BreakthroughFilter

    def scoped(self) -> QuerySet[Breakthrough]:
        rows = Breakthrough.objects.visible_to(self.request.user).for_list().select_related(*OF_CLAIM)
        return rows.in_order()

    @extend_schema(
        summary=_("Name a candidate"),
        description=_("By a reviewer, or by the bureau that leads the task."),
        request=FlagBody,
        responses={201: BreakthroughSerializer},
    )
    def create(self, request: Request) -> Response:
        """Name a candidate."""
        only_known(request.data, FlagBody().fields)
        given = self.read(FlagBody)
        tasks = Task.objects.visible_to(request.user).for_move()
        task = get_object_or_404(tasks, pk=given.pop("task"))
        row = flagging.flag(task, by=request.user, **given)
        return self.answer(self.scoped().get(pk=row.pk), 201)

    @extend_schema(
        summary=workflow.CLAIM.label,
        description=_("By the lead bureau, with all six parts; the proof is added first."),
        request=ClaimBody,
    )
    @action(detail=True, methods=["post"], url_path="submit-claim", url_name="submit-claim")
    def submit_claim(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.CLAIM, **self.read(ClaimBody))

    @extend_schema(
        summary=_("Add a file of proof"),
        description=_("By the lead bureau, while the claim is written."),
        request={"multipart/form-data": ProofBody},
        responses={201: ClaimFileSerializer},
    )
    @action(detail=True, methods=["post"], parser_classes=[FileBody])
    def proof(self, request: Request, pk: Any) -> Response:
        row, given = self.get_object(), self.read(ProofBody)
        file = drafts.attach_file(row, given["file"], by=request.user, proves=given.get("proves", ""))
        said = ClaimFileSerializer(file, context=self.get_serializer_context()).data
        return Response(said, status=status.HTTP_201_CREATED)

    @makes(workflow.WITHDRAW, _("By whoever claimed it, until it is decided."))
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.WITHDRAW)

    @makes(
        workflow.RECOGNISE,
        _("By a reviewer of no bureau concerned; above the city's level with its document."),
        RecogniseBody,
    )
    @action(detail=True, methods=["post"])
    def recognise(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.RECOGNISE, level=self.read(RecogniseBody).get("level", ""))

    @makes(workflow.RETURN, _("By a reviewer of no bureau concerned, with a reason and remarks."), RefuseBody)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.RETURN, remarks=self.read(RefuseBody).get("remarks"))

    @makes(workflow.NOT_RECOGNISE, _("By a reviewer of no bureau concerned, with a reason."), RefuseBody)
    @action(detail=True, methods=["post"], url_path="not-recognise", url_name="not-recognise")
    def not_recognise(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.NOT_RECOGNISE, remarks=self.read(RefuseBody).get("remarks"))

    @makes(
        workflow.PROMOTE, _("By a reviewer of no bureau concerned, with the texts of the case."), PromoteBody
    )
    @action(detail=True, methods=["post"])
    def promote(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.PROMOTE, **self.read(PromoteBody))

    @makes(workflow.REVOKE, _("By a reviewer of no bureau concerned, with a reason: it counts no more."))
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REVOKE)

    @makes(workflow.DROP, _("By a reviewer, with a reason."))
    @action(detail=True, methods=["post"], url_path="take-off", url_name="take-off")
    def take_off(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.DROP)


@lists(_("The files that prove claims"), _("A file"))
class ClaimFileViewSet(ScopedViewSet):
    """Proof of claims: read by all who see the task."""

    serializer_class = ClaimFileSerializer
    filterset_class = ClaimFileFilter

    def scoped(self) -> QuerySet[ClaimFile]:
        rows = ClaimFile.objects.visible_to(self.request.user)
        related = ("blob", "added_by", "breakthrough__task__programme")
        return rows.select_related(*related).order_by("breakthrough", "pk")

    @extend_schema(
        summary=_("The bytes of a file"),
        responses={(200, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, _("As uploaded."))},
    )
    @action(detail=True, methods=["get"], renderer_classes=[AnyKind])
    def download(self, request: Request, pk: Any) -> FileResponse | Response:
        row = self.get_object()
        tag = f'"{row.blob.sha256}"'
        if has_already(request, tag):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        answer = download(row)
        answer.headers["ETag"] = tag
        return answer


@lists(_("The targets of breakthroughs"), _("The target of a year"))
class BreakthroughTargetViewSet(ScopedViewSet):
    """The targets of the person's programmes."""

    serializer_class = BreakthroughTargetSerializer
    filterset_class = BreakthroughTargetFilter

    def scoped(self) -> QuerySet[BreakthroughTarget]:
        rows = BreakthroughTarget.objects.visible_to(self.request.user)
        return rows.select_related("programme").in_order()
