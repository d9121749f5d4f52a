"""The indicators."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet, lists, only_known

from .. import rules
from ..actions import indicators as actions
from ..filters import IndicatorFilter
from ..models import Indicator, with_newest
from ..serializers import IndicatorSerializer
from .bodies import IndicatorBody


@lists(
    _("The indicators"),
    _("An indicator"),
    _("Each with its targets and its newest approved reading; values are decimal strings in the base unit."),
)
class IndicatorViewSet(ScopedViewSet):
    """The indicators of the person's programmes."""

    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter

    def scoped(self) -> QuerySet[Indicator]:
        rows = Indicator.objects.visible_to(self.request.user).for_list().select_related("ended_by")
        return with_newest(rows).in_order()

    @extend_schema(
        summary=_("Change plain fields of an indicator"),
        description=_(
            "By a reviewer or an administrator. Code, form, owner and readings are not changed here."
        ),
        request=IndicatorBody,
    )
    def partial_update(self, request: Request, pk: Any) -> Response:
        """Change plain fields: by a reviewer or an administrator, on the version named in If-Match."""
        row = self.get_object()
        rules.runs_programme(row.programme, request.user)
        self.matches(row, required=True)
        only_known(request.data, IndicatorBody().fields)
        given = self.read(IndicatorBody, partial=True)
        given.pop("comment", None)
        actions.edit_indicator(row, given, by=request.user, seen=row.version, comment=self.comment())
        return self.again(row.pk)
