"""The money of projects."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet, lists, only_known

from .. import rules
from ..actions import money
from ..filters import MoneyEventFilter
from ..models import MoneyEvent, Project
from ..serializers import MoneyEventSerializer
from .bodies import CounterBody, MoneyBody


@lists(
    _("The money of the projects"),
    _("A dated sum"),
    _("What came in, was paid or was invested, in yuan. A wrong sum is set right by a counter-entry."),
)
class MoneyEventViewSet(ScopedViewSet):
    """The dated sums of the projects that the person sees."""

    serializer_class = MoneyEventSerializer
    filterset_class = MoneyEventFilter

    def scoped(self) -> QuerySet[MoneyEvent]:
        return MoneyEvent.objects.visible_to(self.request.user).for_list().in_order()

    @extend_schema(
        summary=_("Enter a sum"),
        description=_("By the carrier or a reviewer. An amount in another currency brings its rate and day."),
        request=MoneyBody,
        responses={201: MoneyEventSerializer},
    )
    def create(self, request: Request) -> Response:
        """Enter a sum."""
        only_known(request.data, MoneyBody().fields)
        given = self.read(MoneyBody)
        projects = Project.objects.visible_to(request.user).for_move()
        project = get_object_or_404(projects, pk=given.pop("project"))
        row = money.enter_money(project, by=request.user, **given)
        return self.answer(self.scoped().get(pk=row.pk), 201)

    @extend_schema(
        summary=_("Take back a sum"),
        description=_("By the carrier or a reviewer: a counter-entry over the whole sum or a part of it."),
        request=CounterBody,
        responses={201: MoneyEventSerializer},
    )
    @action(detail=True, methods=["post"], url_path="counter-entry")
    def counter_entry(self, request: Request, pk: Any) -> Response:
        event = self.get_object()
        rules.enters_money(event.project, request.user)
        only_known(request.data, CounterBody().fields)
        row = money.counter_entry(event, by=request.user, **self.read(CounterBody))
        return self.answer(self.scoped().get(pk=row.pk), 201)
