"""Clearing the breakthroughs that were invented for the demo, before the tasks that they belong to (DECISIONS 19)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from qdtrade.audit import trail
from qdtrade.programmes.actions.removing import remove_rows
from qdtrade.programmes.models import Programme
from tasks.actions.samples import sample_tasks

from .. import rules
from ..models import Breakthrough, BreakthroughTarget, Claim, ClaimDraft, ClaimFile, PracticeCase

Rows = models.QuerySet[Any]


def sample_breakthroughs(programme: Programme) -> "models.QuerySet[Breakthrough]":
    """Those that are invented, and those of tasks that go."""
    return Breakthrough.objects.filter(
        Q(is_sample=True) | Q(task__in=sample_tasks(programme)), task__programme=programme
    )


def count_samples(programme: Programme) -> dict[str, int]:
    """How many rows of each kind `remove_samples` would remove."""
    return {trail.kind_of(rows.model): rows.count() for rows in _sample_rows(programme)}


def remove_samples(programme: Programme, *, by: Any) -> dict[str, int]:
    """Remove the demo's breakthroughs with their claims, proof and cases; returns how many went, by kind.

    A target of which something is invented goes with them: the office sets the real one.
    """
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        rows = sample_breakthroughs(programme)
        list(rows.select_for_update(of=("self",)).order_by("pk"))
        drafts = ClaimDraft.objects.filter(breakthrough__in=rows).order_by()
        drafts._raw_delete(drafts.db)
        return {
            trail.kind_of(found.model): remove_rows(found, "remove_sample", by=by, acting=acting)
            for found in _sample_rows(programme)
        }


def _sample_rows(programme: Programme) -> Iterator[Rows]:
    """Everything that goes, with what its name in the records needs; the breakthroughs, by which all is found, last."""
    rows = sample_breakthroughs(programme)
    for model in (PracticeCase, ClaimFile, Claim):
        yield model._default_manager.filter(breakthrough__in=rows).select_related("breakthrough__task")
    yield rows.select_related("task")
    yield BreakthroughTarget.objects.filter(~Q(sample_fields=[]), programme=programme)
