"""Previews through the page: who sees them, and how strictly they are shown."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from tests import factories
from tests.qdtrade.evidence import made


@pytest.fixture
def picture(report, staff):
    return factories.attach(report, by=staff, name="照片.jpg", body=made.photograph())


def look(client, file, name="file_preview", **headers):
    return client.get(reverse(name, args=[file.pk]), headers=headers)


def test_a_preview_is_shown_strictly(picture, sign_in, staff):
    answer = look(sign_in(staff), picture)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "private" in answer["Cache-Control"]
    assert answer.content.startswith(b"\xff\xd8")
    assert b"SECRET" not in answer.content


def test_a_preview_that_the_browser_has_is_not_sent_again(picture, sign_in, staff):
    client = sign_in(staff)
    etag = look(client, picture, "file_thumbnail")["ETag"]

    again = look(client, picture, "file_thumbnail", if_none_match=etag)

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["file_preview", "file_thumbnail"])
@pytest.mark.parametrize(
    ("person", "before", "after"),
    [("head", 200, 200), ("manager", 404, 200), ("auditor", 404, 200), ("neighbour", 404, 404),
     ("stranger", 404, 404)],
)  # fmt: skip
def test_a_preview_is_seen_by_those_who_see_the_file(
    picture, report, staff, sign_in, request, name, person, before, after
):
    client = sign_in(request.getfixturevalue(person))
    first = look(client, picture, name).status_code
    factories.submit(report, by=staff)

    assert (first, look(client, picture, name).status_code) == (before, after)


def test_what_the_browser_has_is_not_shown_to_those_who_may_not_see_it(picture, sign_in, staff, neighbour):
    etag = look(sign_in(staff), picture)["ETag"]

    assert look(sign_in(neighbour), picture, if_none_match=etag).status_code == 404


@pytest.mark.parametrize(("name", "body"), [("a.pdf", b"%PDF-1.4"), ("a.png", made.fake_png(50_000, 50_000))])
def test_no_preview_is_said_plainly(report, staff, sign_in, name, body):
    client = sign_in(staff)
    client.cookies["django_language"] = "en"
    file = factories.attach(report, by=staff, name=name, body=body)

    answer = look(client, file)

    assert answer.status_code == 404
    assert f"No picture can be shown of {name}. Download the file" in answer.content.decode()
    assert look(client, file, "file_thumbnail").content == b"No preview"


def test_bytes_that_are_gone_have_no_preview(picture, sign_in, staff):
    default_storage.delete(picture.blob.path)

    assert look(sign_in(staff), picture).status_code == 404


def test_lists_show_a_small_picture_that_opens_the_large_one(picture, report, staff, manager, sign_in):
    thumbnail, preview = (reverse(name, args=[picture.pk]) for name in ("file_thumbnail", "file_preview"))
    form = sign_in(staff).get(reverse("report", args=[report.pk])).content.decode()
    factories.submit(report, by=staff)
    reviewer = sign_in(manager)
    addresses = [
        reverse("report", args=[report.pk]),
        reverse("task", args=[report.task.pk]),
        reverse("desk_report", args=[report.pk]),
    ]

    pages = [form, *(reviewer.get(address).content.decode() for address in addresses)]

    assert [thumbnail in page and preview in page for page in pages] == [True] * 4


def test_other_files_have_no_picture(report, staff, sign_in):
    file = factories.attach(report, by=staff)

    page = sign_in(staff).get(reverse("report", args=[report.pk])).content.decode()

    assert reverse("file_thumbnail", args=[file.pk]) not in page
