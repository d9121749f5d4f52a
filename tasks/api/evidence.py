"""The files that prove what reports say."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import AnyKind, ScopedViewSet, has_already, lists
from qdtrade.evidence.downloads import download
from qdtrade.incoming import FileBody

from ..actions import reports as actions
from ..filters import EvidenceFilter
from ..models import Milestone, Report, ReportFile
from ..serializers import EvidenceSerializer
from .bodies import EvidenceBody


@lists(gettext_lazy("The files that prove reports"), gettext_lazy("A file"))
class EvidenceViewSet(ScopedViewSet):
    """Evidence: read by all who see the report once it was submitted, before that by the bureau that writes it."""

    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter
    parser_classes = (FileBody,)

    def scoped(self) -> QuerySet[ReportFile]:
        rows = ReportFile.objects.visible_to(self.request.user)
        never_kept = Q(dropped_at__isnull=False, kept_at=None)
        task = "report__expected__task__programme"
        return rows.exclude(never_kept).select_related("blob", "added_by", task).in_order()

    @extend_schema(
        summary=gettext_lazy("Add a file to a report"),
        description=gettext_lazy("By the bureau that owes it, while it is being written."),
        request={"multipart/form-data": EvidenceBody},
        responses={201: EvidenceSerializer},
    )
    def create(self, request: Request) -> Response:
        """Add a file to a report that is being written."""
        given = self.read(EvidenceBody)
        report = get_object_or_404(Report.objects.visible_to(request.user).for_move(), pk=given["report"])
        milestone = self._milestone(report, given.get("milestone"))
        try:
            row = actions.attach_file(report, given["file"], by=request.user, milestone=milestone)
        except ValidationError as fault:
            raise ValidationError({"file": fault.messages}) from None
        return self.answer(self.scoped().get(pk=row.pk), status.HTTP_201_CREATED)

    def _milestone(self, report: Report, pk: int | None) -> Milestone | None:
        if pk is None:
            return None
        found = report.task.milestones.filter(pk=pk).first()
        if found is None:
            raise ValidationError({"milestone": _("The report's task has no such milestone.")})
        return found

    @extend_schema(
        summary=gettext_lazy("Take a file off"),
        description=gettext_lazy(
            "While the report is being written; what was submitted once stays in its version."
        ),
        responses={204: None},
    )
    def destroy(self, request: Request, pk: Any) -> Response:
        """Take a file off a report that is being written; what was submitted once stays in its version."""
        actions.remove_file(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary=gettext_lazy("The bytes of a file"),
        responses={(200, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, gettext_lazy("As uploaded."))},
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
