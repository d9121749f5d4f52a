"""The register through the API: lists, filters, plain changes, and what each row costs."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.models import Task
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = [
    "programmes", "bureaus", "fields", "tasks", "milestones", "periods", "expected-reports", "reports", "evidence",
    "events",
]  # fmt: skip
OF_A_PERSON = ("django_session", "accounts_user", "programmes_membership")


def selects(queries):
    """The SELECTs of the content: those that find out who asks are counted apart."""
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    return [sql for sql in asked if not any(f'FROM "{table}"' in sql for table in OF_A_PERSON)]


def codes(answer):
    return [row["code"] for row in answer.json()["results"]]


@pytest.fixture
def register(field, market, commerce, manager):
    """Three tasks: one of the market bureau, two of the bureau of commerce, supported by the other."""
    return [
        factories.task(field, market, by=manager, code="1-01", title="Registration"),
        factories.task(field, commerce, by=manager, code="1-02", title="Single window", own_choice=True),
        factories.task(field, commerce, by=manager, code="1-03", title="Patents", supporting=(market,),
                       due_on=datetime.date(2023, 3, 31), is_sample=True),
    ]  # fmt: skip


def test_a_task_shows_what_the_register_says(api, staff, task):
    body = api(staff).get(f"/api/v1/tasks/{task.pk}/").json()

    assert body["lead"] == {
        "id": task.lead_id,
        "code": "scjg",
        "name": task.lead.name,
        "short_name": str(task.lead),
    }
    assert (body["code"], body["title"], body["status"]) == (task.code, task.title, "in_progress")
    assert (body["starts_on"], body["due_on"], body["progress"]) == ("2020-10-01", "2022-03-31", "0.00")
    assert (body["milestones_done"], body["milestones_total"], body["is_sample"]) == (0, 2, False)
    assert (body["programme"], body["version"]) == ("qd-2020", 2)
    assert body["url"] == f"http://testserver/api/v1/tasks/{task.pk}/"


def test_a_sample_says_so(api, staff, register):
    body = api(staff).get("/api/v1/tasks/?sample=true").json()

    assert [(row["code"], row["is_sample"]) for row in body["results"]] == [("1-03", True)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1-01", "1-02", "1-03"]),
        ("q=window", ["1-02"]),
        ("search=1-03", ["1-03"]),
        ("search=commerce", []),
        ("search=商务", ["1-02", "1-03"]),
        ("search=市场 patents", ["1-03"]),
        ("lead=sww", ["1-02", "1-03"]),
        ("lead=sww&own_choice=true", ["1-02"]),
        ("own_choice=false", ["1-01", "1-03"]),
        ("sample=false", ["1-01", "1-02"]),
        ("status=registered", ["1-01", "1-02", "1-03"]),
        ("status=done", []),
        ("due_from=2023-01-01", ["1-03"]),
        ("due_to=2022-12-31", ["1-01", "1-02"]),
        ("programme=qd-2020", ["1-01", "1-02", "1-03"]),
        ("ordering=-code", ["1-03", "1-02", "1-01"]),
        ("ordering=-due_on,code", ["1-03", "1-01", "1-02"]),
        ("status=&q=", ["1-01", "1-02", "1-03"]),
        ("report=not_filed", []),
        ("overdue=true", []),
    ],
)
def test_the_filters_find(api, manager, register, query, found):
    assert codes(api(manager).get(f"/api/v1/tasks/?{query}")) == found


@pytest.mark.parametrize(
    ("name", "state"),
    [("report", "not_filed"), ("report", "submitted"), ("report", "returned"), ("overdue", "true")],
)
def test_the_state_of_this_periods_report_is_a_filter(api, manager, returned, name, state):
    found = codes(api(manager).get(f"/api/v1/tasks/?{name}={state}"))

    assert bool(found) is (state in {"returned", "true"})


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("status=nonsense", "status"),
        ("sample=maybe", "sample"),
        ("lead=nowhere", "lead"),
        ("lead=%00", "lead"),
        ("lead=99999999999999999999", "lead"),
        ("field=x", "field"),
        ("field=999999", "field"),
        ("due_from=yesterday", "due_from"),
        ("programme=other", "programme"),
        ("ordering=password", "ordering"),
        ("ordering=lead__code", "ordering"),
        ("report=lost", "report"),
        ("q=" + "x" * 101, "q"),
        ("q=%00", "q"),
        ("page_size=many", "page_size"),
        ("page_size=0", "page_size"),
        ("stauts=done", "stauts"),
    ],
)
def test_a_filter_that_makes_no_sense_is_a_named_error(api, manager, register, query, name):
    answer = api(manager).get(f"/api/v1/tasks/?{query}")

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [name]


def test_a_page_holds_at_most_a_hundred_rows(api, manager, field, market):
    for _number in range(101):
        factories.task(field, market, by=manager)

    body = api(manager).get("/api/v1/tasks/?page_size=1000").json()

    assert (body["count"], len(body["results"])) == (101, 100)
    assert "page=2" in body["next"]


def test_a_page_beyond_the_last_is_not_there(api, manager, register):
    assert api(manager).get("/api/v1/tasks/?page=9").status_code == 404


def test_staff_see_what_their_bureau_takes_part_in(api, staff, neighbour, stranger, register):
    assert codes(api(staff).get("/api/v1/tasks/")) == ["1-01", "1-03"]
    assert codes(api(neighbour).get("/api/v1/tasks/")) == ["1-02", "1-03"]
    assert codes(api(stranger).get("/api/v1/tasks/")) == []


def test_a_task_outside_ones_scope_is_not_there(api, neighbour, stranger, root, task):
    for person in (neighbour, stranger, root):
        assert api(person).get(f"/api/v1/tasks/{task.pk}/").status_code == 404
        assert api(person).post(f"/api/v1/tasks/{task.pk}/accept/").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_the_rows_of_another_programme_are_nowhere(api, region, market, name, approved):
    other = factories.programme(region, code="other")
    outsider = factories.member("outsider", other, "manager", market)

    body = api(outsider).get(f"/api/v1/{name}/").json()

    assert "qd-2020" not in str(body["results"]) or name in {"bureaus", "events"}
    assert approved.task.title not in str(body["results"])


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_filtered_by_programme(api, auditor, name, approved):
    assert api(auditor).get(f"/api/v1/{name}/?programme=qd-2020").status_code == 200
    assert api(auditor).get(f"/api/v1/{name}/?programme=none").status_code == 400


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_searched(api, auditor, name, approved):
    answer = api(auditor).get(f"/api/v1/{name}/?search=nothing-is-called-so")

    assert (answer.status_code, answer.json()["count"]) == (200, 0)


@pytest.mark.moves("Task.accept")
def test_a_task_is_accepted(api, staff, register):
    answer = api(staff).post(f"/api/v1/tasks/{register[0].pk}/accept/")

    assert answer.json()["status"] == "in_progress"
    assert answer.json()["moves"] == [] or not any(move["open"] for move in answer.json()["moves"])


def test_a_task_is_accepted_by_its_lead_alone(api, staff, manager, auditor, register):
    assert api(staff).post(f"/api/v1/tasks/{register[2].pk}/accept/").status_code == 403
    assert api(manager).post(f"/api/v1/tasks/{register[0].pk}/accept/").status_code == 403
    assert api(auditor).post(f"/api/v1/tasks/{register[0].pk}/accept/").status_code == 403


def test_a_task_is_accepted_once(api, staff, task):
    assert api(staff).post(f"/api/v1/tasks/{task.pk}/accept/").status_code == 409


def change(client, task, body, seen=None):
    seen = seen or client.get(f"/api/v1/tasks/{task.pk}/").headers.get("ETag", '"1"')
    return client.patch(f"/api/v1/tasks/{task.pk}/", body, headers={"If-Match": seen}, format="json")


def test_plain_fields_are_changed_on_the_version_that_was_read(api, manager, task):
    answer = change(api(manager), task, {"title": "Renamed", "due_on": "2022-06-30", "comment": "Agreed."})

    assert (answer.status_code, answer.json()["title"]) == (200, "Renamed")
    assert answer["ETag"].startswith('"3-')


def test_a_change_on_an_old_version_is_refused(api, manager, task):
    client = api(manager)
    seen = client.get(f"/api/v1/tasks/{task.pk}/")["ETag"]
    change(client, task, {"title": "First"})

    assert change(client, task, {"title": "Second"}, seen).status_code == 412
    assert Task.objects.get(pk=task.pk).title == "First"


@pytest.mark.parametrize("header", [None, "", "*"])
def test_a_change_names_the_version_it_rests_on(api, manager, task, header):
    headers = {} if header is None else {"If-Match": header}

    answer = api(manager).patch(f"/api/v1/tasks/{task.pk}/", {"title": "x"}, headers=headers, format="json")

    assert answer.status_code == 428


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "done"),
        ("progress", "100"),
        ("lead", 1),
        ("code", "9-99"),
        ("accepted_by", 1),
        ("is_sample", False),
        ("version", 1),
        ("programme", "other"),
        ("nonsense", 1),
        ("due_on", "2019-01-01"),
        ("due_on", "soon"),
        ("title", ""),
        ("title", "x" * 201),
        ("title", "a\x00b"),
        ("standard", " "),
        ("field", 99999),
        ("extra", {"a": 1}),
        ("extra", [["a"]]),
        ("comment", 5),
    ],
)
def test_what_cannot_be_changed_is_named(api, manager, task, name, value):
    answer = change(api(manager), task, {name: value})

    assert answer.status_code == 400
    assert {error["field"].split(".")[0] for error in answer.json()["errors"]} == {name}


def test_a_task_does_not_move_to_a_field_of_another_programme(api, manager, region, task):
    other = factories.field(factories.programme(region, code="other"))

    assert change(api(manager), task, {"field": other.pk}).status_code == 400


def test_plain_fields_are_changed_by_those_who_run_the_programme(api, staff, head, auditor, task):
    for person in (staff, head, auditor):
        assert change(api(person), task, {"title": "Mine"}).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "post"])
def test_a_task_is_neither_replaced_nor_removed(api, manager, task, method):
    assert getattr(api(manager), method)(f"/api/v1/tasks/{task.pk}/").status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_a_few_times(api, auditor, manager, staff, report, name):
    factories.attach(report, by=staff)
    factories.submit(report, by=staff)
    client = api(auditor)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(f"/api/v1/{name}/")

    assert answer.json()["count"] > 0
    assert len(selects(queries.captured_queries)) <= 6


@pytest.mark.parametrize("name", LISTS)
def test_a_row_asks_the_database_a_few_times(api, auditor, staff, report, name):
    factories.attach(report, by=staff)
    factories.submit(report, by=staff)
    client = api(auditor)
    url = client.get(f"/api/v1/{name}/").json()["results"][0]["url"]

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200

    assert len(selects(queries.captured_queries)) <= 6


@pytest.mark.parametrize("name", ["tasks", "reports", "periods", "expected-reports", "milestones", "events"])
def test_a_list_costs_the_same_for_three_rows_and_thirty(api, manager, staff, field, market, programme, name):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/{name}/?page_size=100&programme=qd-2020")
        return len(selects(queries.captured_queries))

    client = api(manager)
    for _number in range(3):
        factories.accepted_task(field, market, by=manager, accepted_by=staff)
    factories.open_period(programme, by=manager, month=8)
    few = asked()
    for _number in range(12):
        factories.accepted_task(field, market, by=manager, accepted_by=staff)
    factories.open_period(programme, by=manager, month=9)

    assert asked() == few
