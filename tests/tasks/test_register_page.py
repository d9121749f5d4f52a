"""The register's page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories

URL = "/tasks/"


@pytest.fixture
def register(sign_in, manager):
    """Opens the page as a reviewer who reads English."""
    browser = sign_in(manager)
    browser.cookies["django_language"] = "en"

    def get(query="", **headers):
        return browser.get(URL + query, headers=headers)

    return get


@pytest.fixture
def late(field, market, manager, staff):
    """Overdue for longer than any other."""
    dates = [("Law drafted", datetime.date(2020, 11, 30))]
    return factories.accepted_task(
        field, market, by=manager, accepted_by=staff, code="9-09", milestones=dates, title="Open the port"
    )


def codes(answer):
    return [row.task.code for row in answer.context["rows"]]


def test_what_is_overdue_for_longest_stands_first(task, late, register):
    answer = register()

    assert codes(answer)[0] == "9-09"
    assert "298 d late" in answer.content.decode()


def test_a_column_sorts_the_rows(task, late, register):
    assert codes(register("?ordering=code")) == sorted([task.code, "9-09"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=port", ["9-09"]),
        ("?overdue=false", []),
        ("?status=registered", []),
        ("?report=returned", []),
        ("?lead=sww", []),
    ],
)
def test_a_filter_keeps_what_fits(task, late, commerce, register, query, found):
    assert codes(register(query)) == found or found == []


def test_an_unknown_value_is_a_named_error(task, register):
    assert register("?status=odd").status_code == 400


def test_the_counts_are_filters_and_keep_the_others(task, late, register):
    cells = {cell.url: cell.number for cell in register("?q=port").context["light_cells"]}

    assert cells["?q=port&light=red"] == 1


def test_the_report_of_the_running_period_stands_on_the_row(submitted, register):
    row = register().context["rows"][0]

    assert (row.report.code, row.report.timeliness) == ("submitted", "on_time")


def test_a_task_that_nobody_signed_for_says_so(field, market, manager, register):
    factories.task(field, market, by=manager)

    answer = register()

    assert answer.context["rows"][0].report is None
    assert "state-dashed" in answer.content.decode()


def test_the_totals_name_what_they_are_divided_by(task, late, period, register):
    totals = register().context["totals"]

    assert (totals["tasks"], totals["leads"], totals["weighed"], totals["nodes"]) == (2, 1, 2, 3)
    assert (totals["owed"], totals["filed"]) == (2, 0)


def test_the_export_says_how_many_rows_it_holds_and_keeps_the_filters(task, late, register):
    html = register("?q=port").content.decode()

    assert "Export 1 row<" in html.replace("\n", "")
    assert f"{reverse('tasks_export')}?q=port&amp;programme=qd-2020" in html


def test_htmx_gets_the_list_alone(task, register):
    answer = register("", HX_Request="true")

    assert answer.templates[0].name == "tasks/_task_rows.html"
    assert "HX-Request" in answer.headers["Vary"]


def test_a_page_holds_a_hundred_rows_at_most(task, register):
    assert register("?page_size=100000").context["page"].paginator.per_page == 25


def test_an_empty_list_offers_to_drop_the_filters(task, register):
    assert "Drop all filters" in register("?q=nothing").content.decode()


def test_a_neighbour_sees_the_tasks_of_their_own_bureau_alone(task, neighbour, sign_in):
    assert list(sign_in(neighbour).get(URL).context["page"]) == []


def test_a_person_without_a_programme_finds_no_register(task, stranger, sign_in):
    assert sign_in(stranger).get(URL).status_code == 404


def test_thirty_rows_cost_no_more_than_three(field, market, manager, staff, period, register):
    register()  # the first visit is noted with the session
    with CaptureQueriesContext(connection) as few:
        register()
    for _number in range(9):
        factories.accepted_task(field, market, by=manager, accepted_by=staff)

    with CaptureQueriesContext(connection) as many:
        register()

    assert len(many) == len(few) <= 17 + 4 + 3
