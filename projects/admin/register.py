"""Events, partners, sectors and projects in the administration."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.errors import NotAllowed
from qdtrade.lights.words import sentence
from qdtrade.moderation import SIGNINGS, RowAct, TrailAdmin, column, move_action
from qdtrade.moderation.acts import Asked
from qdtrade.posted import number_of
from qdtrade.templatetags import qdtrade as tags
from qdtrade.workflow import Move, perform

from .. import lagging, rules, showing
from ..actions import directory, register
from ..filters import PartnerFilter, ProjectFilter, SectorFilter, SigningEventFilter
from ..models import Partner, Project, Sector, SigningEvent
from ..workflow import PROJECT_MOVES, REINSTATE
from . import cells
from .forms import EventForm, NewProjectForm, PartnerForm, ProjectForm, SectorForm


class ProgrammeRows(TrailAdmin):
    """Rows of one programme, which its reviewers and administrators add and change."""

    group = SIGNINGS
    of_programme = "programme"

    def may_add(self, request: HttpRequest) -> None:
        programme = self.programme(request)
        if programme is None:
            raise NotAllowed(_("Only members of the programme may do this."))
        rules.runs_programme(programme, request.user)

    def may_edit(self, request: HttpRequest, row: Any) -> None:
        rules.runs_programme(row.programme, request.user)

    def form_extra(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"programme": row.programme if row is not None else self.programme(request)}

    def edit(self, request: HttpRequest, row: Any, form: Any) -> Any:
        return directory.edit(row, form.values(), by=request.user, seen=form.cleaned_data["seen"])


@admin.register(Sector)
class SectorAdmin(ProgrammeRows):
    """The sectors that projects are grouped under."""

    label = gettext_lazy("Sectors")
    place = 40
    filters = SectorFilter
    search_hint = gettext_lazy("Name")
    list_display = ("number", "name", "projects")
    link = "name"
    add_form = edit_form = SectorForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sector]:
        rows = Sector.objects.visible_to(request.user).select_related("programme")
        return rows.annotate(number_of_projects=Count("projects")).in_order()

    @column(gettext_lazy("Projects"), css="num")
    def projects(self, row: Any) -> int:
        return int(row.number_of_projects)

    def add(self, request: HttpRequest, form: SectorForm) -> Sector:
        return directory.create_sector(self.programme(request), by=request.user, **form.values())


@admin.register(SigningEvent)
class SigningEventAdmin(ProgrammeRows):
    """The fairs at which projects were signed."""

    label = gettext_lazy("Signing events")
    place = 20
    filters = SigningEventFilter
    facets = {"sample": gettext_lazy("Sample")}
    search_hint = gettext_lazy("Code, fair, occasion, place")
    list_display = ("code", "fair", "occasion", "place", "starts_on", "ends_on", "projects")
    link = "fair"
    facts = ("source",)
    add_form = edit_form = EventForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[SigningEvent]:
        rows = SigningEvent.objects.visible_to(request.user).select_related("programme")
        return rows.annotate(number_of_projects=Count("projects")).in_order()

    @column(gettext_lazy("Projects"), css="num")
    def projects(self, row: Any) -> int:
        return int(row.number_of_projects)

    def add(self, request: HttpRequest, form: EventForm) -> SigningEvent:
        return directory.create_event(self.programme(request), by=request.user, **form.values())


@admin.register(Partner)
class PartnerAdmin(ProgrammeRows):
    """The firms that sign."""

    label = gettext_lazy("Partners")
    place = 30
    filters = PartnerFilter
    facets = {"sample": gettext_lazy("Sample")}
    search_hint = gettext_lazy("Name, code, country")
    list_display = ("name", "country", "uscc", "projects")
    add_form = edit_form = PartnerForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        rows = Partner.objects.visible_to(request.user).select_related("programme")
        return rows.annotate(number_of_projects=Count("project_links")).in_order()

    @column(gettext_lazy("Projects"), css="num")
    def projects(self, row: Any) -> int:
        return int(row.number_of_projects)

    def add(self, request: HttpRequest, form: PartnerForm) -> Partner:
        return directory.create_partner(self.programme(request), by=request.user, **form.values())


def _ends(move: Move) -> RowAct:
    """The end of a project as an act on rows, on the day that is given."""

    def do(row: Project, asked: Asked, seen: int | None) -> Any:
        return perform(move, row, by=asked.by, comment=asked.comment, seen=seen, on=asked.day)

    return replace(move_action(move), do=do, needs_day=True)


@admin.register(Project)
class ProjectAdmin(ProgrammeRows):
    """The signed projects: what was signed, who carries it, and where it stands."""

    label = gettext_lazy("Signed projects")
    place = 10
    sentence = gettext_lazy(
        "A state changes by gates and moves alone; what is changed here is recorded as on the pages."
    )
    filters = ProjectFilter
    pills = ("event", "sector", "carrier")
    facets = {
        "light": gettext_lazy("Light"),
        "status": gettext_lazy("State"),
        "kind": gettext_lazy("Kind"),
        "waiting": gettext_lazy("Gate to confirm"),
        "behind": gettext_lazy("Behind"),
        "stalled": gettext_lazy("Stalled"),
        "countable": gettext_lazy("Counts in the figures"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, carrier, partner")
    export = "projects_export"
    list_display = (
        "code",
        "name",
        "kind",
        "sector",
        "carrier",
        "state",
        "light",
        "lateness",
        "planned",
        "came_in",
    )
    link = "name"
    facts = (
        "state",
        "light",
        "why",
        "gates",
        "event",
        "partners",
        "came_in",
        "paid",
        "invested",
        "registered_at",
        "ended",
    )
    add_form, edit_form = NewProjectForm, ProjectForm
    actions = [move_action(move) if move is REINSTATE else _ends(move) for move in PROJECT_MOVES.values()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        rows = Project.objects.visible_to(request.user).with_light().for_list().in_order()
        return lagging.with_lags(rows, clock.today())

    @column(gettext_lazy("Code"), ordering="code", css="code")
    def code(self, row: Project) -> str:
        return row.code

    @column(gettext_lazy("Project"), ordering="name", css="name")
    def name(self, row: Project) -> SafeString:
        return cells.named(row)

    @column(gettext_lazy("Kind"), ordering="kind", css="nowrap")
    def kind(self, row: Project) -> str:
        return str(row.get_kind_display())

    @column(gettext_lazy("Sector"), ordering="sector")
    def sector(self, row: Project) -> str:
        return str(row.sector)

    @column(gettext_lazy("Carrier"), ordering="carrier", css="nowrap")
    def carrier(self, row: Project) -> str:
        return str(row.carrier)

    @column(gettext_lazy("Signed at"))
    def event(self, row: Project) -> str:
        return str(row.event or "")

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Project) -> str:
        return str(row.get_status_display())

    @column(gettext_lazy("Light"), ordering="light", css="nowrap")
    def light(self, row: Any) -> SafeString:
        return tags.light(row.light, short=True)

    @column(gettext_lazy("Why this light"))
    def why(self, row: Any) -> str:
        return sentence(row.light_reasons)

    @column(gettext_lazy("Gates passed"))
    def gates(self, row: Project) -> str:
        return showing.reached_words(showing.row(row, clock.today()))

    @column(gettext_lazy("Lateness"))
    def lateness(self, row: Project) -> str:
        return showing.row(row, clock.today()).why

    @column(gettext_lazy("Planned, 亿元"), ordering="planned_investment", css="num")
    def planned(self, row: Project) -> str:
        return cells.yi(row.planned_investment)

    @column(gettext_lazy("In, 亿元"), ordering="came_in", css="num")
    def came_in(self, row: Project) -> str:
        return cells.yi(row.came_in)

    @column(gettext_lazy("Paid, 亿元"), css="num")
    def paid(self, row: Project) -> str:
        return cells.yi(row.paid)

    @column(gettext_lazy("Invested, 亿元"), css="num")
    def invested(self, row: Project) -> str:
        return cells.yi(row.invested)

    @column(gettext_lazy("Partners"))
    def partners(self, row: Project) -> str:
        return _(", ").join(str(one) for one in row.partners)

    @column(gettext_lazy("Ended"))
    def ended(self, row: Project) -> str:
        return cells.done_by(row.ender, row.ended_at, row.ended_reason)

    def row_name(self, row: Project) -> SafeString:
        return cells.coded(row)

    def page_url(self, row: Project) -> str:
        return reverse("project", args=[row.pk])

    def history_of(self, request: HttpRequest, row: Project) -> Any:
        """With what happened to its gates and its money."""
        return history.of_root(row)

    def add(self, request: HttpRequest, form: NewProjectForm) -> Project:
        return register.register_project(
            self.programme(request), by=request.user, code=form.cleaned_data["code"], **form.values()
        )

    def edit(self, request: HttpRequest, row: Project, form: ProjectForm) -> Project:
        given = form.cleaned_data
        seen = number_of(given["seen"])
        return register.edit_project(row, form.values(), by=request.user, seen=seen, comment=given["comment"])
