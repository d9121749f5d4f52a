"""Who may do what to an import of the register, and when."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting
from qdtrade.programmes.models import Membership, Programme, Role
from qdtrade.programmes.rules import runs_programme
from qdtrade.workflow import Act

from .models import ImportedRow, Milestone, RegisterImport, ReportVersion, Task
from .models.register_import import marks

__all__ = ["runs_programme"]

ABANDONED_AFTER = datetime.timedelta(days=1)
"""How long an upload is its uploader's alone; then any other who runs the programme may clear it away."""


def reads_imports(programme: Programme, user: Any) -> Membership:
    """Those who read the programme whole: a file holds the register of every bureau."""
    refusal = _("Only the pilot office, auditors and administrators see imports.")
    return acting(user, programme.pk, [Role.MANAGER, Role.ADMIN, Role.AUDITOR], refusal=refusal)


def may_import(programme: Programme, user: Any) -> bool:
    """Whether the person may upload a register: pages offer it to them alone."""
    try:
        runs_programme(programme, user)
    except NotAllowed:
        return False
    return True


def runs(row: RegisterImport, user: Any) -> Membership:
    """A reviewer or an administrator of the programme."""
    return runs_programme(row.programme, user)


def uploaded(row: RegisterImport, user: Any) -> Membership:
    """The one who uploaded the file, as long as they run the programme."""
    membership = runs(row, user)
    if row.added_by_id != user.pk:
        refusal = _("%(person)s uploaded this file; only they decide what becomes of it.")
        raise NotAllowed(refusal % {"person": row.added_by})
    return membership


def works(row: RegisterImport, user: Any) -> Membership:
    """The program itself, in the background."""
    refusal = _("The program does this by itself, in the background.")
    return acting(user, row.programme_id, [Role.TIMER], refusal=refusal)


def is_given_up_by(row: RegisterImport, act: Act) -> None:
    """By the one who uploaded it; by another when it has lain for a day."""
    if row.added_by_id != act.by.pk and act.at < row.added_at + ABANDONED_AFTER:
        refusal = _("%(person)s uploaded this file; others may give it up when it has lain for a day.")
        raise NotAllowed(refusal % {"person": row.added_by})


def is_clean(row: RegisterImport, act: Act) -> None:
    """Nothing is refused, every name of a bureau is settled, and something would be written."""
    counts = row.counts
    refused, unknown = counts.get("refused", 0), counts.get("unknown", 0)
    if counts.get("problems"):
        raise WrongState(_("Something stands against the whole file. Correct it and upload it again."))
    if refused:
        words = ngettext(
            "%(rows)d row is refused. Correct the file and upload it again.",
            "%(rows)d rows are refused. Correct the file and upload it again.",
            refused,
        )
        raise WrongState(words % {"rows": refused})
    if unknown:
        words = ngettext(
            "%(names)d name of a bureau waits for you to choose.",
            "%(names)d names of bureaus wait for you to choose.",
            unknown,
        )
        raise WrongState(words % {"names": unknown})
    if not (counts.get("new") or counts.get("changed")):
        raise WrongState(_("Every row is as it is in the register; there is nothing to write."))


def nothing_built_on(row: RegisterImport, act: Act) -> None:
    """As long as nothing has built on what it wrote: no task was changed since, accepted or reported on."""
    task_rows = row.rows.filter(kind=ImportedRow.Kind.TASK)
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
    milestones = row.rows.filter(kind=ImportedRow.Kind.MILESTONE, what=ImportedRow.What.MADE)
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
