"""manage.py run_timer: what ran by the clock is noted, and never runs twice at once."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from qdtrade.upkeep.alone import alone
from qdtrade.upkeep.models import Heartbeat
from qdtrade.upkeep.timers import TIMERS, is_overdue


@pytest.fixture(autouse=True)
def folder_of_this_test(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def beat(name="clearsessions"):
    return Heartbeat.objects.get(name=name)


def test_a_run_that_went_well_is_noted_with_its_words(db, capsys):
    call_command("run_timer", "sweep_evidence")

    noted = beat("sweep_evidence")
    assert noted.is_well
    assert noted.began_at <= noted.ended_at <= timezone.now()
    assert noted.words == capsys.readouterr().out.strip()


def test_a_run_that_fails_is_kept_with_its_words_and_ends_in_an_error(db, monkeypatch):
    def fail(*args, **options):
        raise OSError("no room")

    monkeypatch.setattr("qdtrade.evidence.management.commands.sweep_evidence.sweep", fail)

    with pytest.raises(CommandError, match="OSError: no room"):
        call_command("run_timer", "sweep_evidence")

    noted = beat("sweep_evidence")
    assert (noted.is_well, noted.words) == (False, "no room")
    assert noted.ended_at is not None


def test_a_later_run_takes_the_place_of_the_one_before(db):
    Heartbeat.objects.create(name="clearsessions", began_at=timezone.now(), words="old")

    call_command("run_timer", "clearsessions")

    assert (beat().is_well, beat().words) == (True, "")


@pytest.mark.django_db(transaction=True)
def test_a_timer_that_is_running_does_not_run_again(second_person_at_it, capsys):
    with second_person_at_it("clearsessions"):
        call_command("run_timer", "clearsessions")

    assert not Heartbeat.objects.exists()
    assert "clearsessions" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_another_timer_runs_meanwhile(second_person_at_it):
    with second_person_at_it("backup"):
        call_command("run_timer", "clearsessions")

    assert beat().is_well


@pytest.mark.django_db(transaction=True)
def test_the_lock_goes_when_the_run_ends(second_person_at_it):
    call_command("run_timer", "clearsessions")

    with second_person_at_it("clearsessions") as got_it:
        assert got_it


def test_an_unknown_timer_is_refused(db):
    with pytest.raises(CommandError):
        call_command("run_timer", "rm")


@pytest.mark.parametrize(
    ("name", "patience"),
    [
        ("resume_imports", datetime.timedelta(minutes=35)),
        ("advance_periods", datetime.timedelta(minutes=90)),
        ("backup", datetime.timedelta(hours=30)),
    ],
)
def test_a_timer_is_overdue_a_little_after_its_next_run_was_due(name, patience):
    now = timezone.now()
    last = Heartbeat(name=name, began_at=now - patience)

    assert not is_overdue(TIMERS[name], last, now)
    assert is_overdue(TIMERS[name], last, now + datetime.timedelta(seconds=1))


def test_a_timer_that_never_ran_is_overdue():
    assert is_overdue(TIMERS["backup"], None, timezone.now())


def test_the_time_is_the_real_one_whatever_the_programmes_clock_says(db, moment):
    call_command("run_timer", "clearsessions")

    assert beat().began_at - moment > datetime.timedelta(days=365)


def test_nobody_waits_for_a_lock_of_their_own_name(db):
    with alone("one") as first, alone("two") as second:
        assert (first, second) == (True, True)
