"""Rates as records: the first versions, new ones beside the old, and which one holds on a day."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from projects.actions import rates
from projects.first_rates import FIRST_RATES
from projects.models import Rate
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, Stale, WrongState
from tests import signings

TODAY = datetime.date(2021, 9, 24)
NEXT_YEAR = datetime.date(2022, 1, 1)


def version(rate, *, by, reason="The notice of 2022 says so.", **fields):
    return rates.new_version(rate, {"valid_from": NEXT_YEAR} | fields, by=by, reason=reason)


@pytest.fixture
def start(project):
    return signings.rate(project.programme, "start")


def test_the_first_signing_brings_the_rates_that_it_is_judged_by(project, sector, zone, manager):
    signings.project(sector, zone, by=manager)

    found = Rate.objects.filter(programme=project.programme).in_order()
    assert [rate.code for rate in found] == [fields["code"] for fields in FIRST_RATES]
    assert Event.objects.filter(kind="rate").count() == len(FIRST_RATES)


def test_a_programme_takes_them_before_anything_is_signed_and_once(programme, admin):
    rates.begin_with_rates(programme, by=admin)
    rates.begin_with_rates(programme, by=admin)

    assert Rate.objects.count() == len(FIRST_RATES)


def test_a_new_version_is_a_new_row_and_holds_from_its_day(start, manager):
    new = version(start, by=manager, exclusions=["uncountable", "service"])

    every = Rate.objects.filter(programme=start.programme, code="start")
    assert (new.version, start.exclusions, every.count()) == (2, ["uncountable"], 2)
    assert every.in_force(NEXT_YEAR - datetime.timedelta(1)).get() == start
    assert every.in_force(NEXT_YEAR).get() == new
    assert every.in_force(datetime.date(2001, 1, 1)).get() == start
    event = Event.objects.filter(kind="rate").latest("seq")
    assert (event.action, event.comment, event.object_id) == ("create", "The notice of 2022 says so.", new.pk)


def test_a_new_version_counts_by_its_own_rule(project, start, sector, zone, manager):
    signings.project(sector, zone, by=manager, kind="service")
    version(start, by=manager, valid_from=TODAY, exclusions=["uncountable", "service"])

    assert signings.evaluated(project.programme, "start").count.under == 1
    assert signings.evaluated(project.programme, "registration").count.under == 2


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"valid_from": TODAY - datetime.timedelta(1)}, "valid_from"),
        ({"numerator": "signed"}, "denominator"),
        ({"exclusions": ["lost"]}, "exclusions"),
        ({"exclusions": ["service", "industrial"]}, "exclusions"),
        ({"less": "elapsed"}, "by"),
        ({"numerator": "luck"}, "numerator"),
        ({"code": "other"}, "code"),
    ],
)
def test_a_version_that_makes_no_sense_names_the_field(start, manager, wrong, named):
    with pytest.raises(ValidationError) as refused:
        version(start, by=manager, **wrong)

    assert named in refused.value.error_dict
    assert Rate.objects.filter(code="start").count() == 1


def test_a_version_needs_a_reason_a_change_and_the_last_one(start, manager):
    with pytest.raises(ValidationError):
        version(start, by=manager, reason=" ", at_foot=False)
    with pytest.raises(WrongState):
        version(start, by=manager)
    second = version(start, by=manager, at_foot=False)

    with pytest.raises(Stale):
        version(start, by=manager, name="开工比率")
    with pytest.raises(ValidationError) as refused:
        version(second, by=manager, name="开工比率")
    assert "valid_from" in refused.value.error_dict


def test_a_programme_may_have_rates_of_its_own(project, admin):
    fields = {"number": 20, "name": "终止率", "numerator": "terminated", "valid_from": TODAY}
    rates.define_rate(project.programme, fields, by=admin, code="terminated")

    assert str(signings.evaluated(project.programme, "terminated").count.value) == "0.00"
    with pytest.raises(ValidationError) as refused:
        rates.define_rate(project.programme, fields, by=admin, code="terminated")
    assert "code" in refused.value.error_dict


@pytest.mark.parametrize("name", ["staff", "auditor", "carrier"])
def test_rates_are_made_by_who_runs_the_programme(start, name, request):
    with pytest.raises(NotAllowed):
        version(start, by=request.getfixturevalue(name), at_foot=False)


def test_a_cohort_of_the_year_and_a_cut_off_by_confirmation_are_data_too(
    project, sector, zone, carrier, manager, start
):
    signings.project(sector, zone, by=manager, signed_on=datetime.date(2020, 9, 4))
    signings.passed(project, "framework", by=carrier, confirmed_by=manager)
    contract = signings.rate(project.programme, "contract")
    version(contract, by=manager, valid_from=TODAY, numerator="framework", cohort="year", cut_off="confirmed")

    by_day = [
        signings.evaluated(project.programme, "contract", day).count
        for day in (TODAY - datetime.timedelta(1), TODAY)
    ]
    assert [(read.over, read.under) for read in by_day] == [(0, 1), (1, 1)]
