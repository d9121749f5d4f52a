"""The readings of the indicators, and their moves."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet, lists, makes, only_known

from .. import rules, workflow
from ..actions import readings as actions
from ..filters import ReadingFilter
from ..models import Indicator, Reading
from ..serializers import IndicatorReadingSerializer
from .bodies import AgainBody, CorrectBody, ReadingBody


@lists(
    _("The readings of the indicators"),
    _("A reading"),
    _(
        "Approved ones are seen by all members; others by the owner's people and whoever reads the whole programme."
    ),
)
class ReadingViewSet(ScopedViewSet):
    """The readings that the person sees."""

    serializer_class = IndicatorReadingSerializer
    filterset_class = ReadingFilter

    def scoped(self) -> QuerySet[Reading]:
        return Reading.objects.visible_to(self.request.user).for_list().in_order()

    @extend_schema(
        summary=_("Submit a reading"),
        description=_("By the owner's people or a reviewer; another reviewer approves it."),
        request=ReadingBody,
        responses={201: IndicatorReadingSerializer},
    )
    def create(self, request: Request) -> Response:
        """Submit a reading."""
        only_known(request.data, ReadingBody().fields)
        given = self.read(ReadingBody)
        rows = Indicator.objects.visible_to(request.user).for_list()
        indicator = get_object_or_404(rows, pk=given.pop("indicator"))
        row = actions.submit_reading(indicator, by=request.user, **given)
        return self.answer(self.scoped().get(pk=row.pk), 201)

    @extend_schema(
        summary=_("Correct a reading"),
        description=_(
            "A reading of its own that takes the place of an approved one when it is approved itself."
        ),
        request=CorrectBody,
        responses={201: IndicatorReadingSerializer},
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: Any) -> Response:
        reading = self.get_object()
        rules.submits(reading.indicator, request.user)
        self.matches(reading)
        only_known(request.data, CorrectBody().fields)
        row = actions.correct_reading(reading, by=request.user, **self.read(CorrectBody))
        return self.answer(self.scoped().get(pk=row.pk), 201)

    @makes(
        workflow.SUBMIT,
        _("By the owner's people or a reviewer, of one that was returned or withdrawn."),
        AgainBody,
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: Any) -> Response:
        given = self.read(AgainBody)
        given.pop("comment", None)
        return self.perform_move(workflow.SUBMIT, **given)

    @makes(workflow.WITHDRAW, _("By whoever submitted it, until it is approved."))
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.WITHDRAW)

    @makes(workflow.APPROVE, _("By a reviewer who had no hand in it: it is in force from then on."))
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.APPROVE)

    @makes(workflow.RETURN, _("By a reviewer who had no hand in it, with a reason."))
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.RETURN)

    @makes(
        workflow.REOPEN, _("By a reviewer who had no hand in it, with a reason: it stays in force meanwhile.")
    )
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REOPEN)
