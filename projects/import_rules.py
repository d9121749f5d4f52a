"""What has built on an import of projects."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.errors import WrongState
from qdtrade.imports.built_on import first_differing, users_of
from qdtrade.imports.models import Import, ImportedRow
from qdtrade.workflow import Act

from .models import MoneyEvent, Project
from .written import PROJECT, marks

OWN = {"projectpartner", "projecttask", "gate"}
"""What is written with a project."""


def nothing_built_on(row: Import, act: Act) -> None:
    """As long as nothing has built on what it wrote: no project was changed since, passed a gate, got money or owed an
    update.
    """
    written = row.rows.filter(kind=PROJECT)
    projects = Project.objects.filter(pk__in=written.values("object_id"))
    differing = first_differing(dict(written.values_list("object_id", "mark")), marks(projects))
    if differing is not None:
        raise WrongState(_told(_("%(what)s was changed after the import."), projects.get(pk=differing)))
    for found in users_of(Project, written.filter(what=ImportedRow.What.MADE), but=OWN):
        raise WrongState(_told(_("A project of this import is in use: %(what)s."), found))
    since = MoneyEvent.objects.filter(project__in=projects.values("pk"), added_at__gte=row.applied_at)
    entered = since.select_related("project").order_by("pk").first()
    if entered is not None:
        raise WrongState(_told(_("Money has been entered since: %(what)s."), entered))


def _told(sentence: str, what: Any) -> str:
    end = _("The import cannot be taken back any more; correct the projects one by one.")
    return f"{sentence % {'what': what}} {end}"
