"""What the projects owe when a period opens, and how that is counted."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.ledgers import BY_BUREAU, Group, Ledger
from qdtrade.programmes.models import Period
from qdtrade.workflow import Act, Written

from .models import ExpectedUpdate, Project


def write_expected(period: Period, act: Act) -> Iterator[Written]:
    """One row for each project that goes on, on the day a period of the kind that the programme chose opens."""
    if period.kind != period.programme.update_kind:
        return
    yield [
        ExpectedUpdate(project=project, period=period, bureau=project.carrier) for project in _locked(period)
    ]


def _locked(period: Period) -> list[Project]:
    """In the order of their ids, so that none ends or goes to another carrier while the period opens."""
    alive = Project.objects.filter(programme=period.programme).alive()
    ids = [pk for (pk,) in alive.select_for_update(no_key=True).order_by("pk").values_list("pk")]
    return list(Project.objects.filter(pk__in=ids).select_related("programme", "carrier").order_by("pk"))


def update_page(row: Any) -> str:
    """The page of what was filed on a project for a period."""
    return reverse("project_update", args=[row.pk])


LEDGER = Ledger(
    name="projects",
    label=_("Updates of projects"),
    opens=write_expected,
    rows=ExpectedUpdate.objects.visible_to,
    everything=ExpectedUpdate.objects.all,
    list_name="project_update_list",
    row_url=update_page,
    states={"no_change": Count("pk", filter=Q(no_change=True))},
    groups={
        "bureau": BY_BUREAU,
        "sector": Group(
            "project__sector", "project__sector__name", ("project__sector__number",), _("By sector")
        ),
    },
)
