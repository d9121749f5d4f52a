"""What a dry run says: new, changed, unchanged, refused, and the bureaus it does not know."""

import datetime

import pytest

from qdtrade.accounts.actions import add_alias
from qdtrade.errors import NotAllowed
from tasks.actions.importing import apply
from tasks.imports import Options, Outcome, plan
from tests import factories
from tests.tasks import sheets

D = datetime.date


@pytest.fixture
def bureaus(region, commerce):
    """Those that the ordinary row names, beside the Bureau of Commerce."""
    finance = factories.bureau("czj", "青岛市财政局", "市财政局", parent=region)
    return [commerce, finance, factories.bureau("swj", "国家税务总局青岛市税务局", "市税务局", parent=region)]


def planned(content, programme, by, **options):
    return plan(sheets.read(content), programme.code, by=by, options=Options(**options))


def outcomes(found):
    return [row.outcome for row in found.rows]


def written(content, programme, by, **options):
    found = planned(content, programme, by, **options)
    apply(found.batch, by=by)
    return found


def test_a_new_task_is_new(programme, bureaus, manager):
    found = planned(sheets.register(sheets.line()), programme, manager)

    assert outcomes(found) == [Outcome.NEW]
    assert not found.is_refused
    assert found.new_fields == ["改革管理体制"]


def test_a_dry_run_writes_nothing(programme, bureaus, manager, django_assert_num_queries):
    content = sheets.register(sheets.line(牵头单位="市外办"))
    planned(content, programme, manager, create_bureaus=True)

    assert not programme.tasks.exists()
    assert not programme.fields.exists()
    assert not programme.region.members.filter(name="市外办").exists()


def test_the_same_file_again_changes_nothing(programme, bureaus, manager):
    content = sheets.register(sheets.line(), sheets.line(编号="1-02", 节点="", 开始时间=""))
    written(content, programme, manager)

    found = planned(content, programme, manager)

    assert outcomes(found) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert found.batch.entries == []


@pytest.mark.parametrize(
    ("heading", "cell", "old", "new"),
    [
        ("任务举措", "建立部门联席会议制度", "建立联席会议制度", "建立部门联席会议制度"),
        ("完成标准", "每月一次", "每季度召开一次会议", "每月一次"),
        ("牵头单位", "市财政局", "市商务局", "市财政局"),
        ("配合单位", "市税务局", "市财政局、市税务局", "市税务局"),
        ("开始时间", "2020.11", "2020-10-01", "2020-11-01"),
        ("完成时限", "2022年上半年", "2021-12-31", "2022-06-30"),
        ("自选动作", "是", "否", "是"),
        ("节点", "1. 印发制度（2021-07-31）", "1. 印发制度（2021-06-30）", "1. 印发制度（2021-07-31）"),
        (
            "节点",
            "1. 印发制度（2021-06-30）\n2. 开会（2021-12-31）",
            "2. 召开会议（2021-12-31）",
            "2. 开会（2021-12-31）",
        ),
        (
            "节点",
            "印发制度（2021-06-30）\n召开会议（2021-12-31）\n评估（2021-12-31）",
            "",
            "3. 评估（2021-12-31）",
        ),
    ],
)
def test_a_change_is_told_from_old_to_new(programme, bureaus, manager, heading, cell, old, new):
    written(sheets.register(sheets.line()), programme, manager)

    found = planned(sheets.register(sheets.line(**{heading: cell})), programme, manager)

    change = found.rows[0].changes[0]
    assert outcomes(found) == [Outcome.CHANGED]
    assert (change.heading, change.old, change.new) == (heading, old, new)


def test_columns_that_are_not_there_change_nothing(programme, bureaus, manager):
    written(
        sheets.register([*sheets.line(), "2020-1"], headings=[*sheets.HEADINGS, "文号"]), programme, manager
    )
    headings = ["编号", "任务举措", "牵头单位"]

    found = planned(
        sheets.register(["1-01", "建立联席会议制度", "商务局"], headings=headings), programme, manager
    )

    assert outcomes(found) == [Outcome.UNCHANGED]


def test_a_row_without_milestones_gets_one_at_its_due_date(programme, bureaus, manager):
    found = written(sheets.register(sheets.line(节点="")), programme, manager)

    assert found.rows[0].notes == ["only_milestone"]
    milestone = programme.tasks.get().milestones.get()
    assert milestone.plan_on == D(2021, 12, 31)


def test_the_only_milestone_follows_its_due_date(programme, bureaus, manager):
    written(sheets.register(sheets.line(节点="")), programme, manager)
    written(sheets.register(sheets.line(节点="", 完成时限="2022-06-30")), programme, manager)

    assert programme.tasks.get().milestones.get().plan_on == D(2022, 6, 30)


def test_unknown_bureaus_are_listed_with_the_nearest(programme, bureaus, market, manager):
    rows = [sheets.line(牵头单位="市场监管局"), sheets.line(编号="1-02", 配合单位="市市场监督局、市财政局")]

    found = planned(sheets.register(*rows), programme, manager)

    (unknown,) = found.unknown
    assert (unknown.name, unknown.nearest, unknown.rows) == ("市市场监督局", market, 1)
    assert (unknown.place.row, unknown.place.letters) == (3, "F")
    assert found.is_refused


def test_a_bureau_is_known_by_its_names_and_aliases(programme, bureaus, commerce, manager, service):
    add_alias(commerce, "市商务委", by=service)
    names = ["市商务局", "青岛市商务局", "商务局", "青岛商务局", "市商务委", "市 商务局"]
    rows = [sheets.line(编号=f"1-0{number}", 牵头单位=name) for number, name in enumerate(names)]

    found = planned(sheets.register(*rows), programme, manager)

    assert found.unknown == []
    assert not found.is_refused


def test_a_code_twice_is_refused_with_the_other_row(programme, bureaus, manager):
    found = planned(sheets.register(sheets.line(), sheets.line()), programme, manager)

    assert outcomes(found) == [Outcome.NEW, Outcome.REFUSED]
    assert "2" in found.rows[1].refusals[0].reason


def test_a_row_without_a_code_is_refused(programme, bureaus, manager):
    found = planned(sheets.register(sheets.line(编号="")), programme, manager)

    assert [one.place.heading for one in found.rows[0].refusals] == ["编号"]


def test_an_unknown_field_of_a_programme_that_has_fields_is_refused(programme, bureaus, manager):
    written(sheets.register(sheets.line()), programme, manager)

    found = planned(sheets.register(sheets.line(任务领域="改革管理体系")), programme, manager)

    assert outcomes(found) == [Outcome.REFUSED]
    assert "改革管理体制" in found.rows[0].refusals[0].cure


def test_new_tasks_need_their_columns(programme, bureaus, manager):
    found = planned(
        sheets.register(["1", "甲", "市商务局"], headings=["编号", "任务举措", "牵头单位"]),
        programme,
        manager,
    )

    assert len(found.problems) == 2
    assert found.is_refused


SERIAL = ["序号", *sheets.HEADINGS[1:]]


def numbered(*titles, first=1, **changes):
    rows = [sheets.line(任务举措=title, 编号=number, **changes) for number, title in enumerate(titles, first)]
    return sheets.register(*rows, headings=SERIAL)


def test_codes_are_made_from_running_numbers(programme, bureaus, manager):
    written(numbered("数字人民币试点", "医疗器械注册人制度试点"), programme, manager)

    assert list(programme.tasks.order_by("pk").values_list("code", flat=True)) == ["1", "2"]


def test_running_numbers_that_begin_anew_get_the_fields_number(programme, bureaus, manager):
    rows = [
        sheets.line(编号=1, 任务举措="甲任务"),
        sheets.line(编号=2, 任务举措="乙任务"),
        sheets.line(编号=1, 任务举措="丙任务", 任务领域="扩大对外开放"),
    ]

    written(sheets.register(*rows, headings=SERIAL), programme, manager)

    assert list(programme.tasks.order_by("pk").values_list("code", flat=True)) == ["1-01", "1-02", "2-01"]


def test_another_title_under_a_made_code_is_refused(programme, bureaus, manager):
    written(numbered("数字人民币试点", "医疗器械注册人制度试点"), programme, manager)

    found = planned(
        numbered("新增的一项举措", "数字人民币试点", "医疗器械注册人制度试点"), programme, manager
    )

    assert outcomes(found) == [Outcome.REFUSED] * 3
    assert "--renumbered" in found.rows[0].refusals[0].cure


def test_renumbered_rows_are_known_by_their_titles(programme, bureaus, manager):
    written(numbered("数字人民币试点", "医疗器械注册人制度试点"), programme, manager)
    content = numbered("数字人民币试点", "医疗器械注册人制度试点", "新增的一项举措", first=3)

    found = planned(content, programme, manager, renumbered=True)

    assert [(row.code, row.outcome) for row in found.rows] == [
        ("1", Outcome.UNCHANGED),
        ("2", Outcome.UNCHANGED),
        ("5", Outcome.NEW),
    ]


def test_a_new_wording_under_a_made_code_is_a_change(programme, bureaus, manager):
    written(numbered("数字人民币试点", "医疗器械注册人制度试点"), programme, manager)

    found = planned(numbered("数字人民币试点扩面", "医疗器械注册人制度试点"), programme, manager)

    assert outcomes(found) == [Outcome.CHANGED, Outcome.UNCHANGED]


def test_the_lead_of_a_task_in_progress_is_not_changed_by_a_file(programme, bureaus, market, manager, staff):
    field = factories.field(programme, name="改革管理体制")
    task = factories.accepted_task(
        field, market, by=manager, accepted_by=staff, code="1-01", title="建立联席会议制度"
    )

    found = planned(sheets.register(sheets.line()), programme, manager)

    assert outcomes(found) == [Outcome.REFUSED]
    assert [one.place.heading for one in found.rows[0].refusals] == ["牵头单位"]
    assert str(task.lead) in found.rows[0].refusals[0].cure


def test_the_baseline_of_a_task_in_progress_stays(programme, bureaus, market, manager, staff):
    field = factories.field(programme, name="改革管理体制")
    factories.accepted_task(field, market, by=manager, accepted_by=staff, code="1-01")
    headings = ["编号", "任务举措", "牵头单位", "完成时限"]

    found = written(
        sheets.register(["1-01", "Task", "市市场监管局", "2022-12-31"], headings=headings), programme, manager
    )

    task = programme.tasks.get()
    assert found.rows[0].changes[-1].effect
    assert (task.due_on, task.baseline_due_on) == (D(2022, 12, 31), D(2022, 3, 31))


@pytest.mark.parametrize("role", ["staff", "head", "neighbour", "auditor", "stranger"])
def test_only_who_runs_the_programme_may_even_try(request, programme, role):
    with pytest.raises(NotAllowed):
        planned(sheets.register(sheets.line()), programme, request.getfixturevalue(role))


@pytest.mark.parametrize("role", ["manager", "admin", "service"])
def test_reviewers_administrators_and_the_service_may(request, programme, bureaus, role):
    assert not planned(sheets.register(sheets.line()), programme, request.getfixturevalue(role)).is_refused


def test_a_programme_that_is_missing_is_told_with_what_would_be_made(region, service):
    above = [["青岛市全面深化服务贸易创新发展试点任务台账"], ["（2020年8月2日—2023年8月1日）"]]

    found = plan(sheets.read(sheets.register(sheets.line(), above=above)), "qd-2020", by=service)

    assert found.is_refused
    understood = found.problems[0].understood
    assert understood == "青岛市全面深化服务贸易创新发展试点 2020-08-02 – 2023-08-01"


def test_another_name_of_the_region_itself_is_no_bureau(programme, region, bureaus, service, manager):
    add_alias(region, "岛城", by=service)

    found = planned(sheets.register(sheets.line(牵头单位="岛城局")), programme, manager)

    assert [(one.name, one.nearest) for one in found.unknown] == [("岛城局", None)]
