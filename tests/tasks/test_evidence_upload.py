"""Files sent one by one by the page, and what a report takes in all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qdtrade.audit.models import Event
from qdtrade.evidence.uploads import BoundedUploadHandler
from tasks.models import Draft, ReportFile
from tests import factories
from tests.qdtrade.evidence import made


@pytest.fixture
def browser(sign_in, staff):
    client = sign_in(staff)
    client.cookies["django_language"] = "en"
    return client


def send(browser, report, file=None, **data):
    return browser.post(reverse("report_file_add", args=[report.pk]), ({"file": file} if file else {}) | data)


def test_a_file_is_added_and_the_list_comes_back(report, browser):
    answer = send(browser, report, factories.pdf("one.pdf"))

    assert answer.status_code == 200
    assert "one.pdf" in answer.json()["list"]
    assert answer.json()["said"] == "one.pdf was added."
    assert "Still open" in answer.json()["missing"]


def test_the_text_in_the_page_is_not_touched(report, browser):
    send(browser, report, factories.pdf())

    assert not Draft.objects.exists()


def test_a_draft_in_two_tabs_stays_without_conflict(report, browser, staff):
    browser.post(reverse("report_draft", args=[report.pk]), {"done": "One.", "draft_version": "0"})

    send(browser, report, factories.pdf())

    assert Draft.objects.get().version == 1
    typed = {"done": "One and two.", "draft_version": "1"}
    assert browser.post(reverse("report_draft", args=[report.pk]), typed).status_code == 302


def test_a_file_for_a_milestone_answers_what_is_still_open(report, browser):
    answer = send(browser, report, factories.pdf(), for_milestone="2")

    assert ReportFile.objects.get().milestone.number == 2
    assert "milestone 2" in answer.json()["list"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("drawing.svg", b"<svg/>"), ("was.docx", b"%PDF-1.4"), ("macro.docx", made.docx("word/vbaProject.bin"))],
)
def test_a_bad_file_is_told_by_its_name_and_nothing_is_kept(report, browser, name, content):
    answer = send(browser, report, SimpleUploadedFile(name, content))

    assert answer.status_code == 400
    assert answer.json()["said"].startswith(name)
    assert not ReportFile.objects.exists()


def test_a_file_sent_again_after_a_broken_line_is_there_once(report, browser):
    send(browser, report, factories.pdf())
    again = send(browser, report, factories.pdf())

    assert again.status_code == 200
    assert ReportFile.objects.count() == 1
    assert Event.objects.filter(action="attach").count() == 1


def test_the_same_bytes_for_another_milestone_are_another_file(report, browser):
    send(browser, report, factories.pdf())
    send(browser, report, factories.pdf(), for_milestone="1")
    send(browser, report, factories.pdf("other name.pdf"))

    assert ReportFile.objects.count() == 3


def test_a_file_that_was_taken_off_can_be_added_again(report, browser, staff):
    file = factories.attach(report, by=staff)
    browser.post(reverse("file_remove", args=[file.pk]))

    send(browser, report, factories.pdf())

    assert ReportFile.objects.filter(dropped_at=None).count() == 1


def test_a_report_takes_so_many_files_and_no_more(report, browser, settings):
    settings.MAX_REPORT_FILES = 2
    send(browser, report, factories.pdf("1.pdf", b"%PDF-1"))
    send(browser, report, factories.pdf("2.pdf", b"%PDF-2"))

    answer = send(browser, report, factories.pdf("3.pdf", b"%PDF-3"))

    assert answer.status_code == 400
    assert answer.json()["said"].startswith("3.pdf: a report takes 2 files")


def test_a_submitted_report_takes_no_file_and_says_so(report, browser, staff):
    factories.submit(report, by=staff)

    answer = send(browser, report, factories.pdf())

    assert answer.status_code == 409
    assert "so its files stay" in answer.json()["said"]


def test_no_file_is_said(report, browser):
    assert send(browser, report).json() == {"said": "No file was chosen."}


@pytest.mark.parametrize(("person", "code"), [("manager", 403), ("auditor", 403), ("neighbour", 404)])
def test_nobody_else_adds_a_file(report, sign_in, request, person, code):
    assert send(sign_in(request.getfixturevalue(person)), report, factories.pdf()).status_code == code


def test_a_file_from_another_site_is_not_taken(report, staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)

    assert send(client, report, factories.pdf()).status_code == 403
    assert not ReportFile.objects.exists()


def test_a_file_far_too_large_says_its_size_and_fills_no_disk(report, browser, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.MAX_FILE_BYTES = 1024 * 1024

    answer = send(browser, report, factories.pdf(body=b"%PDF-" + bytes(50 * 1024 * 1024)))

    assert "50.0 MB; the limit is 1 MB" in answer.json()["said"]


def test_the_rest_of_a_file_that_is_too_large_is_thrown_away(settings):
    settings.MAX_FILE_BYTES = 100
    handler = BoundedUploadHandler()
    handler.new_file("files", "a.pdf", "application/pdf", None)

    [handler.receive_data_chunk(b"x" * 64, start) for start in range(0, 6400, 64)]
    file = handler.file_complete(6400)

    with file:
        assert (file.size, len(file.read())) == (6400, 128)


def test_the_form_tells_its_limits_first(report, browser):
    page = browser.get(reverse("report", args=[report.pk])).content.decode()

    assert (
        "PDF, OFD, Word, Excel, WPS (.wps, .et), JPG, PNG, HEIC; each at most 20 MB, at most 50 files" in page
    )
    assert 'accept=".pdf,.ofd,.docx,.xlsx,.doc,.xls,.wps,.et,.jpg,.jpeg,.png,.heic,.heif,image/*"' in page
    assert "capture" not in page
