"""manage.py backup: what is in the archive, and what becomes of trouble."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from qdtrade.audit.models import Chain
from qdtrade.evidence.models import Blob
from qdtrade.upkeep.actions import make_backup
from qdtrade.upkeep.archive import check_parts, read_manifest
from qdtrade.upkeep.dumps import ToolFailed
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evidence(report, staff):
    """A file that a report names."""
    return factories.attach(report, by=staff).blob


@pytest.fixture
def keys(settings, tmp_path):
    path = tmp_path / "secret"
    path.write_text("a key")
    settings.KEY_FILES = {"secret-key": path}
    return path


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def names(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename for info in archive.infolist()}


def test_the_archive_holds_database_evidence_keys_and_manifest(evidence, keys, folder):
    path, _manifest = make_backup(folder)

    database = "database.dump" if connection.vendor == "postgresql" else "database.sqlite3"
    expected = {database, f"evidence/{evidence.path}", "keys/secret-key", "manifest.json"}
    assert names(path) == expected


def test_the_manifest_says_what_it_holds(evidence, folder):
    path, manifest = make_backup(folder)

    with zipfile.ZipFile(path) as archive:
        assert read_manifest(archive) == manifest
        check_parts(archive, manifest)
    assert manifest.part("evidence/").sha256 == evidence.sha256
    assert "upkeep.0001_initial" in manifest.migrations
    assert [(head.code, head.length, head.head) for head in manifest.chains] == list(
        Chain.objects.order_by("pk").values_list("code", "length", "head")
    )


def test_only_its_owner_may_read_it(programme, folder):
    path, _manifest = make_backup(folder)

    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_it_never_overwrites(programme, folder):
    path = folder / "kept.zip"
    folder.mkdir()
    path.write_text("something")

    with pytest.raises(CommandError):
        call_command("backup", to=path)

    assert path.read_text() == "something"
    assert list(folder.iterdir()) == [path]


def test_evidence_that_is_gone_is_told_and_the_rest_is_kept(evidence, folder, capsys):
    default_storage.delete(evidence.path)

    with pytest.raises(CommandError, match=evidence.sha256):
        call_command("backup", to=folder)

    assert "manifest.json" in names(next(folder.iterdir()))


def test_evidence_that_was_changed_is_told_and_never_taken_for_the_real_one(evidence, folder):
    Path(default_storage.path(evidence.path)).write_bytes(b"%PDF-1.4 other")

    path, manifest = make_backup(folder)

    assert manifest.absent == [evidence.sha256]
    assert f"evidence/{evidence.path}" not in names(path)


def test_bytes_that_nobody_linked_may_be_gone(programme, folder):
    """The sweep may take them at any moment."""
    digest = hashlib.sha256(b"left").hexdigest()
    Blob.objects.create(sha256=digest, size=4, created_at="2021-09-01T00:00:00Z")

    _path, manifest = make_backup(folder)

    assert manifest.absent == []


def test_the_newest_stay(programme, folder):
    folder.mkdir()
    old = [folder / f"qdtrade-2020010{number}T000000Z.zip" for number in range(1, 5)]
    other = folder / "letters.zip"
    for path in [*old, other]:
        path.write_text("")

    call_command("backup", to=folder, keep=2)

    left = {path.name for path in folder.iterdir()}
    assert {other.name, old[-1].name} < left
    assert len(left) == 3


def test_the_timer_keeps_them_where_the_settings_say(programme, settings, folder):
    settings.BACKUPS, settings.VAR_DIR = folder, folder.parent

    call_command("run_timer", "backup")

    assert len(list(folder.glob("qdtrade-*.zip"))) == 1


def test_a_failed_copy_leaves_nothing_behind(programme, folder, monkeypatch):
    def fail(*args, **options):
        raise ToolFailed("no room")

    monkeypatch.setattr("qdtrade.upkeep.actions.backup._add", fail)

    with pytest.raises(CommandError, match="no room"):
        call_command("backup", to=folder)

    assert list(folder.iterdir()) == []
