"""Several reports approved at once: only those that change nothing, each by itself."""

import datetime

import pytest

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories


@pytest.fixture
def browser(in_english, manager):
    return in_english(manager)


@pytest.fixture
def october(field, market, manager, staff, programme):
    """The October reports of three tasks whose September was approved, filed: two with no change, one with news."""
    soon = [("Ten firms", datetime.date(2022, 3, 31))]
    tasks = [
        factories.accepted_task(field, market, by=manager, accepted_by=staff, milestones=soon)
        for _n in range(3)
    ]
    september = factories.open_period(programme, by=manager)
    for task in tasks:
        factories.approve(factories.submit(factories.report_of(task, september), by=staff), by=manager)
    with clock.at(datetime.datetime(2021, 10, 22, 9, 0, tzinfo=clock.BEIJING)):
        month = factories.open_period(programme, by=manager, month=10)
        reports = [factories.report_of(task, month) for task in tasks]
        same = [
            perform(workflow.SUBMIT, report, by=staff, content=factories.CONTENT, no_change=True)
            for report in reports[:2]
        ]
        yield [*same, factories.submit(reports[2], by=staff, progress="60")]


def approve(browser, *reports, **versions):
    sent = {"row": [report.pk for report in reports]}
    sent |= {f"version-{report.pk}": report.version for report in reports}
    return browser.post("/desk/together/", sent | versions, follow=True)


def results(answer):
    return {line.report.pk: line.reason for line in answer.context["lines"]}


def states(reports):
    for report in reports:
        report.refresh_from_db()
    return [report.status for report in reports]


def test_only_reports_that_change_nothing_can_be_ticked(october, browser):
    queue = browser.get("/desk/").context["queue"]

    assert [line.row for line in queue.lines if line.may_tick] == october[:2]
    assert queue.unchanged == 2


def test_those_that_a_reviewer_took_can_be_ticked_in_their_tab_too(october, browser, manager):
    perform(workflow.TAKE, october[0], by=manager)

    queue = browser.get("/desk/?tab=mine").context["queue"]

    assert [line.may_tick for line in queue.lines] == [True]
    assert queue.unchanged == 1
    ready = browser.get("/desk/together/?tab=mine&all=1").context["ready"]
    assert [line.report for line in ready] == [october[0]]


def test_the_page_before_says_what_would_become_of_each(october, browser):
    answer = browser.get("/desk/together/", {"row": [report.pk for report in october]})

    assert [line.report for line in answer.context["ready"]] == october[:2]
    assert [line.report for line in answer.context["refused"]] == october[2:]
    assert states(october) == ["submitted"] * 3


def test_all_with_no_change_are_chosen_at_once(october, browser):
    answer = browser.get("/desk/together/?all=1")

    assert [line.report for line in answer.context["ready"]] == october[:2]


def test_each_gets_a_result_of_its_own(october, browser):
    answer = approve(browser, *october)

    assert states(october) == ["approved", "approved", "submitted"]
    assert "decided by itself" in results(answer)[october[2].pk]
    assert "2 reports approved, 1 was not" in answer.content.decode()


@pytest.mark.parametrize("changed", [{"self_light": "red"}, {"forecast_on": "2022-02-28"}])
def test_no_change_with_another_light_or_forecast_is_decided_by_itself(
    october, browser, staff, manager, changed
):
    report = perform(workflow.WITHDRAW, october[0], by=staff)
    content = factories.CONTENT | changed
    report = perform(workflow.SUBMIT, report, by=staff, content=content, no_change=True)

    answer = approve(browser, report)

    assert states([report]) == ["submitted"]
    assert "decided by itself" in results(answer)[report.pk]
    assert browser.get("/desk/").context["queue"].unchanged == 1


def test_the_same_rules_hold_as_one_by_one(october, sign_in, manager, manager2):
    taken = perform(workflow.TAKE, october[0], by=manager)

    answer = approve(sign_in(manager2), taken)

    assert results(answer)[taken.pk]
    assert states([taken]) == ["submitted"]


def test_what_changed_since_it_was_ticked_is_refused(october, browser, staff):
    seen = october[0].version
    again = perform(workflow.WITHDRAW, october[0], by=staff)
    again = perform(workflow.SUBMIT, again, by=staff, content=factories.CONTENT, no_change=True)

    answer = approve(browser, again, **{f"version-{again.pk}": seen})

    assert states([again]) == ["submitted"]
    assert "changed after you opened it" in results(answer)[again.pk]


def test_a_form_that_is_sent_twice_says_the_same_twice(october, browser):
    versions = {f"version-{report.pk}": report.version for report in october[:2]}
    first = approve(browser, *october[:2])

    again = approve(browser, *october[:2], **versions)

    assert results(first) == results(again) == dict.fromkeys(results(first), "")


def test_one_event_sums_the_act_up(october, browser):
    approve(browser, *october)

    event = Event.objects.get(action="approve_together")
    assert Event.objects.filter(action="approve", kind="report").count() >= 2
    assert all(report.task.code in event.comment for report in october)


def test_nothing_ticked_says_so(october, browser):
    assert "No report was chosen" in browser.get("/desk/together/").content.decode()
    assert "No report was chosen" in browser.post("/desk/together/", {}, follow=True).content.decode()


def test_reports_of_another_programme_are_not_touched(october, sign_in, region, office):
    elsewhere = factories.member("wang", factories.programme(region, "qd-2025"), "manager", office)

    approve(sign_in(elsewhere), *october)

    assert states(october) == ["submitted"] * 3
