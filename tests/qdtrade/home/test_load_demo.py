"""The demo is made by real moves, stops and goes on, and shows what its files say."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.home.demo import data, house
from qdtrade.home.demo.replay import Replay, is_loaded
from qdtrade.programmes.models import Programme
from tasks.models import ExpectedReport, Milestone, Report, Task

TODAY = datetime.date(2021, 9, 27)


@pytest.fixture
def demo(settings, db):
    settings.DEMO_DAY = TODAY
    settings.DEMO_PASSWORD = "only-in-tests"


@pytest.fixture
def short_demo(demo, monkeypatch):
    """The first forty steps: a register handed out, and most of it signed for."""
    steps = data.steps()[:40]
    monkeypatch.setattr(data, "steps", lambda: steps)
    return steps


@pytest.mark.parametrize("command", ["load_demo", "demo"])
def test_the_demo_runs_in_a_demo_only(db, command):
    with pytest.raises(CommandError):
        call_command(command)


def test_setting_up_twice_changes_nothing(demo):
    house.set_up()
    before = Event.objects.count()

    house.set_up()

    assert Event.objects.count() == before


def test_an_interrupted_loading_goes_on_where_it_stopped(short_demo):
    moments = Replay(house.set_up()).run()
    for _step in range(10):
        next(moments)
    moments.close()

    call_command("load_demo", stdout=io.StringIO())

    accepted = sum(len(step.codes) for step in short_demo if step.action == "签收")
    assert Task.objects.filter(status=Task.Status.IN_PROGRESS).count() == accepted
    assert is_loaded()


def test_a_loaded_demo_is_left_alone(short_demo):
    call_command("load_demo", stdout=io.StringIO())
    before = Event.objects.count()

    call_command("load_demo", stdout=io.StringIO())

    assert Event.objects.count() == before


def test_the_demo_does_not_mix_with_a_register_of_somebody_else(short_demo, settings):
    call_command("load_demo", stdout=io.StringIO())
    Task.objects.filter(code="1-01").update(is_sample=False, sample_fields=[])
    data.steps().append(
        data.Step(house.clock.start_of(TODAY), "manager", "签收", "", ("1-01",), 0, None, "", {})
    )

    with pytest.raises(CommandError):
        call_command("load_demo", stdout=io.StringIO())


@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="3,477 acts in one test's transaction are never vacuumed: take minutes",
)
def test_the_whole_demo_stands_as_its_files_say(demo):
    call_command("load_demo", stdout=io.StringIO())

    programme = Programme.objects.get()
    months = programme.periods.filter(kind="month").order_by("starts_on")
    september = months.get(starts_on=datetime.date(2021, 9, 1))
    statuses = list(months.values_list("status", flat=True))
    quarters = programme.periods.filter(kind="quarter").order_by("starts_on")
    late = set(Task.objects.overdue(TODAY).values_list("code", flat=True))
    assert statuses == ["frozen"] * 7 + ["closed", "open"] + ["planned"] * 3
    assert list(quarters.values_list("status", flat=True)) == ["open", "planned"]
    assert programme.projects.count() == 21
    assert Task.objects.count() == 133
    assert programme.tasks.real().count() == 12
    assert Report.objects.filter(expected__period=september, status="submitted").count() == 12
    assert ExpectedReport.objects.filter(period=september, first_submitted_at__isnull=False).count() == 85
    assert late == {"2-01", "2-07", "2-09", "3-13", "4-06", "4-15", "5-15", "6-04", "7-06"}
    assert Milestone.objects.filter(task__is_sample=False, actual_on=None, plan_on__lt=TODAY).count() == 0
    assert all(verdict.fault is None for verdict in verify())
