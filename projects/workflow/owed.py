"""What the end of a project does to the updates that are owed for it now."""

from collections.abc import Iterator

from qdtrade.programmes.acts import day_of
from qdtrade.programmes.models import Period, Released
from qdtrade.workflow import Act, Written

from ..models import ExpectedUpdate, Project
from ..models.update import ExpectedUpdateQuerySet


def _open(project: Project) -> ExpectedUpdateQuerySet:
    """The rows of running periods that nothing was filed on."""
    return ExpectedUpdate.objects.filter(
        project=project, period__status__in=Period.RUNNING, first_submitted_at=None, exempt_reason=""
    )


def rows(project: Project) -> list[ExpectedUpdate]:
    """Those that the end of the project may let go."""
    return list(_open(project).order_by("pk"))


def release(project: Project, act: Act, why: Released) -> Iterator[Written]:
    """Exempts what is neither filed nor past due, read again under the project's lock; the rest stays owed."""
    found = _open(project).filter(period__due_on__gte=day_of(act))
    found = found.select_for_update(of=("self",), no_key=True).select_related("period", "bureau")
    for row in found.order_by("pk"):
        row.project = project
        yield row, {"exempt_reason": str(why), "exempt_at": act.at, "exempt_by": act.by}
