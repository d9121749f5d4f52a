"""A deputy while the role ends, and a bureau that gets an account while the office files for it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

import qdtrade.workflow
from qdtrade.audit import trail
from qdtrade.errors import NotAllowed
from qdtrade.programmes.actions import add_member, appoint_deputy, end_membership
from qdtrade.programmes.models import Membership
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ReportVersion
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

DAYS = {"starts_on": datetime.date(2021, 9, 24), "ends_on": datetime.date(2021, 10, 8)}
SAVING = (qdtrade.workflow, "_write")
MAKING, CHANGING = (trail, "create"), (trail, "apply")
TODAY = DAYS["starts_on"]


def role_of(person):
    return person.memberships.get(deputy_of=None)


def test_a_role_that_ends_while_a_deputy_is_appointed_takes_the_deputy_along(race, head, staff, admin):
    role = role_of(head)
    appointed, ended = race(
        lambda: appoint_deputy(role, staff, by=head, **DAYS),
        lambda: end_membership(role, by=admin),
        gap=MAKING,
    )

    assert appointed.user == staff
    assert ended.ends_on < TODAY
    assert not Membership.objects.of_deputies().on(TODAY).exists()


def test_a_deputy_for_a_role_that_has_just_ended_is_refused(race, head, staff, admin):
    role = role_of(head)
    _ended, refused = race(
        lambda: end_membership(role, by=admin),
        lambda: appoint_deputy(role, staff, by=head, **DAYS),
        gap=CHANGING,
    )

    assert isinstance(refused, ValidationError)
    assert not Membership.objects.of_deputies().exists()


def test_two_deputies_appointed_at_once_are_one(race, programme, market, head, staff, admin):
    colleague = factories.member("wang", programme, "staff", market)
    first, second = race(
        lambda: appoint_deputy(role_of(head), staff, by=head, **DAYS),
        lambda: appoint_deputy(role_of(head), colleague, by=admin, **DAYS),
        gap=MAKING,
    )

    assert first.user == staff
    assert isinstance(second, ValidationError)


def file_for(report, by):
    data = {"content": factories.CONTENT, "filed_from": "来函1号"}
    return perform(workflow.SUBMIT, report, by=by, **data)


def test_a_bureau_that_gets_an_account_first_is_not_filed_for(
    race, programme, finance, alone, manager, admin
):
    factories.attach(alone, by=manager)
    writer = factories.user("wang")
    added, refused = race(
        lambda: add_member(programme, writer, by=admin, role="staff", bureau=finance),
        lambda: file_for(alone, manager),
        gap=MAKING,
    )

    assert added.user == writer
    assert isinstance(refused, NotAllowed)
    assert not ReportVersion.objects.exists()


def test_what_the_office_files_first_stands_when_the_bureau_gets_its_account(
    race, programme, finance, alone, manager, admin
):
    factories.attach(alone, by=manager)
    writer = factories.user("wang")
    filed, added = race(
        lambda: file_for(alone, manager),
        lambda: add_member(programme, writer, by=admin, role="staff", bureau=finance),
        gap=SAVING,
    )

    assert (filed.status, added.user) == ("submitted", writer)
    assert ReportVersion.objects.get().filed_from == "来函1号"
