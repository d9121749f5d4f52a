"""Two at once on one import: it is written once, taken back once, and nothing slips in between."""

import pytest

import qdtrade.workflow
from qdtrade.audit import trail
from qdtrade.audit.models import Event
from qdtrade.errors import Stale, WrongState
from qdtrade.imports import background
from qdtrade.imports import workflow as import_workflow
from qdtrade.imports.actions import uploads as actions
from qdtrade.imports.models import Import
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions.register import edit_task
from tasks.models import Task
from tests.races.test_races import fresh
from tests.tasks import importing, sheets

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SAVING = (qdtrade.workflow, "_write")
CHAINING = (trail, "_chain")


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def dry_run(programme, field, market, manager):
    return importing.imported(programme, sheets.plain(), by=manager)


def nothing(pk):
    """Nobody takes it out of the queue."""


def test_apply_pressed_twice_at_once_is_asked_once(race, dry_run, manager):
    first, second = race(
        lambda: actions.apply_import(dry_run, by=manager, start=nothing),
        lambda: actions.apply_import(dry_run, by=manager, start=nothing),
        gap=SAVING,
    )

    assert first.status == "applying"
    assert isinstance(second, WrongState)


def test_two_workers_at_once_write_once(race, dry_run, manager, monkeypatch):
    actions.apply_import(dry_run, by=manager, start=nothing)
    monkeypatch.setattr(actions, "begin", lambda pk, status: Import.objects.for_move().get(pk=pk))

    race(
        lambda: background.apply_import.call(dry_run.pk),
        lambda: background.apply_import.call(dry_run.pk),
        gap=CHAINING,
    )

    assert fresh(dry_run).status == "applied"
    assert Task.objects.count() == 1
    assert Event.objects.filter(kind="registerimport", action="write").count() == 1


def test_given_up_while_it_is_being_asked_to_apply_one_of_both_stands(race, dry_run, manager):
    applying, dropping = race(
        lambda: actions.apply_import(dry_run, by=manager, start=nothing),
        lambda: perform(import_workflow.DROP, dry_run, by=manager),
        gap=SAVING,
    )

    assert applying.status == "applying"
    assert isinstance(dropping, WrongState)


def test_a_task_edited_while_an_import_changes_it_is_not_lost(race, programme, dry_run, manager):
    importing.actions.apply_import(dry_run, by=manager, start=background.apply_import.call)
    content = sheets.register(
        sheets.line(任务领域="扩大对外开放", 牵头单位="市市场监管局", 配合单位="", 完成标准="每月一次")
    )
    row = importing.imported(programme, content, by=manager)
    task = Task.objects.get()

    race(
        lambda: edit_task(task, {"title": "改过的名称"}, by=manager),
        lambda: actions.apply_import(row, by=manager, start=background.apply_import.call),
        gap=CHAINING,
    )

    assert Task.objects.get().title == "改过的名称"


def test_taken_back_twice_at_once_is_taken_back_once(race, programme, dry_run, manager):
    row = importing.fresh(dry_run)
    actions.apply_import(row, by=manager, start=nothing)
    background.apply_import.call(row.pk)

    first, second = race(
        lambda: importing.taken_back(row, by=manager),
        lambda: importing.taken_back(row, by=manager),
        gap=CHAINING,
    )

    assert first.status == "taken_back"
    assert isinstance(second, WrongState | Stale)
    assert not Task.objects.exists()


def test_a_task_accepted_while_its_import_is_taken_back_is_not_pulled_away(race, dry_run, manager, staff):
    actions.apply_import(dry_run, by=manager, start=nothing)
    background.apply_import.call(dry_run.pk)
    task = Task.objects.get()

    accepted, taking = race(
        lambda: perform(workflow.ACCEPT, task, by=staff),
        lambda: importing.taken_back(dry_run, by=manager),
        gap=CHAINING,
    )

    assert accepted.status == "in_progress"
    assert isinstance(taking, WrongState)
    assert Task.objects.count() == 1
