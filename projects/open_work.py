"""What of the signings waits for a person or a bureau, told to those who let somebody leave or merge bureaus."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.people import open_work
from qdtrade.people.open_work import BureauWork, PersonalWork
from qdtrade.programmes.models import Membership, Role

from .models import Gate, Project


def _proposed(membership: Membership) -> QuerySet[Gate]:
    """Gates that the person proposed and that came back: a colleague proposes them again."""
    rows = Gate.objects.returned().filter(
        project__programme=membership.programme_id, proposed_by=membership.user_id
    )
    return rows.select_related("project__programme").order_by("project__code", "number", "pk")


def _carried(bureau: Bureau) -> QuerySet[Project]:
    return Project.objects.alive().filter(carrier=bureau).select_related("programme").order_by("code", "pk")


def _gate_page(gate: Gate) -> str:
    return reverse("project", args=[gate.project_id])


def _project_page(project: Project) -> str:
    return reverse("project", args=[project.pk])


PERSONAL = (
    PersonalWork(
        "gates",
        _("Gates that came back to them"),
        _("A colleague of the bureau proposes them again."),
        frozenset({Role.STAFF, Role.HEAD}),
        _proposed,
        _gate_page,
    ),
)
OF_BUREAUS = (
    BureauWork(
        "carried",
        _("Projects that it carries"),
        _("Say on each project's page who carries it from now on."),
        _carried,
        _project_page,
    ),
)


def offer() -> None:
    """Called once, when the app is ready."""
    open_work.register(*PERSONAL, *OF_BUREAUS)
