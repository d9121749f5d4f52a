"""Two tabs that write one draft."""

import pytest
from django.urls import reverse

from tasks.models import Draft
from tests import factories

STARTED = factories.CONTENT | {"milestones": "", "progress_reason": "", "draft_version": "0"}


@pytest.fixture
def browser(sign_in, staff):
    return sign_in(staff)


def save(browser, report, **changed):
    return browser.post(reverse("report_draft", args=[report.pk]), STARTED | changed)


def autosave(browser, report, seen, **changed):
    sent = changed | {"draft_version": str(seen)}
    return browser.post(reverse("report_draft", args=[report.pk]), sent, headers={"HX-Request": "true"})


def test_different_fields_are_both_kept(report, browser):
    autosave(browser, report, 0, done="Three firms.")

    answer = autosave(browser, report, 0, problems="No testing place.")

    content = answer.json()["content"]
    assert (content["done"], content["problems"]) == ("Three firms.", "No testing place.")


def test_the_same_field_is_a_conflict_that_shows_both_texts(report, browser):
    save(browser, report, done="From the first tab.")

    answer = save(browser, report, done="From the second tab.")

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "From the first tab." in page.replace("<ins>", "").replace("</ins>", "")
    assert "From the second tab." in page
    assert Draft.objects.get().content["done"] == "From the first tab."


def test_a_draft_that_is_not_there_is_a_conflict_and_no_fault(report, browser):
    answer = save(browser, report, done="Of a draft that nobody saved.", draft_version="7")

    assert answer.status_code == 412
    assert "Of a draft that nobody saved." in answer.content.decode()


def test_a_page_that_saves_by_itself_is_told_of_the_conflict(report, browser):
    autosave(browser, report, 0, done="From the first tab.")

    answer = autosave(browser, report, 0, done="From the second tab.")

    assert answer.status_code == 412
    assert reverse("report_draft", args=[report.pk]) in answer.content.decode()


def test_submitting_from_the_second_tab_sees_the_conflict(report, browser):
    save(browser, report, done="From the first tab.")

    sent = STARTED | {"done": "From the second tab."}
    answer = browser.post(reverse("report_move", args=[report.pk, "submit"]), sent)

    report.refresh_from_db()
    assert (answer.status_code, report.status) == (412, "draft")


@pytest.mark.parametrize(("side", "kept"), [("mine", "Second"), ("theirs", "First")])
def test_one_of_the_two_is_chosen_and_the_rest_stays_merged(report, browser, side, kept):
    save(browser, report)
    save(browser, report, draft_version="1", done="First", forecast_on="2022-01-31")
    answer = save(browser, report, draft_version="1", done="Second", problems="Only here.")

    chosen = answer.context[side] | {"draft_version": answer.context["conflict"].draft.version}
    browser.post(reverse("report_draft", args=[report.pk]), chosen)

    content = Draft.objects.get().content
    assert (content["done"], content["forecast_on"], content["problems"]) == (
        kept,
        "2022-01-31",
        "Only here.",
    )


def test_two_conflicts_are_merged_field_by_field(report, browser):
    save(browser, report, done="First", progress="41")
    answer = save(browser, report, done="Second", progress="42")
    choices = {choice["name"]: choice for choice in answer.context["choices"]}

    chosen = answer.context["rest"] | {"draft_version": answer.context["conflict"].draft.version}
    chosen |= {"done": choices["done"]["mine"], "progress": choices["progress"]["theirs"]}
    browser.post(reverse("report_draft", args=[report.pk]), chosen)

    content = Draft.objects.get().content
    assert (content["done"], content["progress"]) == ("Second", "41")


def test_claims_of_two_tabs_are_a_conflict_that_can_be_chosen_too(report, browser):
    save(browser, report, **{"milestones": ["", "1"], "milestone-1-on": "2021-09-01"})
    answer = save(browser, report, **{"milestones": ["", "2"], "milestone-2-on": "2021-09-02"})

    chosen = answer.context["mine"] | {"draft_version": answer.context["conflict"].draft.version}
    browser.post(reverse("report_draft", args=[report.pk]), chosen)

    assert Draft.objects.get().content["milestones"] == {"2": "2021-09-02"}


def test_a_stale_page_of_an_unknown_version_loses_nothing(report, browser):
    for number in range(25):
        autosave(browser, report, number, done=f"Text {number}")

    answer = save(browser, report, done="Opened long ago.")

    assert answer.status_code == 412
    assert Draft.objects.get().content["done"] == "Text 24"
