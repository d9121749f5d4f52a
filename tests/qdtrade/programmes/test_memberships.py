"""Memberships: the only thing that grants anything, from a day to a day."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade.errors import NotAllowed
from qdtrade.programmes.actions import add_member, end_membership
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Task
from tests import factories

YESTERDAY, TODAY, TOMORROW = (datetime.date(2021, 9, day) for day in (23, 24, 25))


def sees(user, task):
    return Task.objects.visible_to(user).filter(pk=task.pk).exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (datetime.date(2021, 1, 1), YESTERDAY, False),
        (TOMORROW, None, False),
        (YESTERDAY, TOMORROW, True),
    ],
)
def test_a_membership_holds_from_its_first_day_to_its_last(
    task, programme, market, starts_on, ends_on, holds
):
    person = factories.member("wang", programme, "staff", market, starts_on=starts_on, ends_on=ends_on)

    assert sees(person, task) is holds


def test_a_membership_that_ended_yesterday_submits_nothing(report, programme, market):
    person = factories.member("wang", programme, "staff", market, ends_on=YESTERDAY)

    with pytest.raises(NotAllowed):
        factories.submit(report, by=person)


def test_a_membership_that_begins_tomorrow_approves_nothing(submitted, programme, office):
    person = factories.member("wang", programme, "manager", office, starts_on=TOMORROW)

    with pytest.raises(NotAllowed):
        factories.approve(submitted, by=person)


def test_an_inactive_person_holds_nothing(task, staff):
    staff.is_active = False

    assert not sees(staff, task)


def test_a_role_that_is_ended_holds_no_longer(task, staff, admin):
    end_membership(staff.memberships.get(), by=admin)

    staff.forget()
    assert not sees(staff, task)


@pytest.mark.parametrize(("first", "second"), [("manager", "auditor"), ("auditor", "manager")])
def test_a_reviewer_is_not_the_auditor_of_the_same_programme(programme, office, admin, first, second):
    person = factories.member("wang", programme, first, office)

    with pytest.raises(ValidationError):
        add_member(programme, person, by=admin, role=second, bureau=office)


def test_a_reviewer_may_audit_after_the_review_ended(programme, office, admin):
    person = factories.member("wang", programme, "manager", office, ends_on=YESTERDAY)

    assert add_member(programme, person, by=admin, role="auditor").role == "auditor"


def test_overlapping_days_of_review_and_audit_are_refused(programme, office, admin):
    person = factories.member("wang", programme, "manager", office, ends_on=TOMORROW)

    with pytest.raises(ValidationError):
        add_member(programme, person, by=admin, role="auditor")


def test_a_reviewer_of_one_programme_may_audit_another(programme, region, office, service):
    person = factories.member("wang", programme, "manager", office)
    other = factories.programme(region, "qd-2025")

    assert add_member(other, person, by=service, role="auditor").role == "auditor"


@pytest.mark.parametrize("who", ["admin", "root"])
def test_nobody_gives_a_role_to_themselves(programme, office, who, request):
    person = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        add_member(programme, person, by=person, role="manager", bureau=office)


def test_nobody_ends_their_own_role(programme, admin):
    with pytest.raises(NotAllowed):
        end_membership(admin.memberships.get(), by=admin)


@pytest.mark.parametrize("who", ["staff", "head", "manager", "auditor", "stranger"])
def test_only_administrators_give_roles(programme, market, who, request):
    person = factories.user("wang")

    with pytest.raises(NotAllowed):
        add_member(programme, person, by=request.getfixturevalue(who), role="staff", bureau=market)


def test_an_administrator_of_another_programme_gives_no_roles_here(programme, region, market):
    other = factories.programme(region, "qd-2025")
    elsewhere = factories.member("wang", other, "admin")

    with pytest.raises(NotAllowed):
        add_member(programme, factories.user("li"), by=elsewhere, role="staff", bureau=market)


@pytest.mark.parametrize("role", ["staff", "head", "manager"])
def test_these_roles_need_a_bureau(programme, admin, role):
    with pytest.raises(ValidationError):
        add_member(programme, factories.user("wang"), by=admin, role=role)


def test_a_bureau_of_another_region_is_refused(programme, admin):
    jinan = factories.bureau("jinan", "济南市")
    bureau = factories.bureau("sww", "济南市商务局", "市商务局", parent=jinan)

    with pytest.raises(ValidationError):
        add_member(programme, factories.user("wang"), by=admin, role="staff", bureau=bureau)


def test_a_role_cannot_end_before_it_begins(programme, market, admin):
    with pytest.raises(ValidationError):
        add_member(
            programme,
            factories.user("wang"),
            by=admin,
            role="staff",
            bureau=market,
            starts_on=TODAY,
            ends_on=YESTERDAY,
        )


def test_a_parent_bureau_reads_what_its_offices_owe_and_signs_nothing(
    field, market, manager, programme, head
):
    office = factories.bureau("scjg-zscq", "知识产权处", parent=market)
    writer = factories.member("wang", programme, "staff", office)
    task = factories.task(field, office, by=manager)

    assert sees(head, task)
    assert sees(writer, task)
    with pytest.raises(NotAllowed):
        perform(workflow.ACCEPT, task, by=head)
