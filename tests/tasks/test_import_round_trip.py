"""What leaves as a file comes back and changes nothing."""

import datetime

import pytest

from qdtrade import tables
from qdtrade.imports.reading.result_book import result_book
from tasks.imports import Options, Outcome, plan
from tasks.imports.wording import NOTES
from tests import factories
from tests.answers import leave
from tests.tasks import sheets

pytestmark = pytest.mark.django_db
D = datetime.date


each_form = pytest.mark.parametrize("form", ["csv", "xlsx"])


def exported(client, form="csv"):
    answer = client.get("/tasks/export/", {"format": form})
    content = b"".join(answer.streaming_content)
    leave(answer)
    return content


def outcomes(content, programme, by, form="csv"):
    found = plan(sheets.read(content, f"台账.{form}"), programme.code, by=by, options=Options())
    assert [line.reason for row in found.rows for line in row.refusals] == []
    return [(row.outcome, row.changes) for row in found.rows]


@each_form
def test_export_and_import_change_nothing(sign_in, programme, field, market, commerce, manager, form):
    factories.task(field, market, by=manager, supporting=(commerce,), own_choice=True, due_words="长期",
                   due_on=programme.ends_on, extra=[["文号", "=1+1"], ["备注", "a"], ["备注", "b"]])  # fmt: skip
    factories.task(field, commerce, by=manager, title="-30%　“降费”；二期", standard="第一，\n\n第二：=达标 ",
                   extra=[["备注", ""]], source="《通知》", sample_fields=["lead", "supports", "reports"])  # fmt: skip

    content = exported(sign_in(manager), form)

    assert outcomes(content, programme, manager, form) == [(Outcome.UNCHANGED, [])] * 2


OTHER_COLUMNS = [
    "00123",
    "1.10",
    "1e5",
    "2021-06-30",
    "44377",
    "TRUE",
    '=HYPERLINK("x")',
    "'=1",
    "''quoted",
    "+86 532",
    "@home",
    "-",
    "#N/A",
    "两行\n三行",
    "  边上有空格  ",
    "https://example.org/a?b=c",
    "<b>&amp;",
    "，、；\t制表",
]


@each_form
@pytest.mark.parametrize("text", OTHER_COLUMNS)
def test_a_column_that_is_not_ours_comes_back_as_it_was(
    sign_in, programme, field, market, manager, form, text
):
    factories.task(field, market, by=manager, extra=[["文号", text.strip()], ["联系人", "王"]])

    content = exported(sign_in(manager), form)

    assert outcomes(content, programme, manager, form) == [(Outcome.UNCHANGED, [])]


@each_form
@pytest.mark.parametrize("code", ["1-01", "2-07", "1.10", "007", "=1", "3/4", "1e5", "一-1", "2021-06"])
def test_a_code_comes_back_as_it_was(sign_in, programme, field, market, manager, form, code):
    factories.task(field, market, by=manager, code=code)

    content = exported(sign_in(manager), form)

    assert outcomes(content, programme, manager, form) == [(Outcome.UNCHANGED, [])]


@each_form
def test_every_part_of_a_task_comes_back(sign_in, programme, field, region, market, commerce, manager, form):
    third = factories.bureau("wlj", "青岛市文化和旅游局", "市文化和旅游局", parent=region)
    milestones = [(f"第{number}步", D(2021, number, 28)) for number in range(1, 10)]
    factories.task(field, market, by=manager, supporting=(commerce, third), milestones=milestones,
                   starts_on=D(2020, 8, 31), due_on=D(2022, 2, 28))  # fmt: skip

    content = exported(sign_in(manager), form)

    assert outcomes(content, programme, manager, form) == [(Outcome.UNCHANGED, [])]


@each_form
def test_a_file_that_was_filled_in_our_columns_of_results_comes_back(
    sign_in, programme, field, market, manager, form
):
    """The workbook of an import's results may be corrected and sent: what we added to it is not imported."""
    factories.task(field, market, by=manager, extra=[["文号", "1"]])
    book = sheets.read(exported(sign_in(manager), form), f"台账.{form}")
    found = plan(book, programme.code, by=manager, options=Options())

    with result_book(found.register.layout, found.rows, found.problems, NOTES) as file:
        content = file.read()

    assert outcomes(content, programme, manager, "xlsx") == [(Outcome.UNCHANGED, [])]


@each_form
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
def test_milestones_come_back_whatever_their_titles_hold(
    sign_in, programme, field, market, manager, form, title
):
    days = [D(2020, 12, 31), D(2021, 3, 31), D(2022, 3, 31)]
    factories.task(field, market, by=manager, milestones=[(title, day) for day in days])

    content = exported(sign_in(manager), form)

    assert outcomes(content, programme, manager, form) == [(Outcome.UNCHANGED, [])]


def test_a_task_in_progress_comes_back_unchanged(sign_in, programme, task, manager):
    assert outcomes(exported(sign_in(manager)), programme, manager) == [(Outcome.UNCHANGED, [])]


def test_an_exported_csv_saved_as_a_workbook_comes_back_unchanged(sign_in, programme, task, manager):
    rows = tables.read(exported(sign_in(manager)), "台账.csv").sheets[0].rows
    with tables.write_xlsx(rows) as file:
        content = file.read()

    assert outcomes(content, programme, manager, "xlsx") == [(Outcome.UNCHANGED, [])]


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
