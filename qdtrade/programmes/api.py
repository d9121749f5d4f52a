"""Programmes, the bureaus of their regions, and periods, for programs."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.accounts.models import Bureau
from qdtrade.accounts.serializers import BureauSerializer
from qdtrade.api import ScopedViewSet

from . import workflow
from .filters import BureauFilter, PeriodFilter, ProgrammeFilter
from .models import Period, Programme
from .serializers import PeriodSerializer, ProgrammeSerializer


class ProgrammeViewSet(ScopedViewSet):
    """The programmes that the person is a member of."""

    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilter

    def scoped(self) -> QuerySet[Programme]:
        return Programme.objects.visible_to(self.request.user).select_related("region").in_order()


class BureauViewSet(ScopedViewSet):
    """The bureaus of the regions of the person's programmes."""

    serializer_class = BureauSerializer
    filterset_class = BureauFilter

    def scoped(self) -> QuerySet[Bureau]:
        return Bureau.objects.visible_to(self.request.user).select_related("parent").in_order()


class PeriodViewSet(ScopedViewSet):
    """The periods of the person's programmes; opened, closed and frozen by its reviewers."""

    serializer_class = PeriodSerializer
    filterset_class = PeriodFilter

    def scoped(self) -> QuerySet[Period]:
        return Period.objects.visible_to(self.request.user).for_move().in_order()

    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.OPEN_PERIOD)

    @action(detail=True, methods=["post"], url_path="enter-grace")
    def enter_grace(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.ENTER_GRACE)

    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.CLOSE_PERIOD)

    @action(detail=True, methods=["post"])
    def freeze(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.FREEZE_PERIOD)
