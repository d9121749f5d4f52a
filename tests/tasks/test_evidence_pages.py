"""Evidence files through the page: adding, refusing, handing out, taking off."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tasks.models import Draft, ReportFile
from tests import factories
from tests.answers import leave

TYPED = {"done": "Registered three firms.", "draft_version": "0"}


@pytest.fixture
def browser(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def proof(report, staff):
    return factories.attach(report, by=staff)


def add(browser, report, *files, **data):
    return browser.post(reverse("report_files", args=[report.pk]), TYPED | {"files": files} | data)


def fetch(browser, file):
    """The answer to a download, its bytes, and the file closed."""
    answer = browser.get(reverse("file", args=[file.pk]))
    body = b"".join(answer)
    leave(answer)
    return answer, body


def test_several_files_are_added_at_once_and_the_text_is_kept(report, browser):
    add(browser, report, factories.pdf("one.pdf"), factories.pdf("two.pdf", b"%PDF-1.4 two"))

    assert [file.name for file in ReportFile.objects.in_order()] == ["one.pdf", "two.pdf"]
    assert Draft.objects.get().content["done"] == TYPED["done"]


def test_a_bad_file_is_named_and_the_others_are_kept(report, browser):
    bad = SimpleUploadedFile("photo.heic", b"\0\0\0\x18ftypheic")

    answer = add(browser, report, bad, factories.pdf("good.pdf"))

    assert answer.status_code == 400
    assert "photo.heic" in answer.context["refused_files"][0]
    assert answer.context["form"]["done"].value() == TYPED["done"]
    assert [file.name for file in answer.context["files"]] == ["good.pdf"]


def test_a_file_proves_the_milestone_that_was_chosen(report, browser):
    add(browser, report, factories.pdf(), for_milestone="2")

    assert ReportFile.objects.get().milestone.number == 2


def test_a_milestone_of_another_task_is_not_taken(report, browser):
    add(browser, report, factories.pdf(), for_milestone="9")

    assert ReportFile.objects.get().milestone is None


def test_files_chosen_before_submitting_are_not_forgotten(report, browser):
    sent = factories.CONTENT | {"draft_version": "0", "files": [factories.pdf()]}

    browser.post(reverse("report_move", args=[report.pk, "submit"]), sent)

    report.refresh_from_db()
    assert report.status == "submitted"
    assert ReportFile.objects.get().kept_at is not None


def test_a_bad_file_stops_the_submission(report, browser):
    bad = SimpleUploadedFile("empty.pdf", b"")

    answer = browser.post(
        reverse("report_move", args=[report.pk, "submit"]),
        factories.CONTENT | {"draft_version": "0", "files": [bad]},
    )

    report.refresh_from_db()
    assert (answer.status_code, report.status) == (400, "draft")


def test_a_file_is_handed_out_as_a_download_that_no_browser_opens(proof, browser):
    answer, body = fetch(browser, proof)

    assert body == b"%PDF-1.4 proof"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a\\b\\c.pdf", 'x"; filename=y.pdf', "line\r\nbreak: 1.pdf"]
)
def test_a_name_cannot_lead_anywhere(report, staff, browser, name):
    file = factories.attach(report, by=staff, name=name)

    header = fetch(browser, file)[0].headers["Content-Disposition"]

    name = header.removeprefix("attachment; ")
    assert not any(trouble in name for trouble in ("/", "\\", "..", "%2F", "%5C", "%0A", "%0D"))
    assert header.count('"') in {0, 2}


@pytest.mark.parametrize("person", ["manager", "auditor", "neighbour", "stranger"])
def test_a_file_of_a_draft_is_its_bureaus_alone(proof, sign_in, request, person):
    answer, _body = fetch(sign_in(request.getfixturevalue(person)), proof)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("person", "code"), [("manager", 200), ("auditor", 200), ("neighbour", 404), ("stranger", 404)]
)
def test_a_submitted_file_is_seen_by_those_who_see_the_report(
    proof, report, staff, sign_in, request, person, code
):
    factories.submit(report, by=staff)

    answer, _body = fetch(sign_in(request.getfixturevalue(person)), proof)

    assert answer.status_code == code


def test_a_file_is_taken_off_and_the_text_is_kept(proof, browser):
    browser.post(reverse("file_remove", args=[proof.pk]), TYPED)

    proof.refresh_from_db()
    assert proof.dropped_at is not None
    assert Draft.objects.get().content["done"] == TYPED["done"]


@pytest.mark.parametrize(("person", "code"), [("manager", 403), ("auditor", 403), ("neighbour", 404)])
def test_nobody_else_takes_a_submitted_file_off(proof, report, staff, sign_in, request, person, code):
    factories.submit(report, by=staff)

    answer = sign_in(request.getfixturevalue(person)).post(reverse("file_remove", args=[proof.pk]))

    proof.refresh_from_db()
    assert (answer.status_code, proof.dropped_at) == (code, None)


def test_a_file_of_a_submitted_report_stays(proof, report, staff, browser):
    factories.submit(report, by=staff)

    answer = browser.post(reverse("file_remove", args=[proof.pk]))

    assert answer.status_code == 409
