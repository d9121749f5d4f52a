"""Which events a person may read, and where what they are about stands."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from projects.models import Project
from qdtrade.audit.models import SYSTEM, Chain, Event
from qdtrade.audit.trail import kind_of
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme, Role
from tasks.models import Task

OWN_PAGES = {
    "breakthrough": "breakthrough",
    "part": "part",
    "project": "project",
    "rate": "rate",
    "report": "report",
    "task": "task",
}
"""Kinds whose rows have a page, by the name of its address."""

READ_ALL_RECORDS = (Role.MANAGER, Role.AUDITOR, Role.ADMIN)
"""Who reads the records of a programme whole; everybody else reads the histories of what they see."""


def visible_events(user: Any) -> QuerySet[Event]:
    """The records of the person's programmes, or of what they see there; those of the system for its administrator."""
    whole = held.programme_ids(user, READ_ALL_RECORDS)
    rest = set(held.programme_ids(user)) - set(whole)
    visible = Q(chain__scope__in=whole) if whole else Q(pk__in=[])
    if rest:
        of_task = Q(root_kind="task", root_id__in=Task.objects.visible_to(user).values("pk"))
        of_project = Q(root_kind="project", root_id__in=Project.objects.visible_to(user).values("pk"))
        visible |= Q(chain__scope__in=rest) & (of_task | of_project)
    if getattr(user, "is_active", False) and user.is_superuser:
        visible |= Q(chain__scope=SYSTEM)
    return Event.objects.filter(visible)


def reads_whole(user: Any, programme_id: int) -> bool:
    """Whether the person reads every record of this programme."""
    return programme_id in held.programme_ids(user, READ_ALL_RECORDS)


def with_sample_marks(events: QuerySet[Event]) -> QuerySet[Event]:
    """Adds `is_sample`: what the event belongs to has something invented, or had before it was removed."""
    marked = Q(pk__in=[])
    for model in (Task, Project):
        marked |= _of_samples(model)
    return events.annotate(is_sample=marked)


def _of_samples(model: Any) -> Q:
    kind = kind_of(model)
    samples = model.objects.filter(model.has_samples(), pk=OuterRef("root_id"))
    removed = Event.objects.filter(
        chain=OuterRef("chain"),
        kind=kind,
        object_id=OuterRef("root_id"),
        state=None,
        changes__contains='"is_sample":["true"',
    )
    return Q(root_kind=kind) & (Q(Exists(samples)) | Q(Exists(removed)))


def newest_first(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.select_related("chain").order_by("-at", "-chain", "-seq")


def chain_of(programme: Programme) -> Chain:
    """The head of the programme's chain."""
    return Chain.objects.get(scope=programme.pk)


def of_programme(events: QuerySet[Event], programme: Programme) -> QuerySet[Event]:
    """Those of its chain. Named by the chain's own id, so that the index along it gives them in their order: found by a
    join, a million of them would be sorted for each page."""
    return events.filter(chain=Chain.objects.values_list("pk", flat=True).get(scope=programme.pk))


def hash_before(event: Event) -> str | None:
    """The checksum of the entry before, as it is kept; None for the first one."""
    rows = Event.objects.filter(chain=event.chain_id, seq=event.seq - 1)
    return rows.values_list("hash", flat=True).first()


def object_page(row: Any) -> str:
    """The page of what a record is about, or of the task or project that it belongs to; empty where it has none."""
    if row.kind in OWN_PAGES:
        return reverse(OWN_PAGES[row.kind], args=[row.object_id])
    if row.root_kind in {"task", "project"}:
        return reverse(row.root_kind, args=[row.root_id])
    return reverse("period_list") if row.kind == "period" else ""
