"""Lists read the light kept last, in SQL."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Count

from qdtrade import clock
from qdtrade.lights.models import LightRule
from tasks.models import Task, TaskLight

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2021, 9, 24)


@pytest.fixture
def rule(programme, service):
    return LightRule.objects.create(
        programme=programme, valid_from=programme.starts_on, made_at=clock.now(), made_by=service, version=90
    )


@pytest.fixture
def kept(task, rule):
    def keep(day, level, **fields):
        fields = {"computed": level, "reasons": [{"code": "done"}], "rule": rule} | fields
        return TaskLight.objects.create(task=task, day=day, kept_at=clock.now(), level=level, **fields)

    return keep


def test_the_light_of_a_day_is_the_last_row_kept_for_it(kept, task):
    kept(TODAY, "red")
    kept(TODAY, "yellow", computed="red")

    row = Task.objects.with_light().get(pk=task.pk)

    assert (row.light, row.light_computed, row.light_on, row.light_rank) == ("yellow", "red", TODAY, 1)
    assert row.light_reasons == [{"code": "done"}]


def test_lists_filter_sort_and_count_by_light(kept, task):
    kept(TODAY, "red")

    lit = Task.objects.with_light()

    assert lit.filter(light="red").order_by("light_rank").get() == task
    assert list(lit.values("light").annotate(n=Count("pk")).values_list("light", "n")) == [("red", 1)]


def test_a_light_kept_is_neither_changed_nor_removed(kept):
    row = kept(TODAY, "red")

    for act in (row.delete, lambda: TaskLight.objects.update(level="green")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
