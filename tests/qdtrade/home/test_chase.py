"""/chase/: who owes what, the worst first, and the buttons to remind them."""

import pytest

from qdtrade.accounts import actions as accounts
from qdtrade.programmes.actions import exempt
from qdtrade.programmes.models import Reminder
from tests import factories


@pytest.fixture
def page(in_english):
    def get(person, query=""):
        return in_english(person).get(f"/chase/{query}")

    return get


def owing(answer):
    return [
        (line.bureau.code, {group.duty.name: [thing.code for thing in group.things] for group in line.groups})
        for line in answer.context["lines"]
    ]


def test_what_is_not_filed_stands_with_its_bureau(report, page, manager):
    assert owing(page(manager)) == [("scjg", {"report": [report.task.code]})]


def test_what_is_filed_is_not_owed(submitted, page, manager):
    answer = page(manager)

    assert owing(answer) == []
    assert "Everybody has done what is due" in answer.content.decode()


def test_what_is_exempt_is_not_owed(report, page, manager):
    exempt(report.expected, by=manager, reason="Handed over")

    assert owing(page(manager)) == []


def test_what_was_returned_and_what_was_not_signed_for_is_owed_too(returned, field, market, page, manager):
    waiting = factories.task(field, market, by=manager)

    assert owing(page(manager)) == [("scjg", {"resubmit": [returned.task.code], "accept": [waiting.code]})]


def test_the_worst_bureau_comes_first(report, field, market, commerce, finance, manager, page):
    for bureau in (commerce, commerce, finance):
        factories.task(field, bureau, by=manager)

    assert [code for code, _owed in owing(page(manager))] == ["sww", "scjg", "jrj"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?bureau=sww", []),
        ("?state=overdue", []),
        ("?state=ahead", ["scjg"]),
        ("?duty=accept", []),
        ("?q=市场", ["scjg"]),
    ],
)
def test_filters_cut_what_is_shown(report, commerce, page, manager, query, found):
    assert [code for code, _owed in owing(page(manager, query))] == found


def test_a_bureau_named_by_its_code_stands_in_its_pill(report, market, page, manager):
    assert f'value="{market.pk}" selected' in page(manager, "?bureau=scjg").content.decode()


def test_a_filter_that_makes_no_sense_is_named(report, page, manager):
    assert page(manager, "?state=purple").status_code == 400


def test_a_bureau_sees_what_it_owes_itself(report, page, staff, neighbour):
    assert [code for code, _owed in owing(page(staff))] == ["scjg"]
    assert owing(page(neighbour)) == []


def test_telephone_and_mail_are_for_the_office_and_names_for_the_auditor(
    report, page, staff, manager, auditor
):
    accounts.change_contact(staff, by=staff, email="staff@example.cn", phone="0532-1")

    office, audit = page(manager).content.decode(), page(auditor).content.decode()

    assert "0532-1" in office and "staff@example.cn" in office
    assert "staff" in audit
    assert "0532-1" not in audit and "staff@example.cn" not in audit


def test_the_old_address_of_a_period_leads_here(report, sign_in, manager):
    answer = sign_in(manager).get(f"/periods/{report.period.pk}/missing/")

    assert answer["Location"] == f"/chase/?programme=qd-2020&period={report.period.pk}"


def test_one_click_reminds_one_bureau(report, market, sign_in, manager):
    browser = sign_in(manager)

    answer = browser.post("/chase/remind/?programme=qd-2020", {"only": market.pk}, follow=True)

    assert Reminder.objects.get().bureau == market
    assert "已催办1个单位，1人会收到消息，" in answer.content.decode()


def test_a_double_click_says_that_nothing_was_sent_twice(report, market, sign_in, manager):
    browser = sign_in(manager)
    browser.post("/chase/remind/", {"only": market.pk})

    answer = browser.post("/chase/remind/", {"only": market.pk}, follow=True)

    assert Reminder.objects.count() == 1
    assert "没有重复发送" in answer.content.decode()


def test_all_means_those_that_the_filters_leave(report, field, commerce, neighbour, manager, sign_in):
    factories.task(field, commerce, by=manager)

    sign_in(manager).post("/chase/remind/?bureau=sww", {"all": "1", "note": "Today"})

    assert [(one.bureau.code, one.note) for one in Reminder.objects.all()] == [("sww", "Today")]


def test_nothing_ticked_reminds_nobody_and_says_so(report, sign_in, manager):
    answer = sign_in(manager).post("/chase/remind/", follow=True)

    assert not Reminder.objects.exists()
    assert "请先勾选单位" in answer.content.decode()


def test_a_bureau_that_was_just_reminded_shows_it(report, market, sign_in, page, manager):
    sign_in(manager).post("/chase/remind/", {"only": market.pk})

    content = page(manager).content.decode()

    assert "reminded at 10:00" in content
    assert "manager, inbox and mail, 1 person" in content


def test_the_texts_stand_in_both_languages_and_name_what_is_owed(report, market, sign_in, manager):
    content = sign_in(manager).get(f"/chase/text/?to={market.pk}&note=Today").content.decode()

    assert f"1. 未报：{report.task.code}" in content
    assert f"1. To file: {report.task.code}" in content
    assert content.count("Today") >= 3


def test_the_texts_name_the_address_by_which_the_office_reached_the_site(report, market, sign_in, manager):
    content = sign_in(manager).get(f"/chase/text/?to={market.pk}").content.decode()

    assert "http://testserver/?programme=qd-2020" in content
    assert "127.0.0.1" not in content


def test_a_pasted_text_is_noted_once(report, market, sign_in, manager):
    browser = sign_in(manager)

    browser.post(f"/chase/text/?to={market.pk}", {"to": market.pk})
    again = browser.post(f"/chase/text/?to={market.pk}", {"to": market.pk})

    assert Reminder.objects.get().channel == "text"
    assert again.status_code == 409


def test_the_file_holds_the_same_bureaus(report, sign_in, manager):
    answer = sign_in(manager).get("/chase/export/?format=csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert report.task.code in lines[1]


def test_a_bureau_sees_what_the_lead_it_works_with_owes_without_its_people(
    field, market, commerce, programme, page, neighbour, staff, manager
):
    factories.accepted_task(field, market, by=manager, accepted_by=staff, supporting=[commerce])
    factories.open_period(programme, by=manager)
    accounts.change_contact(staff, by=staff, email="staff@example.cn", phone="0532-1")

    answer = page(neighbour)

    assert [code for code, _owed in owing(answer)] == ["scjg"]
    assert "0532-1" not in answer.content.decode()
    assert "nobody has an account" not in answer.content.decode()
    assert "not yet" not in answer.content.decode()


def test_the_file_says_of_which_month_a_missing_report_is(report, sign_in, manager):
    factories.close_period(report.period, by=manager)

    answer = sign_in(manager).get("/chase/export/?format=csv")

    assert f"{report.task.code} 9月" in b"".join(answer.streaming_content).decode()
