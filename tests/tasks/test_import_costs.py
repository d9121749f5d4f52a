"""What the pages of imports ask of the database: the same for a small file and a large one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tasks import importing, sheets

pytestmark = pytest.mark.django_db
SIZES = (3, 40)


def content(size, **changes):
    plain = {"任务领域": "扩大对外开放", "牵头单位": "市市场监管局", "配合单位": ""} | changes
    return sheets.register(*[sheets.line(编号=f"1-{number:03}", **plain) for number in range(size)])


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.fixture
def client(field, market, manager, sign_in):
    browser = sign_in(manager)
    browser.get("/tasks/import/")  # a session's first visit asks for more
    return browser


def test_a_dry_run_costs_the_same_for_few_rows_and_many(client, programme, manager):
    bad = {"完成标准": "", "配合单位": "市新局"}
    few, many = (importing.imported(programme, content(size, **bad), by=manager) for size in SIZES)

    assert asked(client, f"/tasks/import/{many.pk}/") == asked(client, f"/tasks/import/{few.pk}/")


def test_an_applied_one_costs_the_same_for_few_rows_and_many(client, programme, manager):
    few = importing.applied(programme, content(3), by=manager)
    first = asked(client, f"/tasks/import/{few.pk}/")
    importing.taken_back(few, by=manager)
    many = importing.applied(programme, content(40), by=manager)

    assert asked(client, f"/tasks/import/{many.pk}/") == first


def test_the_list_costs_the_same_for_few_imports_and_many(client, programme, manager):
    importing.imported(programme, sheets.plain(), by=manager)
    first = asked(client, "/tasks/import/")
    assert [importing.imported(programme, sheets.plain(), by=manager).status for _n in range(5)] == [
        "read"
    ] * 5

    assert asked(client, "/tasks/import/") == first
