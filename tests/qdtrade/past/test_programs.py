"""The API and the files as of another day."""

import csv
import io

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.programmes.models import Export
from tasks.actions.register import edit_task
from tests.qdtrade.past.days import LATER, THEN
from tests.qdtrade.test_api_tokens import program

pytestmark = pytest.mark.django_db
NEW = "改过的名称"
TASKS = "/api/v1/tasks/"


@pytest.fixture(autouse=True)
def renamed(task, staff, auditor, manager):
    """A task that bears another name since."""
    with clock.at(LATER):
        yield edit_task(task, {"title": NEW}, by=manager)


def test_a_list_and_a_row_are_answered_as_of_the_day(task, staff):
    client = program(staff)

    rows = client.get(TASKS, {"as_of": THEN})
    row = client.get(f"{TASKS}{task.pk}/", {"as_of": THEN})

    assert [one["title"] for one in rows.json()["results"]] == [task.title] == [row.json()["title"]]
    assert row.json()["moves"] == []
    assert rows.headers["As-Of"] == row.headers["As-Of"] == "2021-09-24T15:59:59Z"
    assert client.get(f"{TASKS}{task.pk}/").json()["title"] == NEW


def test_a_program_changes_nothing_in_the_past(task, staff):
    answer = program(staff).post(f"{TASKS}{task.pk}/claim/?as_of={THEN}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")


@pytest.mark.parametrize(("url", "day"), [(TASKS, "soon"), ("/api/v1/events/", THEN), (TASKS, "2021-09-27")])
def test_what_cannot_be_answered_names_the_parameter(url, day, staff):
    answer = program(staff).get(url, {"as_of": day})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "as_of")


def test_nobody_gets_no_past(db):
    assert APIClient().get(TASKS, {"as_of": THEN}).status_code == 401


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_holds_what_stood_then_and_is_recorded_now(form, task, auditor, sign_in):
    answer = sign_in(auditor).get(reverse("tasks_export"), {"as_of": THEN, "format": form})
    content = b"".join(answer.streaming_content)

    assert f"as-of-20210924.{form}" in answer.headers["Content-Disposition"]
    assert Export.objects.get().filters["as_of"] == "2021-09-24T15:59:59Z"
    assert Event.objects.filter(kind="export").get().at == LATER
    assert form == "xlsx" or task.title in [
        row[2] for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))
    ]
