"""Programmes, the bureaus of their regions, and periods, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.accounts.models import Bureau
from qdtrade.accounts.serializers import BureauSerializer
from qdtrade.api import ScopedViewSet, lists, makes

from . import workflow
from .filters import BureauFilter, PeriodFilter, ProgrammeFilter
from .models import Period, Programme
from .serializers import PeriodSerializer, ProgrammeSerializer


@lists(_("Your programmes"), _("A programme"), _("With its rules of time, and your roles in it."))
class ProgrammeViewSet(ScopedViewSet):
    """The programmes that the person is a member of."""

    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilter

    def scoped(self) -> QuerySet[Programme]:
        return Programme.objects.visible_to(self.request.user).select_related("region").in_order()


@lists(_("The bureaus of your programmes' regions"), _("A bureau"))
class BureauViewSet(ScopedViewSet):
    """The bureaus of the regions of the person's programmes."""

    serializer_class = BureauSerializer
    filterset_class = BureauFilter

    def scoped(self) -> QuerySet[Bureau]:
        return Bureau.objects.visible_to(self.request.user).select_related("parent", "merged_into").in_order()


@lists(_("The reporting periods of your programmes"), _("A reporting period"))
class PeriodViewSet(ScopedViewSet):
    """The periods of the person's programmes; opened, closed and frozen by its reviewers."""

    serializer_class = PeriodSerializer
    filterset_class = PeriodFilter

    def scoped(self) -> QuerySet[Period]:
        return Period.objects.visible_to(self.request.user).for_move().in_order()

    @makes(workflow.OPEN_PERIOD, _("By a reviewer, with a reason; the timer does it on the day."))
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.OPEN_PERIOD)

    @makes(workflow.ENTER_GRACE, _("By a reviewer, with a reason; the timer does it after the due date."))
    @action(detail=True, methods=["post"], url_path="enter-grace")
    def enter_grace(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.ENTER_GRACE)

    @makes(
        workflow.CLOSE_PERIOD, _("By a reviewer, with a reason; the timer does it after the days of grace.")
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.CLOSE_PERIOD)

    @makes(
        workflow.FREEZE_PERIOD, _("By a reviewer, after the days of grace: keeps the figures as they are.")
    )
    @action(detail=True, methods=["post"])
    def freeze(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.FREEZE_PERIOD)
