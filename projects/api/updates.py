"""What is owed on projects each period."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade import clock
from qdtrade.api import ScopedViewSet, lists, makes

from .. import workflow
from ..filters import ExpectedUpdateFilter
from ..models import ExpectedUpdate
from ..serializers import ExpectedUpdateSerializer
from .bodies import UpdateBody


@lists(_("The updates that are owed on projects"), _("An expected update"))
class ExpectedUpdateViewSet(ScopedViewSet):
    """What is owed on projects, whether it came in time, and what was said."""

    serializer_class = ExpectedUpdateSerializer
    filterset_class = ExpectedUpdateFilter

    def scoped(self) -> QuerySet[ExpectedUpdate]:
        rows = ExpectedUpdate.objects.visible_to(self.request.user).for_list()
        return rows.with_timeliness(clock.now()).in_order()

    @makes(workflow.FILE, _("By the carrier, while the form is open: it counts at once."), UpdateBody)
    @action(detail=True, methods=["post"])
    def file(self, request: Request, pk: Any) -> Response:
        row = self.get_object()
        given = self.read(UpdateBody)
        given.pop("comment", None)
        return self.perform_move(workflow.FILE, row, **given)
