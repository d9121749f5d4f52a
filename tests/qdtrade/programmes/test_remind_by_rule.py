"""Reminders by the programme's rule: who is told when, once, whether the timer runs late, twice or not at all."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.notices.models import Notice
from qdtrade.programmes import actions as programmes
from qdtrade.programmes import duties
from qdtrade.programmes.actions import exempt, grant_exception
from qdtrade.programmes.models import Reminder
from qdtrade.workflow import perform
from tasks import workflow
from tasks.duties import to_file
from tests import factories


def on(day, hour=11):
    """Stands at this hour of a day of 2021."""
    moment = datetime.datetime.fromisoformat(f"2021-{day}T{hour:02}:00:00").replace(tzinfo=clock.BEIJING)
    return clock.at(moment)


def run(day):
    with on(day):
        call_command("remind", stdout=io.StringIO(), stderr=io.StringIO())


def made():
    return list(Reminder.objects.order_by("pk").values_list("mark", flat=True))


def days():
    return list(Reminder.objects.order_by("pk").values_list("days", flat=True))


def told():
    return sorted(Notice.objects.filter(kind="reminder").values_list("to__username", flat=True))


def test_three_working_days_and_one_before_the_due_date_and_after_it(report):
    for day in ("09-24", "09-25", "09-27", "09-28", "09-29", "09-30", "10-01", "10-04"):
        run(day)

    assert days() == [-3, -1, 1, 3]


def test_a_second_run_reminds_nobody_again(report):
    run("09-24")
    run("09-24")

    assert days() == [-3]


def test_a_run_that_comes_late_makes_the_last_one_that_is_due_and_no_older_one(report):
    run("09-28")

    assert days() == [-1]


def test_old_news_is_not_told(report):
    run("10-20")

    assert made() == []


def test_before_the_due_date_the_reporters_are_told_and_afterwards_the_head_too(report, staff, head):
    run("09-27")
    before = told()
    run("09-29")

    assert before == ["staff"]
    assert told() == ["head", "staff", "staff"]


def test_a_head_without_reporters_is_told_before_it(report, staff, head, admin):
    programmes.end_membership(staff.memberships.get(), by=admin)

    run("09-27")

    assert told() == ["head"]


def test_what_was_filed_or_is_exempt_is_not_reminded_of(report, task, manager):
    exempt(report.expected, by=manager, reason="Handed over")

    run("09-27")

    assert made() == []


def test_an_exception_has_its_own_day(report, manager):
    grant_exception(report.expected, by=manager, until=datetime.date(2021, 10, 8), reason="Fair")

    run("09-29")
    run("10-05")

    assert made() == [f"report:{report.bureau.pk}:2021-10-08:-3"]


def test_a_returned_report_is_reminded_of_by_the_day_of_its_resubmission(returned):
    run("09-27")

    assert made() == [f"resubmit:{returned.bureau.pk}:2021-09-28:-1"]


def test_reviewers_are_reminded_of_what_waits_for_them(submitted, manager):
    run("09-28")

    assert made() == ["review:0:2021-09-29:-1"]
    assert told() == ["manager"]


def test_the_reviewer_who_took_it_is_reminded_alone(submitted, manager, manager2):
    perform(workflow.TAKE, submitted, by=manager)

    run("09-28")

    assert told() == ["manager"]


def test_a_bureau_is_reminded_to_sign_for_its_task(field, market, manager, staff):
    factories.task(field, market, by=manager)

    run("09-27")

    assert made() == [f"accept:{market.pk}:2021-09-28:-1"]


def test_a_task_that_was_given_back_is_the_offices_again(field, market, manager, head):
    task = factories.task(field, market, by=manager)
    perform(workflow.DECLINE, task, by=head, comment="Not ours.")

    run("09-27")

    assert made() == []


def test_a_bureau_without_an_account_is_passed_over(alone):
    run("09-27")

    assert made() == []


def test_a_programme_without_a_rule_reminds_nobody(report, programme, manager):
    programmes.edit_programme(programme, {"remind_before": [], "remind_after": []}, by=manager)

    for day in ("09-24", "09-27", "09-29", "10-01"):
        run(day)

    assert made() == []


@pytest.mark.parametrize("wrong", [[0], [31], [1, 1], ["1"], [1, 2, 3, 4, 5, 6], 3, [True]])
def test_a_rule_that_makes_no_sense_is_refused(programme, manager, wrong):
    with pytest.raises(ValidationError):
        programmes.edit_programme(programme, {"remind_before": wrong}, by=manager)


def test_another_rule_is_recorded(programme, manager):
    programmes.edit_programme(programme, {"remind_before": [5, 2]}, by=manager)

    assert '"remind_before":["[3,1]","[5,2]"]' in Event.objects.latest("pk").changes


@pytest.mark.parametrize(("typed", "kept"), [("5、2", [5, 2]), ("5, 2", [5, 2]), ("", []), ("２", [2])])
def test_the_page_of_settings_takes_days_as_people_write_them(programme, manager, sign_in, typed, kept):
    browser = sign_in(manager)
    form = browser.get("/programme/edit/").context["form"]
    data = {name: form[name].value() for name in form.fields} | {"remind_before": typed, "remind_after": "1"}

    answer = browser.post("/programme/edit/", {**data, "name_en": "", "short_name": ""})

    programme.refresh_from_db()
    assert (answer.status_code, programme.remind_before) == (302, kept)


def test_any_ledger_is_reminded_of(report, market, monkeypatch):
    """What another app owes by a clock, with nothing but a duty of its own."""
    part = duties.Duty("part", "To fill in", lambda n: f"{n} parts", to_file, "report")
    monkeypatch.setattr(duties, "DUTIES", {"part": part})
    monkeypatch.setattr("qdtrade.programmes.reminding.DUTIES", {"part": part})

    run("09-27")

    assert made() == [f"part:{market.pk}:2021-09-28:-1"]


def test_a_make_up_day_counts_as_a_working_day(report, programme, manager):
    factories.working_day("2021-09-26", is_working=True, name="国庆节")
    programmes.edit_programme(programme, {"remind_before": [2]}, by=manager)

    run("09-24")
    before = days()
    run("09-26")

    assert (before, days()) == ([], [-2])
