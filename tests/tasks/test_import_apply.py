"""Writing a register: all or nothing, recorded, and only over what was compared."""

import datetime

import pytest
from django.db.models import Count

from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import Event
from qdtrade.audit.verify import verify
from qdtrade.errors import NotAllowed, Stale
from qdtrade.programmes.models import Programme
from tasks.actions import importing
from tasks.actions.register import edit_task
from tasks.imports import Options, plan
from tasks.models import Field, Milestone, Task, TaskBureau
from tests import factories
from tests.tasks import sheets

ABOVE = [["青岛市全面深化服务贸易创新发展试点任务台账"], ["（2020年8月2日—2023年8月1日）"]]
EVERYTHING = Options(create_programme=True, create_bureaus=True)


def planned(content, code, by, options=EVERYTHING):
    return plan(sheets.read(content), code, by=by, options=options)


def written(content, code, by, options=EVERYTHING):
    return importing.apply(planned(content, code, by, options).batch, by=by)


def three(**changes):
    return sheets.register(
        *[sheets.line(编号=f"1-0{number}", **changes) for number in (1, 2, 3)], above=ABOVE
    )


def test_a_new_programme_comes_whole_from_its_sheet(service):
    programme = written(three(), "qd-2020", service)

    assert (programme.name, programme.region.name) == ("青岛市全面深化服务贸易创新发展试点", "青岛市")
    assert (programme.starts_on, programme.ends_on) == (datetime.date(2020, 8, 2), datetime.date(2023, 8, 1))
    assert list(programme.fields.values_list("number", "name")) == [(1, "改革管理体制")]
    assert set(programme.region.members.values_list("name", flat=True)) == {
        "市商务局",
        "市财政局",
        "市税务局",
    }


def test_a_task_comes_with_its_bureaus_and_milestones(service):
    written(three(), "qd-2020", service)

    task = Task.objects.get(code="1-02")
    assert (task.title, task.status, task.lead.name) == ("建立联席会议制度", "registered", "市商务局")
    assert list(task.links.order_by("pk").values_list("bureau__name", "part")) == [
        ("市商务局", "lead"),
        ("市财政局", "support"),
        ("市税务局", "support"),
    ]
    assert [(one.number, one.title) for one in task.milestones.all()] == [(1, "印发制度"), (2, "召开会议")]


def test_every_row_is_recorded_and_the_chains_are_whole(service):
    programme = written(three(), "qd-2020", service)

    events = Event.objects.filter(chain__scope=programme.pk)
    counts = dict(events.values_list("kind").annotate(Count("pk")))
    assert counts["task"] == 3
    assert counts["taskbureau"] == 9
    assert counts["milestone"] == 6
    assert all(verdict.fault is None for verdict in verify(None))


def test_only_what_differs_is_written_and_recorded(service):
    programme = written(three(), "qd-2020", service)
    before = Event.objects.filter(chain__scope=programme.pk).count()
    rows = [sheets.line(编号="1-01"), sheets.line(编号="1-02", 完成标准="每月召开一次会议")]

    written(sheets.register(*rows), "qd-2020", service)

    (event,) = Event.objects.filter(chain__scope=programme.pk, seq__gt=before)
    assert (event.kind, event.action, event.changes) == (
        "task",
        "edit",
        '{"standard":["每季度召开一次会议","每月召开一次会议"]}',
    )


def test_a_change_of_bureaus_keeps_one_lead(service):
    written(three(), "qd-2020", service)

    written(sheets.register(sheets.line(牵头单位="市财政局", 配合单位="市商务局")), "qd-2020", service)

    task = Task.objects.get(code="1-01")
    assert task.lead.name == "市财政局"
    assert set(task.links.values_list("bureau__name", "part")) == {
        ("市财政局", "lead"),
        ("市商务局", "support"),
    }


def test_an_import_never_deletes(service):
    programme = written(three(), "qd-2020", service)
    content = sheets.register(sheets.line(编号="1-01", 节点="召开会议（2021-12-31）"))

    found = planned(content, "qd-2020", service)
    importing.apply(found.batch, by=service)

    assert found.not_in_file == 2
    assert programme.tasks.count() == 3
    assert Milestone.objects.filter(task__code="1-01").count() == 2


def test_a_row_changed_in_the_meantime_stops_everything(service):
    programme = written(three(), "qd-2020", service)
    found = planned(three(完成标准="每月召开一次会议"), "qd-2020", service)
    edit_task(Task.objects.get(code="1-03"), {"title": "另一个名称"}, by=service)

    with pytest.raises(Stale):
        importing.apply(found.batch, by=service)

    assert set(programme.tasks.values_list("standard", flat=True)) == {"每季度召开一次会议"}


def test_a_milestone_changed_in_the_meantime_stops_everything(service):
    written(three(), "qd-2020", service)
    found = planned(three(完成标准="每月召开一次会议"), "qd-2020", service)
    Milestone.objects.filter(task__code="1-03", number=1).update(title="改过")

    with pytest.raises(Stale):
        importing.apply(found.batch, by=service)


def test_a_code_registered_in_the_meantime_stops_everything(programme, field, market, manager):
    content = sheets.register(sheets.line(牵头单位="市市场监管局", 配合单位="", 任务领域=field.name))
    found = planned(content, programme.code, manager)
    factories.task(field, market, by=manager, code="1-01")

    with pytest.raises(Stale):
        importing.apply(found.batch, by=manager)

    assert programme.tasks.count() == 1


def test_a_fault_halfway_leaves_nothing(service, monkeypatch):
    found = planned(three(), "qd-2020", service)
    monkeypatch.setattr(Milestone, "__str__", lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        importing.apply(found.batch, by=service)

    for model in (Programme, Field, Task, TaskBureau, Bureau):
        assert not model.objects.exists()


@pytest.mark.parametrize("role", ["staff", "auditor", "stranger"])
def test_a_batch_is_written_only_by_who_runs_the_programme(request, programme, field, market, service, role):
    content = sheets.register(sheets.line(牵头单位="市市场监管局", 配合单位="", 任务领域=field.name))
    found = planned(content, programme.code, service)

    with pytest.raises(NotAllowed):
        importing.apply(found.batch, by=request.getfixturevalue(role))

    assert not programme.tasks.exists()


def test_open_ends_and_other_columns_are_kept(service):
    content = sheets.register(
        [*sheets.line(完成时限="长期", 节点=""), "青政办〔2020〕1号"],
        headings=[*sheets.HEADINGS, "文号"],
        above=ABOVE,
    )

    written(content, "qd-2020", service)

    task = Task.objects.get()
    assert (task.due_on, task.due_words) == (datetime.date(2023, 8, 1), "长期")
    assert task.extra == [["文号", "青政办〔2020〕1号"]]


def test_samples_keep_their_mark(service):
    headings = [*sheets.HEADINGS, "样例", "样例栏", "来源"]
    rows = [
        [*sheets.line(编号="1-01"), "是", "", "演示样例"],
        [*sheets.line(编号="1-02"), "否", "牵头单位、节点", "半岛都市报"],
    ]

    written(sheets.register(*rows, headings=headings, above=ABOVE), "qd-2020", service)

    assert Task.objects.get(code="1-01").is_sample
    assert Task.objects.get(code="1-02").sample_fields == ["lead", "milestones"]


def test_the_demo_register_is_read_without_a_refusal(service, settings):
    content = (settings.BASE_DIR / "fixtures" / "register.csv").read_bytes()
    region = factories.bureau("qingdao", "青岛市")
    programme = factories.programme(region)

    found = plan(sheets.read(content, "register.csv"), programme.code, by=service, options=EVERYTHING)

    assert len(found.rows) == 133
    assert not found.is_refused
    assert len(found.new_fields) == 8


def test_the_queries_do_not_grow_with_every_row(service, django_assert_max_num_queries):
    rows = [sheets.line(编号=f"1-{number:03}") for number in range(300)]
    written(sheets.register(*rows, above=ABOVE), "qd-2020", service)
    found = planned(sheets.register(*rows[:30]), "qd-2020", service)

    with django_assert_max_num_queries(20):
        plan(sheets.read(sheets.register(*rows)), "qd-2020", by=service)
    assert found.batch.entries == []
