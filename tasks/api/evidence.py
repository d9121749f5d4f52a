"""The files that prove what reports say."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet
from qdtrade.evidence.downloads import download
from qdtrade.incoming import FileBody

from ..actions import reports as actions
from ..filters import EvidenceFilter
from ..models import Milestone, Report, ReportFile
from ..serializers import EvidenceSerializer
from .bodies import EvidenceBody


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

    def destroy(self, request: Request, pk: Any) -> Response:
        """Take a file off a report that is being written; what was submitted once stays in its version."""
        actions.remove_file(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @action(detail=True, methods=["get"])
    def download(self, request: Request, pk: Any) -> FileResponse:
        return download(self.get_object())
