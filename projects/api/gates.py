"""Gates and what proves them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import AnyKind, ScopedViewSet, has_already, lists, makes
from qdtrade.evidence.actions import take_in
from qdtrade.evidence.downloads import download
from qdtrade.incoming import FileBody

from .. import rules, workflow
from ..filters import GateFileFilter, GateFilter
from ..models import Gate, GateFile
from ..serializers import GateFileSerializer, GateSerializer
from .bodies import ProposeBody


@lists(
    _("The gates of the projects"),
    _("A gate"),
    _("Six for each project. The carrier proposes one with day and proof, the pilot office confirms."),
)
class GateViewSet(ScopedViewSet):
    """The gates of the projects that the person sees."""

    serializer_class = GateSerializer
    filterset_class = GateFilter

    def scoped(self) -> QuerySet[Gate]:
        return Gate.objects.visible_to(self.request.user).for_list().in_order()

    @extend_schema(
        summary=_("Propose"),
        description=_("By the carrier, with the day, what happened, and at least one file of proof."),
        request={"multipart/form-data": ProposeBody},
    )
    @action(detail=True, methods=["post"], parser_classes=[FileBody])
    def propose(self, request: Request, pk: Any) -> Response:
        gate = self.get_object()
        rules.proposes(gate, request.user)
        given = self.read(ProposeBody)
        files, refused = take_in(given.pop("files", []))
        if refused:
            raise ValidationError({"files": refused})
        return self.perform_move(workflow.PROPOSE, gate, files=files, **given)

    @makes(workflow.WITHDRAW, _("By whoever proposed it, until it is decided."))
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.WITHDRAW)

    @makes(workflow.CONFIRM, _("By a reviewer of no bureau concerned: the project stands there."))
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.CONFIRM)

    @makes(workflow.RETURN, _("By a reviewer of no bureau concerned, with a reason."))
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.RETURN)

    @makes(workflow.CORRECT, _("By a reviewer of no bureau concerned, with a reason: back by one gate."))
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.CORRECT)


@lists(_("The files that prove gates"), _("A file"))
class GateFileViewSet(ScopedViewSet):
    """Evidence of gates: read by all who see the project."""

    serializer_class = GateFileSerializer
    filterset_class = GateFileFilter

    def scoped(self) -> QuerySet[GateFile]:
        rows = GateFile.objects.visible_to(self.request.user)
        return rows.select_related("blob", "added_by", "gate__project__programme").order_by("gate", "pk")

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
