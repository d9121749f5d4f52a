"""Events, partners, sectors and projects."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade import clock
from qdtrade.api import ScopedViewSet, lists, makes, only_known
from qdtrade.programmes.models import Programme

from .. import lagging, rules, workflow
from ..actions import register
from ..filters import PartnerFilter, ProjectFilter, SectorFilter, SigningEventFilter
from ..models import Partner, Project, Sector, SigningEvent
from ..serializers import (
    PartnerSerializer,
    ProjectSerializer,
    SectorSerializer,
    SigningEventSerializer,
)
from .bodies import ChangedProjectBody, EndBody, NewProjectBody, ProjectBody, resolved


@lists(_("The sectors of the signings"), _("A sector"))
class SectorViewSet(ScopedViewSet):
    """The sectors of the person's programmes."""

    serializer_class = SectorSerializer
    filterset_class = SectorFilter

    def scoped(self) -> QuerySet[Sector]:
        return Sector.objects.visible_to(self.request.user).select_related("programme").in_order()


@lists(_("The signing events"), _("A signing event"))
class SigningEventViewSet(ScopedViewSet):
    """The fairs at which projects were signed."""

    serializer_class = SigningEventSerializer
    filterset_class = SigningEventFilter

    def scoped(self) -> QuerySet[SigningEvent]:
        return SigningEvent.objects.visible_to(self.request.user).select_related("programme").in_order()


@lists(_("The partners"), _("A partner"))
class PartnerViewSet(ScopedViewSet):
    """The firms that sign."""

    serializer_class = PartnerSerializer
    filterset_class = PartnerFilter

    def scoped(self) -> QuerySet[Partner]:
        return Partner.objects.visible_to(self.request.user).select_related("programme").in_order()


@lists(
    _("The signed projects"),
    _("A signed project"),
    _("Reviewers, auditors and administrators see all; a bureau those that it carries. Amounts are yuan."),
)
class ProjectViewSet(ScopedViewSet):
    """The signed projects."""

    serializer_class = ProjectSerializer
    filterset_class = ProjectFilter

    def scoped(self) -> QuerySet[Project]:
        user = self.request.user
        rows = Project.objects.visible_to(user).with_light().for_list().with_tasks(user).in_order()
        return lagging.with_lags(rows, clock.today())

    @extend_schema(
        summary=_("Register a project"),
        description=_("By a reviewer or an administrator: as it was signed, with its six gates."),
        request=NewProjectBody,
        responses={201: ProjectSerializer},
    )
    def create(self, request: Request) -> Response:
        """Register a project."""
        only_known(request.data, NewProjectBody().fields)
        given = self.read(NewProjectBody)
        programmes = Programme.objects.visible_to(request.user)
        programme = get_object_or_404(programmes, code=given.pop("programme"))
        rules.runs_programme(programme, request.user)
        fields = resolved(given, request.user, programme.pk)
        project = register.register_project(programme, by=request.user, **fields)
        return self.answer(self.scoped().get(pk=project.pk), 201)

    @extend_schema(
        summary=_("Change plain fields of a project"),
        description=_("By a reviewer or an administrator. State, gates and money are never changed here."),
        request=ChangedProjectBody,
    )
    def partial_update(self, request: Request, pk: Any) -> Response:
        """Change plain fields: by a reviewer or an administrator, on the version named in If-Match."""
        project = self.get_object()
        rules.runs_programme(project.programme, request.user)
        self.matches(project, required=True)
        only_known(request.data, ChangedProjectBody().fields)
        given = self.read(ProjectBody, partial=True)
        given = resolved(given, request.user, project.programme_id)
        links = {name: given.pop(name) for name in ("partners", "tasks", "plans") if name in given}
        register.edit_project(
            project, given, by=request.user, seen=project.version, comment=self.comment(), **links
        )
        return self.again(project.pk)

    @makes(workflow.TERMINATE, _("By a reviewer, with a reason: it stays in its cohort."), EndBody)
    @action(detail=True, methods=["post"])
    def terminate(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.TERMINATE, on=self.read(EndBody).get("on"))

    @makes(workflow.REMOVE, _("By a reviewer, with a reason: it stays in its cohort."), EndBody)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REMOVE, on=self.read(EndBody).get("on"))

    @makes(workflow.REINSTATE, _("By a reviewer, with a reason: it stands again where it stood."))
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Request, pk: Any) -> Response:
        return self.perform_move(workflow.REINSTATE)
