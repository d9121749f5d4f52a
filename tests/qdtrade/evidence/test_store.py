"""Keeping bytes once, and clearing away what nobody came to need."""

import datetime
import hashlib
import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from qdtrade.evidence.actions import store
from qdtrade.evidence.models import Blob
from tests import factories

BODY = b"%PDF-1.4 proof"
HASH = hashlib.sha256(BODY).hexdigest()
PATH = f"{HASH[:2]}/{HASH[2:4]}/{HASH}"


@pytest.fixture
def old():
    """Lets everything that is stored be eight days old."""
    long_ago = timezone.now() - datetime.timedelta(days=8)

    def age():
        Blob.objects.update(created_at=long_ago)
        for path in Path(default_storage.location).rglob("*"):
            os.utime(path, (long_ago.timestamp(), long_ago.timestamp()))

    return age


def test_the_same_bytes_are_kept_once(db):
    first, second = store(factories.pdf("a.pdf", BODY)), store(factories.pdf("b.pdf", BODY))

    assert first == second
    assert default_storage.listdir(str(Path(PATH).parent))[1] == [first.sha256]


def test_a_write_that_was_cut_off_is_mended_by_the_next_upload(db):
    blob = store(factories.pdf(body=BODY))
    Path(default_storage.path(blob.path)).write_bytes(BODY[:5])

    store(factories.pdf(body=BODY))

    assert Path(default_storage.path(blob.path)).read_bytes() == BODY


def test_bytes_that_are_gone_come_back_with_the_next_upload(db):
    blob = store(factories.pdf(body=BODY))
    default_storage.delete(blob.path)

    store(factories.pdf(body=BODY))

    assert default_storage.exists(blob.path)


def test_a_sweep_removes_old_bytes_without_a_link(db, old):
    store(factories.pdf(body=BODY))
    old()

    call_command("sweep_evidence")

    assert (Blob.objects.count(), default_storage.exists(PATH)) == (0, False)


def test_a_sweep_leaves_young_bytes(db):
    store(factories.pdf(body=BODY))

    call_command("sweep_evidence")

    assert default_storage.exists(PATH)


def test_a_sweep_leaves_evidence(report, staff, old):
    factories.attach(report, by=staff, body=BODY)
    old()

    call_command("sweep_evidence")

    assert default_storage.exists(PATH)


def test_bytes_stored_again_are_young_again(db, old):
    store(factories.pdf(body=BODY))
    old()

    store(factories.pdf(body=BODY))
    call_command("sweep_evidence")

    assert default_storage.exists(PATH)


@pytest.mark.parametrize("path", [PATH, f"{PATH}_Ab3", f"{PATH[:6]}other"])
def test_a_sweep_removes_old_files_that_no_row_names(db, old, path):
    default_storage.save(path, factories.pdf(body=BODY))
    old()

    call_command("sweep_evidence")

    assert not default_storage.exists(path)
    assert Blob.objects.count() == 0


def test_a_sweep_twice_is_safe(db, old):
    store(factories.pdf(body=BODY))
    old()

    call_command("sweep_evidence")
    call_command("sweep_evidence")

    assert Blob.objects.count() == 0
