"""Projects by code, name, carrier and partner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from qdtrade.differences import Run
from qdtrade.programmes.finding import HEARD_IN, Asked, Group
from qdtrade.sought import Word

from ..models import Project
from ..models.project import ProjectQuerySet


@dataclass(frozen=True)
class ProjectHit:
    """A project; the partner where the hit stands in its name."""

    project: Project
    code: list[Run]
    name: list[Run]
    carrier: list[Run]
    partner: list[Run]


def in_programme(asked: Asked) -> ProjectQuerySet:
    return Project.objects.visible_to(asked.by).filter(programme=asked.programme)


def projects(asked: Asked) -> QuerySet[Project]:
    """By code first, then by name, by sound; those of a carrier or a partner that was asked for last."""
    return in_programme(asked).sought(asked.words).order_by(_rank(asked), "code", "pk")


def _rank(asked: Asked) -> Case:
    named, sounding = Q(), Q()
    for word in asked.words:
        named &= word.within("code", "name")
        sounding &= word.within("code", "name") | word.sounds()
    cases = [
        When(code__iexact=asked.text, then=Value(0)),
        When(code__istartswith=asked.text, then=Value(1)),
        *(When(where, then=Value(place)) for place, where in enumerate((named, sounding), 2)),
    ]
    return Case(*cases, default=Value(9), output_field=IntegerField())


def project_hits(rows: Sequence[Project], asked: Asked) -> Iterable[ProjectHit]:
    for row in rows:
        firm = next((one.name for one in row.partners if asked.holds(one.name)), "")
        yield ProjectHit(
            row,
            asked.marked(row.code),
            asked.marked(row.name),
            asked.marked(str(row.carrier)),
            asked.marked(firm),
        )


def project_names(word: Word, asked: Asked) -> Iterable[str]:
    found = in_programme(asked).filter(word.sounds()).order_by("pk")
    return found.values_list("name", flat=True)[:HEARD_IN]


PROJECTS = Group(
    name="projects",
    label=_("Signed projects"),
    looked_in=_("code, name, carrier, partner"),
    template="projects/_found_project.html",
    rows=projects,
    hits=project_hits,
    whole=lambda rows: rows.for_list(),
    named=project_names,
    place=25,
)
