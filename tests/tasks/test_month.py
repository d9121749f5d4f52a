"""A bureau's whole period on one page: what is ticked goes, each by the same rules, with a result of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qdtrade.programmes.actions import edit_programme
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import reports
from tasks.models import Report
from tests import factories

ASKED = {"forecast_on": "2021-12-31", "self_light": "green"}


@pytest.fixture
def october(task, report, staff, manager):
    """The period after an approved one; its report may say “no change”."""
    factories.attach(report, by=staff, milestone=task.milestones.get(number=1))
    factories.approve(factories.submit(report, by=staff, milestones={"1": "2021-09-01"}), by=manager)
    return factories.open_period(task.programme, by=manager, month=10)


@pytest.fixture
def following(task, october):
    return factories.report_of(task, october)


def grid(client, **query):
    answer = client.get("/month/", query)
    return {row.report.pk: row for row, _result in answer.context["rows"]}


def send(client, act, *rows, same=(), **typed):
    """What the page would post for these rows."""
    data = {"act": act, "row": [row.pk for row in rows], "no_change": [row.pk for row in same]}
    for row in rows:
        data |= {f"version-{row.pk}": row.version} | {
            f"{name}-{row.pk}": text for name, text in typed.items()
        }
    return client.post("/month/", data, follow=True)


def results(answer):
    return {row.report.pk: result for row, result in answer.context["rows"] if result}


def test_a_report_that_may_be_carried_over_can_go_at_once(following, staff, sign_in):
    answer = send(sign_in(staff), "submit", following, same=[following], **ASKED)

    following.refresh_from_db()
    assert (following.status, following.current.content["no_change"]) == ("submitted", True)
    assert results(answer)[following.pk][0] is True


def test_a_row_that_needs_words_cannot_be_ticked_and_says_why(report, staff, sign_in):
    row = grid(sign_in(staff))[report.pk]

    assert not row.is_ready
    assert "还没有已通过的报告" in row.refusal


def test_a_begun_row_says_what_is_missing_and_goes_when_nothing_is(report, staff, sign_in):
    client = sign_in(staff)
    reports.save_draft(report, factories.CONTENT | {"self_light": ""}, by=staff)
    before = grid(client)[report.pk]

    answer = send(client, "submit", report, self_light="green")

    assert before.refusal == "还差：自评亮灯"
    assert results(answer)[report.pk][0] is True


def test_a_returned_row_goes_together_with_others_once_its_remarks_are_answered(returned, staff, sign_in):
    client = sign_in(staff)
    before = grid(client)[returned.pk]
    reports.save_draft(returned, {"done": "Registered A, B and C."}, by=staff)

    assert before.refusal == "1处意见待回应：本期完成情况"
    assert grid(client)[returned.pk].is_ready


def test_a_refused_row_stops_no_other(following, field, market, staff, manager, sign_in):
    other = factories.accepted_task(field, market, by=manager, accepted_by=staff, code="1-99")
    second = factories.open_period(field.programme, by=manager, month=11)
    bare, whole = factories.report_of(other, second), factories.report_of(following.task, second)
    client = sign_in(staff)

    answer = client.post(
        f"/month/?period={second.pk}",
        {"act": "submit", "row": [bare.pk, whole.pk], "no_change": [whole.pk]}
        | {f"{name}-{whole.pk}": text for name, text in ASKED.items()},
        follow=True,
    )

    assert {pk: result[0] for pk, result in results(answer).items()} == {bare.pk: False, whole.pk: True}
    assert "1份未提交" in answer.content.decode()


def test_what_was_sent_twice_is_submitted_once_and_told_as_done(following, staff, sign_in):
    client = sign_in(staff)
    send(client, "submit", following, same=[following], **ASKED)

    again = send(client, "submit", following, same=[following], **ASKED)

    assert results(again)[following.pk][0] is True
    assert following.versions.count() == 1


def test_what_was_submitted_together_is_withdrawn_together(following, staff, sign_in):
    client = sign_in(staff)
    send(client, "submit", following, same=[following], **ASKED)

    send(client, "withdraw", following)

    following.refresh_from_db()
    assert following.status == "draft"


def test_two_pages_on_one_field_are_a_refused_row_and_both_texts_stay(report, staff, sign_in):
    client = sign_in(staff)
    first = reports.save_draft(report, factories.CONTENT, by=staff)
    reports.save_draft(report, {"done": "Theirs."}, by=staff, seen=first.version)

    answer = send(client, "submit", report, done="Mine.", draft=first.version)

    assert results(answer)[report.pk][0] is False
    report.refresh_from_db()
    assert report.draft.content["done"] == "Theirs."


def test_without_scripts_a_button_saves_what_was_typed(report, staff, sign_in):
    send(sign_in(staff), "save", report, done="Three firms.", progress="30")

    report.refresh_from_db()
    assert report.draft.content["done"] == "Three firms."


def test_the_preview_keeps_what_was_typed_and_shows_what_differs(report, staff, sign_in):
    answer = send(sign_in(staff), "preview", report, done="Three firms.")

    assert "Three firms." in answer.content.decode()
    report.refresh_from_db()
    assert (report.status, report.draft.content["done"]) == ("draft", "Three firms.")


def test_a_row_of_another_bureau_is_not_found(report, neighbour, sign_in):
    assert send(sign_in(neighbour), "submit", report).status_code == 404


def test_after_the_period_nothing_can_be_ticked(following, manager, staff, sign_in):
    factories.close_period(following.period, by=manager)

    row = grid(sign_in(staff), period=following.period.pk)[following.pk]

    assert not row.is_open


def test_before_any_period_the_page_says_so(task, staff, sign_in):
    assert "还没有开放的报告期" in sign_in(staff).get("/month/").content.decode()


def test_it_asks_the_same_of_the_database_for_few_rows_and_many(
    report, field, market, staff, manager, sign_in
):
    for number in range(4):
        factories.accepted_task(field, market, by=manager, accepted_by=staff, code=f"1-9{number}")
    later = factories.open_period(field.programme, by=manager, month=11)
    for row in Report.objects.for_form():
        factories.attach(row, by=staff, name=f"{row.pk}.pdf", body=f"%PDF-1.4 {row.pk}".encode())
        reports.save_draft(row, factories.CONTENT, by=staff)
    client = sign_in(staff)
    grid(client)

    few, many = (cost(client, period) for period in (report.period, later))

    assert few == many


def cost(client, period):
    with CaptureQueriesContext(connection) as asked:
        grid(client, period=period.pk)
    return len(asked)


# Where heads sign -----------------------------------------------------------------------------------------------------


@pytest.fixture
def signed_for(following, admin, staff):
    edit_programme(following.task.programme, {"sign_off": True}, by=admin)
    staff.forget()
    return Report.objects.for_form().get(pk=following.pk)


def test_reporters_lay_many_before_the_head(signed_for, staff, sign_in):
    send(sign_in(staff), "submit", signed_for, same=[signed_for], **ASKED)

    signed_for.refresh_from_db()
    assert (signed_for.status, signed_for.sign_off.content["no_change"]) == ("sign_off", True)


def test_heads_sign_many(signed_for, staff, head, sign_in):
    asked = perform(workflow.ASK_SIGN_OFF, signed_for, by=staff, content=factories.CONTENT)
    client = sign_in(head)
    row = grid(client)[asked.pk]

    answer = send(client, "submit", asked)

    assert (row.is_ready, row.is_signing) == (True, True)
    assert results(answer)[asked.pk][0] is True
    signed_for.refresh_from_db()
    assert signed_for.status == "submitted"


def test_a_head_ticks_nothing_that_nobody_laid_before_them(signed_for, head, sign_in):
    assert grid(sign_in(head))[signed_for.pk].refusal == "还没有报请审签"
