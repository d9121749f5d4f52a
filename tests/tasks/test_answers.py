"""What a bureau answers to the remarks on its report, beside each field."""

import pytest

from qdtrade.programmes.actions import edit_programme
from qdtrade.workflow import perform
from tasks import workflow
from tasks.models import Report
from tests import factories

ANSWER = "Haier, Hisense and Tsingtao; the list is enclosed."


@pytest.fixture
def browser(in_english, staff):
    return in_english(staff)


def resubmit(browser, report, **typed):
    sent = factories.CONTENT | {"draft_version": 0, "answer_done": ANSWER} | typed
    return browser.post(f"/reports/{report.pk}/submit/", sent)


def test_the_form_asks_for_an_answer_beside_each_remark(returned, browser):
    html = browser.get(f"/reports/{returned.pk}/").content.decode()

    assert 'name="answer_done"' in html
    assert 'name="answer_progress"' not in html


def test_an_answer_is_saved_with_the_draft_and_answers_the_remark(returned, browser):
    address = f"/reports/{returned.pk}/draft/"
    saved = browser.post(address, {"draft_version": 0, "answer_done": ANSWER}, headers={"HX-Request": "true"})

    assert saved.json()["answered"] == ["done"]
    assert f">{ANSWER}</textarea>" in browser.get(f"/reports/{returned.pk}/").content.decode()


def test_the_desk_shows_the_answer_beside_what_was_asked(returned, browser, manager, sign_in):
    resubmit(browser, returned)

    (line, *_more) = sign_in(manager).get(f"/desk/{returned.pk}/").context["lines"]

    assert (line.remark.text, line.remark.answer, line.remark.answered) == ("Name them.", ANSWER, True)
    assert not line.remark.changed


def test_everybody_who_reads_the_report_reads_the_answer(returned, browser, auditor, sign_in):
    resubmit(browser, returned)

    assert ANSWER in sign_in(auditor).get(f"/reports/{returned.pk}/").content.decode()


def test_an_answer_stays_with_its_version(returned, browser, manager):
    resubmit(browser, returned)
    returned.refresh_from_db()
    factories.send_back(returned, by=manager, remarks={"done": "And since when?"})

    html = browser.get(f"/reports/{returned.pk}/").content.decode()

    assert "And since when?" in html
    assert ANSWER not in html


def test_an_answer_is_short(returned, browser):
    answer = resubmit(browser, returned, answer_done="x" * 401)

    assert answer.status_code == 400
    assert "At most 400 characters; there are 401." in answer.content.decode()


def test_two_pages_that_answer_different_remarks_keep_both(submitted, manager, browser):
    remarks = {"done": "Name them.", "problems": "Which?"}
    report = factories.send_back(submitted, by=manager, remarks=remarks)
    address = f"/reports/{report.pk}/draft/"

    browser.post(address, {"draft_version": 0, "answer_done": ANSWER})
    browser.post(address, {"draft_version": 0, "answer_problems": "None."})

    html = browser.get(f"/reports/{report.pk}/").content.decode()
    assert f">{ANSWER}</textarea>" in html and ">None.</textarea>" in html


def test_two_pages_that_answer_one_remark_are_both_kept_until_one_is_chosen(returned, browser):
    address = f"/reports/{returned.pk}/draft/"
    browser.post(address, {"draft_version": 0, "answer_done": ANSWER})

    conflict = browser.post(address, {"draft_version": 0, "answer_done": "Three firms."})

    html = conflict.content.decode()
    assert conflict.status_code == 412
    assert ANSWER in html and "Three" in html


def test_a_program_answers_too_and_reads_the_answers(returned, staff, api):
    client = api(staff)
    body = {"content": factories.CONTENT | {"answers": {"done": ANSWER}}}

    answer = client.post(f"/api/v1/reports/{returned.pk}/submit/", body, format="json")

    assert answer.json()["current"]["answers"] == {"done": ANSWER}


def test_the_head_reads_the_answer_before_signing(returned, staff, head, admin, sign_in):
    edit_programme(returned.task.programme, {"sign_off": True}, by=admin)
    staff.forget()
    report = Report.objects.for_form().get(pk=returned.pk)
    content = factories.CONTENT | {"answer_done": ANSWER}

    signed = perform(workflow.ASK_SIGN_OFF, report, by=staff, content=content)
    page = sign_in(head).get(f"/reports/{returned.pk}/").content.decode()
    signed = perform(workflow.SUBMIT, signed, by=head)

    assert ANSWER in page
    assert signed.current.content["answer_done"] == ANSWER


def test_an_answer_to_a_field_that_does_not_exist_is_refused(returned, staff, api):
    body = {"content": factories.CONTENT | {"answers": {"salary": ANSWER}}}

    answer = api(staff).post(f"/api/v1/reports/{returned.pk}/submit/", body, format="json")

    assert answer.status_code == 400
    assert "answers" in str(answer.json())
