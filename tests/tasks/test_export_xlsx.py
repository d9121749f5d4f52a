"""Registers as .xlsx files and as the page shows them, through the front door."""

import datetime

import pytest

from qdtrade import tables
from qdtrade.audit.models import Event
from qdtrade.programmes import exports as leaving
from tests import factories
from tests.answers import leave

pytestmark = pytest.mark.django_db

EVERY = ["/tasks/export/", "/reports/export/", "/expected-reports/export/", "/records/export/"]


def book(response):
    """The workbook of an answer, as our own reader understands it."""
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    leave(response)
    return tables.read(content, "export.xlsx")


def sheet(response):
    return book(response).sheets[0].rows


def as_rows(response):
    headings, *rows = sheet(response)
    return [dict(zip(headings, row, strict=False)) for row in rows]


def in_english(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize("path", EVERY)
def test_each_list_leaves_as_a_workbook(sign_in, auditor, submitted, path):
    response = sign_in(auditor).get(f"{path}?format=xlsx")

    assert len(sheet(response)) >= 2
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].endswith('-20210924.xlsx"')


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_list_leaves_with_the_columns_of_the_page(sign_in, auditor, submitted, path, form):
    response = sign_in(auditor).get(f"{path}?format={form}&columns=screen")

    assert b"".join(response.streaming_content)
    leave(response)


def test_the_register_as_a_workbook_holds_what_the_import_reads(sign_in, auditor, task):
    row = as_rows(sign_in(auditor).get("/tasks/export/?format=xlsx"))[0]

    assert (row["编号"], row["任务举措"]) == (task.code, task.title)
    assert row["完成时限"] == datetime.date(2022, 3, 31)
    assert row["节点"] == "1. Plan made（2020-12-31）\n2. Ten firms（2022-03-31）"


def test_the_register_as_on_the_page_shows_lateness_and_the_report(sign_in, auditor, submitted):
    row = as_rows(in_english(sign_in(auditor)).get("/tasks/export/?format=xlsx&columns=screen"))[0]

    assert row["Lateness"] == "267 d late M1"
    assert "submitted" in row.values()
    assert (row["Progress %"], row["Milestones"], row["Sample"]) == (0, "0 of 2", "no")


def test_the_page_order_holds_for_the_file(sign_in, auditor, task, field, market, manager):
    factories.task(field, market, by=manager, code="0-01", title="Not accepted, so not overdue")

    rows = as_rows(in_english(sign_in(auditor)).get("/tasks/export/?format=xlsx&columns=screen"))

    assert [row["Code"] for row in rows] == [task.code, "0-01"]


def test_the_list_of_reports_leaves_as_its_page_shows_it(sign_in, auditor, submitted):
    client = in_english(sign_in(auditor))

    row = as_rows(client.get("/expected-reports/export/?format=xlsx&columns=screen"))[0]

    assert (row["State"], row["Timeliness"], row["Progress %"]) == ("submitted", "on time", 40)
    assert row["First submitted"] == datetime.datetime(2021, 9, 24, 10, 0)
    assert row["With whom"].startswith("review by")


def test_the_records_leave_in_the_words_of_their_page(sign_in, auditor, submitted):
    client = in_english(sign_in(auditor))

    row = as_rows(client.get("/records/export/?format=xlsx&columns=screen&action=submit"))[0]

    assert row["What was done"].startswith("Submitted")
    assert row["Who"] == "staff"
    assert len(row["Checksum"]) == 64


def test_a_formula_stays_a_text(sign_in, auditor, field, market, manager):
    factories.task(field, market, by=manager, title="=HYPERLINK(1)")

    found = book(sign_in(auditor).get("/tasks/export/?format=xlsx"))

    assert found.sheets[0].rows[1][2] == "=HYPERLINK(1)"
    assert found.cautions == []


def test_the_filters_of_the_list_hold_for_the_full_text_of_the_reports(sign_in, auditor, submitted):
    client = sign_in(auditor)

    assert as_rows(client.get("/reports/export/?format=xlsx&report=submitted&filed=true"))
    assert not as_rows(client.get("/reports/export/?format=xlsx&report=approved"))
    assert not as_rows(client.get("/reports/export/?format=xlsx&filed=false"))
    assert not as_rows(client.get("/reports/export/?format=xlsx&exception=true"))


@pytest.mark.parametrize("asked", ["format=pdf", "format=xlsx%0d%0aX: y", "columns=secret", "format=../csv"])
def test_a_form_that_is_not_made_is_refused_in_words(sign_in, auditor, task, asked):
    response = sign_in(auditor).get(f"/tasks/export/?{asked}")

    assert response.status_code == 400
    assert not Event.objects.filter(action="export").exists()


def test_a_workbook_of_too_many_rows_is_refused_before_it_is_recorded(sign_in, auditor, task, monkeypatch):
    monkeypatch.setitem(leaving.MOST_ROWS, "xlsx", 0)

    response = in_english(sign_in(auditor)).get("/tasks/export/?format=xlsx")

    assert response.status_code == 400
    assert "take the CSV" in response.content.decode()
    assert not Event.objects.filter(action="export").exists()


def test_a_text_that_no_cell_holds_is_refused_in_words(sign_in, auditor, field, market, manager):
    factories.task(field, market, by=manager, extra=[["备注", "长" * 40_000]])

    response = in_english(sign_in(auditor)).get("/tasks/export/?format=xlsx")

    assert response.status_code == 400
    assert "Export as CSV" in response.content.decode()


def test_what_was_asked_for_is_recorded(sign_in, auditor, task):
    response = sign_in(auditor).get("/tasks/export/?format=xlsx&columns=screen&status=in_progress")

    leave(response)
    assert response.status_code == 200
    changes = Event.objects.get(action="export").changes
    assert "xlsx" in changes
    assert "screen" in changes
    assert "in_progress" in changes


def test_a_workbook_holds_what_its_reader_may_see_and_nothing_else(sign_in, staff, neighbour, task):
    assert len(sheet(sign_in(staff).get("/tasks/export/?format=xlsx"))) == 2
    assert len(sheet(sign_in(neighbour).get("/tasks/export/?format=xlsx"))) == 1


@pytest.mark.parametrize("path", ["/tasks/", "/reports/", "/records/"])
def test_a_list_offers_its_files_and_says_how_many_rows(sign_in, auditor, submitted, path):
    page = in_english(sign_in(auditor)).get(path).content.decode()

    assert "&amp;columns=screen&amp;format=xlsx" in page
    assert "&amp;format=csv" in page
    assert "Export " in page


def test_the_list_of_who_is_missing_offers_its_files(sign_in, manager, report):
    page = in_english(sign_in(manager)).get(f"/chase/?period={report.period.pk}").content.decode()

    assert "Export 1 row" in page
    assert f"period={report.period.pk}&amp;programme=qd-2020&amp;format=xlsx" in page


def test_a_workbook_says_what_it_holds_and_where_its_figures_are_explained(sign_in, manager, submitted):
    found = book(in_english(sign_in(manager)).get("/tasks/export/?format=xlsx&status=in_progress"))

    said = dict(found.sheets[1].rows)
    assert (said["Rows"], said["Made by"], said["Filter: status"]) == ("1", "manager", "in_progress")
    assert said["How its figures come about"].endswith("/figures/tasks/?programme=qd-2020&status=in_progress")
