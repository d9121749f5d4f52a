"""A deputy (代理) acts for a bureau head or a reviewer, from a day to a day, by the person or an administrator."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.notices.models import Notice
from qdtrade.programmes.actions import add_member, appoint_deputy, end_deputy, end_membership
from qdtrade.programmes.held import held_by
from qdtrade.programmes.models import Membership
from tests import factories

TODAY = datetime.date(2021, 9, 24)
YESTERDAY, TOMORROW = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)
BACK = datetime.date(2021, 10, 8)


def on(day, hour=10):
    return clock.at(datetime.datetime.combine(day, datetime.time(hour), clock.BEIJING))


def role_of(person):
    return person.memberships.get(deputy_of=None)


def appoint(absent, deputy, *, by, starts_on=TODAY, ends_on=BACK, reason=""):
    return appoint_deputy(role_of(absent), deputy, by=by, starts_on=starts_on, ends_on=ends_on, reason=reason)


def stands_in(person):
    person.forget()
    return [held.stands_for for held in held_by(person) if held.stands_for]


@pytest.fixture
def deputy(head, staff):
    """The reporter stands in for the head."""
    return appoint(head, staff, by=head, reason="Leave.")


# Who, for whom --------------------------------------------------------------------------------------------------------


def test_a_head_appoints_a_deputy_of_the_bureau(deputy, head, staff):
    assert (deputy.role, deputy.bureau, deputy.user) == ("head", role_of(head).bureau, staff)
    assert stands_in(staff) == ["head"]


def test_a_reviewer_appoints_another_reviewer(manager, manager2):
    appoint(manager, manager2, by=manager)

    assert stands_in(manager2) == ["manager"]


def test_a_reviewer_appoints_somebody_of_the_pilot_office(programme, manager, office):
    clerk = factories.member("clerk", programme, "admin", office)

    appoint(manager, clerk, by=manager)

    assert stands_in(clerk) == ["manager"]


@pytest.mark.parametrize("who", ["admin", "root", "service"])
def test_an_administrator_appoints_for_somebody_who_is_away(head, staff, who, request):
    appoint(head, staff, by=request.getfixturevalue(who))

    assert stands_in(staff) == ["head"]


@pytest.mark.parametrize("who", ["staff", "neighbour", "manager", "auditor", "stranger"])
def test_nobody_else_appoints(programme, market, head, who, request):
    colleague = factories.member("wang", programme, "staff", market)

    with pytest.raises(NotAllowed):
        appoint(head, colleague, by=request.getfixturevalue(who))


def test_an_administrator_of_another_programme_appoints_nobody_here(region, head, staff):
    elsewhere = factories.member("wang", factories.programme(region, "qd-2025"), "admin")

    with pytest.raises(NotAllowed):
        appoint(head, staff, by=elsewhere)


def test_nobody_makes_themselves_a_deputy(programme, market, head):
    admin = factories.member("wang", programme, "admin", market)

    with pytest.raises(NotAllowed):
        appoint(head, admin, by=admin)


@pytest.mark.parametrize("who", ["neighbour", "auditor", "stranger", "head"])
def test_a_heads_deputy_is_another_person_of_that_very_bureau(head, admin, who, request):
    with pytest.raises(ValidationError) as refused:
        appoint(head, request.getfixturevalue(who), by=admin)

    assert set(refused.value.message_dict) == {"deputy"}


@pytest.mark.parametrize("who", ["staff", "head", "admin", "auditor", "stranger"])
def test_a_reviewers_deputy_is_a_reviewer_or_of_the_pilot_office(manager, who, request):
    with pytest.raises(ValidationError) as refused:
        appoint(manager, request.getfixturevalue(who), by=manager)

    assert set(refused.value.message_dict) == {"deputy"}


def test_an_auditor_of_these_days_is_no_deputy(programme, market, head):
    auditor = factories.member("wang", programme, "staff", market)
    factories.join(auditor, programme, "auditor", starts_on=BACK)

    with pytest.raises(ValidationError):
        appoint(head, auditor, by=head)


def test_a_deputy_of_a_reviewer_becomes_no_auditor_meanwhile(programme, manager, manager2, admin, office):
    clerk = factories.member("clerk", programme, "staff", office)
    appoint(manager, clerk, by=manager)

    with pytest.raises(ValidationError):
        add_member(programme, clerk, by=admin, role="auditor")


def test_a_closed_account_is_no_deputy(head, staff, admin, service):
    accounts.close_account(staff, by=service, comment="Left.")

    with pytest.raises(ValidationError):
        appoint(head, staff, by=head)


@pytest.mark.parametrize("who", ["staff", "auditor", "admin"])
def test_only_heads_and_reviewers_have_deputies(programme, market, service, who, request):
    colleague = factories.member("wang", programme, "staff", market)

    with pytest.raises(ValidationError) as refused:
        appoint(request.getfixturevalue(who), colleague, by=service)

    assert set(refused.value.message_dict) == {"membership"}


def test_a_deputy_has_no_deputy(deputy, programme, market, admin):
    colleague = factories.member("wang", programme, "staff", market)

    with pytest.raises(ValidationError):
        appoint_deputy(deputy, colleague, by=admin, starts_on=TODAY, ends_on=BACK)


def test_one_person_stands_in_at_a_time(deputy, programme, market, head):
    colleague = factories.member("wang", programme, "staff", market)

    with pytest.raises(ValidationError):
        appoint(head, colleague, by=head, starts_on=BACK, ends_on=BACK)


# From when to when ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (YESTERDAY, BACK, "starts_on"),
        (BACK, TODAY, "ends_on"),
        (TODAY, TODAY + datetime.timedelta(days=90), "ends_on"),
    ],
)
def test_these_days_are_refused(head, staff, starts_on, ends_on, field):
    with pytest.raises(ValidationError) as refused:
        appoint(head, staff, by=head, starts_on=starts_on, ends_on=ends_on)

    assert set(refused.value.message_dict) == {field}


def test_ninety_days_are_the_most(head, staff):
    assert appoint(head, staff, by=head, ends_on=TODAY + datetime.timedelta(days=89))


def test_nobody_stands_in_longer_than_the_role_lasts(programme, market, staff):
    leaving = factories.member("wang", programme, "head", market, ends_on=TOMORROW)

    with pytest.raises(ValidationError):
        appoint(leaving, staff, by=leaving)


def test_nobody_stands_in_longer_than_they_belong_to_the_bureau(programme, market, head):
    leaving = factories.member("wang", programme, "staff", market, ends_on=TOMORROW)

    with pytest.raises(ValidationError):
        appoint(head, leaving, by=head)


@pytest.mark.parametrize(
    ("day", "found"),
    [(TODAY, []), (TOMORROW, ["head"]), (BACK, ["head"]), (BACK + datetime.timedelta(days=1), [])],
)
def test_a_deputy_acts_from_the_first_day_to_the_last(head, staff, day, found):
    appoint(head, staff, by=head, starts_on=TOMORROW)

    with on(day):
        assert stands_in(staff) == found


def test_the_absent_person_may_act_all_the_same(deputy, report, head):
    assert factories.submit(report, by=head).status == "submitted"


# The end --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["head", "admin", "root"])
def test_a_deputy_is_ended_at_once(head, staff, who, request):
    row = appoint(head, staff, by=head)

    end_deputy(row, by=request.getfixturevalue(who))

    assert stands_in(staff) == []


def test_what_was_held_for_a_day_stays_in_the_register(deputy, head):
    with on(TOMORROW):
        head.forget()
        end_deputy(deputy, by=head)

    assert Membership.objects.get(pk=deputy.pk).ends_on == TODAY


@pytest.mark.parametrize("who", ["staff", "neighbour", "manager", "auditor", "stranger"])
def test_nobody_else_ends_a_deputy(deputy, who, request):
    with pytest.raises(NotAllowed):
        end_deputy(deputy, by=request.getfixturevalue(who))


def test_a_deputy_whose_time_is_over_is_not_ended_again(deputy, head):
    with on(BACK + datetime.timedelta(days=1)), pytest.raises(WrongState):
        head.forget()
        end_deputy(deputy, by=head)


def test_a_role_in_ones_own_name_is_not_ended_as_a_deputy(head, admin):
    with pytest.raises(WrongState):
        end_deputy(role_of(head), by=admin)


def test_with_a_role_end_its_deputies(deputy, head, staff, admin):
    end_membership(role_of(head), by=admin)

    assert stands_in(staff) == []
    assert not Membership.objects.filter(pk=deputy.pk).exists()


def test_who_leaves_the_bureau_stands_in_no_longer(deputy, staff, admin):
    end_membership(role_of(staff), by=admin)

    assert stands_in(staff) == []


def test_a_closed_account_takes_its_deputies_with_it(deputy, head, staff, service):
    accounts.close_account(head, by=service, comment="Left.")

    assert stands_in(staff) == []


def test_who_holds_what_is_one_question(deputy, staff, django_assert_num_queries):
    staff.forget()

    with django_assert_num_queries(1):
        assert [str(held) for held in held_by(staff)] == [
            "填报人 市市场监管局",
            "单位负责人 市市场监管局（代head）",
        ]


# Who is told, and what is recorded ------------------------------------------------------------------------------------


def test_both_people_are_told(head, staff, admin):
    appoint(head, staff, by=admin, reason="Leave.")

    told = Notice.objects.order_by("pk").values_list("to__username", "move", "params__comment")
    assert list(told) == [("staff", "appoint_deputy", "Leave."), ("head", "be_deputised", "Leave.")]


def test_the_records_say_who_stands_in_for_whom_and_why(deputy, head):
    event = Event.objects.filter(kind="membership").latest("pk")

    assert (event.action, event.actor_name, event.comment) == ("appoint_deputy", "head", "Leave.")
    assert event.label == "单位负责人 市市场监管局（代head）"


def test_ending_is_recorded_with_its_reason(deputy, head):
    end_deputy(deputy, by=head, reason="Back early.")

    event = Event.objects.filter(kind="membership").latest("pk")
    assert (event.action, event.comment) == ("end_deputy", "Back early.")
