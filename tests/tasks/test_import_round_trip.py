"""What leaves as a file comes back and changes nothing."""

import datetime

import pytest

from qdtrade import tables
from tasks.imports import Options, Outcome, plan
from tests import factories
from tests.tasks import sheets

pytestmark = pytest.mark.django_db
D = datetime.date


def exported(client):
    return b"".join(client.get("/tasks/export/").streaming_content)


def outcomes(content, programme, by, name="台账.csv"):
    found = plan(sheets.read(content, name), programme.code, by=by, options=Options())
    assert [line.reason for row in found.rows for line in row.refusals] == []
    return [(row.outcome, row.changes) for row in found.rows]


def test_export_and_import_change_nothing(sign_in, programme, field, market, commerce, manager):
    factories.task(field, market, by=manager, supporting=(commerce,), own_choice=True, due_words="长期",
                   due_on=programme.ends_on, extra=[["文号", "=1+1"], ["备注", "a"], ["备注", "b"]])  # fmt: skip
    factories.task(field, commerce, by=manager, title="-30%　“降费”；二期", standard="第一，\n\n第二：=达标 ",
                   extra=[["备注", ""]], source="《通知》", sample_fields=["lead", "supports", "reports"])  # fmt: skip

    content = exported(sign_in(manager))

    assert outcomes(content, programme, manager) == [(Outcome.UNCHANGED, [])] * 2


@pytest.mark.parametrize(
    "title",
    [
        "一、推进；二期",
        "会议（第1次）",
        "2021年6月：启动",
        "完成 50%、覆盖3区",
        "1. 摸底",
        "季度会议，2021年",
    ],
)
def test_milestones_come_back_whatever_their_titles_hold(sign_in, programme, field, market, manager, title):
    days = [D(2020, 12, 31), D(2021, 3, 31), D(2022, 3, 31)]
    factories.task(field, market, by=manager, milestones=[(title, day) for day in days])

    assert outcomes(exported(sign_in(manager)), programme, manager) == [(Outcome.UNCHANGED, [])]


def test_a_task_in_progress_comes_back_unchanged(sign_in, programme, task, manager):
    assert outcomes(exported(sign_in(manager)), programme, manager) == [(Outcome.UNCHANGED, [])]


def test_an_exported_csv_saved_as_a_workbook_comes_back_unchanged(sign_in, programme, task, manager):
    rows = tables.read(exported(sign_in(manager)), "台账.csv").sheets[0].rows
    with tables.write_xlsx(rows) as file:
        content = file.read()

    assert outcomes(content, programme, manager, "台账.xlsx") == [(Outcome.UNCHANGED, [])]


def test_other_columns_of_one_name_are_told_apart(programme, field, market, manager):
    factories.task(field, market, by=manager, code="1-01", extra=[["备注", "a"], ["备注", "b"]])
    headings = ["编号", "任务举措", "牵头单位", "备注", "备注"]
    title = programme.tasks.get().title

    found = plan(
        sheets.read(sheets.register(["1-01", title, "市市场监管局", "a", "c"], headings=headings)),
        programme.code,
        by=manager,
    )

    assert [(one.old, one.new) for one in found.rows[0].changes] == [("b", "c")]
    assert found.batch.entries[0].values["extra"] == [["备注", "a"], ["备注", "c"]]
