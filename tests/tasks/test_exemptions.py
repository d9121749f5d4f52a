"""A report can be excused, or taken later; both with a reason, by a reviewer alone."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes import actions
from tests import factories

LATER = datetime.date(2021, 10, 8)


def test_an_exempt_report_leaves_the_denominator_with_its_reason(report, manager):
    actions.exempt(report.expected, by=manager, reason="Nothing planned.")

    row = type(report.expected).objects.with_timeliness(clock.now()).get()
    assert row.timeliness == "exempt"
    assert Event.objects.get(action="exempt").comment == "Nothing planned."


def test_an_exempt_report_takes_no_submission(report, manager, staff):
    actions.exempt(report.expected, by=manager, reason="Nothing planned.")

    with pytest.raises(WrongState):
        factories.submit(report, by=staff)


def test_an_exception_takes_a_first_submission_after_the_period_closed(report, manager, staff):
    actions.grant_exception(report.expected, by=manager, until=LATER, reason="Waiting for a signature.")
    factories.close_period(report.period, by=manager)

    with clock.at(datetime.datetime(2021, 10, 8, 17, 0, tzinfo=clock.BEIJING)):
        filed = factories.submit(report, by=staff)

    assert filed.status == "submitted"


def test_an_exception_in_the_past_is_refused(report, manager):
    with pytest.raises(ValidationError):
        actions.grant_exception(report.expected, by=manager, until=datetime.date(2021, 9, 1), reason="Late.")


def test_only_a_reviewer_excuses(report, staff):
    with pytest.raises(NotAllowed):
        actions.exempt(report.expected, by=staff, reason="We are busy.")


@pytest.mark.parametrize("reason", ["", "  "])
def test_excusing_needs_a_reason(report, manager, reason):
    with pytest.raises(ValidationError):
        actions.exempt(report.expected, by=manager, reason=reason)


def test_what_was_submitted_is_not_excused_any_more(submitted, manager):
    with pytest.raises(WrongState):
        actions.exempt(submitted.expected, by=manager, reason="Nothing planned.")
