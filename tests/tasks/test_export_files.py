"""Registers as CSV files, through the front door."""

import csv
import datetime
import io

import pytest

from qdtrade import clock
from qdtrade.audit import verify
from qdtrade.audit.models import Event
from tasks.actions import register, reports
from tests import factories

pytestmark = pytest.mark.django_db


def rows(response):
    """The lines of an answered CSV by their headings."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_register_leaves_in_the_columns_that_the_import_reads(sign_in, auditor, task):
    response = sign_in(auditor).get("/tasks/export/")

    assert response.status_code == 200
    assert list(rows(response)[0]) == [
        "编号", "任务领域", "任务举措", "完成标准", "牵头单位", "配合单位", "开始时间", "完成时限", "节点", "自选动作",
        "样例", "样例栏", "来源",
    ]  # fmt: skip


def test_an_export_starts_with_the_mark_that_excel_wants_and_is_a_download(sign_in, auditor, task):
    response = sign_in(auditor).get("/tasks/export/")

    assert next(response.streaming_content).startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="qd-2020-tasks-20210924.csv"'


def test_a_register_row_holds_the_milestones_one_per_line(sign_in, auditor, task):
    row = rows(sign_in(auditor).get("/tasks/export/"))[0]

    assert row["节点"] == "1. Plan made（2020-12-31）\n2. Ten firms（2022-03-31）"
    assert row["样例"] == "否"


def test_other_columns_of_the_register_leave_again_in_their_order(sign_in, auditor, field, market, manager):
    factories.task(field, market, by=manager, extra=[["文号", "1"], ["备注", "a"], ["备注", "b"]])

    response = sign_in(auditor).get("/tasks/export/")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    headings, values = list(csv.reader(io.StringIO(text)))
    assert headings[-3:] == ["文号", "备注", "备注"]
    assert values[-3:] == ["1", "a", "b"]


def test_a_sample_says_so_in_the_register_file(sign_in, auditor, field, market, manager):
    factories.task(field, market, by=manager, is_sample=True, sample_fields=["lead", "supports", "reports"])

    row = rows(sign_in(auditor).get("/tasks/export/"))[0]

    assert (row["样例"], row["样例栏"]) == ("是", "牵头单位、配合单位、进展报告")


def test_text_that_a_spreadsheet_would_run_is_guarded(sign_in, auditor, field, market, manager):
    factories.task(field, market, by=manager, title="=HYPERLINK(1)")

    assert rows(sign_in(auditor).get("/tasks/export/"))[0]["任务举措"] == "'=HYPERLINK(1)"


def test_a_file_holds_what_its_reader_may_see_and_nothing_else(sign_in, staff, neighbour, task):
    assert len(rows(sign_in(staff).get("/tasks/export/"))) == 1
    assert len(rows(sign_in(neighbour).get("/tasks/export/"))) == 0


def test_a_stranger_exports_nothing(sign_in, stranger, task):
    assert sign_in(stranger).get("/tasks/export/").status_code == 404


def test_the_programme_of_others_is_not_exported(sign_in, staff, region):
    factories.programme(region, code="other")

    assert sign_in(staff).get("/tasks/export/?programme=other").status_code == 404


def test_the_filters_of_the_page_hold_for_the_file(sign_in, auditor, task, field, commerce, manager):
    factories.task(field, commerce, by=manager, title="Another")

    found = rows(sign_in(auditor).get("/tasks/export/?status=registered"))

    assert [row["任务举措"] for row in found] == ["Another"]


def test_a_filter_value_that_does_not_exist_is_refused(sign_in, auditor, task):
    assert sign_in(auditor).get("/tasks/export/?status=nonsense").status_code == 400


def test_an_export_is_recorded_with_its_rows_and_filters(sign_in, auditor, task):
    sign_in(auditor).get("/tasks/export/?status=in_progress")

    event = Event.objects.filter(action="export").get()
    assert (event.actor_id, event.kind, event.chain.code) == (auditor.pk, "export", "qd-2020")
    assert '"rows":[null,"1"]' in event.changes
    assert "in_progress" in event.changes


def test_the_records_hold_after_exports_and_readings(sign_in, auditor, approved):
    for name in ("tasks", "reports", "expected-reports", "records"):
        assert b"".join(sign_in(auditor).get(f"/{name}/export/").streaming_content)

    assert [verdict.fault for verdict in verify.verify()] == [None, None]


def test_a_report_leaves_with_what_it_says_and_how_it_was_decided(sign_in, auditor, approved):
    row = rows(sign_in(auditor).get("/reports/export/"))[0]

    assert "Registered three firms." in row.values()
    assert "manager" in row.values()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "lead bureau, cooperating bureaus, milestones, progress reports"),
        ("zh-hans", "牵头单位、配合单位、节点、进展报告"),
    ],
)
def test_a_sample_says_so_in_the_reports_file(
    sign_in, auditor, field, market, manager, staff, programme, language, words
):
    invented = ["lead", "supports", "milestones", "reports"]
    factories.accepted_task(field, market, by=manager, accepted_by=staff, sample_fields=invented)
    factories.open_period(programme, by=manager)
    client = sign_in(auditor)
    client.cookies["django_language"] = language

    row = rows(client.get("/reports/export/"))[0]

    assert list(row.values())[-2:] == ["no" if language == "en" else "否", words]


def test_a_draft_never_leaves(sign_in, auditor, report, staff):
    reports.save_draft(report, {"done": "Secret so far."}, by=staff)

    assert "Secret so far." not in str(rows(sign_in(auditor).get("/reports/export/")))


def test_who_has_not_reported_is_one_filter_of_what_is_owed(sign_in, manager, report):
    with clock.at(datetime.datetime(2021, 10, 20, 9, tzinfo=clock.BEIJING)):
        found = rows(sign_in(manager).get("/expected-reports/export/?timeliness=missing"))

    assert len(found) == 1


def test_headings_are_in_the_readers_language(sign_in, auditor, report):
    client = sign_in(auditor)
    client.cookies["django_language"] = "en"

    assert "First submitted at" in rows(client.get("/expected-reports/export/"))[0]


def test_staff_export_the_records_of_their_own_tasks_alone(sign_in, staff, neighbour, submitted):
    assert rows(sign_in(staff).get("/records/export/"))
    assert not rows(sign_in(neighbour).get("/records/export/"))


def test_the_records_leave_with_from_and_to(sign_in, auditor, task, manager):
    register.edit_task(task, {"title": "Renamed"}, by=manager)

    found = rows(sign_in(auditor).get("/records/export/?action=edit"))

    assert f'"title":["{task.title}","Renamed"]' in str(found[0].values())


def test_an_export_is_asked_for_by_get(sign_in, auditor, task):
    assert sign_in(auditor).post("/tasks/export/").status_code == 405
