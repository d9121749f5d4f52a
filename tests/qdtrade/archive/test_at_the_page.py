"""Checking and packing from the page: asked for, done by the worker, shown, taken away, each recorded."""

import datetime
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from qdtrade import clock
from qdtrade.archive import actions, background
from qdtrade.archive.models import Package, Verification
from qdtrade.audit.models import Event
from qdtrade.errors import WrongState
from tests import factories
from tests.answers import leave
from tests.qdtrade.archive.packages import verified


@pytest.fixture
def browser(sign_in, auditor):
    found = sign_in(auditor)
    found.cookies["django_language"] = "en"
    return found


@pytest.fixture
def queue(monkeypatch):
    """What was put back for a worker, and not done yet."""
    found = []
    monkeypatch.setattr(background, "start", lambda row: found.append)
    return found


def page(browser):
    return browser.get("/records/").content.decode()


def waiting(programme, person):
    return actions.ask_package(programme, by=person, parts=["reports"], start=lambda pk: None)


def test_a_check_says_that_the_chain_is_whole(submitted, browser):
    assert "not yet" in page(browser)

    browser.post("/records/check/")

    row = Verification.objects.get()
    assert (row.outcome, row.records > 10) == ("whole", True)
    assert "nothing missing, changed or put in" in page(browser)
    assert [event.action for event in Event.objects.filter(kind="verification").order_by("seq")] == [
        "ask_check", "check_records",
    ]  # fmt: skip


def test_a_check_names_the_first_broken_record(signed, take_guards_down, browser):
    take_guards_down()
    signed.events.filter(seq=5).update(comment="as agreed")

    browser.post("/records/check/")

    row = Verification.objects.get()
    assert (row.outcome, row.broken_seq) == ("broken", 5)
    assert "Record 5: a column does not say what its text says" in page(browser)


def test_a_check_names_rows_that_were_changed_past_the_records(submitted, task, browser):
    type(task).objects.filter(pk=task.pk).update(progress=100)

    browser.post("/records/check/")

    assert f"task {task.pk} is not as recorded: progress" in page(browser)


def test_a_check_that_was_stopped_goes_on_where_it_was(signed, programme, auditor, queue):
    row = actions.ask_check(programme, by=auditor, start=lambda pk: None)
    hashed = signed.events.get(seq=5).hash
    actions.beat(row, 5, 9, reached=5, reached_hash=hashed)
    Verification.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=9))

    call_command("resume_archive", stdout=io.StringIO())
    background.check.call(*queue)

    assert Verification.objects.get().outcome == "whole"


@pytest.mark.parametrize("what", ["check", "package"])
def test_one_at_a_time(submitted, programme, auditor, what):
    ask = {
        "check": lambda: actions.ask_check(programme, by=auditor, start=lambda pk: None),
        "package": lambda: waiting(programme, auditor),
    }[what]
    ask()

    with pytest.raises(WrongState):
        ask()


def test_a_package_is_made_shown_and_taken_away(report, staff, browser, tmp_path):
    factories.attach(report, by=staff, body=b"%PDF-1.4 proof")
    factories.submit(report, by=staff)

    browser.post(
        "/records/packages/", {"from_on": "", "to_on": "", "parts": ["register", "reports", "files"]}
    )

    row = Package.objects.get()
    assert f"/records/packages/{row.pk}/" in page(browser)
    answer = browser.get(f"/records/packages/{row.pk}/")
    taken = tmp_path / "taken.zip"
    taken.write_bytes(b"".join(answer.streaming_content))
    leave(answer)
    code, said = verified(taken)
    assert code == 0, said
    assert [event.action for event in Event.objects.filter(kind="package").order_by("seq")] == [
        "ask_package", "make_package", "download",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"from_on": "2021-09-24", "to_on": "2021-09-01"}, "The last day comes before the first."),
        ({"from_on": "yesterday"}, "Enter a valid date."),
    ],
)
def test_days_that_make_no_sense_are_refused_with_a_reason(submitted, browser, days, says):
    answer = browser.post("/records/packages/", days)

    assert (answer.status_code, says in answer.content.decode()) == (400, True)


def test_days_without_records_are_refused(submitted, browser):
    assert browser.post("/records/packages/", {"to_on": "2019-01-01"}).status_code == 409


def test_how_far_it_is_is_shown_until_it_is_done(submitted, programme, auditor, browser):
    row = waiting(programme, auditor)
    actions.beat(row, 412, 612)

    shown = browser.get("/records/proof/?of=packing", headers={"hx-request": "true"})
    assert "412 / 612" in shown.content.decode()

    background.pack.call(row.pk)
    Package.objects.update(beat_at=None)
    background.pack.call(row.pk)
    done = browser.get("/records/proof/?of=packing", headers={"hx-request": "true"})
    assert done.headers["HX-Refresh"] == "true"


def test_a_worker_that_was_killed_is_followed_by_another(submitted, programme, auditor, queue):
    row = waiting(programme, auditor)
    Package.objects.update(queued_at=timezone.now() - datetime.timedelta(minutes=9))

    call_command("resume_archive", stdout=io.StringIO())
    background.pack.call(*queue)

    assert Package.objects.get().outcome == "made"
    assert zipfile.is_zipfile(row.path)


def test_what_was_begun_three_times_is_given_up(submitted, programme, auditor):
    waiting(programme, auditor)
    Package.objects.update(queued_at=timezone.now() - datetime.timedelta(minutes=9), attempts=3)

    call_command("resume_archive", stdout=io.StringIO())

    assert Package.objects.get().outcome == "failed"


def test_a_folder_that_cannot_be_written_is_said(submitted, programme, auditor, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.PACKAGES = tmp_path / "file"
    row = waiting(programme, auditor)

    background.pack.call(row.pk)

    row.refresh_from_db()
    assert row.outcome == "failed"
    assert row.trouble


def test_an_old_package_is_removed_and_stays_known(submitted, programme, auditor, browser):
    row = waiting(programme, auditor)
    background.pack.call(row.pk)

    with clock.at(clock.now() + datetime.timedelta(days=31)):
        call_command("resume_archive", stdout=io.StringIO())

    assert not row.path.exists()
    assert browser.get(f"/records/packages/{row.pk}/").status_code == 404
    assert "removed; have it made again" in page(browser)


def test_a_package_is_no_evidence(submitted, programme, auditor):
    row = waiting(programme, auditor)
    background.pack.call(row.pk)

    assert not default_storage.exists(row.path.name)
