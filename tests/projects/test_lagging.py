"""What is behind and what is stalled: the rule in SQL, its sentence, and every door that shows it."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import translation

from projects import lagging, workflow
from projects.models import Project
from qdtrade import clock
from qdtrade.programmes.actions import edit_programme
from qdtrade.workflow import perform
from tests import signings
from tests.signings import YI

DAY = datetime.date
TODAY = DAY(2021, 9, 24)
LATER = {"full": DAY(2022, 9, 4)}


def lags(project, today=TODAY):
    row = lagging.with_lags(Project.objects.for_list(), today).get(pk=project.pk)
    found = [lag.state for lag in lagging.lags(row, today)]
    assert ("behind" in found) is lagging.behind(today).filter(pk=row.pk).exists()
    assert ("stalled" in found) is lagging.stalled(today).filter(pk=row.pk).exists()
    with translation.override("en"):
        return [(lag.state, lag.reason) for lag in lagging.lags(row, today)]


@pytest.fixture
def planned(sector, zone, manager):
    """Signed on 4 September of 18亿元, to be at full output a year later."""
    return signings.project(sector, zone, by=manager, plans=LATER)


def test_a_gate_past_its_day_is_behind_and_says_which_and_how_long(project):
    assert lags(project, DAY(2021, 9, 4)) == []
    assert lags(project) == [("behind", "framework agreement 20 days overdue")]


def test_a_proposed_gate_waits_for_the_office_and_is_not_behind(proposed):
    assert lags(proposed.project) == []


def test_a_returned_gate_waits_for_its_carrier_again(proposed, manager):
    perform(workflow.RETURN, proposed, by=manager, comment="Which firm?")

    assert [state for state, _why in lags(proposed.project)] == ["behind"]


def test_money_is_behind_from_the_tenth_point_on(planned, carrier):
    assert lags(planned, DAY(2021, 10, 10)) == []  # 36 of 365 days: 9.86 points

    assert lags(planned, DAY(2021, 10, 11)) == [("behind", "money in is 1.82 亿元 behind plan")]
    signings.enter(planned, YI / 100, by=carrier)
    assert lags(planned, DAY(2021, 10, 11)) == [("behind", "money in is 1.81 亿元 behind plan")]
    signings.enter(planned, YI / 50, by=carrier)
    assert lags(planned, DAY(2021, 10, 11)) == []


def test_the_plan_is_that_of_the_contracted_inflow_where_one_was_agreed(sector, zone, manager):
    row = signings.project(sector, zone, by=manager, plans=LATER, contracted_inflow=5 * YI)

    assert lags(row, DAY(2022, 9, 4)) == [
        ("behind", "money in is 5.00 亿元 behind plan"),
        ("stalled", "365 days without a change"),
    ]


def test_without_a_planned_end_no_money_is_behind(sector, zone, manager):
    row = signings.project(sector, zone, by=manager, plans={})

    assert lags(row, DAY(2021, 12, 2)) == []


def test_the_programme_says_how_far_and_how_long(planned, programme, admin):
    edit_programme(programme, {"behind_points": 5, "stalled_days": 30}, by=admin)

    assert [state for state, _why in lags(planned, DAY(2021, 9, 23))] == ["behind"]
    assert lags(planned, DAY(2021, 10, 4))[-1] == ("stalled", "30 days without a change")


def test_ninety_days_without_a_confirmed_change_is_stalled(sector, zone, carrier, manager):
    row = signings.project(sector, zone, by=manager, plans={})

    assert lags(row, DAY(2021, 12, 2)) == []
    assert lags(row, DAY(2021, 12, 3)) == [("stalled", "90 days without a change")]
    signings.propose(row, by=carrier)
    assert [state for state, _why in lags(row, DAY(2021, 12, 3))] == ["stalled"]
    signings.confirm(signings.gate(row, "framework"), by=manager)
    assert lags(row, DAY(2021, 12, 3)) == []
    assert lags(row, DAY(2021, 12, 23)) == [("stalled", "90 days without a change")]


def test_a_sum_is_a_change_on_the_day_in_beijing_that_it_was_entered(sector, zone, carrier, manager):
    row = signings.project(sector, zone, by=manager, plans={})
    with clock.at(datetime.datetime(2021, 9, 30, 0, 30, tzinfo=clock.BEIJING)):
        signings.enter(row, YI, by=carrier)

    assert lags(row, DAY(2021, 12, 28)) == []
    assert lags(row, DAY(2021, 12, 29)) == [("stalled", "90 days without a change")]


@pytest.mark.parametrize("move", [workflow.TERMINATE, workflow.REMOVE], ids=lambda move: move.name)
def test_what_ended_is_neither_behind_nor_stalled(project, manager, move):
    perform(move, project, by=manager, comment="Withdrew.", on=TODAY)

    assert lags(project, DAY(2023, 1, 1)) == []


@pytest.fixture
def both(project, sector, zone, manager):
    """One that is behind and one that is stalled, two years after the second was signed."""
    signings.project(
        sector, zone, by=manager, code="OLD", signed_on=DAY(2019, 9, 4), plans={}, planned_investment=YI
    )
    return project


def test_the_list_the_program_and_the_file_find_the_same(both, manager, sign_in, api):
    client, program = sign_in(manager), api(manager)
    url = reverse("projects_export")
    found = {}
    for state in ("behind", "stalled"):
        page = client.get(reverse("project_list"), {state: "true"})
        answer = program.get(reverse("api:project-list"), {state: "true"}).json()["results"]
        file = b"".join(client.get(url, {state: "true"}).streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(file)))
        assert page.context["rows"][0].why == rows[0]["迟滞原因（只读）"] == answer[0]["lags"][0]["reason"]
        assert {len(page.context["rows"]), len(answer), len(rows)} == {1}
        found[state] = answer[0]["code"], answer[0]["lags"][0]["state"]

    assert found == {"behind": (both.code, "behind"), "stalled": ("OLD", "stalled")}


def test_the_page_says_state_and_reason(both, manager, sign_in):
    shown = sign_in(manager).get(reverse("project", args=[both.pk]))
    (lag,) = shown.context["row"].lags

    assert lag.reason in shown.content.decode()
    assert str(lag.label) in shown.content.decode()
