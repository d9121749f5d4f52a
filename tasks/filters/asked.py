"""What the filters of several lists ask alike."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.filters import Rows

from ..models import Field, Report, Task
from ..models.task import TaskQuerySet
from ..sorting import REPORT_STATES

REPORT_STATE_CHOICES = [
    ("not_filed", _("not filed")),
    *((value, label) for value, label in Report.Status.choices if value in REPORT_STATES),
    ("exempt", _("exempt")),
]

REVIEW_CLOCK = [("over", _("over time")), ("today", _("due today")), ("later", _("later"))]
"""How long a submitted report may still wait for its review."""


def tasks(request: Any) -> TaskQuerySet:
    return Task.objects.visible_to(request.user)


def fields(request: Any) -> QuerySet[Field]:
    return Field.objects.visible_to(request.user).in_order()


def search_by_task(lookup: str) -> Any:
    """A search of rows by the task that they are or belong to."""

    def search(rows: Rows, name: str, text: str) -> Rows:
        return rows.filter(**{f"{lookup}__in": Task.matching(text)}) if text.strip() else rows

    return search


def by_sample(lookup: str) -> Any:
    """Rows of whose task anything is invented, or nothing."""

    def filter_samples(rows: Rows, name: str, wanted: bool) -> Rows:
        samples = {f"{lookup}__in": Task.sampled()}
        return rows.filter(**samples) if wanted else rows.exclude(**samples)

    return filter_samples
