"""The outbox: a mail for each notice, sent in working hours, tried again, given up, and never to the wrong person."""

import datetime
import io
import smtplib
import uuid

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from qdtrade import clock
from qdtrade.accounts import actions as accounts
from qdtrade.errors import NotAllowed
from qdtrade.notices.models import Attempt, Mail, Notice
from qdtrade.programmes.actions import end_membership
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories

MORNING = datetime.datetime(2021, 9, 24, 10, 0, tzinfo=clock.BEIJING)
MINUTES = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def real_time():
    """The real clock, which the outbox goes by; a Friday morning."""
    with time_machine.travel(MORNING, tick=False) as travel:
        yield travel


@pytest.fixture
def reader(staff):
    """Who is told, and has an address."""
    return accounts.change_contact(staff, by=staff, email="staff@example.cn", phone="")


@pytest.fixture
def quiet_before(submitted):
    """Nothing waits of what was told before."""
    Mail.objects.all().delete()
    Notice.objects.all().delete()


@pytest.fixture
def told(quiet_before, submitted, manager, reader):
    """A report was returned, and its author is told."""
    factories.send_back(submitted, by=manager)
    return Mail.objects.get()


def send(*arguments):
    out = io.StringIO()
    call_command("send_notices", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def outcomes():
    return list(Mail.objects.order_by("pk").values_list("outcome", flat=True))


class Server:
    """A mail server that answers everything with this fault."""

    def __init__(self, fault, at="send_messages"):
        self.fault, self.at = fault, at

    def __call__(self, *args, **kwargs):
        raise self.fault


@pytest.fixture
def refusing(monkeypatch):
    """Lets the mail server refuse, or not answer at all."""

    def refuse(fault, at="send_messages"):
        monkeypatch.setattr(f"django.core.mail.backends.locmem.EmailBackend.{at}", Server(fault))

    return refuse


def test_a_mail_says_what_happened_and_leads_to_the_very_thing(told, report):
    send()

    (letter,) = mail.outbox
    html = letter.alternatives[0].content
    assert letter.to == ["staff@example.cn"]
    assert "manager退回了" in letter.subject
    assert "“Which firms?”" in letter.body
    assert f"http://127.0.0.1:8000/reports/{report.pk}/?programme=qd-2020" in letter.body
    assert f'href="http://127.0.0.1:8000/reports/{report.pk}/?programme=qd-2020"' in html
    assert outcomes() == ["sent"]


def test_it_is_written_in_the_readers_language(told, reader):
    accounts.set_language(reader, "en")

    send()

    assert mail.outbox[0].subject.startswith("manager returned the report")
    assert "staff, good day." in mail.outbox[0].body


def test_a_second_run_sends_nothing_again(told):
    send()
    send()

    assert len(mail.outbox) == 1


def test_what_another_run_holds_is_left_to_it_until_that_was_killed(told, real_time):
    now = timezone.now()
    Mail.objects.update(holder=uuid.uuid4(), held_until=now + 5 * MINUTES)

    send()
    left = len(mail.outbox)
    real_time.shift(6 * MINUTES)
    send()

    assert (left, len(mail.outbox)) == (0, 1)


def test_an_act_that_is_refused_leaves_no_mail(quiet_before, submitted, staff):
    with pytest.raises(NotAllowed):
        perform(workflow.RETURN, submitted, by=staff, comment="No.")

    assert not Mail.objects.exists()


def test_a_person_without_an_address_is_told_in_the_inbox_alone(told, reader):
    accounts.change_contact(reader, by=reader, email="", phone="")

    send()

    assert (mail.outbox, outcomes()) == ([], ["no_address"])


def test_nobody_is_told_of_what_they_may_no_longer_see(told, staff, admin):
    end_membership(staff.memberships.get(), by=admin)

    send()

    assert (mail.outbox, outcomes()) == ([], ["not_seen"])


@pytest.mark.parametrize("at", ["2021-09-24 07:59", "2021-09-24 18:00", "2021-09-25 10:00"])
def test_none_leaves_at_night_or_on_a_day_off(told, real_time, at):
    real_time.move_to(datetime.datetime.fromisoformat(at).replace(tzinfo=clock.BEIJING))

    send()

    assert outcomes() == [""]


def test_a_make_up_day_is_a_working_day(told, real_time):
    factories.working_day("2021-09-26", is_working=True, name="国庆节")
    real_time.move_to(datetime.datetime(2021, 9, 26, 10, tzinfo=clock.BEIJING))

    send()

    assert outcomes() == ["sent"]


def test_what_is_urgent_leaves_at_once(told, real_time):
    Mail.objects.update(is_urgent=True)
    real_time.move_to(datetime.datetime(2021, 9, 25, 23, tzinfo=clock.BEIJING))

    send()

    assert mail.outbox[0].subject.startswith("【紧急】")


def test_a_daily_mail_holds_everything_that_came_before_its_moment(told, report, reader, manager, real_time):
    accounts.set_mails(reader, "daily")
    factories.approve(factories.submit(report, by=reader), by=manager)

    send()
    before = len(mail.outbox)
    real_time.move_to(datetime.datetime(2021, 9, 27, 8, 40, tzinfo=clock.BEIJING))
    send()

    (letter,) = mail.outbox
    assert before == 0
    assert letter.subject.startswith("2条消息")
    assert "1. manager" in letter.body
    assert outcomes() == ["sent", "sent"]


def test_who_wants_reminders_alone_gets_nothing_else(told, reader):
    accounts.set_mails(reader, "reminders")

    send()

    assert outcomes() == ["not_wanted"]


def test_a_refused_mail_is_tried_again_ever_later_and_then_given_up(told, refusing, real_time, settings):
    settings.MAIL_ATTEMPTS = 3
    refusing(smtplib.SMTPRecipientsRefused({"staff@example.cn": (550, b"no such user")}))

    send()
    first = Mail.objects.get().next_at - timezone.now()
    real_time.shift(5 * MINUTES)
    send()
    second = Mail.objects.get().next_at - timezone.now()
    real_time.shift(10 * MINUTES)
    send()

    assert (first, second) == (5 * MINUTES, 10 * MINUTES)
    assert outcomes() == ["given_up"]
    assert set(Attempt.objects.values_list("words", flat=True)) == {"550 no such user"}


def test_what_was_given_up_can_be_tried_again(told, refusing, settings, monkeypatch):
    settings.MAIL_ATTEMPTS = 1
    with monkeypatch.context() as broken:
        broken.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages",
            Server(smtplib.SMTPDataError(554, b"full")),
        )
        send()

    send("--again")

    assert outcomes() == ["sent"]


def test_a_server_that_does_not_answer_costs_no_attempt(told, refusing):
    refusing(ConnectionRefusedError("refused"), at="open")

    with pytest.raises(CommandError, match="ConnectionRefusedError"):
        send()

    row = Mail.objects.get()
    assert (row.outcome, row.attempts, row.holder) == ("", 0, None)


def test_a_subject_is_one_line_whatever_people_typed(told):
    notice = Notice.objects.get(pk=told.notice_id)
    params = notice.params | {"label": "1-01\r\nBcc: all@example.cn\x0b"}
    Notice.objects.filter(pk=notice.pk).update(params=params)

    send()

    letter = mail.outbox[0].message()
    assert "\n" not in mail.outbox[0].subject
    assert letter["Bcc"] is None


def test_what_people_typed_is_no_markup(told):
    notice = Notice.objects.get(pk=told.notice_id)
    Notice.objects.filter(pk=notice.pk).update(params=notice.params | {"comment": "<img src=x>"})

    send()

    assert "&lt;img src=x&gt;" in mail.outbox[0].alternatives[0].content


def test_without_a_mail_server_nothing_is_written_for_it(quiet_before, submitted, manager, settings):
    settings.MAIL_ON = False

    factories.send_back(submitted, by=manager)

    assert Notice.objects.exists()
    assert not Mail.objects.exists()


def test_what_became_of_old_mails_is_forgotten_and_the_notice_stays(told, real_time):
    send()
    real_time.shift(datetime.timedelta(days=91))

    send()

    assert (Mail.objects.count(), Attempt.objects.count(), Notice.objects.count()) == (0, 0, 1)
