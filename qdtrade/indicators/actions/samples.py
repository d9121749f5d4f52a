"""Clearing what was invented for the demo, before real figures are entered (DECISIONS 19)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from qdtrade.audit import trail
from qdtrade.programmes.actions.removing import remove_rows
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import Indicator, IndicatorTarget, Reading

Rows = models.QuerySet[Any]


def count_samples(programme: Programme) -> dict[str, int]:
    """How many rows of each kind `remove_samples` would remove."""
    return {trail.kind_of(rows.model): rows.count() for rows in _sample_rows(programme)}


def remove_samples(programme: Programme, *, by: Any) -> dict[str, int]:
    """Remove invented readings, targets and indicators; what the press reported stays, with its marks and its source.

    Every row that goes leaves an event that says what it held; returns how many went, by kind.
    """
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        list(Indicator.objects.filter(programme=programme).select_for_update(of=("self",)).order_by("pk"))
        return {
            trail.kind_of(rows.model): remove_rows(rows, "remove_sample", by=by, acting=acting)
            for rows in _sample_rows(programme)
        }


def _sample_rows(programme: Programme) -> Iterator[Rows]:
    """What goes, with what its name in the records needs; what corrects an invented reading is invented too."""
    invented = Q(is_sample=True) | Q(indicator__is_sample=True)
    of_programme = Q(indicator__programme=programme)
    yield Reading.objects.filter(invented | Q(corrects__is_sample=True), of_programme).select_related(
        "indicator"
    )
    yield IndicatorTarget.objects.filter(invented, of_programme).select_related("indicator")
    yield Indicator.objects.filter(programme=programme, is_sample=True)
