"""The records page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qdtrade import clock
from qdtrade.audit.models import Chain, Event
from qdtrade.programmes.workflow import FREEZE_PERIOD
from qdtrade.workflow import perform
from tests import factories


@pytest.fixture
def records(sign_in, auditor):
    browser = sign_in(auditor)
    browser.cookies["django_language"] = "en"

    def get(query=""):
        return browser.get(f"/records/{query}")

    return get


def seqs(answer):
    return [line.event.seq for line, _url, _row_url in answer.context["rows"]]


def test_the_newest_entry_stands_first(returned, records):
    records()
    found = seqs(records())

    assert found == sorted(found, reverse=True)
    assert found[0] == Chain.objects.get(code="qd-2020").length


def test_opening_the_records_is_recorded_once_a_visit(returned, records):
    records()
    records("?kind=report")
    records("?before=5")

    assert Event.objects.filter(action="open_records").count() == 1


def test_each_person_and_visit_is_recorded(returned, records, manager, sign_in):
    records()
    sign_in(manager).get("/records/")

    people = Event.objects.filter(action="open_records").order_by("seq").values_list("actor_name", flat=True)
    assert list(people) == ["auditor", "manager"]


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ("kind=report&action=return", ["return"]),
        ("q=Which firms", ["return", "return"]),
        ("actor=999999999", []),
        ("kind=report&from=2021-09-25", []),
        ("kind=report&action=submit&to=2021-09-24", ["submit"]),
    ],
)
def test_filters_narrow_the_list(returned, records, query, actions):
    answer = records(f"?{query}")

    assert [line.event.action for line, _url, _row_url in answer.context["rows"]] == actions


def test_an_opened_entry_shows_every_change_and_its_place_in_the_chain(returned, records):
    event = Event.objects.get(kind="report", action="return")

    proof = records(f"?open={event.seq}&kind=report").context["proof"]

    assert proof.is_whole and proof.follows
    assert ("state", "submitted", "returned") in [(one.label, one.old, one.new) for one in proof.changes]
    assert proof.utc.endswith("Z")


def test_older_entries_follow_by_their_number(returned, records, field, market, manager):
    for _number in range(8):
        factories.task(field, market, by=manager)
    first = records()

    older = records(first.context["older"])

    assert len(seqs(first)) == 25
    assert seqs(older)[0] == seqs(first)[-1] - 1


def test_the_chain_is_named_with_length_and_head(returned, records):
    html = records().content.decode()

    assert Chain.objects.get(code="qd-2020").head in html


@pytest.mark.parametrize("person", ["staff", "head", "neighbour"])
def test_people_of_the_bureaus_do_not_read_the_records_at_large(returned, sign_in, request, person):
    assert sign_in(request.getfixturevalue(person)).get("/records/").status_code == 403


def test_another_programmes_records_are_not_there(returned, records, region, service):
    factories.programme(region, code="other")

    html = records("?programme=other")

    assert html.status_code == 404


def test_the_list_costs_the_same_however_much_happened(returned, records, field, market, manager):
    records()
    with CaptureQueriesContext(connection) as few:
        records("?action=return")
    with CaptureQueriesContext(connection) as many:
        records()

    assert len(many) <= len(few) + 2


def test_the_figures_that_a_freezing_kept_read_as_words(submitted, records, manager):
    closed = factories.close_period(submitted.period, by=manager)
    with clock.at(datetime.datetime(2021, 10, 8, 9, 0, tzinfo=clock.BEIJING)):
        perform(FREEZE_PERIOD, closed, by=manager)

        page = records("?action=freeze").content.decode()

    assert "Expected: 1; Exempt: 0; On time: 1; " in page
