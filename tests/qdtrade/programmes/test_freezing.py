"""What a bulletin quotes is kept when its period is frozen, never changes, and is put right beside what it was."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import translation

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes import actions, figure_words, freezing
from qdtrade.programmes import workflow as periods
from qdtrade.programmes.models import Period, PeriodFigure, Restatement
from qdtrade.workflow import perform
from tasks.models import Task
from tests import factories


@pytest.fixture
def cast(staff, head, neighbour, manager, auditor, admin, stranger, root):
    """Everybody, before the clock goes on."""


@pytest.fixture
def frozen(cast, field, commerce, manager, staff, neighbour, task, programme):
    """A period in which one of two bureaus filed."""
    factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    period = factories.open_period(programme, by=manager)
    factories.submit(factories.report_of(task, period), by=staff)
    closed = factories.close_period(period, by=manager)
    with clock.at(closed.closes_at):
        return perform(periods.FREEZE_PERIOD, closed, by=manager)


@pytest.fixture
def later(frozen):
    """A day after it was frozen."""
    with clock.at(frozen.closes_at + datetime.timedelta(days=10)):
        yield


def excuse(period, manager, bureau):
    """The fact that the figures of the period follow from is put right: this bureau owed nothing."""
    row = period.expectedreports.get(bureau=bureau)
    row.exempt_reason, row.exempt_by, row.exempt_at = "Not begun.", manager, clock.now()
    row.save(update_fields=["exempt_reason", "exempt_by", "exempt_at"])


def values(period, name, by="", key=""):
    """By part what is quoted."""
    return {
        one.figure.part: one.figure.value
        for one in freezing.quoted(period)[name]
        if (one.figure.by, one.figure.key) == (by, str(key))
    }


def test_freezing_keeps_every_figure_and_records_their_hash(frozen):
    rows = list(frozen.kept_figures.as_added())

    assert len(rows) == frozen.figures_kept
    assert freezing.digest_of(rows) == frozen.figures_hash
    event = Event.objects.get(kind="period", action="freeze")
    assert frozen.figures_hash in event.changes
    assert {row.name for row in rows} >= {"tasks.status", "tasks.light", "tasks.slippage", "ledger.tasks"}


def test_the_kept_rates_are_those_of_the_period(frozen, market, commerce):
    assert values(frozen, "ledger.tasks") | {"expected": 2, "filed": 1, "missing": 1} == values(
        frozen, "ledger.tasks"
    )
    assert values(frozen, "ledger.tasks")["rate_coverage"] == Decimal("50")
    assert values(frozen, "ledger.tasks", "bureau", market.pk)["rate_coverage"] == Decimal("100")
    assert values(frozen, "ledger.tasks", "bureau", commerce.pk)["missing"] == 1


def test_an_empty_denominator_is_kept_as_nothing_and_not_as_zero(frozen, commerce):
    assert values(frozen, "ledger.tasks", "bureau", commerce.pk)["rate_returned"] is None


def test_what_is_kept_never_changes_whatever_becomes_of_the_data(frozen, later, manager, commerce):
    before = {name: [one.figure.value for one in rows] for name, rows in freezing.quoted(frozen).items()}

    Task.objects.update(status=Task.Status.DONE)
    excuse(frozen, manager, commerce)
    frozen.expectedreports.update(first_submitted_at=None, first_submitted_on=None)

    after = {name: [one.figure.value for one in rows] for name, rows in freezing.quoted(frozen).items()}
    assert after == before


def test_a_period_that_is_not_frozen_is_counted_now(period):
    assert values(period, "tasks.status")["in_progress"] == 1

    Task.objects.update(status=Task.Status.SUSPENDED)

    assert values(period, "tasks.status")["in_progress"] == 0
    assert not PeriodFigure.objects.exists()


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_the_database_itself_keeps_them(frozen, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        getattr(PeriodFigure.objects.all(), statement)(**({"value": 0} if statement == "update" else {}))


def test_a_restatement_stands_beside_what_was_kept(frozen, later, manager, commerce):
    excuse(frozen, manager, commerce)

    made = actions.restate(frozen, by=manager, reason="The bureau owed nothing.")

    rows = freezing.quoted(frozen)["ledger.tasks"]
    coverage = next(one for one in rows if one.figure.part == "rate_coverage" and not one.figure.by)
    assert (coverage.figure.value, [one.value for one in coverage.replaced]) == (100, [50])
    assert coverage.figure.restatement == made
    assert made.figures == made.rows.count() > 1
    unchanged = next(one for one in rows if one.figure.part == "expected" and not one.figure.by)
    assert unchanged.replaced == ()


def test_a_restatement_is_recorded_with_its_count_and_hash(frozen, later, manager, commerce):
    excuse(frozen, manager, commerce)

    made = actions.restate(frozen, by=manager, reason="The bureau owed nothing.")

    event = Event.objects.get(kind="restatement", action="restate")
    assert (event.comment, event.root_kind, event.root_id) == (
        "The bureau owed nothing.",
        "period",
        frozen.pk,
    )
    assert made.figures_hash == freezing.digest_of(made.rows.as_added())
    assert made.figures_hash in event.changes


def test_a_second_restatement_keeps_all_three_values(frozen, later, manager, commerce):
    excuse(frozen, manager, commerce)
    actions.restate(frozen, by=manager, reason="The bureau owed nothing.")
    frozen.expectedreports.update(exempt_reason="", exempt_at=None, exempt_by=None)
    with clock.at(clock.end_of(clock.today())):
        actions.restate(frozen, by=manager, reason="It did after all.")

        found = freezing.quoted(frozen)["ledger.tasks"]
    coverage = next(one for one in found if one.figure.part == "rate_coverage" and not one.figure.by)
    assert [row.value for row in (*coverage.replaced, coverage.figure)] == [50, 100, 50]
    assert coverage.kept_first.value == 50


def test_a_stand_of_a_moment_is_history_and_never_restated(frozen, later, manager):
    Task.objects.update(status=Task.Status.DONE)

    with pytest.raises(WrongState):
        actions.restate(frozen, by=manager, reason="Tasks are done meanwhile.")


@pytest.mark.parametrize("who", ["staff", "head", "auditor", "admin", "stranger", "root"])
def test_only_a_reviewer_restates(frozen, later, commerce, manager, who, request):
    excuse(frozen, manager, commerce)

    with pytest.raises(NotAllowed):
        actions.restate(frozen, by=request.getfixturevalue(who), reason="So.")

    assert not Restatement.objects.exists()


def test_a_restatement_needs_a_reason_and_a_frozen_period(frozen, later, manager, programme):
    planned = factories.planned_period(programme, by=manager, month=10)

    with pytest.raises(ValidationError):
        actions.restate(frozen, by=manager, reason="  ")
    with pytest.raises(WrongState):
        actions.restate(planned, by=manager, reason="So.")


@pytest.mark.parametrize(("who", "sees"), [("manager", True), ("auditor", True), ("admin", True), ("staff", False),
                                           ("head", False), ("stranger", False)])  # fmt: skip
def test_kept_figures_are_of_the_whole_and_seen_by_who_reads_it(frozen, who, sees, request):
    user = request.getfixturevalue(who)

    assert PeriodFigure.objects.visible_to(user).exists() == sees


def test_figures_are_named_with_formula_value_and_division(frozen):
    rows = freezing.quoted(frozen)["ledger.tasks"]
    coverage = next(one.figure for one in rows if one.figure.part == "rate_coverage" and not one.figure.by)

    with translation.override("en"):
        words = [getattr(figure_words, name)(coverage) for name in ("label", "formula", "value", "division")]

    assert words == ["Coverage rate", "filed ÷ (expected − exempt)", "50.0%", "1 ÷ 2"]


def test_a_period_frozen_before_figures_were_kept_is_counted_now_until_it_is_restated(frozen, later, manager):
    Period.objects.filter(pk=frozen.pk).update(figures_kept=None, figures_hash="")
    frozen.refresh_from_db()

    assert not freezing.are_kept(frozen)
    assert values(frozen, "ledger.tasks")["filed"] == 1
