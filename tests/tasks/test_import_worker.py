"""The worker in the background: killed, resumed, run twice, and the workbook of results that it makes."""

import datetime
import io
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from qdtrade import tables
from qdtrade.audit.models import Event
from qdtrade.imports import background
from qdtrade.imports.actions import uploads as actions
from qdtrade.imports.models import Import
from tasks.models import Task
from tasks.register_kind import REGISTER
from tests.answers import leave
from tests.tasks import importing, sheets

LONG_AGO = datetime.timedelta(minutes=10)


@pytest.fixture
def queued(settings, monkeypatch):
    """Tasks go to the database, as in production; the worker runs in this very process."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(db_worker.Worker, "configure_signals", lambda self: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def killed(programme, field, market, manager, queued):
    """Asked to be applied; the worker began ten minutes ago and was not heard of since."""
    row = importing.imported(programme, sheets.plain(), by=manager)
    actions.apply_import(row, by=manager, start=lambda pk: None)
    silent = timezone.now() - LONG_AGO
    Import.objects.update(beat_at=silent, asked_at=silent, attempts=1)
    return importing.fresh(row)


def resume(**options):
    out = io.StringIO()
    call_command("resume_imports", stdout=out, **options)
    return out.getvalue()


def work_off():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)


def test_what_a_killed_worker_left_is_put_back_and_done(killed):
    resume()
    work_off()

    assert importing.fresh(killed).status == "applied"
    assert Task.objects.count() == 1


def test_resuming_again_and_again_does_it_once(killed):
    resume()
    resume(minutes=0)
    work_off()
    resume(minutes=0)
    work_off()

    assert Task.objects.count() == 1
    assert Event.objects.filter(kind="registerimport", action="write").count() == 1


def test_what_a_worker_is_at_is_left_alone(killed):
    Import.objects.update(beat_at=timezone.now())

    resume()
    work_off()

    assert importing.fresh(killed).status == "applying"


@pytest.mark.moves("Import.fail")
def test_what_stopped_three_times_is_given_up_with_a_reason(killed):
    Import.objects.update(attempts=3)

    resume()

    row = importing.fresh(killed)
    assert row.status == "failed"
    assert row.trouble["reason"]["with"] == {"times": 3}


def test_a_second_worker_finds_nothing_to_do(killed):
    Import.objects.update(beat_at=None)
    background.apply_import.call(killed.pk)
    background.apply_import.call(killed.pk)

    assert Task.objects.count() == 1


def test_two_workers_at_once_do_not_both_begin(killed):
    Import.objects.update(beat_at=None)

    first, second = actions.begin(killed.pk, "applying"), actions.begin(killed.pk, "applying")

    assert (first.pk, second) == (killed.pk, None)


def test_an_upload_that_is_rolled_back_leaves_no_task_in_the_queue(
    programme, field, market, manager, queued, monkeypatch
):
    file = SimpleUploadedFile("台账.xlsx", sheets.plain())
    monkeypatch.setattr("qdtrade.audit.trail._chain", lambda entries: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.upload(REGISTER, programme, file, by=manager, start=background.read_import.enqueue)

    assert not DBTaskResult.objects.exists()
    assert not Import.objects.exists()


def test_what_the_page_takes_in_the_worker_reads(programme, field, market, manager, queued, sign_in):
    sign_in(manager).post("/tasks/import/", {"file": SimpleUploadedFile("台账.xlsx", sheets.plain())})

    work_off()

    assert Import.objects.get().status == "read"


# The workbook of results ----------------------------------------------------------------------------------------------


def workbook(client, row):
    answer = client.get(f"/tasks/import/{row.pk}/rows/")
    content = b"".join(answer.streaming_content)
    leave(answer)
    return answer, tables.read(content, "rows.xlsx").sheets[0]


@pytest.fixture
def refused(programme, field, market, manager):
    good = {"任务领域": "扩大对外开放", "牵头单位": "市市场监管局", "配合单位": ""}
    rows = [
        sheets.line(**good),
        sheets.line(编号="1-02", **good | {"完成时限": "2021年13月底", "完成标准": ""}),
    ]
    content = sheets.register(*rows, above=[["青岛市任务台账"], []])
    return importing.imported(programme, content, by=manager)


def test_the_workbook_is_the_sheet_as_found_with_the_reasons_beside_it(refused, manager, sign_in):
    answer, sheet = workbook(sign_in(manager), refused)

    assert sheet.name == "任务台账"
    assert sheet.rows[0] == ["青岛市任务台账"]
    assert sheet.rows[2] == [*sheets.HEADINGS, "导入结果", "导入说明"]
    assert sheet.rows[3][:3] == ["1-01", "扩大对外开放", "建立联席会议制度"]
    assert sheet.rows[4][7] == "2021年13月底"
    assert "H5" in sheet.rows[4][11]
    assert "D5" in sheet.rows[4][11]
    assert ".xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_workbook_corrected_and_sent_again_has_no_column_more(refused, programme, manager, sign_in):
    _answer, sheet = workbook(sign_in(manager), refused)
    rows = [list(row) for row in sheet.rows]
    rows[4][7], rows[4][3] = "2021-12-31", "每月一次"
    with tables.write_xlsx(rows, sheet="任务台账") as file:
        content = file.read()

    row = importing.imported(programme, content, by=manager)

    assert (row.counts["refused"], row.counts["new"]) == (0, 2)
    _answer, again = workbook(sign_in(manager), row)
    assert len(again.rows[2]) == len(sheet.rows[2])
    importing.actions.apply_import(row, by=manager, start=background.apply_import.call)
    assert {tuple(task.extra) for task in Task.objects.all()} == {()}


def test_a_formula_in_a_cell_stays_text_in_the_workbook(programme, field, market, manager, sign_in):
    row = importing.imported(
        programme, sheets.register(sheets.line(任务举措='=HYPERLINK("http://x")', 完成标准="")), by=manager
    )

    _answer, sheet = workbook(sign_in(manager), row)

    assert sheet.rows[1][2] == '=HYPERLINK("http://x")'


def test_merged_cells_stay_merged_in_the_workbook(programme, field, market, manager, sign_in):
    def build(book):
        page = book.add_worksheet("台账")
        page.merge_range(0, 0, 0, 9, "青岛市任务台账")
        sheets.write_rows(book, page, [sheets.HEADINGS, sheets.line(), sheets.line(编号="1-02")], first=1)
        page.merge_range(2, 1, 3, 1, "扩大对外开放")

    row = importing.imported(programme, sheets.content_of(build), by=manager)

    _answer, sheet = workbook(sign_in(manager), row)

    assert {tuple(area) for area in sheet.merged} == {(0, 0, 0, 9), (2, 1, 3, 1)}


def test_the_workbook_has_a_chinese_name(refused, manager, sign_in):
    answer, _sheet = workbook(sign_in(manager), refused)

    assert quote("逐行结果.xlsx") in answer.headers["Content-Disposition"]
