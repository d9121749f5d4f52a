"""How readings move, who may move them, and what is in force."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.indicators import workflow
from qdtrade.indicators.actions import readings
from qdtrade.indicators.models import Reading
from qdtrade.notices.models import Notice
from qdtrade.workflow import perform
from tests import indicating

pytestmark = pytest.mark.usefixtures("english")


def test_a_submitted_reading_waits_with_a_clock_and_tells_the_office(waiting, manager):
    assert (waiting.status, waiting.review_due_on) == ("submitted", datetime.date(2021, 9, 29))
    assert Notice.objects.filter(to=manager, kind="reading", move="submit").count() == 1
    assert not Reading.objects.in_force().exists()


@pytest.mark.moves("Reading.approve")
def test_an_approved_reading_is_in_force_and_tells_its_submitter(waiting, manager, staff):
    perform(workflow.APPROVE, waiting, by=manager)

    row = Reading.objects.in_force().get()
    assert (row.value, row.decided_by, row.review_due_on) == (Decimal("28.6"), manager, None)
    assert Notice.objects.filter(to=staff, kind="reading", move="approve").count() == 1


@pytest.mark.moves("Reading.return", "Reading.submit")
def test_a_returned_reading_is_submitted_again_with_another_value(waiting, manager, staff):
    returned = perform(workflow.RETURN, waiting, by=manager, comment="Which table?")
    again = perform(workflow.SUBMIT, returned, by=staff, value=Decimal("28.7"), source="统计表3")

    assert (returned.remarks, again.status) == ("Which table?", "submitted")
    assert (again.value, again.source, again.period) == (Decimal("28.7"), "统计表3", indicating.HALF)


@pytest.mark.moves("Reading.withdraw")
def test_a_withdrawn_reading_can_be_submitted_again(waiting, staff):
    withdrawn = perform(workflow.WITHDRAW, waiting, by=staff)

    assert perform(workflow.SUBMIT, withdrawn, by=staff).status == "submitted"


def test_only_whoever_submitted_it_withdraws_it(waiting, head):
    with pytest.raises(NotAllowed, match="only they can withdraw"):
        perform(workflow.WITHDRAW, waiting, by=head)


@pytest.mark.moves("Reading.reopen")
def test_a_reopened_reading_stays_in_force_until_its_correction_is_approved(approved, manager, staff):
    reopened = perform(workflow.REOPEN, approved, by=manager, comment="The table was revised.")
    new = readings.correct_reading(reopened, by=staff, reason="Revised table", value=Decimal("27.9"))
    assert [row.pk for row in Reading.objects.in_force()] == [reopened.pk]

    perform(workflow.APPROVE, new, by=manager)

    assert [row.pk for row in Reading.objects.in_force()] == [new.pk]
    reopened.refresh_from_db()
    assert (reopened.status, reopened.value) == ("superseded", Decimal("28.6"))


def test_a_correction_needs_a_reason_and_an_approved_reading(approved, staff, growth):
    with pytest.raises(ValidationError, match="what was wrong"):
        readings.correct_reading(approved, by=staff, reason=" ", value=Decimal(1))

    first = readings.correct_reading(approved, by=staff, reason="Wrong table", value=Decimal(1))
    with pytest.raises(WrongState, match="Only an approved reading"):
        readings.correct_reading(first, by=staff, reason="Again", value=Decimal(2))
    with pytest.raises(WrongState, match="under way already"):
        readings.correct_reading(approved, by=staff, reason="Again", value=Decimal(2))


def test_a_period_with_an_approved_reading_takes_corrections_alone(approved, growth, staff):
    with pytest.raises(WrongState, match="correct that one"):
        indicating.reading(growth, by=staff)


def test_one_reading_of_a_period_is_under_way_at_a_time(waiting, growth, manager):
    with pytest.raises(WrongState, match="under way already"):
        indicating.reading(growth, by=manager)


def test_the_database_keeps_one_reading_of_a_period_in_force(approved):
    approved.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        approved.save(force_insert=True)


@pytest.mark.parametrize("role", ["neighbour", "auditor", "admin", "stranger"])
def test_a_reading_is_submitted_by_its_owner_or_the_office(role, growth, request):
    with pytest.raises(NotAllowed):
        indicating.reading(growth, by=request.getfixturevalue(role))


@pytest.mark.parametrize("role", ["staff", "head", "neighbour", "auditor", "admin", "stranger"])
def test_only_a_reviewer_decides(role, waiting, request):
    with pytest.raises(NotAllowed):
        perform(workflow.APPROVE, waiting, by=request.getfixturevalue(role))


def test_nobody_approves_their_own_reading(growth, manager, manager2):
    row = indicating.reading(growth, by=manager)

    with pytest.raises(NotAllowed, match="You submitted this"):
        perform(workflow.APPROVE, row, by=manager)
    assert perform(workflow.APPROVE, row, by=manager2).is_in_force


def test_a_reviewer_of_the_owner_decides_nothing_of_it(programme, commerce, manager, neighbour, manager2):
    row = indicating.reading(indicating.indicator(programme, commerce, by=manager), by=neighbour)

    with pytest.raises(NotAllowed, match="Your own bureau owes this reading"):
        perform(workflow.APPROVE, row, by=manager2)
    with pytest.raises(NotAllowed, match="Your own bureau owes this reading"):
        perform(workflow.RETURN, row, by=manager2, comment="No.")


def test_what_was_decided_is_not_decided_again(approved, manager):
    with pytest.raises(WrongState):
        perform(workflow.APPROVE, approved, by=manager)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"value": None}, "value"),
        ({"words": "第一"}, "words"),
        ({"period": ""}, "period"),
        ({"source": " "}, "source"),
        ({"on": None}, "on"),
        ({"on": datetime.date(2021, 9, 25)}, "on"),
    ],
)
def test_what_a_reading_lacks_is_named(growth, staff, said, field):
    with pytest.raises(ValidationError) as refused:
        indicating.reading(growth, by=staff, **said)

    assert field in refused.value.message_dict


def test_zero_is_a_value(growth, staff, manager, sign_in):
    row = indicating.approved(growth, by=staff, approved_by=manager, value=Decimal(0))

    assert Reading.objects.get(pk=row.pk).value == 0
    assert '<b class="said-figure">0.0</b>' in sign_in(staff).get(reverse("indicator_list")).content.decode()


def test_an_indicator_that_stands_in_words_takes_no_figure(programme, market, manager, staff):
    index = indicating.indicator(programme, market, by=manager, form="words", unit="", decimals=0)

    row = indicating.reading(index, by=staff, value=None, words="第一梯队")
    assert (row.value, row.words) == (None, "第一梯队")
    with pytest.raises(ValidationError, match="stands in words"):
        indicating.reading(index, by=staff, period="2020年", words="第一")


@pytest.mark.parametrize("value", ["0", "1.5", "-1"])
def test_a_rank_is_a_whole_number_from_one_on(programme, market, manager, staff, value):
    rank = indicating.indicator(programme, market, by=manager, form="rank", unit="位", decimals=0)

    with pytest.raises(ValidationError, match="A rank"):
        indicating.reading(rank, by=staff, value=Decimal(value))


def test_everything_is_in_the_records(waiting, manager):
    perform(workflow.APPROVE, waiting, by=manager)

    acts = Event.objects.filter(kind="reading").order_by("seq").values_list("action", flat=True)
    assert list(acts) == ["submit", "approve"]


def test_an_unapproved_reading_is_seen_by_its_owner_and_the_office_alone(waiting, staff, neighbour, auditor):
    def seen(person):
        return Reading.objects.visible_to(person).count()

    assert [seen(staff), seen(auditor), seen(neighbour)] == [1, 1, 0]
