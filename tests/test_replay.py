"""What is replayed is, row for row and object for object, what the moves made; and whoever left the way builds."""

import datetime
import io
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from qdtrade import clock
from tests import factories, replay
from tests.conftest import NOW

pytestmark = pytest.mark.walk  # nothing is replayed on PostgreSQL


@pytest.fixture
def steps(monkeypatch):
    monkeypatch.setattr(replay, "_steps", {})
    return replay._steps


def region():
    return factories.bureau("qingdao", "青岛市")


def market(region):
    return factories.bureau("scjg", "市市场监管局", parent=region)


def programme(region):
    return factories.programme(region)


def manager(programme, market):
    return factories.member("manager", programme, "manager", market)


def task(programme, market, manager):
    return factories.task(factories.field(programme), market, by=manager)


def accepted(task, programme, market):
    staff = factories.member("staff", programme, "staff", market)
    return factories.perform(factories.workflow.ACCEPT, task, by=staff)


def report(accepted, manager):
    return factories.report_of(accepted, factories.open_period(accepted.programme, by=manager))


def filed(report):
    staff = report.task.lead.memberships.get(role="staff").user
    factories.attach(report, by=staff)
    return factories.submit(report, by=staff)


def plain(state, objects):
    """What an object holds, as text: another object by its words, one of those at hand by its number."""
    held = replay.Unpacker(io.BytesIO(state), {name: f"<{name}>" for name in objects}).load()
    return repr({name: vars(value) if hasattr(value, "__dict__") else value for name, value in held.items()})


MADE = [region, market, programme, manager, task, accepted, report, filed]


def go(makes=MADE):
    """Every row, object and file after these were built or replayed; and how it went."""
    way, things = replay.Way(), {}
    point = transaction.savepoint()
    with replay.connection.execute_wrapper(way.watch):
        for make in makes:
            wanted = make.__code__.co_varnames[: make.__code__.co_argcount]
            things[make.__name__] = way.build(make, {name: things[name] for name in wanted})
        rows = {
            model._meta.label: list(model._base_manager.order_by("pk").values())
            for model in apps.get_models()
        }
    objects = {name: plain(state, way.objects) for name, state in way.states().items()}
    files = replay.kept_files()
    transaction.savepoint_rollback(point)
    for path in files:
        Path(settings.MEDIA_ROOT, path).unlink()
    return way, (rows, objects, files)


def test_the_second_time_gives_the_same_rows_objects_and_files(db, steps, monkeypatch):
    _way, built = go()
    monkeypatch.setattr(replay.Way, "record", None)
    way, repeated = go()

    assert repeated == built
    assert not way.has_strayed
    assert [len(part) > 0 for part in built] == [True, True, True]
    assert len(built[0]["audit.Event"]) > len(MADE)


def test_what_is_held_is_the_object_at_hand_and_not_another_like_it(db, steps):
    go()
    way, _found = go()
    objects = list(way.objects.values())

    assert objects[1].parent is objects[0]
    assert objects[2].region is objects[0]


def test_what_is_replayed_is_told_from_what_is_not_there(db, steps):
    """A fixture at hand differs with what was built before it."""
    _way, with_task = go(MADE[:5])
    _way, without = go(MADE[:4])

    assert len(with_task[0]["tasks.Task"]) == 1
    assert without[0]["tasks.Task"] == []


def test_another_moment_or_another_setting_builds_anew(db, steps, settings):
    go(MADE[:1])
    with clock.at(NOW + datetime.timedelta(days=1)):
        _way, later = go(MADE[:1])
    settings.BACKUPS_KEPT = 7
    go(MADE[:1])

    assert later[0]["accounts.User"][0]["date_joined"] == NOW + datetime.timedelta(days=1)
    assert len(steps) == 3


def test_who_writes_anything_else_builds(db, steps):
    go(MADE[:2])
    way = replay.Way()
    with replay.connection.execute_wrapper(way.watch):
        here = way.build(region, {})
        factories.bureau("other", "他局", parent=here)
        there = way.build(market, {"region": here})

    assert way.has_strayed
    assert there.pk == here.pk + 2


def test_what_does_not_come_from_the_way_is_built(db, steps):
    way = replay.Way()
    way.build(market, {"region": region()})

    assert steps == {}


def test_a_database_with_rows_in_it_is_not_built_on(db):
    region()

    assert replay.Way().has_strayed


def test_ids_are_the_same_although_the_sequences_have_moved_on(db, steps):
    _way, built = go()
    replay.set_numbers(dict.fromkeys(replay.last_numbers(), 5000))
    way, repeated = go()

    assert repeated == built
    assert not way.has_strayed
