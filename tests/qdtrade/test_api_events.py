"""The records through the API."""

import pytest

from qdtrade.audit.models import Event
from tasks.actions import register
from tests import factories

pytestmark = pytest.mark.django_db


def events(client, query=""):
    return client.get(f"/api/v1/events/?page_size=100{query}").json()["results"]


def test_an_event_says_who_did_what_and_why(api, auditor, returned, manager):
    row = next(row for row in events(api(auditor), "&action=return") if row["object"]["kind"] == "report")

    assert row["actor"]["id"] == manager.pk
    assert row["actor"]["role"] == "manager"
    assert row["comment"] == "Which firms?"
    assert row["changes"]["status"] == ["submitted", "returned"]
    assert row["history_of"] == {"kind": "task", "id": returned.task.pk}
    assert (row["chain"], row["door"], len(row["hash"])) == ("qd-2020", "command", 64)


def test_the_newest_event_comes_first(api, auditor, approved):
    numbers = [row["seq"] for row in events(api(auditor), "&programme=qd-2020")]

    assert numbers == sorted(numbers, reverse=True)


def test_those_who_read_a_programme_whole_read_all_its_records(api, manager, auditor, admin, approved):
    every = Event.objects.filter(chain__code="qd-2020").count()

    for person in (manager, auditor, admin):
        assert api(person).get("/api/v1/events/").json()["count"] >= every


def test_staff_read_the_histories_of_their_tasks(api, staff, neighbour, approved):
    assert {row["history_of"]["id"] for row in events(api(staff))} == {approved.task.pk}
    assert {row["history_of"]["kind"] for row in events(api(staff))} == {"task"}
    assert events(api(neighbour)) == []


def test_a_stranger_reads_nothing(api, stranger, approved):
    assert events(api(stranger)) == []


def test_the_system_s_records_are_for_the_server_s_administrator(api, root, manager, auditor, approved):
    assert {row["chain"] for row in events(api(root))} == {"system"}
    assert {row["chain"] for row in events(api(auditor))} == {"qd-2020"}


def test_an_event_outside_ones_scope_is_not_there(api, neighbour, approved):
    event = Event.objects.filter(kind="report").first()

    assert api(neighbour).get(f"/api/v1/events/{event.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_changes_a_record(api, root, auditor, approved, method):
    event = Event.objects.filter(chain__code="qd-2020").first()

    for person in (root, auditor):
        assert getattr(api(person), method)(f"/api/v1/events/{event.pk}/").status_code == 405
        assert api(person).post("/api/v1/events/").status_code == 405


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=report&action=approve", 1),
        ("kind=period", 2),
        ("from=2021-09-24&to=2021-09-24&kind=report&action=approve", 1),
        ("from=2021-09-25", 0),
        ("to=2021-09-23", 0),
        ("bureau=sdb&action=approve&kind=report", 1),
        ("bureau=sww", 0),
        ("role=manager&action=approve&kind=report", 1),
        ("door=page", 0),
        ("q=nothing-like-this", 0),
        ("search=approved&kind=report", 1),
    ],
)
def test_the_filters_find(api, auditor, commerce, approved, query, found):
    assert api(auditor).get(f"/api/v1/events/?{query}").json()["count"] == found


def test_a_tasks_history_is_one_filter(api, auditor, approved, manager, field, market):
    factories.task(field, market, by=manager)

    found = events(api(auditor), f"&task={approved.task.pk}")

    assert {row["history_of"]["id"] for row in found} == {approved.task.pk}


@pytest.mark.parametrize(
    "query", ["kind=x", "from=soon", "bureau=nowhere", "actor=me", "ordering=comment", "door=window"]
)
def test_a_filter_that_makes_no_sense_is_a_named_error(api, auditor, approved, query):
    answer = api(auditor).get(f"/api/v1/events/?{query}")

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [query.split("=")[0]]


def test_events_of_samples_carry_the_mark(api, auditor, manager, field, market):
    task = factories.task(field, market, by=manager, is_sample=True)
    register.edit_task(task, {"title": "Renamed"}, by=manager)

    assert all(row["is_sample"] for row in events(api(auditor), f"&task={task.pk}"))
    assert not any(row["is_sample"] for row in events(api(auditor), "&kind=membership"))


def test_reading_the_records_at_large_is_recorded(api, auditor, staff, approved):
    events(api(staff))
    events(api(auditor), f"&task={approved.task.pk}")
    assert not Event.objects.filter(action="open_records").exists()

    events(api(auditor))

    assert Event.objects.get(action="open_records").actor_id == auditor.pk


def test_pages_end_where_counting_rows_out_would_be_dear_and_say_how_to_go_on(api, auditor, approved):
    answer = api(auditor).get("/api/v1/events/?page=101&page_size=100")

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["page"]
    assert [row["seq"] for row in events(api(auditor), "&programme=qd-2020&seq_from=2&seq_to=4")] == [4, 3, 2]
