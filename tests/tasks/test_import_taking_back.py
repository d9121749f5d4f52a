"""Taking an import back: all of it, with a reason, as long as nothing has built on it."""

import datetime

import pytest

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.audit import rows
from qdtrade.audit.models import Chain, Event
from qdtrade.audit.verify import verify
from qdtrade.imports.models import Import
from qdtrade.imports.workflow import TAKE_BACK
from qdtrade.programmes.actions import add_member
from qdtrade.workflow import perform
from qdtrade.workflow import why_not as workflow_says
from tasks import workflow
from tasks.actions.register import edit_task
from tasks.imports.choices import NEW
from tasks.models import Field, Milestone, Task, TaskBureau
from tests import factories
from tests.tasks import sheets
from tests.tasks.importing import applied, imported, taken_back

MILESTONES = "1. 印发（2021-07-31）\n2. 召开会议（2021-12-31）\n3. 总结（2021-12-31）"
LINE = {"牵头单位": "市市场监管局", "配合单位": "", "任务领域": "扩大对外开放"}


def line(**changes):
    return sheets.line(**LINE | changes)


def register():
    """Everything of the register that an import may touch, without ids and versions."""
    return {
        "tasks": list(
            Task.objects.order_by("code").values(*(set(Task.plain_fields) | {"code", "lead", "status", "is_sample"}))
        ),
        "links": sorted(TaskBureau.objects.values_list("task__code", "bureau", "part")),
        "milestones": sorted(Milestone.objects.values_list("task__code", "number", "title", "plan_on")),
        "fields": sorted(Field.objects.values_list("name", flat=True)),
        "bureaus": sorted(Bureau.objects.values_list("name", flat=True)),
    }  # fmt: skip


@pytest.fixture
def stored(programme, field, market, commerce, manager):
    """Two tasks of an import that stays."""
    rows = [line(配合单位="市商务局"), line(编号="1-02", 节点="1. 印发（2021-06-30）")]
    return applied(programme, sheets.register(*rows), by=manager)


@pytest.mark.moves("Import.take_back")
def test_everything_is_as_it_was_before(stored, programme, manager):
    before = register()
    content = sheets.register(
        line(任务举措="建立部门联席会议制度", 配合单位="市新局", 节点=MILESTONES),
        line(编号="1-02", 牵头单位="市商务局", 完成标准="每月一次", 节点="1. 印发（2021-06-30）"),
        line(编号="1-03", 任务领域="扩大对外开放", 牵头单位="市新局"),
    )  # fmt: skip
    row = applied(programme, content, by=manager, bureaus={"市新局": NEW})
    assert register() != before

    taken_back(row, by=manager)

    assert register() == before
    row.refresh_from_db()
    assert (row.status, row.taken_back_by) == ("taken_back", manager)


def test_a_new_lead_by_the_register_is_a_new_assignment_until_it_is_taken_back(
    stored, programme, manager, staff
):
    given_back = Task.objects.for_move().get(code="1-02")
    perform(workflow.DECLINE, given_back, by=staff, comment="Commerce keeps it.")
    content = sheets.register(line(编号="1-02", 牵头单位="市商务局", 节点="1. 印发（2021-06-30）"))

    row = applied(programme, content, by=manager)
    handed = Task.objects.get(code="1-02")
    taken_back(row, by=manager)

    assert (handed.lead.code, handed.declined_reason, handed.assigned_at is None) == ("sww", "", False)
    again = Task.objects.get(code="1-02")
    assert (again.lead.code, again.declined_reason, again.assigned_at) == ("scjg", "Commerce keeps it.", None)


def test_fields_and_bureaus_that_were_made_for_it_go_too(programme, manager):
    row = applied(
        programme,
        sheets.register(sheets.line(牵头单位="市新局", 配合单位="")),
        by=manager,
        bureaus={"市新局": NEW},
    )
    assert Field.objects.exists()

    taken_back(row, by=manager)

    assert not Field.objects.exists()
    assert not Bureau.objects.filter(name="市新局").exists()


def test_a_bureau_that_is_used_elsewhere_stays(programme, manager, service, staff):
    row = applied(
        programme,
        sheets.register(sheets.line(牵头单位="市新局", 配合单位="")),
        by=manager,
        bureaus={"市新局": NEW},
    )
    add_member(programme, staff, by=service, role="staff", bureau=Bureau.objects.get(name="市新局"))

    taken_back(row, by=manager)

    assert Bureau.objects.filter(name="市新局").exists()
    assert not Task.objects.exists()


def test_it_is_recorded_with_its_reason_and_the_records_are_whole(stored, programme, manager):
    row = applied(
        programme,
        sheets.register(line(编号="1-03"), line(完成标准="每月一次", 配合单位="市商务局")),
        by=manager,
    )

    taken_back(row, by=manager, comment="传错了文件")

    event = Event.objects.get(kind="registerimport", object_id=row.pk, action="take_back")
    assert (event.comment, event.actor_name) == ("传错了文件", "manager")
    gone = Event.objects.filter(action="take_back", kind="task", state=None)
    assert [event.label for event in gone] == ["1-03 建立联席会议制度"]
    assert all(verdict.fault is None for verdict in verify(None))
    assert [list(rows.differences(chain)) for chain in Chain.objects.all()] == [[], []]
    assert list(rows.unrecorded()) == []


def test_codes_that_were_taken_back_may_be_used_again(programme, field, market, manager):
    content = sheets.register(line())
    taken_back(applied(programme, content, by=manager), by=manager)

    applied(programme, content, by=manager)

    assert Task.objects.get().code == "1-01"


def test_a_reason_is_needed(stored, manager, sign_in):
    answer = sign_in(manager).post(f"/tasks/import/{stored.pk}/take_back/", {"version": stored.version})

    assert answer.status_code == 400
    assert Task.objects.count() == 2


def test_another_who_runs_the_programme_may_take_it_back(stored, admin, sign_in):
    answer = sign_in(admin).post(f"/tasks/import/{stored.pk}/take_back/", {"comment": "重复"})

    assert answer.status_code == 302
    assert not Task.objects.exists()


def test_it_is_taken_back_once(stored, manager, sign_in):
    client, address = sign_in(manager), f"/tasks/import/{stored.pk}/take_back/"
    client.post(address, {"comment": "重复"})

    assert client.post(address, {"comment": "重复"}).status_code == 409


def test_what_was_only_read_cannot_be_taken_back(programme, field, market, manager, sign_in):
    row = imported(programme, sheets.register(line()), by=manager)

    assert sign_in(manager).post(f"/tasks/import/{row.pk}/take_back/", {"comment": "x"}).status_code == 409


# What builds on it ----------------------------------------------------------------------------------------------------


def edited(task, manager, staff):
    edit_task(task, {"title": "改过的名称"}, by=manager)


def accepted(task, manager, staff):
    perform(workflow.ACCEPT, task, by=staff)


def reported(task, manager, staff):
    accepted(task, manager, staff)
    period = factories.open_period(task.programme, by=manager)
    factories.submit(factories.report_of(task, period), by=staff)


@pytest.mark.parametrize("build", [edited, accepted, reported])
def test_what_has_been_built_on_is_not_taken_back_and_named(stored, manager, staff, sign_in, build):
    task = Task.objects.get(code="1-02")
    build(task, manager, staff)

    answer = sign_in(manager).post(f"/tasks/import/{stored.pk}/take_back/", {"comment": "重复"})

    assert answer.status_code == 409
    assert "1-02" in answer.content.decode()
    assert Task.objects.count() == 2


def test_a_report_on_a_changed_task_builds_on_the_change(task, programme, period, report, manager, staff):
    content = sheets.register(
        [task.code, task.title, "市市场监管局", "每月一次"],
        headings=["编号", "任务举措", "牵头单位", "完成标准"],
    )
    row = applied(programme, content, by=manager)
    factories.submit(report, by=staff)

    assert "2021" in why_not(row, manager)


def test_evidence_for_a_new_milestone_builds_on_it(task, programme, period, report, manager, staff):
    milestones = "1. Plan made（2020-12-31）\n2. Ten firms（2022-03-31）\n3. 总结（2022-03-31）"
    content = sheets.register(
        [task.code, task.title, "市市场监管局", milestones], headings=["编号", "任务举措", "牵头单位", "节点"]
    )
    row = applied(programme, content, by=manager)
    assert why_not(row, manager) == ""
    factories.attach(report, by=staff, milestone=task.milestones.get(number=3))

    assert "proof.pdf" in why_not(row, manager)


def test_a_later_import_builds_on_the_one_before(stored, programme, manager):
    applied(programme, sheets.register(line(完成标准="每月一次", 配合单位="市商务局")), by=manager)

    assert "1-01" in why_not(stored, manager)


def test_a_later_import_that_was_taken_back_does_not_stand_in_the_way(stored, programme, manager):
    later = applied(programme, sheets.register(line(编号="1-03")), by=manager)
    taken_back(later, by=manager)

    assert why_not(stored, manager) == ""


def test_the_page_greys_what_cannot_be_taken_back(stored, manager, sign_in):
    edit_task(Task.objects.get(code="1-02"), {"title": "改过的名称"}, by=manager)

    page = sign_in(manager).get(f"/tasks/import/{stored.pk}/").content.decode()

    assert 'aria-disabled="true"' in page
    assert "改过的名称" in page


def why_not(row, user):
    return workflow_says(TAKE_BACK, Import.objects.for_move().get(pk=row.pk), user)


def test_a_year_later_it_can_still_be_taken_back(stored, manager):
    with clock.at(datetime.datetime(2022, 9, 24, 10, 0, tzinfo=clock.BEIJING)):
        taken_back(stored, by=manager)

    assert not Task.objects.exists()
