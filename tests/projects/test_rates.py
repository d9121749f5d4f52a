"""Rates by count and by amount: the worked examples of other places, and what never bends one."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from projects import workflow
from projects.actions import money
from projects.measures import Basis, tally
from projects.models import Gate, Project
from projects.rates import Reading, half_up
from qdtrade.workflow import perform
from tests import signings
from tests.signings import YI

DAY = datetime.date
TODAY = DAY(2021, 9, 24)


def end(project, move, *, by, on=TODAY):
    return perform(move, project, by=by, comment="The investor withdrew.", on=on)


@pytest.mark.parametrize(
    ("code", "number", "gates", "digits", "printed"),
    [
        ("registration", 265, {"registered": 258}, 1, "97.4"),  # Qingdao 2021
        ("start", 265, {"started": 211}, 1, "79.6"),  # Qingdao 2021
        ("start", 904, {"started": 458}, 1, "50.7"),  # Shandong
        ("start", 292, {"started": 198}, 1, "67.8"),  # Weinan
        ("start", 292, {"started": 198}, 2, "67.81"),
    ],
)
def test_a_rate_of_what_was_signed_is_that_of_the_printed_reports(
    sector, zone, manager, code, number, gates, digits, printed
):
    signings.many(sector, zone, by=manager, number=number, **gates)

    read = signings.evaluated(sector.programme, code)
    (passed,) = gates.values()
    assert (read.count.over, read.count.under) == (passed, number)
    assert (read.amount.over, read.amount.under) == (passed * YI, number * YI)
    assert str(half_up(read.count.exact, digits)) == str(half_up(read.amount.exact, digits)) == printed


def test_one_of_292_terminated_leaves_a_performance_of_99_66_percent(sector, zone, manager):
    cohort = signings.many(sector, zone, by=manager, number=292)
    end(Project.objects.for_move().get(pk=cohort[0].pk), workflow.TERMINATE, by=manager)

    read = signings.evaluated(sector.programme, "performance")
    assert (read.count.over, read.count.under, str(read.count.value)) == (291, 292, "99.66")


def test_money_in_is_5_7_percent_of_what_was_signed(sector, zone, manager):
    for planned, came in ((700, 57), (300, 0)):
        row = signings.project(sector, zone, by=manager, planned_investment=planned * YI)
        if came:
            signings.enter(row, came * YI, by=manager)

    read = signings.evaluated(sector.programme, "inflow")
    assert (read.amount.over, read.amount.under, str(read.amount.value)) == (57 * YI, 1000 * YI, "5.70")
    assert (read.count.over, read.count.under, str(read.count.value)) == (1, 2, "50.00")


def test_ahead_by_42_31_points_when_125_64_percent_are_done_in_83_33_percent_of_the_time(
    sector, zone, manager
):
    signed, ends = TODAY - datetime.timedelta(10), TODAY + datetime.timedelta(2)
    row = signings.project(
        sector, zone, by=manager, planned_investment=100 * YI, signed_on=signed, plans={"full": ends}
    )
    signings.enter(row, Decimal("12564000000"), by=manager, kind="invested")

    read = signings.evaluated(sector.programme, "ahead")
    assert read.count is None
    assert (str(read.amount.done), str(read.amount.elapsed), str(read.amount.value)) == (
        "125.64",
        "83.33",
        "42.31",
    )


@pytest.mark.parametrize(
    ("over", "under", "value"),
    [
        (1, 800, "0.13"),  # 0.125: half up, not to the even digit
        (3, 800, "0.38"),
        (-1, 800, "-0.13"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (0, 7, "0.00"),
        (7, 7, "100.00"),
        (Decimal("999999999999999.99"), Decimal("10000000000000000"), "10.00"),
    ],
)
def test_a_rate_is_rounded_once_half_up_to_two_digits(over, under, value):
    assert str(Reading(Decimal(over), Decimal(under)).value) == value


def test_rounding_twice_would_be_wrong():
    assert str(half_up(Fraction(33_34449, 100_000), 2)) == "33.34"


@pytest.mark.parametrize("move", [workflow.TERMINATE, workflow.REMOVE], ids=lambda move: move.name)
def test_no_end_of_a_project_changes_what_a_rate_of_the_signed_divides_by(
    project, framed, carrier, manager, move
):
    programme = project.programme
    signings.enter(project, YI, by=carrier)
    before = {
        code: signings.evaluated(programme, code) for code in ("contract", "inflow", "performance", "ahead")
    }
    end(Project.objects.for_move().get(), move, by=manager)

    after = {code: signings.evaluated(programme, code) for code in before}
    assert {code: (read.amount.under, read.count and read.count.under) for code, read in after.items()} == {
        code: (read.amount.under, read.count and read.count.under) for code, read in before.items()
    }
    assert after["inflow"].amount == before["inflow"].amount
    assert (after["performance"].count.over, before["performance"].count.over) == (0, 1)


def test_removing_a_dead_project_lifts_no_rate(project, sector, zone, manager):
    signings.project(sector, zone, by=manager)
    end(project, workflow.TERMINATE, by=manager)
    dead = signings.evaluated(sector.programme, "performance")
    perform(
        workflow.REINSTATE, Project.objects.for_move().get(pk=project.pk), by=manager, comment="To remove it."
    )
    end(Project.objects.for_move().get(pk=project.pk), workflow.REMOVE, by=manager)

    assert signings.evaluated(sector.programme, "performance") == dead


def test_a_chain_counts_nothing_that_its_denominator_lost(sector, zone, manager):
    cohort = signings.many(sector, zone, by=manager, number=4, started=2)
    end(Project.objects.for_move().get(pk=cohort[0].pk), workflow.TERMINATE, by=manager)

    chain, signed = (signings.evaluated(sector.programme, code) for code in ("start-chain", "start"))
    assert (chain.count.over, chain.count.under, str(chain.count.value)) == (1, 3, "33.33")
    assert (signed.count.over, signed.count.under, str(signed.count.value)) == (2, 4, "50.00")


def test_an_empty_denominator_has_no_value_and_zero_is_one(project, programme):
    read = signings.evaluated(programme, "production-chain")
    assert (read.count.value, read.amount.value) == (None, None)

    assert str(signings.evaluated(programme, "production").count.value) == "0.00"


def test_a_rate_stands_as_of_any_day_by_the_day_of_the_fact(project, carrier, manager):
    signings.passed(project, "framework", by=carrier, confirmed_by=manager, fact_on=DAY(2021, 9, 10))
    signings.passed(project, "contract", by=carrier, confirmed_by=manager, fact_on=DAY(2021, 9, 20))
    signings.enter(project, YI, by=carrier, on=DAY(2021, 9, 22))

    def read(code, on):
        return signings.evaluated(project.programme, code, DAY(2021, 9, on))

    assert [read("contract", day).count.over for day in (19, 20)] == [0, 1]
    assert [read("inflow", day).amount.over for day in (21, 22)] == [0, YI]
    assert read("contract", 3).count.under == 0


def test_a_sum_that_was_taken_back_whole_is_no_money_in(project, carrier):
    wrong = signings.enter(project, YI, by=carrier)
    money.counter_entry(wrong, by=carrier, on=TODAY, note="Never came.")

    read = signings.evaluated(project.programme, "inflow")
    assert (read.count.over, read.amount.over) == (0, 0)


def test_what_does_not_count_is_in_no_cohort(project, sector, zone, manager):
    signings.project(sector, zone, by=manager, countable=False, uncountable_reason="Signed twice.")

    assert signings.evaluated(sector.programme, "performance").count.under == 1


def test_fen_add_up_exactly_on_either_database(sector, zone, manager):
    signings.many(sector, zone, by=manager, number=300, amount=Decimal("3333333333333.33"))

    read = signings.evaluated(sector.programme, "performance")
    assert str(read.amount.under) == "999999999999999.00"


def test_a_gate_that_was_corrected_back_counts_no_more(framed, manager):
    assert signings.evaluated(framed.programme, "registration").count.under == 1
    gate = Gate.objects.for_move().get(project=framed, step="framework")
    perform(workflow.CORRECT, gate, by=manager, comment="The wrong agreement.")

    basis = Basis("signed", "fact", frozenset(), TODAY)
    found = tally(Project.objects.all(), [("framework", "signed")], basis)
    assert found[framed.programme_id, ("framework", "signed")].count == 0
