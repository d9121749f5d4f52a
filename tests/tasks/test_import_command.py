"""manage.py import_tasks, as the office's administrator runs it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from qdtrade.audit.models import Event
from tasks.models import Task
from tests.tasks import sheets

ABOVE = [["青岛市全面深化服务贸易创新发展试点任务台账"], ["（2020年8月2日—2023年8月1日）"]]
MAKE = ["--create-programme", "--create-bureaus"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(sheets.register(sheets.line(), sheets.line(编号="1-02", 节点=""), above=ABOVE))
    return path


def run(path, *more, programme="qd-2020"):
    out = io.StringIO()
    call_command("import_tasks", str(path), "--programme", programme, *more, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refused(path, *more):
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_tasks", str(path), "--programme", "qd-2020", *more, stdout=out)
    return out.getvalue() + str(caught.value)


def test_a_dry_run_reports_and_writes_nothing(db, file):
    report = run(file, *MAKE)

    assert "New 2" in report
    assert "dry run" in report
    assert "each gets one at its due date: 1 (1-02)" in report
    assert not Task.objects.exists()


def test_apply_writes_under_the_service_users_name(db, file):
    report = run(file, *MAKE, "--apply")

    assert "Written: 2 tasks." in report
    event = Event.objects.get(kind="task", label__startswith="1-01")
    assert (event.actor_name, event.door) == ("系统", "command")


def test_a_second_run_changes_nothing(db, file):
    run(file, *MAKE, "--apply")
    before = Event.objects.count()

    report = run(file)

    assert "unchanged 2" in report
    assert Event.objects.count() == before


def test_a_missing_programme_says_how_to_make_it(db, file):
    report = refused(file)

    assert "--create-programme" in report
    assert "青岛市全面深化服务贸易创新发展试点 2020-08-02 – 2023-08-01" in report


def test_unknown_bureaus_are_listed_and_refused(db, file, region):
    report = refused(file, "--create-programme", "--apply")

    assert "市商务局 (2 times, first at 任务台账 E4)" in report
    assert "--create-bureaus" in report
    assert not Task.objects.exists()


def test_a_refusal_names_sheet_cell_heading_text_and_cure(db, file):
    content = sheets.register(sheets.line(), sheets.line(编号="1-02", 完成时限="2021年13月底"), above=ABOVE)
    file.write_bytes(content)

    report = refused(file, *MAKE, "--apply")

    assert "任务台账 H5 完成时限 “2021年13月底”" in report
    assert "from 1 to 12" in report
    assert not Task.objects.exists()


def test_a_hostile_file_is_named_and_nothing_is_stored(db, file):
    file.write_bytes(b"PK\x03\x04 nothing more")

    report = refused(file, *MAKE, "--apply")

    assert "台账.xlsx is damaged" in report
    assert not Task.objects.exists()


def test_a_file_without_a_register_says_what_it_needs(db, file):
    file.write_bytes(sheets.content_of(lambda book: book.add_worksheet().write(0, 0, "你好")))

    assert "任务举措" in refused(file)


def test_a_long_report_is_cut_unless_asked_for(db, file):
    rows = [sheets.line(编号=f"1-{number:03}") for number in range(60)]
    file.write_bytes(sheets.register(*rows, above=ABOVE))

    assert "… and 10 more" in run(file, *MAKE)
    assert "1-059" in run(file, *MAKE, "--full")
