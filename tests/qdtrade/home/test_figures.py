"""Each figure says how it came about, over exactly the rows that its list shows, in every role."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qdtrade.audit.models import Event
from qdtrade.home.records import visible_events
from qdtrade.programmes.listing import LISTINGS
from tests import factories, signings

EXPLAINED = ["tasks", "reports", "parts", "part_reports", "projects", "project_updates", "breakthroughs"]
READERS = ["staff", "head", "neighbour", "manager", "auditor", "admin"]


@pytest.fixture
def town(returned, field, market, commerce, manager, programme):
    """Tasks of two bureaus, one overdue, with a returned report, and a signed project."""
    factories.task(field, commerce, by=manager, title="Somebody else's")
    signings.project(signings.sector(programme, by=manager), market, by=manager)
    return returned


@pytest.fixture
def asks(sign_in, request):
    def ask(person, path):
        browser = sign_in(request.getfixturevalue(person))
        browser.cookies["django_language"] = "en"
        answer = browser.get(path)
        assert answer.status_code == 200, path
        return answer

    return ask


def test_every_list_of_rows_is_explained():
    assert sorted(EXPLAINED) == sorted(name for name, one in LISTINGS.items() if one.explained)


@pytest.mark.parametrize("person", READERS)
def test_a_figure_has_as_many_rows_as_the_list_that_it_opens(town, asks, person):
    explained = [asks(person, f"/figures/{listed}/").context for listed in EXPLAINED]

    figures = [(one["number"], one["rows_url"]) for one in explained]
    figures += [
        (part.number, url)
        for one in explained
        for shown in one["figures"]
        for part, url in shown.parts
        if url
    ]
    assert [(asks(person, url).context["page"].paginator.count, url) for _number, url in figures] == figures


@pytest.mark.parametrize(
    "query", ["status=in_progress", "overdue=true", "q=else", "lead=sww", "due_to=2022-12-31"]
)
def test_filters_are_said_and_cut_page_and_explanation_alike(town, asks, query):
    listed = asks("manager", f"/tasks/?{query}")
    explained = asks("manager", listed.context["figures_url"])

    assert explained.context["number"] == listed.context["page"].paginator.count
    assert len(explained.context["filters"]) == 1
    assert f"{explained.context['number']} of 2" in explained.content.decode()


@pytest.mark.parametrize("person", ["manager", "staff"])
def test_the_sums_below_the_register_are_those_that_are_explained(town, asks, person):
    totals = asks(person, "/tasks/").context["totals"]
    figures = {one.figure.name: one.measured for one in asks(person, "/figures/tasks/").context["figures"]}

    assert figures["leads"].value == str(totals["leads"])
    assert [part.number for part in figures["milestones"].parts] == [totals["nodes_done"], totals["nodes"]]
    assert [part.number for part in figures["filed"].parts] == [totals["filed"], totals["owed"]]
    assert figures["progress"].value == f"{totals['progress']:.1f} %"


def test_the_sums_below_the_signings_are_those_that_are_explained(town, asks):
    totals = asks("manager", "/projects/").context["totals"]
    figures = {
        one.figure.name: one.measured for one in asks("manager", "/figures/projects/").context["figures"]
    }

    for name in ("planned_investment", "contracted_inflow", "came_in", "paid", "invested"):
        assert f"{totals[name]:,.0f} yuan" in figures[name].computed
    assert figures["carriers"].value == str(totals["carriers"])


def test_each_rate_of_a_period_opens_its_explanation(town, asks):
    page = asks("manager", f"/periods/{town.period.pk}/")
    links = set(re.findall(r'href="(/figures/[^"#]+)#(\w+)"[^>]*>(?:<b>)?([\d.]+)', page.content.decode()))

    assert {name for _url, name, _value in links} == {"coverage", "timeliness", "returned"}
    for url, name, value in links:
        found = asks("manager", url.replace("&amp;", "&")).context["figures"]
        assert next(one.measured.value for one in found if one.figure.name == name) == f"{value} %"


def test_the_records_behind_a_figure_are_those_of_its_rows(town, asks):
    asks("auditor", "/records/")
    for listed in EXPLAINED:
        explained = asks("auditor", f"/figures/{listed}/").context
        found = asks("auditor", explained["events_url"]).context

        assert found["count"] == explained["events"], listed
        assert (found["count"] > 0) is (explained["number"] > 0), listed


def test_they_follow_the_filters(town, asks, auditor):
    explained = asks("auditor", f"/figures/reports/?report=returned&period={town.period.pk}").context
    page = asks("auditor", explained["events_url"])

    kinds = {(line.event.kind, line.event.label) for line, _url, _row_url in page.context["rows"]}
    assert {kind for kind, _label in kinds} == {"expectedreport", "report", "reportversion"}
    assert "Records of the rows that “Progress reports” has now" in page.content.decode()
    assert Event.objects.filter(kind="report", action="return").exists()


@pytest.mark.parametrize("behind", ["nothing", "records", "tasks?nonsense=1", "tasks?status=nonsense"])
def test_a_list_or_a_filter_that_there_is_not_is_a_named_error(town, sign_in, auditor, behind):
    answer = sign_in(auditor).get("/records/", {"rows_of": behind})

    assert answer.status_code == 400


def test_behind_a_list_nobody_finds_what_they_do_not_see(town, sign_in, neighbour, api):
    found = api(neighbour).get("/api/v1/events/", {"rows_of": "tasks", "programme": "qd-2020"}).json()

    assert found["count"] == visible_events(neighbour).filter(root_kind="task").count()


@pytest.mark.parametrize(("listed", "code"), [("records", 404), ("nothing", 404), ("tasks", 200)])
def test_what_is_no_explained_list_is_not_there(town, sign_in, manager, listed, code):
    assert sign_in(manager).get(reverse("figures", args=[listed])).status_code == code


def test_it_costs_the_same_however_many_rows_there_are(town, asks, field, market, manager):
    asks("manager", "/figures/tasks/?q=task")
    with CaptureQueriesContext(connection) as few:
        asks("manager", "/figures/tasks/?q=task")
    for _number in range(8):
        factories.task(field, market, by=manager)
    with CaptureQueriesContext(connection) as many:
        asks("manager", "/figures/tasks/?q=task")

    assert len(few) == len(many)


def test_an_empty_denominator_is_no_zero(programme, asks, manager):
    figures = asks("manager", "/figures/reports/").context["figures"]

    assert {one.measured.value for one in figures} == {"—"}


def test_staff_are_not_led_where_they_may_not_go(town, asks):
    page = asks("staff", "/figures/tasks/")

    assert page.context["events_url"] == ""
    assert "/records/" not in page.content.decode()
