"""What the register says of breakthroughs: a state beside each task, a filter, and how many count below."""

import csv
import io

import pytest
from django.urls import reverse

from tests import breakings, factories
from tests.answers import leave

REGISTER = reverse("task_list")


@pytest.fixture
def task(field, market, manager, staff):
    return factories.accepted_task(field, market, by=manager, accepted_by=staff, code="1-02", title="New")


@pytest.fixture
def plain(field, market, manager, staff):
    """A task that nobody named a candidate."""
    return factories.accepted_task(field, market, by=manager, accepted_by=staff, code="1-09", title="Plain")


def codes(page):
    return [row.task.code for row in page.context["rows"]]


def cells(page):
    return {
        row.task.code: [cell and (cell.state, cell.url) for _, cell in row.beside]
        for row in page.context["rows"]
    }


def test_the_register_says_how_far_the_breakthrough_of_a_task_is(claimed, plain, in_english, manager):
    page = in_english(manager).get(REGISTER)

    assert cells(page) == {
        "1-02": [("claimed", reverse("breakthrough", args=[claimed.pk]))],
        "1-09": [None],
    }
    assert "0 of 1" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "found"), [("recognised", ["1-02"]), ("candidate", []), ("none", ["1-09"]), ("revoked", [])]
)
def test_the_register_is_filtered_by_it(recognised, plain, sign_in, manager, state, found):
    assert codes(sign_in(manager).get(REGISTER, {"breakthrough_state": state})) == found


def test_what_was_named_anew_counts_as_what_it_is_now(recognised, sign_in, manager):
    breakings.revoke(recognised, by=manager)
    page = sign_in(manager)
    assert codes(page.get(REGISTER, {"breakthrough_state": "revoked"})) == ["1-02"]

    again = breakings.flag(recognised.task, by=manager)

    assert codes(page.get(REGISTER, {"breakthrough_state": "revoked"})) == []
    assert cells(page.get(REGISTER))["1-02"] == [("candidate", reverse("breakthrough", args=[again.pk]))]


def test_the_file_of_the_register_holds_the_same_words(recognised, plain, in_english, manager):
    file = in_english(manager).get(reverse("tasks_export"), {"columns": "screen"})
    heading, *rows = csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))
    leave(file)

    place = heading.index("Breakthrough")
    assert {row[0]: row[place] for row in rows} == {"1-02": "recognised", "1-09": ""}


def test_a_state_that_does_not_exist_is_refused_by_name(claimed, api, manager):
    answer = api(manager).get(reverse("api:task-list"), {"breakthrough_state": "famous"})

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["breakthrough_state"]
