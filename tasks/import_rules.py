"""Who may import the register, and what has built on an import of it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qdtrade.errors import WrongState
from qdtrade.imports.built_on import first_differing, users_of
from qdtrade.imports.models import Import, ImportedRow
from qdtrade.programmes.held import acting
from qdtrade.programmes.models import Membership, Programme, Role
from qdtrade.workflow import Act

from .models import Milestone, ReportVersion, Task
from .written import MILESTONE, TASK, marks


def reads_imports(programme: Programme, user: Any) -> Membership:
    """Those who read the programme whole: a file holds the register of every bureau."""
    refusal = _("Only the pilot office, auditors and administrators see imports.")
    return acting(user, programme.pk, [Role.MANAGER, Role.ADMIN, Role.AUDITOR], refusal=refusal)


def nothing_built_on(row: Import, act: Act) -> None:
    """As long as nothing has built on what it wrote: no task was changed since, accepted or reported on."""
    task_rows = row.rows.filter(kind=TASK)
    tasks = Task.objects.filter(pk__in=task_rows.values("object_id"))
    _as_it_was_left(tasks, dict(task_rows.values_list("object_id", "mark")))
    made = task_rows.filter(what=ImportedRow.What.MADE)
    for found in users_of(Task, made, but={"taskbureau", "milestone"}):
        raise WrongState(_told(_("A task of this import is in use: %(what)s."), found))
    since = ReportVersion.objects.filter(
        report__expected__task__in=tasks.values("pk"), submitted_at__gte=row.applied_at
    )
    report = since.select_related("report__expected__task", "report__expected__period").order_by("pk").first()
    if report is not None:
        raise WrongState(_told(_("A report has been submitted since: %(what)s."), report.report))
    milestones = row.rows.filter(kind=MILESTONE, what=ImportedRow.What.MADE)
    for found in users_of(Milestone, milestones, but=()):
        raise WrongState(_told(_("A milestone of this import is in use: %(what)s."), found))


def _as_it_was_left(tasks: QuerySet[Task], left: dict[int, str]) -> None:
    """Raises WrongState that names the first task that is not as the import left it."""
    differing = first_differing(left, marks(tasks))
    if differing is None:
        return
    task = tasks.filter(pk=differing).first()
    if task is None:
        raise WrongState(_("A task of this import is no longer there, so it cannot be taken back."))
    raise WrongState(_told(_("%(what)s was changed after the import."), task))


def _told(sentence: str, what: Any) -> str:
    end = _("The import cannot be taken back any more; correct the tasks one by one.")
    return f"{sentence % {'what': what}} {end}"
