"""Reminding by hand: who is told of what, once, by whom; and the text for a chat group."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.audit.models import Event
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.notices.actions import send_due
from qdtrade.notices.models import Mail, Notice
from qdtrade.programmes.actions import exempt, note_text, remind, remind_each
from qdtrade.programmes.duties import Asked
from qdtrade.programmes.models import Reminder
from tests import factories


@pytest.fixture
def owing(report, market):
    """The market bureau owes one report and was told nothing yet."""
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    return market


def told():
    return sorted(Notice.objects.filter(kind="reminder").values_list("to__username", flat=True))


def test_everybody_who_may_write_for_the_bureau_is_told_once(
    owing, programme, staff, head, neighbour, manager
):
    reminder = remind(programme, owing, by=manager, note="Please, today.")

    assert told() == ["head", "staff"]
    assert reminder.owed == {"report": [owing_report(programme)]}
    assert Mail.objects.count() == 2
    assert Notice.objects.first().params["comment"] == "Please, today."


def owing_report(programme):
    return programme.periods.get().expectedreports.get().report.pk


def test_a_reminder_is_recorded_with_its_note(owing, programme, manager):
    remind(programme, owing, by=manager, note="Please, today.")

    event = Event.objects.get(action="remind")
    assert (event.actor_name, event.comment, event.label) == ("manager", "Please, today.", "市市场监管局")


def test_a_second_click_sends_nothing_twice_and_says_so(owing, programme, manager, manager2):
    remind(programme, owing, by=manager)

    with pytest.raises(WrongState, match="manager"):
        remind(programme, owing, by=manager2)

    assert Reminder.objects.count() == 1


def test_after_an_hour_it_may_be_reminded_again(owing, programme, manager, moment):
    remind(programme, owing, by=manager)

    with clock.at(moment + datetime.timedelta(minutes=61)):
        remind(programme, owing, by=manager)

    assert Reminder.objects.count() == 2


@pytest.mark.parametrize("who", ["staff", "head", "neighbour", "auditor", "admin", "stranger", "root"])
def test_only_a_reviewer_reminds(owing, programme, who, request):
    with pytest.raises(NotAllowed):
        remind(programme, owing, by=request.getfixturevalue(who))


def test_who_owes_nothing_is_not_reminded(submitted, programme, market, manager):
    with pytest.raises(WrongState):
        remind(programme, market, by=manager)


def test_what_is_exempt_is_not_owed(report, programme, market, manager):
    exempt(report.expected, by=manager, reason="Handed over")

    with pytest.raises(WrongState):
        remind(programme, market, by=manager)


def test_a_bureau_without_an_account_is_reached_another_way(alone, programme, finance, manager):
    with pytest.raises(WrongState, match="没有账号"):
        remind(programme, finance, by=manager)


def test_only_what_was_asked_for_is_reminded_of(returned, programme, market, manager):
    with pytest.raises(WrongState):
        remind(programme, market, by=manager, asked=Asked(duty="report"))

    reminder = remind(programme, market, by=manager, asked=Asked(duty="resubmit"))
    assert list(reminder.owed) == ["resubmit"]


def test_several_bureaus_have_a_result_each(owing, submitted_next_door, programme, commerce, manager):
    results = remind_each(programme, [owing, commerce], by=manager)

    assert [(one.bureau.code, one.people, bool(one.reason)) for one in results] == [
        ("scjg", 1, False),
        ("sww", 0, True),
    ]


@pytest.fixture
def submitted_next_door(commerce, neighbour):
    """The bureau of commerce owes nothing."""
    return commerce


def test_a_long_note_is_refused(owing, programme, manager):
    with pytest.raises(ValidationError):
        remind(programme, owing, by=manager, note="x" * 501)


def test_the_mail_names_what_is_still_owed_in_the_readers_language(owing, programme, staff, manager):
    accounts.change_contact(staff, by=staff, email="staff@example.cn", phone="")
    accounts.set_language(staff, "en")
    remind(programme, owing, by=manager)

    send_due(is_working=lambda day: True, waits=False)

    (letter,) = mail.outbox
    assert letter.subject.startswith("manager reminds you: 1 report to file (1-")
    assert "due Tue 28 Sep 24:00" in letter.body
    assert f"/reports/{owing_report(programme)}/" in letter.body


def test_what_was_filed_meanwhile_is_not_mailed(owing, report, programme, staff, manager):
    accounts.change_contact(staff, by=staff, email="staff@example.cn", phone="")
    remind(programme, owing, by=manager)
    factories.submit(report, by=staff)

    send_due(is_working=lambda day: True, waits=False)

    assert mail.outbox == []
    assert Mail.objects.get().outcome == "settled"


def test_an_urgent_reminder_waits_for_no_morning(owing, programme, staff, manager):
    accounts.change_contact(staff, by=staff, email="staff@example.cn", phone="")
    remind(programme, owing, by=manager, is_urgent=True)

    send_due(is_working=lambda day: False)

    assert len(mail.outbox) == 1


def test_a_text_in_a_chat_group_is_noted_and_tells_nobody(owing, programme, manager):
    reminder = note_text(programme, owing, by=manager)

    assert (reminder.channel, told()) == ("text", [])


def test_a_bureau_sees_its_own_reminders_alone(owing, programme, staff, neighbour, auditor, manager):
    remind(programme, owing, by=manager)

    seen = {one: Reminder.objects.visible_to(one).count() for one in (staff, neighbour, auditor)}
    assert seen == {staff: 1, neighbour: 0, auditor: 1}
