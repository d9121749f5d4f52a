"""Who may import the register, and what has built on an import of it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qdtrade.errors import WrongState
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
    for found in _users_of(Task, made, but={"taskbureau", "milestone"}):
        raise WrongState(_told(_("A task of this import is in use: %(what)s."), found))
    since = ReportVersion.objects.filter(
        report__expected__task__in=tasks.values("pk"), submitted_at__gte=row.applied_at
    )
    report = since.select_related("report__expected__task", "report__expected__period").order_by("pk").first()
    if report is not None:
        raise WrongState(_told(_("A report has been submitted since: %(what)s."), report.report))
    milestones = row.rows.filter(kind=MILESTONE, what=ImportedRow.What.MADE)
    for found in _users_of(Milestone, milestones, but=set()):
        raise WrongState(_told(_("A milestone of this import is in use: %(what)s."), found))


def _as_it_was_left(tasks: QuerySet[Task], left: dict[int, str]) -> None:
    """Raises WrongState that names the first task that is not as the import left it."""
    now = marks(tasks)
    differing = sorted(pk for pk, mark in left.items() if now.get(pk) != mark)
    if not differing:
        return
    task = tasks.filter(pk=differing[0]).first()
    if task is None:
        raise WrongState(_("A task of this import is no longer there, so it cannot be taken back."))
    raise WrongState(_told(_("%(what)s was changed after the import."), task))


def _users_of(model: Any, made: QuerySet[ImportedRow], *, but: set[str]) -> Iterator[Any]:
    """The first row of each kind, other than these, that points to one of the rows that were made."""
    for relation in _pointing_to(model, but):
        rows = relation.related_model._base_manager
        found = rows.filter(**{f"{relation.field.name}__in": made.values("object_id")}).order_by("pk").first()
        if found is not None:
            yield found


def is_unused(row: Any) -> bool:
    """Whether no row of any kind points to this one."""
    return not any(
        one.related_model._base_manager.filter(**{one.field.name: row}).exists()
        for one in _pointing_to(type(row), set())
    )


def _pointing_to(model: Any, but: set[str]) -> list[Any]:
    """The relations by which rows of other kinds point to this model."""
    relations = [
        one for one in model._meta.get_fields(include_hidden=True) if one.one_to_many or one.one_to_one
    ]
    return [one for one in relations if one.auto_created and one.related_model._meta.model_name not in but]


def _told(sentence: str, what: Any) -> str:
    end = _("The import cannot be taken back any more; correct the tasks one by one.")
    return f"{sentence % {'what': what}} {end}"
