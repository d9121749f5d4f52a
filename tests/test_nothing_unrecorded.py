"""Nothing of the product writes without an event: commands here, pages, API and administration where they are asked.

tests/test_permissions.py and its sister ask every address under the same watch (tests/watch.py), with files applied and
taken back among them. That the watch sees what it is for is shown here too.
"""

import datetime
import io

import pytest
from django.core.management import call_command, get_commands
from django.db import connection

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.people.actions.leaving import leave
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Milestone, Task, TaskBureau
from tests import factories
from tests.tasks import sheets
from tests.watch import Unrecorded, nothing_unrecorded

LATER = datetime.datetime(2021, 10, 1, 12, tzinfo=clock.BEIJING)
"""The September reports are due, their period is over, and so is the last day of who leaves."""
IN = ["--programme", "qd-2020"]
COMMANDS = {
    "add_bureau": (["xj", *IN, "--name", "市新局"], {"accounts_bureau"}),
    "add_person": (
        ["li", "--name", "李娜", *IN, "--role", "auditor"],
        {"accounts_user", "programmes_membership"},
    ),
    "advance_periods": ([], {"programmes_period"}),
    "close_accounts": ([], {"accounts_user"}),
    "end_role": (["staff", *IN, "--role", "staff"], {"programmes_membership"}),
    "import_tasks": (["{file}", *IN, "--create-bureaus", "--apply"], {"tasks_task", "tasks_milestone"}),
    "keep_lights": ([], set()),
    "load_working_days": (["fixtures/working_days.csv"], {"programmes_workingday"}),
    "make_checkpoint": ([], set()),
    "make_package": ([*IN, "--out", "{folder}/package.zip"], {"archive_package"}),
    "remind": ([], {"programmes_reminder"}),
    "remove_samples": ([], {"tasks_task", "tasks_report", "tasks_reportversion"}),
    "resume_archive": ([], set()),
    "resume_imports": ([], set()),
    "run_timer": (["advance_periods"], {"programmes_period"}),
    "send_notices": (["--now"], set()),
    "set_password": (["staff"], set()),
    "sign_in_link": (["staff"], {"accounts_signinlink"}),
    "sweep_evidence": ([], set()),
}
"""By command: what it is called with, and recorded tables that it writes then."""
OTHERS = {
    "backup": "reads",
    "createsuperuser": "refuses, and names add_person",
    "demo": "loads the demo, then serves it",
    "draw_workflow": "writes a page of the manual",
    "index_search": "sets up indexes",
    "load_demo": "makes the demo by the same moves and actions; test_load_demo verifies its records",
    "restore": "puts a whole database back, with its records, into an empty one, and verifies them",
    "verify_records": "reads",
}
"""Commands that are not asked here, and why."""


@pytest.fixture
def sample(field, market, manager, staff):
    return factories.accepted_task(field, market, by=manager, accepted_by=staff, code="9-01", is_sample=True)


@pytest.fixture
def september(sample, report, staff, manager, admin, programme):
    """A month in which something is owed, submitted and reported on a sample, and somebody about to leave."""
    factories.submit(factories.report_of(sample, report.period), by=staff)
    leaver = factories.member("leaver", programme, "auditor")
    leave(leaver, by=admin, last_on=datetime.date(2021, 9, 30), comment="Retires.", to={})


def of_ours():
    return {name for name, app in get_commands().items() if app.startswith(("qdtrade", "tasks", "projects"))}


def test_every_command_is_asked_or_has_a_reason():
    assert COMMANDS.keys() | OTHERS.keys() == of_ours()


@pytest.mark.walk
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_writes_nothing_without_an_event(command, september, tmp_path, monkeypatch):
    words, written = COMMANDS[command]
    monkeypatch.setattr("sys.stdin", io.StringIO("wind-over-fushan-bay\n"))
    (tmp_path / "台账.xlsx").write_bytes(sheets.plain())
    places = {"file": tmp_path / "台账.xlsx", "folder": tmp_path}

    with clock.at(LATER), nothing_unrecorded() as watch:
        call_command(command, *(word.format(**places) for word in words), stdout=io.StringIO())

    assert watch.written >= written


# The watch ------------------------------------------------------------------------------------------------------------


def renamed_past_the_records(task):
    Task.objects.filter(pk=task.pk).update(title="Something else")


def renamed_in_an_act_that_says_nothing(task):
    with trail.unit():
        Task.objects.filter(pk=task.pk).update(title="Something else")


def renamed_together_with_an_act_on_another_row(task):
    with trail.unit():
        trail.change(task.milestones.get(number=2), {"title": "Twelve firms"}, by=task.accepted_by)
        Milestone.objects.filter(task=task, number=1).update(title="Something else")


def made_past_the_records(task):
    with trail.unit():
        Milestone.objects.create(task=task, number=9, title="x", plan_on=task.due_on)


def made_in_bulk_past_the_records(task):
    with trail.unit():
        Milestone.objects.bulk_create([Milestone(task=task, number=9, title="x", plan_on=task.due_on)])


def removed_past_the_records(task):
    with trail.unit():
        TaskBureau.objects.filter(task=task).delete()


def changed_in_plain_sql(task):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks_task SET title = 'x' WHERE id = %s", [task.pk])


def given_a_group_that_nobody_records(task):
    task.accepted_by.groups.through.objects.all().delete()


@pytest.mark.parametrize(
    "cheat",
    [
        renamed_past_the_records, renamed_in_an_act_that_says_nothing, renamed_together_with_an_act_on_another_row,
        made_past_the_records, made_in_bulk_past_the_records, removed_past_the_records, changed_in_plain_sql,
        given_a_group_that_nobody_records,
    ],
)  # fmt: skip
def test_the_watch_sees_whoever_writes_past_the_records(cheat, task):
    with pytest.raises(Unrecorded), nothing_unrecorded():
        cheat(task)


def test_the_watch_sees_a_door_whose_move_forgets_to_record(submitted, manager, api, monkeypatch):
    monkeypatch.setattr(trail, "record", lambda *args, **kwargs: None)

    with pytest.raises(Unrecorded, match="report"), nothing_unrecorded():
        api(manager).post(f"/api/v1/reports/{submitted.pk}/approve/")


def test_the_watch_sees_a_row_that_is_made_without_its_event(task, commerce, staff, monkeypatch):
    monkeypatch.setattr(trail, "_record_new", lambda *args, **kwargs: None)

    with pytest.raises(Unrecorded), nothing_unrecorded():
        factories.give(task, commerce, by=staff)


def test_the_watch_lets_pass_what_is_recorded_and_what_need_not_be(submitted, manager):
    with nothing_unrecorded():
        perform(workflow.TAKE, submitted, by=manager)
        type(manager).objects.filter(pk=manager.pk).update(language="en")
