"""Previews: made by a process of their own, kept beside the bytes, and without what a camera writes into a picture."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from qdtrade.evidence.actions import previews, store, sweep
from qdtrade.evidence.models import Blob
from tests.qdtrade.evidence import made

pytestmark = pytest.mark.django_db


def kept(content):
    return store(SimpleUploadedFile("a.jpg", content))


def seen(content, size=previews.LARGE):
    """The preview as a picture, or None."""
    jpeg = previews.preview(kept(content), size)
    return jpeg and Image.open(io.BytesIO(jpeg))


def folder_of(blob):
    return f"previews/{blob.sha256[:2]}/{blob.sha256[2:4]}"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_picture_has_a_preview(kind):
    picture = seen(made.picture(kind, (2000, 1000)))

    assert (picture.format, picture.size, picture.mode) == ("JPEG", (1600, 800), "RGB")


def test_a_list_gets_a_small_one():
    assert seen(made.picture(size=(2000, 1000)), previews.SMALL).size == (240, 120)


def test_a_small_picture_stays_as_large_as_it_is():
    assert seen(made.picture(size=(60, 40))).size == (60, 40)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_picture_on_its_side_is_turned(kind):
    assert seen(made.photograph(kind, (60, 40))).size == (40, 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_place_device_and_comment_stay_behind(kind):
    content = made.photograph(kind)
    blob = kept(content)

    jpeg = previews.preview(blob, previews.LARGE)

    assert b"SECRET" in content
    assert b"SECRET" not in jpeg
    assert b"Exif" not in jpeg
    assert not Image.open(io.BytesIO(jpeg)).getexif()
    assert Path(default_storage.path(blob.path)).read_bytes() == content


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_kind_of_png_is_shown(mode):
    assert seen(made.picture("PNG", mode=mode, colour=0)).mode == "RGB"


def test_what_is_transparent_stands_on_white():
    picture = seen(made.picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_cmyk_picture_is_shown():
    assert seen(made.picture("JPEG", mode="CMYK", colour=(0, 0, 0, 0))).mode == "RGB"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0 not a picture",
        made.picture()[:-200],
        made.fake_png(50_000, 50_000),
        made.fake_png(10_000, 10_000),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        made.picture("HEIF")[:300],
    ],
    ids=["empty", "no jpeg", "cut", "huge", "large", "svg", "gif", "cut heic"],
)
def test_what_cannot_be_shown_has_no_preview(content):
    blob = Blob.objects.create(sha256="0" * 64, size=1, created_at=timezone.now())
    default_storage.save(blob.path, SimpleUploadedFile("x", content))

    assert previews.preview(blob, previews.LARGE) is None


def test_a_preview_is_made_once(monkeypatch):
    blob = kept(made.picture())
    first = previews.preview(blob, previews.LARGE)
    monkeypatch.setattr(previews, "_run", lambda blob: pytest.fail("made again"))

    assert previews.preview(blob, previews.LARGE) == first
    assert previews.preview(blob, previews.SMALL)


def test_what_has_no_preview_is_tried_once(monkeypatch):
    blob = kept(made.fake_png(50_000, 50_000))
    previews.preview(blob, previews.LARGE)
    monkeypatch.setattr(previews, "_run", lambda blob: pytest.fail("tried again"))

    assert previews.preview(blob, previews.SMALL) is None


def test_a_deleted_preview_is_made_again():
    blob = kept(made.picture())
    first = previews.preview(blob, previews.LARGE)
    previews.forget(blob.sha256)

    assert default_storage.listdir(folder_of(blob))[1] == []
    assert previews.preview(blob, previews.LARGE) == first


def test_a_preview_that_is_not_whole_is_made_again():
    blob = kept(made.picture())
    first = previews.preview(blob, previews.LARGE)
    path = f"{folder_of(blob)}/{blob.sha256}-1600.jpg"
    default_storage.delete(path)
    default_storage.save(path, SimpleUploadedFile("x", first[:-100]))

    assert previews.preview(blob, previews.LARGE) == first


@pytest.mark.parametrize("limit", [{"memory": 40}, {"seconds": 0}, {"answer": 0}])
def test_a_child_that_needs_too_much_is_stopped(monkeypatch, limit):
    monkeypatch.setattr(previews, "LIMITS", previews.LIMITS | limit)

    assert previews.preview(kept(made.picture(size=(3000, 3000))), previews.LARGE) is None


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(previews, "_PATIENCE", 0.01)
    monkeypatch.setattr(previews, "_turns", previews.threading.BoundedSemaphore(1))
    previews._turns.acquire()
    blob = kept(made.picture())

    assert previews.preview(blob, previews.LARGE) is None
    previews._turns.release()
    assert previews.preview(blob, previews.LARGE) is not None


def test_a_sweep_takes_the_previews_of_what_it_removes():
    blob = kept(made.picture())
    previews.preview(blob, previews.LARGE)
    Blob.objects.update(created_at=timezone.now() - datetime.timedelta(days=8))

    assert sweep() == [blob.path]
    assert default_storage.listdir(folder_of(blob))[1] == []


def test_a_sweep_takes_previews_without_a_file_and_leaves_the_others():
    blob = kept(made.picture())
    previews.preview(blob, previews.LARGE)
    default_storage.save(f"previews/aa/bb/aabb{'0' * 60}-240.jpg", SimpleUploadedFile("x", b"x"))

    assert sweep() == [f"previews/aa/bb/aabb{'0' * 60}-240.jpg"]
    assert len(default_storage.listdir(folder_of(blob))[1]) == 2
