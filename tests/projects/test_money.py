"""The money of a project: dated sums, counter-entries and what is said of too much."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects import rules
from projects.actions import money
from projects.models import MoneyEvent, Project
from qdtrade.errors import NotAllowed
from tests import signings
from tests.signings import YI

TODAY = datetime.date(2021, 9, 24)


def fields(refused):
    return set(refused.value.error_dict)


def with_money(project):
    return Project.objects.with_money().get(pk=project.pk)


def test_totals_are_sums_of_dated_rows(project, carrier, manager):
    signings.enter(project, 2 * YI, by=carrier)
    signings.enter(project, 1 * YI, by=manager, kind="in")
    signings.enter(project, "50000.50", by=carrier, kind="invested")

    row = with_money(project)
    assert (row.came_in, row.paid, row.invested) == (3 * YI, 0, Decimal("50000.50"))


def test_a_wrong_sum_is_set_right_by_a_counter_entry_and_both_rows_stay(project, carrier):
    wrong = signings.enter(project, 2 * YI, by=carrier)
    money.counter_entry(wrong, by=carrier, on=TODAY, note="The rate was wrong.", amount=YI / 2)

    assert with_money(project).came_in == YI * 3 / 2
    assert [row.amount for row in MoneyEvent.objects.in_order()] == [2 * YI, -YI / 2]


def test_a_counter_entry_without_an_amount_takes_back_all_that_is_left(project, carrier):
    wrong = signings.enter(project, 2 * YI, by=carrier)
    money.counter_entry(wrong, by=carrier, on=TODAY, note="Half of it.", amount=YI)
    money.counter_entry(wrong, by=carrier, on=TODAY, note="And the rest.")

    assert with_money(project).came_in == 0


def test_no_more_is_taken_back_than_is_left(project, carrier):
    wrong = signings.enter(project, 2 * YI, by=carrier)
    money.counter_entry(wrong, by=carrier, on=TODAY, note="Half of it.", amount=YI)

    with pytest.raises(ValidationError) as refused:
        money.counter_entry(wrong, by=carrier, on=TODAY, note="Too much.", amount=YI + 1)
    assert fields(refused) == {"amount"}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"amount": 10**13 + 1}, "amount"),
        ({"on": datetime.date(2021, 9, 25)}, "on"),
        ({"on": datetime.date(2021, 9, 3)}, "on"),
        ({"note": " "}, "note"),
        ({"kind": "lost"}, "kind"),
        ({"currency": "USD"}, "original_amount"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(project, carrier, wrong, named):
    values = {"amount": YI} | wrong
    with pytest.raises(ValidationError) as refused:
        signings.enter(project, values.pop("amount"), by=carrier, **values)

    assert named in fields(refused)


def test_more_than_the_contracted_inflow_is_taken_with_a_stated_warning(project, carrier):
    signings.enter(project, 5 * YI, by=carrier)
    assert rules.warnings(with_money(project)) == {}

    signings.enter(project, 1, by=carrier)
    assert rules.warnings(with_money(project)).keys() == {"contracted_inflow"}


@pytest.mark.parametrize("name", ["neighbour", "auditor", "admin"])
def test_money_is_entered_by_the_carrier_or_the_pilot_office(project, name, request):
    with pytest.raises(NotAllowed):
        signings.enter(project, YI, by=request.getfixturevalue(name))


def test_another_currency_keeps_its_amount_rate_and_day(project, carrier):
    signings.enter(
        project, 645, by=carrier, currency="USD", original_amount=Decimal(100), rate=Decimal("6.45"),
        rate_on=datetime.date(2021, 9, 20),
    )  # fmt: skip

    row = MoneyEvent.objects.get()
    assert (row.amount, row.original_amount, row.rate) == (645, 100, Decimal("6.45"))
