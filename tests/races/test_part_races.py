"""A part of a task is signed for, filed and ended by several at once."""

import pytest

import qdtrade.workflow
from qdtrade.errors import Stale, WrongState
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import ExpectedPart
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SAVING = (qdtrade.workflow, "_write")


@pytest.fixture
def helpers(programme, commerce):
    """Two people of the bureau that holds the part."""
    return [factories.member(name, programme, "staff", commerce) for name in ("li", "wang")]


@pytest.fixture
def part(task, commerce, staff, helpers):
    return factories.part_of(task, commerce, by=staff, accepted_by=helpers[0])


@pytest.fixture
def filing(part, programme, manager):
    factories.open_period(programme, by=manager)
    return ExpectedPart.objects.for_move().get(part=part)


def end(part, by):
    return perform(workflow.END_PART, part, by=by, comment="Not needed any more.")


def test_two_colleagues_sign_for_one_part_and_one_of_them_has(race, task, commerce, staff, helpers):
    given = factories.give(task, commerce, by=staff)

    accepted, refused = race(
        lambda: perform(workflow.ACCEPT_PART, given, by=helpers[0]),
        lambda: perform(workflow.ACCEPT_PART, given, by=helpers[1]),
        gap=SAVING,
    )

    assert accepted.status == "accepted"
    assert isinstance(refused, WrongState)


def test_a_part_that_is_signed_for_while_it_is_sent_back_stays_signed_for(
    race, task, commerce, staff, helpers
):
    given = factories.give(task, commerce, by=staff)

    accepted, refused = race(
        lambda: perform(workflow.ACCEPT_PART, given, by=helpers[0]),
        lambda: perform(workflow.SEND_BACK_PART, given, by=helpers[1], comment="It is the district's."),
        gap=SAVING,
    )

    given.refresh_from_db()
    assert (accepted.status, given.status) == ("accepted", "accepted")
    assert isinstance(refused, WrongState)


def test_what_was_filed_first_stands_when_the_part_is_ended(race, part, filing, staff, helpers):
    filed, ended = race(
        lambda: factories.file_part(filing, by=helpers[0]), lambda: end(part, staff), gap=SAVING
    )

    assert (filed.status, ended.status) == ("filed", "ended")
    filing.refresh_from_db()
    assert (filing.text, filing.exempt_reason) == ("Two firms were visited.", "")


def test_what_comes_after_the_end_of_the_part_is_refused(race, part, filing, staff, helpers):
    ended, refused = race(
        lambda: end(part, staff), lambda: factories.file_part(filing, by=helpers[0]), gap=SAVING
    )

    assert ended.status == "ended"
    assert isinstance(refused, WrongState)
    filing.refresh_from_db()
    assert (filing.text, filing.exempt_reason) == ("", "part_ended")


def test_colleagues_who_file_one_part_at_once_keep_the_first_words(race, filing, helpers):
    first, second = race(
        lambda: factories.file_part(filing, by=helpers[0], text="Two firms."),
        lambda: factories.file_part(filing, by=helpers[1], text="Three firms.", seen=filing.version),
        gap=SAVING,
    )

    assert first.text == "Two firms."
    assert isinstance(second, Stale)


def test_parts_given_at_once_get_numbers_of_their_own(race, task, commerce, finance, staff, head):
    first, second = race(
        lambda: factories.give(task, commerce, by=staff),
        lambda: factories.give(task, finance, by=head),
        gap=(factories.parts, "_let_see"),
    )

    assert (first.number, second.number) == (1, 2)


def test_a_task_is_handed_over_while_its_part_is_filed(race, task, filing, finance, manager, helpers):
    handed, filed = race(
        lambda: perform(workflow.HAND_OVER, task, by=manager, comment="Moved.", bureau=finance),
        lambda: factories.file_part(filing, by=helpers[0]),
        gap=SAVING,
    )

    assert (handed.lead, filed.status) == (finance, "filed")


def test_completion_is_not_claimed_while_a_part_is_given(race, report, commerce, staff, head, manager):
    finished = factories.finished_task(report, by=staff, approved_by=manager)

    given, refused = race(
        lambda: factories.give(finished, commerce, by=staff),
        lambda: factories.claim(finished, by=head),
        gap=(factories.parts, "_let_see"),
    )

    assert given.status == "given"
    assert isinstance(refused, WrongState)
    assert "市商务局" in str(refused)
