"""The form of a report, its sheet for everybody else, and “no change”."""

import datetime

import pytest
from django.urls import reverse

from qdtrade import clock
from tasks.models import Draft, Report, ReportVersion
from tests import factories

TYPED = factories.CONTENT | {"milestones": "", "progress_reason": "", "draft_version": "0"}


def page(report, name="report", *args):
    return reverse(name, args=[report.pk, *args])


@pytest.fixture
def browser(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def october(report, programme, staff, manager):
    """The next period's report; September's is approved, with the milestone that was due."""
    factories.attach(report, by=staff, milestone=report.task.milestones.get(number=1))
    submitted = factories.submit(report, by=staff, milestones={"1": "2020-12-30"})
    factories.approve(submitted, by=manager)
    with clock.at(datetime.datetime(2021, 10, 22, 9, 0, tzinfo=clock.BEIJING)):
        period = factories.open_period(programme, by=manager, month=10)
        yield factories.report_of(report.task, period)


def test_the_form_is_shown_to_those_who_write_it(report, browser):
    answer = browser.get(page(report))

    assert answer.status_code == 200
    assert "tasks/report_form.html" in [template.name for template in answer.templates]


def test_the_form_opens_with_the_last_approved_report(october, browser):
    answer = browser.get(page(october))

    assert answer.context["form"]["done"].value() == factories.CONTENT["done"]
    assert answer.context["no_change"] == {"open": True, "reason": ""}


@pytest.mark.parametrize("person", ["manager", "auditor", "admin"])
def test_everybody_else_reads_a_sheet(submitted, sign_in, request, person):
    answer = sign_in(request.getfixturevalue(person)).get(page(submitted))

    assert answer.status_code == 200
    assert factories.CONTENT["done"] in answer.content.decode()
    assert "<textarea" not in answer.content.decode().replace('id="comment-', "")


@pytest.mark.parametrize("person", ["neighbour", "stranger"])
def test_people_outside_do_not_learn_of_the_report(submitted, sign_in, request, person):
    answer = sign_in(request.getfixturevalue(person)).get(page(submitted))

    assert answer.status_code == 404


def test_a_draft_is_seen_by_its_bureau_alone(report, browser, sign_in, manager):
    browser.post(page(report, "report_draft"), TYPED | {"done": "Not for others yet."})

    answer = sign_in(manager).get(page(report))

    assert "Not for others yet." not in answer.content.decode()


def test_the_draft_button_keeps_what_was_typed(report, browser):
    answer = browser.post(page(report, "report_draft"), TYPED | {"done": "Four firms."}, follow=True)

    assert answer.context["form"]["done"].value() == "Four firms."
    assert Draft.objects.get().content["done"] == "Four firms."


def test_autosave_answers_with_the_version_and_what_is_missing(report, browser):
    sent = {"done": "Four firms.", "draft_version": "0"}

    answer = browser.post(page(report, "report_draft"), sent, headers={"HX-Request": "true"})

    assert answer.json()["version"] == 1
    assert answer.json()["content"]["done"] == "Four firms."


def test_submitting_keeps_the_text_and_goes_to_my_work(report, browser):
    answer = browser.post(page(report, "report_move", "submit"), TYPED)

    assert answer.url.startswith(reverse("my_work"))
    assert ReportVersion.objects.get().content["done"] == factories.CONTENT["done"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("done", ""),
        ("progress", "101"),
        ("progress", "much"),
        ("forecast_on", "1999-01-01"),
        ("self_light", ""),
    ],
)
def test_an_error_stands_beside_its_field_and_the_text_is_kept(report, browser, name, value):
    answer = browser.post(page(report, "report_move", "submit"), TYPED | {"problems": "Kept.", name: value})

    assert answer.status_code == 400
    assert answer.context["form"].errors[name]
    assert answer.context["form"]["problems"].value() == "Kept."
    assert not ReportVersion.objects.exists()


def test_progress_that_falls_asks_why_beside_it(october, browser):
    answer = browser.post(page(october, "report_move", "submit"), TYPED | {"progress": "30"})

    assert answer.status_code == 400
    assert answer.context["form"].errors["progress_reason"]


def test_a_claimed_milestone_without_a_file_is_named(report, browser):
    claim = {"milestones": ["", "1"], "milestone-1-on": "2021-09-01"}

    answer = browser.post(page(report, "report_move", "submit"), TYPED | claim)

    assert answer.status_code == 400
    assert answer.context["errors"]["files"]


def test_a_claimed_milestone_is_submitted_with_its_day(report, browser, staff, task):
    factories.attach(report, by=staff, milestone=task.milestones.get(number=1))
    claim = {"milestones": ["", "1"], "milestone-1-on": "2021-09-01"}

    browser.post(page(report, "report_move", "submit"), TYPED | claim)

    assert ReportVersion.objects.get().content["milestones"] == {"1": "2021-09-01"}


def test_a_second_press_of_submit_is_told_that_it_was_submitted(report, browser):
    browser.post(page(report, "report_move", "submit"), TYPED)

    answer = browser.post(page(report, "report_move", "submit"), TYPED)

    assert answer.status_code == 409
    assert ReportVersion.objects.count() == 1


@pytest.mark.parametrize("person", ["manager", "auditor", "admin", "neighbour", "stranger"])
@pytest.mark.parametrize("name", ["report_draft", "report_files", "report_no_change"])
def test_nobody_else_writes(report, sign_in, request, person, name):
    answer = sign_in(request.getfixturevalue(person)).post(page(report, name), TYPED)

    assert answer.status_code in {403, 404}
    assert not Draft.objects.exists()


def test_a_status_sent_along_is_not_taken(report, browser, manager):
    browser.post(page(report, "report_draft"), TYPED | {"status": "approved", "author": manager.pk})

    report.refresh_from_db()
    assert (report.status, report.author) == ("draft", None)


def test_a_return_shows_its_remarks_and_which_are_answered(returned, browser):
    before = browser.get(page(returned))
    browser.post(page(returned, "report_draft"), {"done": "Haier, Hisense, Tsingtao.", "draft_version": "0"})

    after = browser.get(page(returned))

    assert [remark.name for remark in before.context["unanswered"]] == ["done"]
    assert after.context["unanswered"] == []


def test_a_returned_report_opens_with_the_text_that_was_returned(report, browser, staff, manager):
    browser.post(page(report, "report_draft"), TYPED | {"done": "An older draft."})
    factories.submit(Report.objects.for_move().get(), by=staff, done="By a program.")
    factories.send_back(Report.objects.for_move().get(), by=manager)

    answer = browser.get(page(report))

    assert answer.context["form"]["done"].value() == "By a program."


def test_a_withdrawn_report_opens_with_its_text(report, browser):
    browser.post(page(report, "report_move", "submit"), TYPED | {"done": "Too early."})
    browser.post(page(report, "report_move", "withdraw"))

    answer = browser.get(page(report))

    assert answer.context["form"]["done"].value() == "Too early."


def test_no_change_submits_the_last_report_with_a_new_forecast(october, browser):
    sent = {"forecast_on": "2022-02-28", "self_light": "yellow", "progress": "99", "done": "Ignored."}

    browser.post(page(october, "report_no_change"), sent)

    content = october.versions.get().content
    assert (content["done"], content["progress"]) == (factories.CONTENT["done"], "40")
    assert (content["forecast_on"], content["self_light"], content["no_change"]) == (
        "2022-02-28",
        "yellow",
        True,
    )


def test_no_change_asks_again_when_the_forecast_is_missing(october, browser):
    answer = browser.post(page(october, "report_no_change"), {"forecast_on": "", "self_light": "green"})

    assert answer.status_code == 400
    assert answer.context["form"].errors["forecast_on"]


def test_no_change_needs_an_approved_report(report, browser):
    answer = browser.get(page(report, "report_no_change"))

    assert answer.status_code == 409


def test_a_closed_period_shows_the_draft_read_only_and_names_the_exception(report, browser, period, manager):
    browser.post(page(report, "report_draft"), TYPED | {"done": "Almost there."})
    factories.close_period(period, by=manager)

    answer = browser.get(page(report))

    assert "Almost there." in answer.content.decode()
    assert answer.context["closed"]
    assert "tasks/report_form.html" not in [template.name for template in answer.templates]


def test_a_submission_after_closing_is_refused_and_the_draft_is_kept(report, browser, period, manager):
    factories.close_period(period, by=manager)

    answer = browser.post(page(report, "report_move", "submit"), TYPED | {"done": "Too late."})

    assert answer.status_code == 409
    assert Draft.objects.get().content["done"] == "Too late."


def test_the_preview_shows_what_differs_from_the_version_before(october, browser):
    changed = TYPED | {"done": "Registered five firms.", "then": "changes"}

    answer = browser.post(page(october, "report_draft"), changed, follow=True)

    assert answer.context["changed"] == 1


def test_an_old_version_is_still_read(returned, staff, sign_in, auditor):
    factories.submit(returned, by=staff, done="Named.")

    answer = sign_in(auditor).get(page(returned), {"version": "1"})

    assert answer.context["version"].number == 1


def test_a_withdrawn_version_is_not_shown_to_others(report, browser, sign_in, manager):
    browser.post(page(report, "report_move", "submit"), TYPED | {"done": "Too early."})
    browser.post(page(report, "report_move", "withdraw"))

    answer = sign_in(manager).get(page(report), {"version": "1"})

    assert "Too early." not in answer.content.decode()


def test_signing_for_a_task_goes_through_its_button(field, market, manager, browser, staff):
    task = factories.task(field, market, by=manager)

    browser.post(reverse("task_move", args=[task.pk, "accept"]), {"version": task.version})

    task.refresh_from_db()
    assert (task.status, task.accepted_by) == ("in_progress", staff)


@pytest.mark.parametrize("move", ["nonsense", "submit_all"])
def test_an_unknown_move_is_no_page(report, browser, move):
    assert browser.post(page(report, "report_move", move)).status_code == 404


def test_a_move_is_never_made_by_a_link(submitted, browser):
    assert browser.get(page(submitted, "report_move", "withdraw")).status_code == 405
