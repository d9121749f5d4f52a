"""Registering projects and what belongs to them, and changing it."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.actions import directory, register
from projects.models import Project
from qdtrade.errors import NotAllowed, Stale, WrongState
from qdtrade.money import MOST
from tests import factories, signings
from tests.signings import YI


def fields(refused):
    return set(refused.value.error_dict)


def test_a_project_is_registered_with_partners_tasks_and_six_gates(sector, zone, manager, task):
    firm = signings.partner(sector.programme, by=manager, uscc="91330100799655058B")
    project = signings.project(sector, zone, by=manager, partners=[firm], tasks=[task])

    row = Project.objects.for_list().with_tasks(manager).get(pk=project.pk)
    assert (row.status, row.partners, row.served) == ("signed", [firm], [task])
    assert [gate.step for gate in row.gates.all()] == list(Project.GATES)
    assert (row.came_in, row.paid, row.invested) == (0, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"planned_investment": Decimal(0)}, "planned_investment"),
        ({"planned_investment": Decimal(-1)}, "planned_investment"),
        ({"planned_investment": MOST + 1}, "planned_investment"),
        ({"contracted_inflow": Decimal(0)}, "contracted_inflow"),
        ({"currency": "ABC"}, "currency"),
        ({"currency": "USD"}, "rate"),
        ({"original_amount": Decimal(5)}, "original_amount"),
        ({"signed_on": datetime.date(2021, 9, 25)}, "signed_on"),
        ({"countable": False}, "uncountable_reason"),
        ({"kind": "other"}, "kind"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(sector, zone, manager, wrong, named):
    with pytest.raises(ValidationError) as refused:
        signings.project(sector, zone, by=manager, **wrong)

    assert named in fields(refused)
    assert not Project.objects.exists()


def test_a_signing_falls_into_its_event(sector, event, zone, manager):
    with pytest.raises(ValidationError) as refused:
        signings.project(sector, zone, by=manager, event=event, signed_on=datetime.date(2021, 9, 8))

    assert fields(refused) == {"signed_on"}


DOLLARS = {
    "currency": "USD",
    "original_amount": Decimal("100000000"),
    "rate": Decimal("6.45"),
    "rate_on": datetime.date(2021, 9, 3),
}


def test_the_yuan_of_another_currency_follow_from_amount_and_rate(sector, zone, manager):
    project = signings.project(sector, zone, by=manager, planned_investment=None, **DOLLARS)

    assert project.planned_investment == Decimal("645000000.00")


def test_yuan_that_do_not_follow_from_amount_and_rate_are_refused(sector, zone, manager):
    with pytest.raises(ValidationError) as refused:
        signings.project(sector, zone, by=manager, planned_investment=7 * YI, **DOLLARS)

    assert fields(refused) == {"planned_investment"}


def test_two_people_who_change_the_same_row_meet(project, manager):
    register.edit_project(project, {"officers": "李科长"}, by=manager, seen=project.version)

    with pytest.raises(Stale):
        register.edit_project(project, {"officers": "王科长"}, by=manager, seen=project.version)


def test_an_edit_is_checked_like_a_registration_and_keeps_nothing_when_refused(project, manager):
    with pytest.raises(ValidationError) as refused:
        register.edit_project(project, {"planned_investment": Decimal(-5)}, by=manager)

    assert fields(refused) == {"planned_investment"}
    assert Project.objects.get().planned_investment == 18 * YI


def test_state_and_code_are_no_plain_fields(project, manager):
    with pytest.raises(ValidationError) as refused:
        register.edit_project(project, {"status": "full", "code": "X"}, by=manager)

    assert fields(refused) == {"status", "code"}


def test_the_plan_of_a_gate_moves_until_it_is_confirmed(framed, manager):
    register.edit_project(framed, {}, by=manager, plans={"contract": datetime.date(2022, 1, 31)})

    assert signings.gate(framed, "contract").plan_on == datetime.date(2022, 1, 31)
    with pytest.raises(ValidationError) as refused:
        register.edit_project(framed, {}, by=manager, plans={"framework": datetime.date(2022, 1, 31)})
    assert fields(refused) == {"plan_framework"}


def test_partners_are_exchanged_and_keep_their_order(project, manager):
    first, second = (signings.partner(project.programme, by=manager, name=name) for name in ("甲", "乙"))
    register.edit_project(project, {}, by=manager, partners=[first])
    register.edit_project(project, {}, by=manager, partners=[second, first])

    assert Project.objects.for_list().get().partners == [second, first]


@pytest.mark.parametrize("name", ["carrier", "neighbour", "auditor"])
def test_the_register_is_kept_by_the_pilot_office(sector, zone, name, request):
    with pytest.raises(NotAllowed):
        signings.project(sector, zone, by=request.getfixturevalue(name))


def test_a_code_is_used_once(project, sector, zone, manager):
    with pytest.raises((ValidationError, WrongState)):
        signings.project(sector, zone, by=manager, code=project.code)


def test_a_foreign_partner_has_no_chinese_code(programme, manager):
    with pytest.raises(ValidationError) as refused:
        signings.partner(programme, by=manager, name="Muster AG", country="德国", uscc="91330100799655058B")

    assert fields(refused) == {"uscc"}


def test_a_wrong_check_digit_is_refused_and_one_code_names_one_partner(programme, manager):
    signings.partner(programme, by=manager, uscc="9133 0100 7996 5505 8b")

    with pytest.raises(ValidationError) as wrong:
        signings.partner(programme, by=manager, name="乙", uscc="91330100799655058C")
    with pytest.raises(ValidationError):
        signings.partner(programme, by=manager, name="丙", uscc="91330100799655058B")
    assert fields(wrong) == {"uscc"}


def test_an_event_ends_after_it_began_whoever_edits_it(event, manager):
    with pytest.raises(ValidationError):
        directory.edit(event, {"ends_on": datetime.date(2021, 9, 1)}, by=manager)


def test_scope_is_the_carrier_and_what_stands_above_it(
    project, region, programme, neighbour, carrier, auditor
):
    mayor = factories.member("mayor", programme, "head", region)

    seen = {user: Project.objects.visible_to(user).count() for user in (neighbour, carrier, auditor, mayor)}
    assert seen == {neighbour: 0, carrier: 1, auditor: 1, mayor: 1}


def test_a_firm_that_is_known_by_another_code_is_not_taken_for_it(sector, zone, manager):
    signings.partner(sector.programme, by=manager, name="甲", uscc="91330100799655058B")

    with pytest.raises(ValidationError) as refused:
        signings.project(sector, zone, by=manager, partners=[directory.Firm("甲", uscc="9144030071526726XG")])

    assert fields(refused) == {"partners"}
    assert not Project.objects.exists()
