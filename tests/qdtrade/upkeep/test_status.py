"""/status/: how the program runs, for those who look after it."""

import datetime
import io

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qdtrade import clock
from qdtrade.audit import guards
from qdtrade.notices.models import Attempt, Mail
from qdtrade.upkeep.models import Heartbeat
from qdtrade.upkeep.timers import TIMERS
from tests import factories

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def year(db):
    """The holidays of the years are known."""
    call_command("load_working_days", "fixtures/working_days.csv", stdout=io.StringIO())


@pytest.fixture
def page(sign_in):
    def get(person):
        browser = sign_in(person)
        browser.cookies["django_language"] = "en"
        return browser.get("/status/")

    return get


@pytest.fixture
def all_ran(year):
    """Every timer has just run well."""
    now = timezone.now()
    for name in TIMERS:
        Heartbeat.objects.create(name=name, began_at=now, ended_at=now, is_well=True)


@pytest.fixture
def work(db):
    """Makes a piece of background work in this state."""

    def make(status, age, **fields):
        values = {"args_kwargs": {}, "task_path": "x", "backend_name": "default", "run_after": timezone.now()}
        row = DBTaskResult.objects.create(status=status, **values, **fields)
        DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - age)

    return make


def troubles(answer):
    return answer.context["status"].troubles


def test_everything_is_as_it_should_be(all_ran, admin, page):
    answer = page(admin)

    assert troubles(answer) == []
    assert "Everything is as it should be." in answer.content.decode()


@pytest.mark.parametrize("person", ["admin", "root"])
def test_those_who_look_after_it_find_it_in_the_menu(person, request, page):
    assert 'href="/status/' in page(request.getfixturevalue(person)).content.decode()


@pytest.mark.parametrize("person", ["staff", "head", "manager", "auditor", "stranger"])
def test_nobody_else_sees_it_or_is_led_there(person, request, sign_in):
    browser = sign_in(request.getfixturevalue(person))

    assert browser.get("/status/").status_code == 403
    assert 'href="/status/' not in browser.get("/").content.decode()


def test_an_administrator_whose_role_has_ended_sees_nothing(programme, page):
    person = factories.member("gone", programme, "admin", ends_on=datetime.date(2021, 9, 1))

    assert page(person).status_code == 403


def test_an_administrator_sees_the_chain_of_their_programme_alone(region, admin, page):
    factories.programme(region, "other")

    assert [chain.code for chain in page(admin).context["status"].chains] == ["qd-2020"]


def test_the_servers_administrator_sees_every_chain(programme, root, page):
    assert [chain.code for chain in page(root).context["status"].chains] == ["system", "qd-2020"]


def test_a_timer_that_failed_is_told_with_its_words(all_ran, admin, page):
    Heartbeat.objects.filter(name="backup").update(is_well=False, words="No room on the disk")

    answer = page(admin)

    assert troubles(answer) == ["manage.py backup failed; what it said stands in the table."]
    assert "No room on the disk" in answer.content.decode()


def test_an_overdue_timer_is_marked_in_words(all_ran, admin, page):
    Heartbeat.objects.filter(name="advance_periods").update(began_at=timezone.now() - 5 * HOUR)

    answer = page(admin)

    assert troubles(answer) == [
        "manage.py advance_periods last ran 5 hours ago. Look whether its timer is on."
    ]
    assert "overdue" in answer.content.decode()


def test_timers_that_never_ran_are_missed(year, admin, page):
    assert len(troubles(page(admin))) == len(TIMERS)


def test_in_a_demo_no_timer_is_missed(year, settings, admin, page, moment):
    settings.DEMO_DAY = moment.date()

    assert troubles(page(admin)) == []


def test_work_that_waits_for_a_worker_is_told(all_ran, work, admin, page):
    work("READY", HOUR)

    assert troubles(page(admin)) == [
        "Work in the background waits, and no worker takes it. Start the worker (docs/operations.md)."
    ]


def test_work_that_waits_its_turn_is_no_trouble(all_ran, work, admin, page):
    work("READY", datetime.timedelta(seconds=20))

    assert troubles(page(admin)) == []


def test_work_that_does_not_end_is_told(all_ran, work, admin, page):
    work("RUNNING", 9 * HOUR, started_at=timezone.now() - 8 * HOUR)

    assert "does not end" in troubles(page(admin))[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a guard is taken away in SQLite's words")
def test_a_missing_guard_is_told(all_ran, admin, page):
    with connection.cursor() as cursor:
        cursor.execute(guards.lowering("sqlite", "audit_event")[0])

    assert "no longer refuses" in troubles(page(admin))[0]


def test_missing_migrations_are_told(all_ran, admin, page, monkeypatch):
    monkeypatch.setattr("qdtrade.upkeep.status.database.unapplied", lambda: ["tasks.0009_more"])

    answer = page(admin)

    assert "manage.py migrate" in troubles(answer)[0]
    assert "tasks.0009_more" in answer.content.decode()


def test_a_full_disk_is_told(all_ran, admin, page, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda folder: (100 * 1024**3, 99 * 1024**3, 1024**3))

    assert "nearly full" in troubles(page(admin))[0]


def test_holidays_that_nobody_entered_are_asked_for(admin, page):
    assert (
        troubles(page(admin))[-1]
        == "The holidays of 2021 have not been entered: manage.py load_working_days."
    )


@pytest.mark.parametrize(("month", "count"), [(11, 0), (12, 1)])
def test_in_december_the_next_years_are_asked_for(month, count, all_ran, root, page):
    """The notices in fixtures/ reach to 2026."""
    with clock.at(datetime.datetime(2026, month, 2, 12, tzinfo=clock.BEIJING)):
        assert len(troubles(page(root))) == count


def test_no_secret_stands_on_it(settings, root, page):
    settings.SECRET_KEY_FILE = "/etc/qdtrade/secret-key"
    content = page(root).content.decode()

    assert settings.SECRET_KEY not in content
    assert "secret-key" not in content
    assert str(settings.BASE_DIR) not in content


def test_it_costs_the_same_with_much_work_as_with_little(
    all_ran, work, root, page, django_assert_max_num_queries
):
    for _number in range(20):
        work("READY", datetime.timedelta(0))

    with django_assert_max_num_queries(42):
        page(root)


# The outbox


@pytest.fixture
def waiting_mail(returned):
    """A mail to the author of a returned report."""
    return Mail.objects.latest("pk")


@pytest.fixture
def friday():
    """The real clock stands on a working day, in the hours in which mails leave."""
    with time_machine.travel(datetime.datetime(2021, 9, 24, 15, tzinfo=clock.BEIJING), tick=False):
        yield


def test_mails_that_could_leave_and_do_not_are_told(friday, waiting_mail, page, root):
    Mail.objects.update(next_at=timezone.now() - 2 * HOUR)

    assert any("Mails wait and none leaves" in line for line in troubles(page(root)))


def test_mails_that_wait_for_the_morning_are_no_trouble(friday, waiting_mail, page, root):
    with time_machine.travel(datetime.datetime(2021, 9, 25, 15, tzinfo=clock.BEIJING), tick=False):
        assert not any("Mails wait" in line for line in troubles(page(root)))


def test_a_mail_that_was_given_up_is_named_with_what_the_server_said(friday, waiting_mail, page, root):
    now = timezone.now()
    Mail.objects.filter(pk=waiting_mail.pk).update(outcome="given_up", ended_at=now)
    Attempt.objects.create(mail=waiting_mail, at=now, is_well=False, words="550 no such user")

    (line,) = [line for line in troubles(page(root)) if "could not be delivered" in line]
    assert "staff: 550 no such user" in line
    assert "@" not in line
