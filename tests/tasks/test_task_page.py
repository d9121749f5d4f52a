"""The page of a task."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qdtrade import clock
from tests import factories


@pytest.fixture
def page(sign_in, task):
    """Opens the task's page in English."""

    def get(person, query=""):
        browser = sign_in(person)
        browser.cookies["django_language"] = "en"
        return browser.get(f"/tasks/{task.pk}/{query}")

    return get


def test_it_shows_the_three_papers_in_order(page, manager):
    html = page(manager).content.decode()

    assert html.index('id="specification"') < html.index('id="roadmap"') < html.index('id="inspection"')


def test_it_says_how_far_behind_and_what_is_overdue(page, manager):
    html = page(manager).content.decode()

    assert "66 points behind planned progress" in html
    assert "milestone 1 is 267 days overdue" in html


def test_the_picture_has_a_title_and_a_drawing_for_the_phone(page, manager):
    html = page(manager).content.decode()

    assert '<title id="timeline-desk-title">' in html
    assert '<title id="timeline-phone-title">' in html
    assert "style=" not in html


def test_a_claim_under_review_is_hatched_and_says_so(report, staff, page, manager):
    factories.attach(report, by=staff, milestone=report.task.milestones.get(number=1))
    factories.submit(report, by=staff, milestones={"1": "2021-09-01"})

    step = page(manager).context["steps"][0]

    assert (step.state, step.claimed_on, step.files) == ("claimed", datetime.date(2021, 9, 1), 1)


def test_the_inspection_line_tells_progress_from_what_was_approved_before(
    approved, programme, staff, manager, page
):
    with clock.at(datetime.datetime(2021, 10, 22, 9, 0, tzinfo=clock.BEIJING)):
        october = factories.open_period(programme, by=manager, month=10)
        factories.submit(factories.report_of(approved.task, october), by=staff, progress="55")

        line = page(manager).context["filed"][0]

    assert (line.before, line.after, line.is_in_force) == (40, 55, False)


def test_a_draft_is_seen_to_exist_and_not_what_it_says(report, staff, sign_in, page, manager):
    sign_in(staff).post(f"/reports/{report.pk}/draft/", {"done": "Half a thought", "draft_version": "0"})

    answer = page(manager)

    assert answer.context["filed"][0].state.code == "draft"
    assert "Half a thought" not in answer.content.decode()


def test_the_lead_bureau_may_accept_a_new_task(field, market, manager, staff, sign_in):
    new = factories.task(field, market, by=manager)

    answer = sign_in(staff).get(f"/tasks/{new.pk}/")

    assert answer.context["moves"]["accept"].open


def test_nobody_else_is_offered_to_accept_it(field, market, manager, sign_in):
    new = factories.task(field, market, by=manager)

    assert "accept" not in sign_in(manager).get(f"/tasks/{new.pk}/").context["moves"]


def test_a_returned_report_leads_its_writer_to_the_answer(returned, page, staff):
    assert "Answer the return" in page(staff).content.decode()


def test_the_history_tells_who_did_what_and_why(returned, page, auditor):
    html = page(auditor).content.decode()

    assert "<b>Returned</b>" in html
    assert "“Which firms?”" in html


def test_the_whole_history_is_one_click_away(returned, page, auditor):
    assert page(auditor, "?history=all").context["whole_history"]


def test_a_task_of_another_bureau_is_not_found(page, neighbour):
    assert page(neighbour).status_code == 404


def test_a_task_without_a_report_says_when_the_first_is_due(page, manager, programme):
    factories.planned_period(programme, by=manager, month=10)

    assert "The first one is for 2021-10" in page(manager).content.decode()


def test_more_reports_and_files_cost_no_more_queries(approved, programme, staff, manager, sign_in):
    browser, address = sign_in(manager), f"/tasks/{approved.task.pk}/"
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    with clock.at(datetime.datetime(2021, 10, 22, 9, 0, tzinfo=clock.BEIJING)):
        october = factories.report_of(approved.task, factories.open_period(programme, by=manager, month=10))
        factories.attach(october, by=staff)
        factories.approve(factories.submit(october, by=staff, progress="55"), by=manager)

        with CaptureQueriesContext(connection) as two:
            browser.get(address)

    assert len(two) <= len(one) <= 28
