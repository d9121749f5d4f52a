"""Where a programme has heads sign: who asks, who signs, what goes back, and what the clocks count."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.notices.models import Notice
from qdtrade.programmes.actions import appoint_deputy, edit_programme
from qdtrade.workflow import perform, why_not
from tasks import workflow
from tasks.actions import reports
from tasks.models import Report, SignOff
from tests import factories


def switch(programme, on, *, by):
    edit_programme(programme, {"sign_off": on}, by=by)
    by.forget()


@pytest.fixture
def signing(programme, admin):
    """The programme, with its switch on."""
    switch(programme, True, by=admin)
    return programme


@pytest.fixture
def unsigned(signing, report):
    return Report.objects.for_form().get(pk=report.pk)


def ask(report, *, by, **content):
    return perform(workflow.ASK_SIGN_OFF, report, by=by, content=factories.CONTENT | content)


def sign(report, *, by, **data):
    return perform(workflow.SUBMIT, report, by=by, **data)


def give_back(report, *, by):
    remarks = {"done": "Name the firms."}
    return perform(workflow.SEND_TO_AUTHOR, report, by=by, comment="Too vague.", remarks=remarks)


@pytest.fixture
def asked(unsigned, staff):
    return ask(unsigned, by=staff)


# Asking and signing ---------------------------------------------------------------------------------------------------


@pytest.mark.moves("Report.ask_sign_off")
def test_what_the_head_signs_is_what_was_asked_word_for_word(asked, head, staff):
    signed = sign(asked, by=head)

    assert signed.status == "submitted"
    assert signed.current.content["done"] == factories.CONTENT["done"]
    assert (signed.author, signed.current.submitted_by) == (staff, head)
    assert signed.current.sign_off.decision == "signed"
    assert staff.pk in signed.current.hands


def test_the_head_cannot_put_other_words_in(asked, head):
    with pytest.raises(ValidationError):
        sign(asked, by=head, content=factories.CONTENT | {"progress": "90"})


def test_nothing_counts_as_submitted_before_the_head_signs(asked, head):
    assert asked.expected.first_submitted_at is None

    with clock.at(datetime.datetime(2021, 9, 29, 8, 0, tzinfo=clock.BEIJING)):
        signed = sign(asked, by=head)

    assert signed.expected.first_submitted_on == datetime.date(2021, 9, 29)  # due on the 28th: late


def test_staff_do_not_submit(unsigned, staff):
    with pytest.raises(NotAllowed):
        factories.submit(unsigned, by=staff)


def test_a_head_does_not_submit_what_nobody_laid_before_them(unsigned, head):
    with pytest.raises(WrongState):
        factories.submit(unsigned, by=head)


def test_a_head_who_asked_does_not_sign(unsigned, head):
    with pytest.raises(NotAllowed):
        sign(ask(unsigned, by=head), by=head)


def test_an_incomplete_text_is_not_laid_before_the_head(unsigned, staff):
    with pytest.raises(ValidationError):
        ask(unsigned, by=staff, progress="")


@pytest.mark.parametrize("who", ["staff", "neighbour", "manager", "auditor", "admin", "root"])
def test_nobody_but_the_head_signs_or_sends_back(who, asked, request):
    person = request.getfixturevalue(who)

    for move in (workflow.SUBMIT, workflow.SEND_TO_AUTHOR):
        with pytest.raises(NotAllowed):
            perform(move, asked, by=person, comment="Because.")


def test_the_text_stands_still_while_the_head_has_it(asked, staff):
    with pytest.raises(WrongState):
        reports.save_draft(asked, {"done": "Other words."}, by=staff)
    with pytest.raises(WrongState):
        factories.attach(asked, by=staff)


def test_signer_and_author_are_both_kept_from_reviewing(asked, head, staff, programme, office):
    signed = sign(asked, by=head)
    for person in (staff, head):
        reviewer = factories.join(person, programme, "manager", office)
        with pytest.raises(NotAllowed):
            factories.approve(signed, by=reviewer)


# Back to the author ---------------------------------------------------------------------------------------------------


@pytest.mark.moves("Report.send_to_author")
def test_a_text_that_the_head_sends_back_keeps_its_words_and_the_remarks(asked, head, staff):
    back = give_back(asked, by=head)

    assert back.status == "draft"
    assert back.sent_back.remarks == {"done": "Name the firms."}
    assert reports.starting_content(back)["done"] == factories.CONTENT["done"]
    assert Notice.objects.filter(to=staff, move="send_to_author").exists()


def test_the_author_goes_on_writing_and_asks_again(asked, head, staff):
    back = Report.objects.for_form().get(pk=give_back(asked, by=head).pk)

    draft = reports.save_draft(back, {"done": "Registered A, B and C."}, by=staff)
    back = Report.objects.for_form().get(pk=back.pk)
    signed = sign(perform(workflow.ASK_SIGN_OFF, back, by=staff, content=draft.content), by=head)

    assert draft.content["progress"] == factories.CONTENT["progress"]
    assert signed.current.content["done"] == "Registered A, B and C."
    assert list(SignOff.objects.order_by("number").values_list("decision", flat=True)) == [
        "sent_back",
        "signed",
    ]


def test_sending_back_needs_a_reason(asked, head):
    with pytest.raises(ValidationError):
        perform(workflow.SEND_TO_AUTHOR, asked, by=head)


def test_who_asked_may_withdraw_and_a_colleague_may_not(asked, staff, programme, market):
    colleague = factories.member("colleague", programme, "staff", market)
    with pytest.raises(NotAllowed):
        perform(workflow.WITHDRAW, asked, by=colleague)

    assert perform(workflow.WITHDRAW, asked, by=staff).status == "draft"


def test_an_answer_to_a_return_goes_through_the_head_too(asked, head, staff, manager):
    returned = factories.send_back(sign(asked, by=head), by=manager)

    again = ask(returned, by=staff, done="Three firms, by name.")
    back = give_back(again, by=head)

    assert (again.written_as, back.status) == ("returned", "returned")
    assert back.resubmit_due_on == returned.resubmit_due_on


def test_what_a_head_signed_and_withdrew_can_be_written_on(asked, head):
    perform(workflow.WITHDRAW, sign(asked, by=head), by=head)

    back = Report.objects.for_form().get(pk=asked.pk)
    assert back.status == "draft"
    assert reports.starting_content(back)["done"] == factories.CONTENT["done"]


# Deputies, clocks, the switch -----------------------------------------------------------------------------------------


def test_a_deputy_signs_in_the_heads_name(asked, head, programme, market):
    deputy = factories.member("deputy", programme, "staff", market)
    days = {"starts_on": datetime.date(2021, 9, 24), "ends_on": datetime.date(2021, 10, 8)}
    appoint_deputy(head.memberships.get(), deputy, by=head, **days)
    deputy.forget()

    signed = sign(asked, by=deputy)

    assert (signed.current.submitted_by, signed.current.submitted_for) == (deputy, head)


def test_a_deputy_who_wrote_it_does_not_sign_it(unsigned, head, staff):
    days = {"starts_on": datetime.date(2021, 9, 24), "ends_on": datetime.date(2021, 10, 8)}
    appoint_deputy(head.memberships.get(), staff, by=head, **days)
    staff.forget()
    asked = ask(unsigned, by=staff)

    with pytest.raises(NotAllowed):
        sign(asked, by=staff)
    assert sign(asked, by=head).status == "submitted"


def test_a_period_that_closed_takes_no_signature(asked, head, manager):
    factories.close_period(asked.period, by=manager)

    with pytest.raises(WrongState):
        sign(asked, by=head)


def test_switched_off_meanwhile_the_author_submits_what_lay_with_the_head(asked, staff, signing, admin):
    switch(signing, False, by=admin)
    again = Report.objects.for_move().get(pk=asked.pk)

    assert sign(again, by=staff).current.content["done"] == factories.CONTENT["done"]


def test_switched_off_nobody_asks_any_more(report, staff):
    with pytest.raises(WrongState):
        ask(report, by=staff)


def test_switched_on_meanwhile_what_was_submitted_stays_submitted(submitted, programme, admin, manager):
    switch(programme, True, by=admin)

    assert factories.approve(submitted, by=manager).status == "approved"


def test_what_the_office_files_needs_no_sign_off(alone, manager, admin):
    switch(alone.task.programme, True, by=admin)
    row = Report.objects.for_form().get(pk=alone.pk)
    factories.attach(row, by=manager)

    filed = perform(workflow.SUBMIT, row, by=manager, content=factories.CONTENT, filed_from="Letter 12")

    assert filed.status == "submitted"


def test_who_switches_it_on_is_told_of_bureaus_without_a_head(programme, admin, staff, sign_in):
    settings = dict.fromkeys(programme.settings, "") | {
        name: getattr(programme, name) for name in programme.settings
    }

    answer = sign_in(admin).post("/programme/edit/", settings | {"sign_off": "on"}, follow=True)

    assert "1个单位没有可以审签的负责人" in answer.content.decode()


# What others see ------------------------------------------------------------------------------------------------------


def test_the_text_is_the_bureaus_own_until_it_is_signed(asked, head, manager, sign_in, api):
    page = f"/reports/{asked.pk}/"

    assert factories.CONTENT["done"] in sign_in(head).get(page).content.decode()
    assert factories.CONTENT["done"] not in sign_in(manager).get(page).content.decode()
    assert factories.CONTENT["done"] not in api(manager).get(f"/api/v1{page}").content.decode()
    assert not Event.objects.filter(kind="signoff", line__contains=factories.CONTENT["done"]).exists()


def test_the_head_finds_it_under_my_work_and_is_told(unsigned, head, staff, sign_in):
    ask(unsigned, by=staff)

    page = sign_in(head).get("/").content.decode()

    assert "查看并审签" in page
    assert Notice.objects.filter(to=head, move="ask_sign_off").exists()
    assert "负责人审签后才算提交" in sign_in(staff).get("/").content.decode()


def test_the_pages_lead_from_the_form_to_the_signature(unsigned, staff, head, sign_in):
    form = sign_in(staff).get(f"/reports/{unsigned.pk}/")
    assert reverse("report_move", args=[unsigned.pk, "ask_sign_off"]) in form.content.decode()
    sign_in(staff).post(f"/reports/{unsigned.pk}/ask_sign_off/", factories.CONTENT)

    refused = sign_in(head).post(f"/reports/{unsigned.pk}/send_to_author/", {"remark-done": "Which?"})
    signed = sign_in(head).post(f"/reports/{unsigned.pk}/submit/")

    assert (refused.status_code, "Which?" in refused.content.decode()) == (400, True)
    assert signed.status_code == 302
    unsigned.refresh_from_db()
    assert unsigned.status == "submitted"


def test_no_change_goes_to_the_head_too(signing, report, staff, head, manager, sign_in):
    factories.attach(report, by=staff, milestone=report.task.milestones.get(number=1))
    row = ask(Report.objects.for_form().get(pk=report.pk), by=staff, milestones={"1": "2021-09-01"})
    factories.approve(sign(row, by=head), by=manager)
    october = factories.open_period(signing, by=manager, month=10)
    following = factories.report_of(report.task, october)

    asked = {"forecast_on": "2021-12-31", "self_light": "green"}
    sign_in(staff).post(f"/reports/{following.pk}/no-change/", asked)
    signed = sign(Report.objects.for_move().get(pk=following.pk), by=head)

    assert signed.current.content["no_change"] is True


def test_the_api_asks_signs_and_sends_back(unsigned, staff, head, api):
    url = f"/api/v1/reports/{unsigned.pk}/"
    asked = api(staff).post(f"{url}ask-sign-off/", {"content": factories.CONTENT}, format="json").json()
    back = api(head).post(f"{url}send-to-author/", {"comment": "Which?"}, format="json").json()
    api(staff).post(f"{url}ask-sign-off/", {"content": factories.CONTENT}, format="json")
    signed = api(head).post(f"{url}submit/", {}, format="json").json()

    assert [answer["status"] for answer in (asked, back, signed)] == ["sign_off", "draft", "submitted"]
    assert asked["sign_off"]["asked_by"]["name"] == staff.name


def test_moves_are_offered_to_those_whose_they_are(asked, staff, head, manager):
    names = {
        person.username: {
            name for name, move in workflow.REPORT_MOVES.items() if not why_not(move, asked, person)
        }
        for person in (staff, head, manager)
    }

    assert names == {"staff": {"withdraw"}, "head": {"submit", "send_to_author"}, "manager": set()}
