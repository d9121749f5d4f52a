"""A list costs the same for three rows and thirty; a page stays within its budget (DECISIONS 20).

Budgets count SELECTs of the page's own content: what the shell asks (menu, notices) has a budget of its own.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qdtrade.home import shell
from tests import factories

FEW, MANY = 3, 30
SHELL = 4
BUDGETS = {"task_list": 15, "task": 25, "report_list": 15, "report": 25, "desk": 25, "period_list": 15, "my_work": 25}


@pytest.fixture
def register(field, market, commerce, manager, staff, programme):
    """Makes tasks in progress, each supported by another bureau, with a submitted report; more on each call."""

    def make(number):
        have = field.tasks.count()
        rows = [
            factories.accepted_task(field, market, by=manager, accepted_by=staff, supporting=(commerce,))
            for _one in range(number - have)
        ]
        month = 1 + programme.periods.count()
        period = factories.open_period(programme, by=manager, month=month)
        for row in rows:
            report = factories.report_of(row, period)
            factories.attach(report, by=staff, body=f"%PDF-1.4 {row.pk}".encode())
            factories.submit(report, by=staff)
        return rows

    return make


def selects(ask):
    """The SELECTs of one request, without those of session and sign-in."""
    with CaptureQueriesContext(connection, ) as asked:
        answer = ask()
        if answer.streaming:
            b"".join(answer.streaming_content)
    answer.close()
    assert answer.status_code == 200
    statements = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    return [sql for sql in statements if "django_session" not in sql]


def shell_selects(request_of):
    pass


PAGES = ["task_list", "report_list", "desk", "period_list", "my_work", "notices", "records"]
EXPORTS = ["tasks_export", "reports_export", "expected_reports_export", "records_export"]
API = ["programme", "bureau", "field", "task", "milestone", "period", "expectedreport", "report", "evidence", "event"]


@pytest.mark.parametrize("name", [*PAGES, *EXPORTS])
@pytest.mark.parametrize("who", ["manager", "staff"])
def test_a_page_costs_the_same_for_few_rows_and_many(name, who, register, request, sign_in):
    register(FEW)
    person = request.getfixturevalue(who)
    client = sign_in(person)
    if client.get(reverse(name)).status_code == 403:
        pytest.skip("not this person's page")
    few = selects(lambda: client.get(reverse(name)))

    register(MANY)

    assert len(selects(lambda: client.get(reverse(name)))) <= len(few)
