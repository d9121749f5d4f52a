"""A reviewer shows another light for a while; both are kept, and it ends by itself."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.lights.actions import end_override, override
from tasks.models import Task, TaskOverride
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date
TODAY = DAY(2021, 9, 24)


def lit(task):
    return Task.objects.with_light().get(pk=task.pk)


def test_both_lights_are_kept_and_the_override_is_shown(task, period, manager):
    computed = lit(task).light
    row = override(task, "blue", by=manager, reason="Finished; the paper follows.")

    assert (lit(task).light, lit(task).light_computed) == ("blue", computed)
    assert task.lights.order_by("pk").last().override == row
    assert Event.objects.filter(action="override", root_kind="task", root_id=task.pk).exists()


def test_it_ends_with_the_period(task, period, manager):
    row = override(task, "red", by=manager, reason="The counterpart left.")
    assert row.ends_on == DAY(2021, 9, 30)

    with clock.at(clock.start_of(DAY(2021, 10, 1))):
        call_command("keep_lights")
        assert lit(task).light == lit(task).light_computed


def test_a_day_within_the_period_may_be_chosen_and_none_after_it(task, period, manager):
    row = override(task, "red", by=manager, reason="Wait.", ends_on=DAY(2021, 9, 26))
    assert row.runs_on(DAY(2021, 9, 26)) and not row.runs_on(DAY(2021, 9, 27))

    for day in (DAY(2021, 9, 23), DAY(2021, 10, 1)):
        with pytest.raises(ValidationError):
            override(task, "red", by=manager, reason="Wait.", ends_on=day)


def test_without_a_planned_period_it_ends_with_the_month(task, manager):
    assert override(task, "red", by=manager, reason="Wait.").ends_on == DAY(2021, 9, 30)


def test_another_one_takes_its_place(task, manager):
    first = override(task, "red", by=manager, reason="Wait.")
    second = override(task, "yellow", by=manager, reason="Better.")

    first.refresh_from_db()
    assert (first.ended_reason, lit(task).light) == ("replaced", "yellow")
    assert TaskOverride.objects.running(TODAY).get() == second


def test_a_reviewer_ends_it_once_with_a_reason(task, manager):
    row = override(task, "red", by=manager, reason="Wait.")
    with pytest.raises(ValidationError):
        end_override(row, by=manager, reason=" ")
    end_override(row, by=manager, reason="Settled.")

    assert lit(task).light == lit(task).light_computed
    with pytest.raises(WrongState):
        end_override(row, by=manager, reason="Settled.")


def test_only_reviewers_and_none_of_the_lead_bureau(task, staff, head, auditor, admin, stranger, manager2):
    for person in (staff, head, auditor, admin, stranger):
        with pytest.raises(NotAllowed):
            override(task, "green", by=person, reason="We say so.")
    factories.join(manager2, task.programme, "staff", task.lead)
    with pytest.raises(NotAllowed):
        override(task, "green", by=manager2, reason="We say so.")


def test_it_needs_a_reason_and_one_of_the_five(task, manager):
    for level, reason in (("green", " "), ("purple", "Fine.")):
        with pytest.raises(ValidationError):
            override(task, level, by=manager, reason=reason)
