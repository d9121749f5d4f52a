"""All evidence of a bureau's period as one zip file."""

import csv
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from qdtrade.audit.models import Event
from tests import factories
from tests.answers import leave


@pytest.fixture
def submitted_with_files(report, staff):
    """Two files under one name, one of them for a milestone."""
    factories.attach(report, by=staff, name="证.pdf")
    factories.attach(
        report, by=staff, name="证.pdf", body=b"%PDF-2", milestone=report.task.milestones.get(number=1)
    )
    return factories.submit(report, by=staff)


def ask(client, report, **changed):
    data = {"programme": "qd-2020", "period": report.period.pk, "bureau": report.bureau.pk} | changed
    client.cookies["django_language"] = "en"
    return client.get(reverse("evidence_zip"), data)


def opened(answer):
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    leave(answer)
    return zipfile.ZipFile(io.BytesIO(content))


def index_of(archive):
    return list(csv.DictReader(io.StringIO(archive.read("Index.csv").decode("utf-8-sig"))))


def test_the_files_stand_by_task_under_names_of_their_own(submitted_with_files, sign_in, auditor):
    code = submitted_with_files.task.code

    archive = opened(ask(sign_in(auditor), submitted_with_files))

    assert archive.namelist() == ["Index.csv", f"{code}/证.pdf", f"{code}/证 (2).pdf"]
    assert archive.read(f"{code}/证 (2).pdf") == b"%PDF-2"
    assert archive.testzip() is None


def test_the_index_says_what_each_file_proves(submitted_with_files, sign_in, auditor, staff):
    first, second = index_of(opened(ask(sign_in(auditor), submitted_with_files)))

    assert (first["Milestone"], second["Milestone"]) == ("", "1")
    assert (second["Added by"], second["Version"], second["Bytes are there"]) == ("staff", "1", "yes")
    assert second["Added at"] == "2021-09-24 10:00:00+08:00"
    assert second["Size in bytes"] == "6"
    assert len(second["SHA-256"]) == 64


def test_the_download_says_what_it_is(submitted_with_files, sign_in, auditor):
    answer = ask(sign_in(auditor), submitted_with_files)
    leave(answer)

    assert answer["Content-Type"] == "application/zip"
    assert "qd-2020-evidence-202109-" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"


def test_it_is_recorded_before_the_first_byte(submitted_with_files, sign_in, auditor):
    leave(ask(sign_in(auditor), submitted_with_files))

    event = Event.objects.get(action="export")
    assert '"what":[null,"evidence"]' in event.changes
    assert '"rows":[null,"2"]' in event.changes
    assert submitted_with_files.bureau.code in event.changes


def test_the_version_submitted_last_counts(submitted_with_files, sign_in, auditor, manager, staff):
    returned = factories.send_back(submitted_with_files, by=manager)
    factories.attach(returned, by=staff, name="new.pdf", body=b"%PDF-new")

    before = opened(ask(sign_in(auditor), returned)).namelist()
    factories.submit(returned, by=staff)
    after = opened(ask(sign_in(auditor), returned)).namelist()

    assert (len(before), len(after)) == (3, 4)


def test_bytes_that_are_gone_are_told_in_the_index(submitted_with_files, sign_in, auditor):
    file = submitted_with_files.files.order_by("pk").first()
    default_storage.delete(file.blob.path)

    archive = opened(ask(sign_in(auditor), submitted_with_files))

    assert len(archive.namelist()) == 2
    assert [row["Bytes are there"] for row in index_of(archive)] == ["no", "yes"]


def test_nothing_submitted_is_said(report, sign_in, auditor, staff):
    factories.attach(report, by=staff)

    answer = ask(sign_in(auditor), report)

    assert answer.status_code == 409
    assert "has submitted no evidence for" in answer.content.decode()
    assert not Event.objects.filter(action="export").exists()


@pytest.mark.parametrize(
    ("person", "code"), [("staff", 200), ("head", 200), ("neighbour", 409), ("stranger", 404)]
)
def test_it_holds_what_its_reader_may_see(submitted_with_files, sign_in, request, person, code):
    answer = ask(sign_in(request.getfixturevalue(person)), submitted_with_files)
    leave(answer)

    assert answer.status_code == code


@pytest.mark.parametrize(
    "changed", [{"period": ""}, {"bureau": ""}, {"period": "x"}, {"bureau": "a\r\nb"}, {"period": "999999"}]
)
def test_a_question_without_sense_is_refused(submitted_with_files, sign_in, auditor, changed):
    assert ask(sign_in(auditor), submitted_with_files, **changed).status_code == 400


def test_the_list_of_reports_offers_it_for_the_chosen_period(submitted_with_files, sign_in, auditor):
    client = sign_in(auditor)
    client.cookies["django_language"] = "en"
    period = submitted_with_files.period.pk

    page = client.get(reverse("report_list"), {"period": period}).content.decode()

    assert f"/evidence/zip/?programme=qd-2020&amp;period={period}&amp;bureau=scjg" in page
    assert "2 files" in page
    assert "/evidence/zip/" not in client.get(reverse("report_list")).content.decode()


def test_a_period_without_evidence_says_so(report, sign_in, auditor):
    client = sign_in(auditor)
    client.cookies["django_language"] = "en"

    page = client.get(reverse("report_list"), {"period": report.period.pk}).content.decode()

    assert "No evidence has been submitted for this period." in page
