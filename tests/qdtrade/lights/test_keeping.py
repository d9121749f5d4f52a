"""Lights are kept in the unit of every act, and at midnight; what was kept stays."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.lights.actions import keep_all, new_version
from qdtrade.lights.models import LightRule
from qdtrade.lights.words import sentence
from qdtrade.past.tables import shadows
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Task, TaskLight
from tests import factories
from tests.tasks import importing, sheets

pytestmark = pytest.mark.django_db
DAY = datetime.date
TODAY = DAY(2021, 9, 24)


def at(day, hour=0):
    return clock.at(datetime.datetime(day.year, day.month, day.day, hour, tzinfo=clock.BEIJING))


def lit(task):
    return Task.objects.with_light().get(pk=task.pk)


def codes(task):
    return [reason["code"] for reason in lit(task).light_reasons]


def test_registering_keeps_the_first_light(task):
    assert (lit(task).light_on, TaskLight.objects.filter(task=task).exists()) == (TODAY, True)


def test_a_move_that_changes_the_light_keeps_another_row(task, manager):
    before = TaskLight.objects.filter(task=task).count()
    perform(workflow.SUSPEND, task, by=manager, comment="The ministry decides anew.")

    assert (lit(task).light, codes(task)) == ("grey", ["suspended"])
    assert TaskLight.objects.filter(task=task).count() == before + 1


def test_a_move_that_leaves_the_light_as_it_was_keeps_nothing(submitted, manager):
    before = TaskLight.objects.count()
    from_desk = workflow.TAKE
    perform(from_desk, submitted, by=manager)

    assert TaskLight.objects.count() == before


def test_a_move_on_a_day_without_a_light_keeps_one(submitted, manager):
    with at(TODAY + datetime.timedelta(days=1), hour=9):
        perform(workflow.TAKE, submitted, by=manager)

        assert lit(submitted.task).light_on == TODAY + datetime.timedelta(days=1)


def test_the_timer_keeps_each_light_once_a_day(task, capsys):
    with at(DAY(2021, 9, 25)):
        call_command("keep_lights")
        kept = TaskLight.objects.count()
        call_command("keep_lights")

    assert TaskLight.objects.count() == kept
    assert TaskLight.objects.filter(task=task, day=DAY(2021, 9, 25)).count() == 1


def test_a_day_that_was_missed_stays_without(task):
    with at(DAY(2021, 9, 29)):
        call_command("keep_lights")

    days = set(TaskLight.objects.filter(task=task).values_list("day", flat=True))
    assert days == {TODAY, DAY(2021, 9, 29)}


def test_an_act_by_a_clock_that_was_set_back_leaves_the_latest_light(task, manager):
    with at(DAY(2021, 9, 27)):
        call_command("keep_lights")
    perform(workflow.SUSPEND, task, by=manager, comment="Wait.")

    assert lit(task).light == "grey"
    with at(DAY(2021, 9, 27), hour=9):
        assert lit(task).light_on == DAY(2021, 9, 27)


def test_a_period_that_closes_lights_those_who_owe_a_report(report, period, manager):
    with at(DAY(2021, 9, 29)):
        call_command("keep_lights")
        assert codes(report.task)[0] == "report_not_filed"
    with at(DAY(2021, 10, 20)):
        factories.close_period(period, by=manager)
        assert (lit(report.task).light, codes(report.task)[0]) == ("red", "report_missing")


def test_the_past_shows_the_light_that_was_kept_by_then(task, manager):
    first = lit(task).light
    with at(DAY(2021, 9, 25), hour=9):
        perform(workflow.SUSPEND, task, by=manager, comment="Wait.")
    moment = clock.end_of(TODAY) - datetime.timedelta(seconds=1)

    with at(DAY(2021, 9, 26)), past.at(past.Past(moment, shadows(), lambda look: [task.programme_id])):
        assert (lit(task).light, lit(task).light_on) == (first, TODAY)


def test_a_red_caught_up_is_yellow_in_that_period_and_green_in_the_next(task, period, manager):
    node = task.milestones.order_by("plan_on").first()
    late = node.plan_on + datetime.timedelta(days=1)
    with at(late):
        keep_all(task.programme)
        assert lit(task).light_computed == "red"
        factories.move_milestone(task, node, DAY(2021, 12, 30), by=manager)
        told = codes(task)

    assert told[0] in {"caught_up", "behind", "report_missing", "report_not_filed"}


def test_a_new_version_lights_anew_and_leaves_what_was_kept(task, admin):
    rule = LightRule.objects.get(programme=task.programme)
    old = set(TaskLight.objects.values_list("pk", "rule"))
    version = new_version(
        task.programme, {"gap_yellow": 1, "gap_red": 2, "valid_from": TODAY}, by=admin, reason="Stricter."
    )

    assert (rule.version, version.version) == (1, 2)
    assert old <= set(TaskLight.objects.values_list("pk", "rule"))
    assert TaskLight.objects.filter(task=task).order_by("pk").last().rule == version


def test_an_import_asks_the_same_for_few_tasks_and_many(programme, field, market, manager):
    def asked(first, size):
        plain = {"任务领域": "扩大对外开放", "牵头单位": "市市场监管局", "配合单位": ""}
        rows = [sheets.line(编号=f"{first}-{number:03}", **plain) for number in range(size)]
        with CaptureQueriesContext(connection) as queries:
            importing.applied(programme, sheets.register(*rows), by=manager)
        return sum("tasks_tasklight" in one["sql"] or "lights_" in one["sql"] for one in queries)

    assert asked(1, 3) == asked(2, 40)
    assert TaskLight.objects.count() >= 43


def test_taking_an_import_back_leaves_its_lights(programme, field, market, manager):
    plain = {"任务领域": "扩大对外开放", "牵头单位": "市市场监管局", "配合单位": ""}
    row = importing.applied(programme, sheets.register(sheets.line(编号="1-001", **plain)), by=manager)
    kept = TaskLight.objects.count()
    importing.taken_back(row, by=manager)

    assert (Task.objects.count(), TaskLight.objects.count()) == (0, kept)


def test_the_sentence_names_every_reason():
    reasons = [
        {"code": "behind", "level": "yellow", "points": "17"},
        {"code": "milestone_overdue", "level": "red", "number": 3, "days": 6},
    ]

    assert "17" in sentence(reasons) and "6" in sentence(reasons)
    assert sentence(None) == ""
