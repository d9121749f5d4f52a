"""The first page, by role."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qdtrade import clock
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories


def work_of(sign_in, person):
    return sign_in(person).get(reverse("my_work")).context["work"]


def rows(work, anchor):
    return next((section.rows for section in work.sections if section.anchor == anchor), [])


def counts(work):
    return [count.figure for count in work.counts]


def test_a_reporter_sees_what_is_not_filed(report, sign_in, staff):
    work = work_of(sign_in, staff)

    assert [row.state for row in rows(work, "reports")] == ["not_filed"]


def test_a_returned_report_comes_first_with_its_remarks(returned, sign_in, staff):
    work = work_of(sign_in, staff)

    assert [row.state for row in rows(work, "first")] == ["returned", "overdue"]
    assert counts(work)[0] == 1


def test_an_overdue_milestone_leads_to_the_form(report, sign_in, staff):
    work = work_of(sign_in, staff)

    [row] = rows(work, "first")
    assert row.state == "overdue"
    assert reverse("report", args=[report.pk]) in row.links[0].url


def test_a_milestone_that_is_claimed_for_review_is_overdue_no_more(report, sign_in, staff, task):
    factories.attach(report, by=staff, milestone=task.milestones.get(number=1))
    factories.submit(report, by=staff, milestones={"1": "2020-12-30"})

    assert rows(work_of(sign_in, staff), "first") == []


def test_a_task_to_accept_has_its_button(field, market, manager, sign_in, staff):
    factories.task(field, market, by=manager)

    [row] = rows(work_of(sign_in, staff), "first")

    assert [(move.name, move.open) for move in row.moves] == [("accept", True), ("decline", True)]


def test_what_is_submitted_waits_with_the_one_who_took_it(submitted, sign_in, staff, manager):
    perform(workflow.TAKE, submitted, by=manager)

    [row] = rows(work_of(sign_in, staff), "waiting")

    assert any(manager.name in words for words, _alarm in row.reasons)


def test_no_change_is_greyed_with_its_reason_on_the_row(report, sign_in, staff):
    page = sign_in(staff).get(reverse("my_work")).content.decode()

    [row] = rows(work_of(sign_in, staff), "reports")
    assert row.links[1].reason in page
    assert 'aria-disabled="true"' in page


def test_a_report_is_due_today_on_its_day(report, sign_in, staff):
    with clock.at(datetime.datetime(2021, 9, 28, 9, 0, tzinfo=clock.BEIJING)):
        work = work_of(sign_in, staff)

    assert "not_filed" in [row.state for row in rows(work, "first")]


def test_with_nothing_to_do_the_page_says_when_the_next_period_opens(
    field, manager, programme, sign_in, staff
):
    factories.planned_period(programme, by=manager, month=10)

    work = work_of(sign_in, staff)

    assert "10" in work.empty[1]
    assert not work.has_rows


def test_what_others_did_since_the_last_sign_in_is_told(returned, sign_in, staff, manager):
    changes = sign_in(staff).get(reverse("my_work")).context["changes"]

    assert changes.lines[0].who == manager.name
    assert staff.name not in {line.who for line in changes.lines}


def test_timeliness_counts_the_reports_that_came_in_time(submitted, sign_in, staff):
    [bar] = sign_in(staff).get(reverse("my_work")).context["bars"]

    assert (bar.on_time, bar.owed, bar.percent) == (1, 1, 100.0)


def test_a_neighbour_sees_nothing_of_it(returned, sign_in, neighbour):
    work = work_of(sign_in, neighbour)

    assert not work.has_rows
    assert counts(work) == [0, 0, 0, 0, 0]


def test_a_reviewer_sees_what_they_took_and_what_is_late(submitted, sign_in, manager):
    perform(workflow.TAKE, submitted, by=manager)

    work = work_of(sign_in, manager)

    assert [row.state for row in rows(work, "first")] == ["submitted"]
    assert counts(work)[:3] == [1, 0, 1]


def test_a_reviewer_sees_tasks_that_were_not_accepted_in_time(field, market, manager, sign_in):
    factories.task(field, market, by=manager)

    with clock.at(datetime.datetime(2021, 9, 29, 9, 0, tzinfo=clock.BEIJING)):
        work = work_of(sign_in, manager)

    assert len(rows(work, "unsigned")) == 1


def test_a_reviewer_sees_a_period_that_can_be_frozen(period, manager, sign_in):
    factories.close_period(period, by=manager)

    with clock.at(datetime.datetime(2021, 10, 11, 9, 0, tzinfo=clock.BEIJING)):
        work = work_of(sign_in, manager)

    assert [row.state for row in rows(work, "periods")] == ["closed"]


@pytest.mark.parametrize("person", ["auditor", "admin"])
def test_readers_are_shown_the_way_to_what_they_read(task, sign_in, request, person):
    work = work_of(sign_in, request.getfixturevalue(person))

    assert reverse("records") in "".join(link.url for row in rows(work, "first") for link in row.links)


def test_a_stranger_is_told_whom_to_ask(task, sign_in, stranger):
    answer = sign_in(stranger).get(reverse("my_work"))

    assert answer.status_code == 200
    assert answer.context["work"].empty
    assert task.title not in answer.content.decode()


def test_a_person_of_two_roles_has_the_work_of_both(submitted, sign_in, staff, programme, office):
    both = factories.join(staff, programme, "manager", office)

    assert len(counts(work_of(sign_in, both))) == 10


def test_nobody_comes_in_unknown(client, db):
    answer = client.get(reverse("my_work"))

    assert answer.url.startswith(reverse("sign_in"))


@pytest.mark.parametrize("person", ["staff", "manager"])
def test_the_page_costs_the_same_for_many_rows(
    field, market, manager, staff, programme, sign_in, request, person
):
    tasks = [factories.accepted_task(field, market, by=manager, accepted_by=staff) for _number in range(9)]
    period = factories.open_period(programme, by=manager)
    browser = sign_in(request.getfixturevalue(person))
    for task in tasks[:2]:
        factories.submit(factories.report_of(task, period), by=staff)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(reverse("my_work"))
    for task in tasks[2:6]:
        factories.send_back(factories.submit(factories.report_of(task, period), by=staff), by=manager)

    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("my_work"))

    assert len(many) <= len(few) + 1


def test_the_programme_is_switched_and_remembered(programme, region, manager, sign_in):
    other = factories.programme(region, "qd-2025", name_en="Second")
    both = factories.join(manager, other, "auditor")

    answer = sign_in(both).post(reverse("programme_switch"), {"programme": "qd-2025"})

    both.refresh_from_db()
    assert both.current_programme == "qd-2025"
    assert "programme=qd-2025" in answer.url


def test_the_menu_offers_the_other_programme_to_its_members(programme, region, manager, sign_in):
    both = factories.join(manager, factories.programme(region, "qd-2025"), "auditor")

    page = sign_in(both).get(reverse("help")).content.decode()

    assert 'value="qd-2025"' in page


def test_nobody_switches_to_a_programme_that_is_not_theirs(programme, sign_in, stranger):
    answer = sign_in(stranger).post(reverse("programme_switch"), {"programme": programme.code})

    assert answer.status_code == 404


def test_a_return_is_told_in_the_inbox_and_can_be_marked_as_read(returned, sign_in, staff):
    browser = sign_in(staff)
    [(_day, [entry])] = browser.get(reverse("notices")).context["days"]

    browser.post(reverse("notices"), {"notice": entry.notice.pk})

    assert browser.get(reverse("notices")).context["unread"] == 0
    assert entry.url.startswith(reverse("report", args=[returned.pk]))


def test_nobody_reads_or_marks_the_notices_of_others(returned, sign_in, staff, neighbour):
    staff_notice = staff.notices.get()

    browser = sign_in(neighbour)
    browser.post(reverse("notices"), {"notice": staff_notice.pk})

    staff_notice.refresh_from_db()
    assert staff_notice.read_at is None
    assert browser.get(reverse("notices")).context["days"] == []


@pytest.mark.parametrize("person", ["staff", "manager", "auditor", "admin", "stranger"])
@pytest.mark.parametrize("name", ["help", "notices", "my_work"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_first_page_reads_in_both_languages(returned, sign_in, request, person, name, language):
    browser = sign_in(request.getfixturevalue(person))
    browser.cookies["django_language"] = language

    assert browser.get(reverse(name)).status_code == 200
