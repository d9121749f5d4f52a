"""What a report may say: named fields, milestones with proof, and progress that falls only with a reason."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.errors import WrongState
from qdtrade.workflow import perform
from tasks import content as contents
from tasks import workflow
from tasks.actions import reports
from tests import factories


def refused(report, by, **content):
    """The names of the fields for which this content is refused."""
    with pytest.raises(ValidationError) as error:
        factories.submit(report, by=by, **content)
    return set(error.value.message_dict)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("done", ""), ("done", "  \n"), ("done", None), ("done", "字" * 401), ("problems", "x" * 401),
        ("progress", ""), ("progress", None), ("progress", "100.01"), ("progress", "-1"), ("progress", "40.123"),
        ("progress", "forty"), ("progress", "NaN"), ("progress", "1e999999"), ("progress", "1e-999999"),
        ("progress", "Infinity"), ("progress", "1e999999999999"), ("progress", "9" * 5000),
        ("forecast_on", ""), ("forecast_on", "2021-02-30"), ("forecast_on", "soon"), ("forecast_on", "2020-09-30"),
        ("forecast_on", "9" * 5000), ("forecast_on", "99999999999999-1-1"),
        ("self_light", ""), ("self_light", "purple"), ("self_light", "GREEN"),
        ("milestones", {"3": "2021-09-01"}), ("milestones", {"x": "2021-09-01"}), ("milestones", {"1": "2021-13-01"}),
        ("milestones", {"1": "2021-09-25"}), ("milestones", {"1": "2020-09-30"}),
        ("milestones", {"9" * 5000: "2021-09-01"}),
    ],
)  # fmt: skip
def test_a_wrong_value_names_its_field(report, staff, name, value):
    assert refused(report, staff, **{name: value}) == {name}


def test_every_missing_field_is_named_at_once(report, staff):
    with pytest.raises(ValidationError) as error:
        perform(workflow.SUBMIT, report, by=staff, content={})

    assert set(error.value.message_dict) == {"done", "progress", "forecast_on", "self_light"}


@pytest.mark.parametrize("value", ["0", 0, "0.00", "100", 100, "40%", "４０", Decimal("40.50")])
def test_nought_and_a_hundred_are_progress(report, staff, value):
    assert factories.submit(report, by=staff, progress=value).status == "submitted"


@pytest.mark.parametrize(
    ("typed", "kept"), [("2021-9-3", "2021-09-03"), ("2021/09/03", "2021-09-03"), ("2021.9.3", "2021-09-03")]
)
def test_days_are_read_as_they_are_written(typed, kept):
    assert contents.tidy({"forecast_on": typed})["forecast_on"] == kept


def test_characters_that_cannot_be_kept_are_left_out(report, staff):
    version = factories.submit(report, by=staff, done="a\x00b\ud800c\r\nd\x1b").current

    assert version.content["done"] == "abc\nd"


def test_what_the_form_does_not_know_is_not_kept(report, staff):
    version = factories.submit(report, by=staff, status="approved", author=1).current

    assert version.content.keys() == {*contents.FIELD_NAMES, "no_change", "files"}


@pytest.fixture
def october(approved, manager, staff):
    """The report after one that said 40 %."""
    period = factories.open_period(approved.task.programme, by=manager, month=10)
    return factories.report_of(approved.task, period)


def test_progress_that_falls_needs_a_reason(october, staff):
    assert refused(october, staff, progress="39.99") == {"progress_reason"}


def test_progress_may_fall_with_a_reason(october, staff):
    again = factories.submit(october, by=staff, progress="30", progress_reason="A firm left.")

    assert again.status == "submitted"


def test_progress_is_measured_by_what_was_approved_not_by_what_was_filed(submitted, staff, manager):
    period = factories.open_period(submitted.task.programme, by=manager, month=10)
    following = factories.report_of(submitted.task, period)

    assert factories.submit(following, by=staff, progress="10").status == "submitted"


def test_a_milestone_without_proof_is_refused(report, staff):
    assert refused(report, staff, milestones={"1": "2021-09-01"}) == {"files"}


def test_a_file_for_another_milestone_proves_nothing(report, staff, task):
    factories.attach(report, by=staff, milestone=task.milestones.get(number=2))

    assert refused(report, staff, milestones={"1": "2021-09-01"}) == {"files"}


def test_a_file_that_was_removed_proves_nothing(report, staff, task):
    file = factories.attach(report, by=staff, milestone=task.milestones.get(number=1))
    reports.remove_file(file, by=staff)

    assert refused(report, staff, milestones={"1": "2021-09-01"}) == {"files"}


@pytest.fixture
def proved(report, staff, manager, task):
    """Approved, with milestone 1 done on the first of September."""
    factories.attach(report, by=staff, milestone=task.milestones.get(number=1))
    return factories.approve(factories.submit(report, by=staff, milestones={"1": "2021-09-01"}), by=manager)


def test_a_milestone_is_done_when_its_claim_is_approved(proved, task):
    assert task.milestones.get(number=1).actual_on == datetime.date(2021, 9, 1)


def test_a_milestone_is_claimed_once(proved, staff, manager):
    period = factories.open_period(proved.task.programme, by=manager, month=10)
    following = factories.report_of(proved.task, period)

    assert refused(following, staff, milestones={"1": "2021-09-01"}) == {"milestones"}


def test_a_correction_may_move_or_take_back_its_own_milestone(proved, staff, manager, task):
    reopened = perform(workflow.REOPEN, proved, by=manager, comment="Not done yet.")
    factories.approve(factories.submit(reopened, by=staff, milestones={}), by=manager)

    assert task.milestones.get(number=1).actual_on is None


def test_the_files_of_a_version_are_kept_with_it(proved):
    (file,) = proved.in_force.content["files"]

    assert (file["name"], file["milestone"], len(file["sha256"])) == ("proof.pdf", "1", 64)


def test_facts_come_from_the_latest_period_alone(submitted, staff, manager, task):
    period = factories.open_period(task.programme, by=manager, month=10)
    later = factories.submit(factories.report_of(task, period), by=staff, progress="60")
    factories.approve(later, by=manager)

    factories.approve(submitted, by=manager)

    task.refresh_from_db()
    assert (task.progress, task.facts_period) == (Decimal(60), period)


def test_no_change_needs_an_approved_report_before_it(report, staff):
    with pytest.raises(WrongState):
        perform(workflow.SUBMIT, report, by=staff, content=factories.CONTENT, no_change=True)


def test_no_change_does_not_stand_over_an_overdue_milestone(october, staff):
    with pytest.raises(WrongState):
        perform(workflow.SUBMIT, october, by=staff, content=factories.CONTENT, no_change=True)


def test_no_change_carries_the_last_approved_report(proved, staff, manager):
    period = factories.open_period(proved.task.programme, by=manager, month=10)
    following = factories.report_of(proved.task, period)

    filed = perform(
        workflow.SUBMIT, following, by=staff, content=reports.starting_content(following), no_change=True
    )

    assert filed.current.content["no_change"] is True
    assert (filed.current.content["done"], filed.current.content["milestones"]) == (
        "Registered three firms.",
        {},
    )


def test_accepting_freezes_the_baseline(task):
    assert task.baseline_due_on == task.due_on
    assert {milestone.baseline_on == milestone.plan_on for milestone in task.milestones.all()} == {True}


def test_a_task_is_accepted_once(task, staff):
    with pytest.raises(WrongState):
        perform(workflow.ACCEPT, task, by=staff)


def test_an_act_says_when_it_was_done_in_utc(submitted):
    assert submitted.submitted_at.astimezone(clock.BEIJING).isoformat() == "2021-09-24T10:00:00+08:00"
