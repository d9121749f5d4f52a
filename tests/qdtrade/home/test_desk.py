"""The review desk."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qdtrade import clock
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories


@pytest.fixture
def browser(in_english, manager):
    return in_english(manager)


@pytest.fixture
def owed(field, market, manager, staff, programme):
    """Three reports that the market bureau owes."""
    tasks = [factories.accepted_task(field, market, by=manager, accepted_by=staff) for _number in range(3)]
    period = factories.open_period(programme, by=manager)
    return [factories.report_of(task, period) for task in tasks]


@pytest.fixture
def waiting(owed, staff):
    """The three reports, submitted on three days; it is the last of these."""
    done = []
    for report, day in zip(owed, (24, 27, 28), strict=True):
        with clock.at(datetime.datetime(2021, 9, day, 11, 0, tzinfo=clock.BEIJING)):
            done.append(factories.submit(report, by=staff))
    with clock.at(datetime.datetime(2021, 9, 28, 12, 0, tzinfo=clock.BEIJING)):
        yield done


@pytest.fixture
def october(approved, programme, staff, manager):
    """The next report on the same task, with another text."""
    with clock.at(datetime.datetime(2021, 10, 22, 9, 0, tzinfo=clock.BEIJING)):
        period = factories.open_period(programme, by=manager, month=10)
        report = factories.report_of(approved.task, period)
        yield factories.submit(report, by=staff, done="Registered five firms.", progress="46")


def decide(browser, report, move, **typed):
    return browser.post(f"/desk/{report.pk}/", {"move": move, "version": report.version} | typed)


def test_the_queue_is_ordered_by_the_date_for_review(waiting, browser):
    rows = browser.get("/desk/").context["queue"].lines

    assert [row.row for row in rows] == waiting
    assert [row.clock.words for row in rows] == ["1 day left", "2 days left", "3 days left"]


def test_the_queue_says_what_is_new_in_six_words(october, browser):
    row = browser.get("/desk/").context["queue"].lines[0]

    assert row.change == "progress +6"


def test_a_report_of_the_reviewers_own_bureau_is_greyed_in_words(
    field, commerce, neighbour, manager, manager2, programme, sign_in
):
    task = factories.accepted_task(field, commerce, by=manager, accepted_by=neighbour)
    report = factories.report_of(task, factories.open_period(programme, by=manager))
    factories.submit(report, by=neighbour)

    answer = sign_in(manager2).get("/desk/")

    assert answer.context["queue"].lines[0].reason
    assert 'value="approve"' not in answer.content.decode()


def test_differences_are_marked_against_the_last_approved_report(october, browser):
    html = browser.get(f"/desk/{october.pk}/").content.decode()

    assert "Registered <del>three</del> firms." in html
    assert "Registered <ins>five</ins> firms." in html


def test_unchanged_fields_can_be_left_out(october, browser):
    answer = browser.get(f"/desk/{october.pk}/?look=changes").content.decode()

    assert 'class="same"' not in answer


def test_the_first_report_has_nothing_to_be_compared_with(submitted, browser):
    assert browser.get(f"/desk/{submitted.pk}/").context["base"] is None


def test_the_effect_of_approving_is_said_beforehand(october, browser):
    assert browser.get(f"/desk/{october.pk}/").context["effect"] == (
        "Approving writes to the register: progress 40 → 46."
    )


def test_what_the_program_could_check_is_checked(submitted, browser):
    checks = [(check.ok, check.words) for check in browser.get("/desk/").context["checks"]]

    assert (True, "first submitted on time") in checks
    assert (False, "milestone 1 is overdue and not claimed") in checks


def test_approving_leads_to_the_next_report(waiting, browser):
    answer = decide(browser, waiting[0], "approve")

    assert answer.url == f"/desk/{waiting[1].pk}/?programme=qd-2020"


def test_after_the_last_report_the_desk_says_who_still_owes(submitted, browser):
    answer = browser.post(
        f"/desk/{submitted.pk}/", {"move": "approve", "version": submitted.version}, follow=True
    )

    assert "Nothing waits for review" in answer.content.decode()


def test_a_return_keeps_reason_and_remarks(submitted, browser):
    decide(browser, submitted, "return", comment="Which firms?", **{"remark-done": "Name them."})

    version = submitted.versions.get()
    assert (version.decision, version.comment, version.remarks) == (
        "returned",
        "Which firms?",
        {"done": "Name them."},
    )


def test_a_return_without_a_reason_gives_back_what_was_typed(submitted, browser):
    answer = decide(browser, submitted, "return", **{"remark-done": "Name them."})

    assert answer.status_code == 400
    assert "Please give a reason." in answer.content.decode()
    assert ">Name them.</textarea>" in answer.content.decode()


def test_remarks_are_not_kept_with_an_approval(submitted, browser):
    decide(browser, submitted, "approve", **{"remark-done": "Nice."})

    assert submitted.versions.get().remarks == {}


def test_a_colleague_who_was_faster_wins_and_nothing_typed_is_lost(submitted, browser, manager2):
    factories.send_back(submitted, by=manager2, comment="Too short.")

    answer = decide(browser, submitted, "return", comment="Which firms?", **{"remark-done": "Name them."})

    html = answer.content.decode()
    assert answer.status_code == 412
    assert "Which firms?" in html and "Name them." in html
    assert "Too short." in html


def test_a_report_that_a_colleague_took_meanwhile_is_refused(submitted, browser, manager2):
    perform(workflow.TAKE, submitted, by=manager2)

    assert decide(browser, submitted, "approve").status_code == 412
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_a_colleagues_report_is_put_back_with_a_reason(submitted, browser, manager2):
    taken = perform(workflow.TAKE, submitted, by=manager2)

    html = browser.get(f"/desk/{taken.pk}/").content.decode()

    assert "put-back-reason" in html
    assert 'name="move" value="approve"' not in html


def test_what_was_asked_before_stands_beside_its_field(returned, browser, staff):
    factories.submit(returned, by=staff, done="Registered Haier.")

    line = browser.get(f"/desk/{returned.pk}/").context["lines"][0]

    assert (line.remark.text, line.remark.answered) == ("Name them.", True)


def test_returned_reports_have_a_tab_of_their_own(returned, browser):
    answer = browser.get("/desk/?tab=returned")

    assert [row.row for row in answer.context["queue"].lines] == [returned]
    assert answer.context["counts"] == {"waiting": 0, "mine": 0, "returned": 1}


def test_an_approved_report_can_be_reopened_from_the_desk(approved, browser):
    assert browser.get(f"/desk/{approved.pk}/").context["moves"]["reopen"].open


def test_a_move_that_the_desk_does_not_make_is_not_found(submitted, browser):
    assert decide(browser, submitted, "submit").status_code == 404


@pytest.mark.parametrize("person", ["staff", "auditor", "admin"])
def test_the_desk_is_for_reviewers(submitted, sign_in, request, person):
    assert sign_in(request.getfixturevalue(person)).get("/desk/").status_code == 403


def test_a_longer_queue_costs_no_more_queries(owed, staff, browser):
    factories.submit(owed[0], by=staff)
    browser.get("/desk/")  # the first visit is noted with the session
    with CaptureQueriesContext(connection) as one:
        browser.get("/desk/")
    factories.submit(owed[1], by=staff)
    factories.submit(owed[2], by=staff)

    with CaptureQueriesContext(connection) as many:
        browser.get("/desk/")

    assert len(many) == len(one)
