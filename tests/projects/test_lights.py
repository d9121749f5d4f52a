"""A project's light: of its facts, and never another word than the lists'."""

import datetime
from decimal import Decimal

import pytest

from projects import lagging
from projects.lights import Due, Facts, light_of
from projects.models import Project
from qdtrade import clock
from qdtrade.lights.actions import keep_all, override
from qdtrade.lights.judging import Filed
from qdtrade.lights.models import LightRule
from qdtrade.lights.words import sentence
from tests import signings

DAY = datetime.date
TODAY = DAY(2021, 9, 24)


def judged(**facts):
    found = light_of(Facts(**({"status": "contract"} | facts)), LightRule(), TODAY)
    return str(found.level), [one["code"] for one in found.reasons]


def gate(days):
    return Due("registered", TODAY + datetime.timedelta(days=days))


def update(timeliness):
    return Filed("quarter", DAY(2021, 4, 1), DAY(2021, 6, 28), timeliness)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ("green", ["on_plan"])),
        ({"gate": gate(8)}, ("green", ["on_plan"])),
        ({"gate": gate(7)}, ("yellow", ["gate_soon"])),
        ({"gate": gate(0)}, ("yellow", ["gate_soon"])),
        ({"gate": gate(-1)}, ("red", ["gate_overdue"])),
        ({"missing": Decimal("120000000.00")}, ("yellow", ["money_behind"])),
        ({"idle_days": 90}, ("yellow", ["stalled"])),
        ({"update": update("late")}, ("yellow", ["update_late"])),
        ({"update": update("due")}, ("yellow", ["update_not_filed"])),
        ({"update": update("missing"), "idle_days": 91}, ("red", ["update_missing", "stalled"])),
        ({"was_red": True}, ("yellow", ["caught_up"])),
        ({"status": "full", "gate": gate(-9), "was_red": True}, ("blue", ["full"])),
        ({"status": "terminated", "gate": gate(-9)}, ("grey", ["terminated"])),
        ({"status": "removed", "idle_days": 90}, ("grey", ["removed"])),
    ],
)
def test_a_projects_light(facts, expected):
    assert judged(**facts) == expected


@pytest.mark.django_db
def test_signing_keeps_the_first_light_and_a_late_gate_is_red_in_light_and_list(project):
    row = Project.objects.with_light().get(pk=project.pk)

    assert (row.light, row.light_on) == ("red", TODAY)
    assert lagging.behind(TODAY).get() == project
    assert "20" in sentence(row.light_reasons)


@pytest.mark.django_db
def test_a_gate_that_is_confirmed_turns_red_to_yellow_in_that_quarter(framed):
    project = framed if isinstance(framed, Project) else framed.project

    row = Project.objects.with_light().get(pk=project.pk)

    assert row.light == "yellow"
    assert [one["code"] for one in row.light_reasons] == ["caught_up"]


@pytest.mark.django_db
def test_a_light_and_the_lists_agree_of_many_projects(sector, zone, manager, carrier):
    signings.many(sector, zone, by=manager, number=12)
    with clock.at(clock.start_of(DAY(2022, 6, 1))):
        keep_all(sector.programme)
        lit = Project.objects.with_light()

        wrong = lagging.behind(clock.today()) | lagging.stalled(clock.today())
        assert not lit.filter(light__in=["green", "blue", "grey"], pk__in=wrong.values("pk")).exists()


@pytest.mark.django_db
def test_a_light_of_a_project_is_shown_otherwise_until_its_quarter_ends(quarter, project, manager):
    row = override(project, "yellow", by=manager, reason="The site is ready; the paper follows.")

    assert row.ends_on == DAY(2021, 9, 30)
    assert Project.objects.with_light().get(pk=project.pk).light == "yellow"
