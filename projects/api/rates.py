"""The rates, evaluated over a cohort by a day."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet, lists

from ..filters import CohortFilter, RateFilter
from ..models import Project, Rate
from ..rate_showing import shown
from ..rates import evaluate
from ..serializers import RateSerializer


@lists(
    _("The rates of the signings"),
    _("A version of a rate"),
    _(
        "By count and by amount, over the projects that the person sees and the filters leave, as of a day; with the"
        " version that holds on it, or every one. A value is null where the denominator is 0."
    ),
)
class RateViewSet(ScopedViewSet):
    """The rates of the person's programmes, each with its value, numerator and denominator."""

    serializer_class = RateSerializer
    filterset_class = RateFilter
    filters_of_one = CohortFilter

    def scoped(self) -> QuerySet[Rate]:
        return Rate.objects.visible_to(self.request.user).select_related("programme").in_order()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows: Any = self.filter_queryset(self.get_queryset())
        if request.GET.get("every_version") != "true":
            rows = rows.in_force(self._cohort().day())
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(self.get_serializer(self._read(page), many=True).data)

    @extend_schema(filters=True, responses={200: RateSerializer, 400: None})
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        (row,) = self._read([get_object_or_404(self.scoped(), pk=kwargs["pk"])])
        return self.answer(row)

    def _cohort(self) -> CohortFilter:
        """The projects that the address leaves; raises ValidationError for a filter that makes no sense."""
        asked = self.request.GET.copy()
        if self.action == "list":  # a search there is for rates, by their names
            for name in ("search", "q"):
                asked.pop(name, None)
        scope = Project.objects.visible_to(self.request.user)
        found = CohortFilter(asked, scope, request=self.request)
        found.rows()
        return found

    def _read(self, rates: Sequence[Rate]) -> Sequence[Any]:
        """The rates, each with what it comes to in `read`."""
        cohort = self._cohort()
        for one in shown(evaluate(rates, cohort.rows(), cohort.day())):
            one.rate.read = one  # type: ignore[attr-defined]
        return rates
