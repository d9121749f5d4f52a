"""Two people at one signed project: gates, its end, and its money."""

import datetime

import pytest
from django.core.exceptions import ValidationError

import qdtrade.workflow
from projects import rules, workflow
from projects.actions import money, rates
from projects.models import Gate, MoneyEvent, Project, Rate
from qdtrade.audit import trail
from qdtrade.errors import Stale, WrongState
from qdtrade.workflow import perform
from tests import factories, signings
from tests.signings import YI

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SAVING, MAKING = (qdtrade.workflow, "_write"), (trail, "create")
TODAY = datetime.date(2021, 9, 24)


@pytest.fixture
def zone(region):
    return factories.bureau("sco", "上合示范区管委会", "上合示范区", parent=region, kind="zone")


@pytest.fixture
def carrier(programme, zone):
    return factories.member("carrier", programme, "staff", zone)


@pytest.fixture
def project(programme, zone, carrier, manager):
    sector = signings.sector(programme, by=manager)
    return signings.project(sector, zone, by=manager, contracted_inflow=5 * YI)


def totals():
    return Project.objects.with_money().get()


def test_two_who_decide_one_gate_leave_the_first_decision(race, project, carrier, manager, manager2):
    gate = signings.propose(project, by=carrier)
    confirmed, refused = race(
        lambda: perform(workflow.CONFIRM, gate, by=manager),
        lambda: perform(workflow.RETURN, gate, by=manager2, comment="No seal."),
        gap=SAVING,
    )

    assert isinstance(refused, WrongState)
    assert (confirmed.status, Gate.objects.get(pk=gate.pk).status) == ("confirmed", "confirmed")
    assert Project.objects.get().status == "framework"


def test_a_project_that_ends_meanwhile_takes_no_gate(race, project, carrier, manager):
    ended, refused = race(
        lambda: perform(workflow.TERMINATE, project, by=manager, comment="Withdrawn.", on=TODAY),
        lambda: signings.propose(project, by=carrier),
        gap=SAVING,
    )

    assert ended.status == "terminated"
    assert isinstance(refused, WrongState)
    assert not Gate.objects.filter(status="proposed").exists()


def test_two_sums_at_once_are_both_counted_and_the_excess_is_said(race, project, carrier, manager):
    race(
        lambda: signings.enter(project, 3 * YI, by=carrier),
        lambda: signings.enter(project, 3 * YI, by=manager),
        gap=MAKING,
    )

    assert totals().came_in == 6 * YI
    assert rules.warnings(totals()).keys() == {"contracted_inflow"}


def test_two_counter_entries_at_once_take_back_no_more_than_there_was(race, project, carrier, manager):
    wrong = signings.enter(project, 2 * YI, by=carrier)
    _first, refused = race(
        lambda: money.counter_entry(wrong, by=carrier, on=TODAY, note="The rate was wrong.", amount=2 * YI),
        lambda: money.counter_entry(wrong, by=manager, on=TODAY, note="Entered twice.", amount=YI),
        gap=MAKING,
    )

    assert isinstance(refused, ValidationError)
    assert (totals().came_in, MoneyEvent.objects.count()) == (0, 2)


def test_two_versions_of_a_rate_at_once_are_one(race, project, admin, manager):
    last = signings.rate(project.programme, "start")
    first, refused = race(
        lambda: rates.new_version(last, {"valid_from": TODAY, "at_foot": False}, by=manager, reason="One."),
        lambda: rates.new_version(last, {"valid_from": TODAY, "name": "开工比率"}, by=admin, reason="Other."),
        gap=MAKING,
    )

    assert isinstance(refused, Stale)
    assert Rate.objects.filter(code="start", version=2).get() == first


def test_two_first_signings_at_once_bring_the_rates_once(race, programme, zone, admin, manager):
    sector = signings.sector(programme, by=manager)
    race(
        lambda: signings.project(sector, zone, by=manager),
        lambda: signings.project(sector, zone, by=admin),
        gap=(trail, "create_many"),
    )

    assert (Project.objects.count(), Rate.objects.count()) == (2, len(signings.FIRST_RATES))
