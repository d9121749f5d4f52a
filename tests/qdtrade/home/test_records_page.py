"""The records page."""

import datetime
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qdtrade import clock
from qdtrade.audit.models import Chain, Event
from qdtrade.programmes.workflow import FREEZE_PERIOD
from qdtrade.workflow import perform
from tasks.actions.register import edit_task
from tasks.workflow import RETURN
from tests import factories, signings


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


@pytest.mark.parametrize("about", ["{task.code}", "{task.title}", "{task.code} "])
def test_a_task_brings_everything_that_belongs_to_it(returned, records, field, market, manager, about):
    factories.task(field, market, by=manager, title="Something else")

    answer = records(f"?about={about.format(task=returned.task)}")

    roots = {(line.event.root_kind, line.event.root_id) for line, _url, _row_url in answer.context["rows"]}
    assert roots == {("task", returned.task.pk)}
    assert [one.code for one in answer.context["meant"]] == [returned.task.code]


def test_what_is_called_so_no_longer_is_still_found(returned, records, field, market, manager):
    task = factories.task(field, market, by=manager, title="Called so once")
    edit_task(task, {"title": "Called otherwise"}, by=manager)

    answer = records("?about=so once")

    assert {line.event.object_id for line, _url, _row_url in answer.context["rows"]} >= {task.pk}
    assert "No task or project is called so today" in answer.content.decode()


@pytest.mark.parametrize("word", ["反馈", "which FIRMS", 'the "first" ten', "a\\b"])
def test_words_are_found_wherever_they_stand_two_characters_too(submitted, records, manager, word):
    comment = 'Which firms? 请反馈 the "first" ten, a\\b'
    perform(RETURN, submitted, by=manager, comment=comment)

    answer = records(f"?q={quote(word)}&kind=report")

    assert [line.event.action for line, _url, _row_url in answer.context["rows"]] == ["return"]


def test_a_word_never_runs_from_one_part_into_the_next(returned, records):
    event = Event.objects.get(kind="report", action="return")

    assert records(f"?q={event.label[-3:].strip()}{event.actor_name}").context["rows"] == []


@pytest.mark.parametrize("ordering", ["", "at", "-at", "who", "-action", "object,-at", "-hash"])
def test_pages_turn_from_entry_to_entry_in_any_order(returned, records, field, market, manager, ordering):
    for _number in range(10):
        factories.task(field, market, by=manager)
    records()
    with CaptureQueriesContext(connection) as asked:
        first = records(f"?ordering={ordering}")
        second = records(f"{first.context['older']}")

    turned = [*seqs(first), *seqs(second)]
    assert len(set(turned)) == len(turned) == min(50, Chain.objects.get(code="qd-2020").length)
    assert not any("OFFSET" in query["sql"] and "audit_event" in query["sql"] for query in asked)


def test_a_filter_that_a_link_brought_stands_beside_the_others(returned, records):
    answer = records(f"?kind=report&object={returned.pk}")

    assert "object" in [pill.name for pill in answer.context["pills"]]
    assert "object" not in [pill.name for pill in records().context["pills"]]


@pytest.mark.parametrize(("person", "leads"), [("auditor", True), ("manager", True), ("staff", False)])
def test_the_page_of_a_task_leads_those_who_read_the_records_there(returned, sign_in, request, person, leads):
    page = sign_in(request.getfixturevalue(person)).get(f"/tasks/{returned.task.pk}/")

    assert (f"about={returned.task.code}" in page.content.decode()) is leads


def test_each_record_leads_to_the_page_of_what_it_is_about(returned, programme, commerce, manager, records):
    project = signings.project(signings.sector(programme, by=manager), commerce, by=manager)

    pages = {line.event.kind: url for line, url, _row_url in records().context["rows"]}

    assert pages["project"] == pages["gate"] == f"/projects/{project.pk}/"
    assert pages["report"] == f"/reports/{returned.pk}/"
    assert pages["reportversion"] == f"/tasks/{returned.task.pk}/"
