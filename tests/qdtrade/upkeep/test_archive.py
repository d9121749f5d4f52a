"""An archive that was damaged, cut off or made by somebody with other ends in mind is refused, whole."""

import dataclasses
import hashlib
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from qdtrade.errors import WrongState
from qdtrade.upkeep.actions import refuse_unless_ready, restore
from qdtrade.upkeep.archive import FORMAT, Manifest, Part

PROOF = b"%PDF-1.4 proof"
HASH = hashlib.sha256(PROOF).hexdigest()
EVIDENCE = f"evidence/{HASH[:2]}/{HASH[2:4]}/{HASH}"


def manifest(parts, **fields):
    listed = [Part(name, len(body), hashlib.sha256(body).hexdigest()) for name, body in parts.items()]
    values = {
        "made_at": "2021-09-24T02:00:00Z", "version": "0.1.0", "database": "sqlite", "server": "SQLite",
        "is_demo": False, "migrations": [], "chains": [], "parts": listed, "absent": [],
    }  # fmt: skip
    return Manifest(**values | fields)


@pytest.fixture
def archive(tmp_path):
    """Writes an archive; `named` is what the manifest says, `held` what is in it."""

    def make(held, named=None, **fields):
        path = tmp_path / "archive.zip"
        with zipfile.ZipFile(path, "w") as file:
            for name, body in held.items():
                file.writestr(name, body)
            file.writestr("manifest.json", manifest(held if named is None else named, **fields).as_json())
        return path

    return make


def check(path):
    call_command("restore", path, check=True)


WHOLE = {"database.sqlite3": b"tables", EVIDENCE: PROOF, "keys/secret-key": b"key"}


def test_a_whole_one_is_good(archive):
    check(archive(WHOLE))


BAD_NAMES = [
    "../../etc/passwd",
    "/etc/passwd",
    "evidence/../../x",
    "evidence/aa/bb/../../../x",
    "evidence\\..\\x",
    EVIDENCE.upper(),
    EVIDENCE + "/",
    f"evidence/00/11/{HASH}",
    "keys/../secret-key",
    "keys/",
    "database.dump/x",
    "C:\\x",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_no_backup_has_is_refused(archive, name):
    with pytest.raises(CommandError):
        check(archive(WHOLE | {name: b"x"}))


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_only_the_manifest_has_is_refused(archive, name):
    with pytest.raises(CommandError):
        check(archive(WHOLE, WHOLE | {name: b"x"}))


def test_a_part_that_the_manifest_does_not_name_is_refused(archive):
    with pytest.raises(CommandError):
        check(archive(WHOLE, {"database.sqlite3": b"tables"}))


def test_a_changed_part_is_refused(archive):
    with pytest.raises(CommandError, match="database"):
        check(archive(WHOLE | {"database.sqlite3": b"taples"}, WHOLE))


def test_evidence_under_the_wrong_hash_is_refused_though_the_manifest_agrees(archive):
    with pytest.raises(CommandError, match=EVIDENCE):
        check(archive(WHOLE | {EVIDENCE: b"%PDF-1.4 other"}))


def test_the_same_name_twice_is_refused(archive):
    path = archive(WHOLE)
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("database.sqlite3", b"tables")

    with pytest.raises(CommandError):
        check(path)


def test_one_that_was_cut_off_is_refused(archive):
    path = archive(WHOLE)
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(CommandError):
        check(path)


def test_a_byte_that_flipped_is_found(archive):
    path = archive(WHOLE)
    path.write_bytes(path.read_bytes().replace(b"proof", b"proog", 1))

    with pytest.raises(CommandError, match=EVIDENCE):
        check(path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "{" * 5000, json.dumps({"format": FORMAT}), json.dumps({"format": "tar"}), "\xff"],
)
def test_a_manifest_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("manifest.json", text)

    with pytest.raises(CommandError):
        check(path)


def test_another_kind_of_file_is_refused(tmp_path):
    path = tmp_path / "archive.zip"
    path.write_bytes(b"not an archive")

    with pytest.raises(CommandError):
        check(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError):
        check(tmp_path / "nothing.zip")


def test_an_archive_without_a_database_is_refused(archive):
    with pytest.raises(CommandError):
        check(archive({"keys/secret-key": b"key"}))


# Where it may go -----------------------------------------------------------------------------------------------------


@pytest.fixture
def ready(settings, monkeypatch, tmp_path):
    """An empty machine with the archive's own key."""
    key = tmp_path / "secret-key"
    key.write_bytes(b"key")
    settings.KEY_FILES = {"secret-key": key}
    monkeypatch.setattr(restore, "is_empty", lambda: True)
    monkeypatch.setattr(restore.connection, "vendor", "sqlite", raising=False)
    return manifest(WHOLE)


def refused(content, **options):
    with pytest.raises(WrongState) as caught:
        refuse_unless_ready(content, **{"other_keys": False} | options)
    return str(caught.value)


def test_an_empty_machine_takes_it(ready, db):
    refuse_unless_ready(ready, other_keys=False)


def test_a_database_with_tables_does_not(ready, db, monkeypatch):
    monkeypatch.setattr(restore, "is_empty", lambda: False)

    refused(ready)


def test_a_folder_with_files_does_not(ready, db, settings):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "letter.txt").write_text("mine")

    refused(ready)


def test_a_program_that_is_older_does_not(ready, db):
    assert "0.1.0" in refused(dataclasses.replace(ready, migrations=["tasks.9999_later"]))


def test_another_kind_of_database_does_not(ready, db):
    refused(dataclasses.replace(ready, database="postgresql", server="PostgreSQL 15"))


def test_another_key_does_not_and_the_way_is_told(ready, db, settings):
    settings.KEY_FILES["secret-key"].write_bytes(b"another")

    assert "keys/secret-key" in refused(ready)


def test_another_key_is_taken_by_those_who_say_so(ready, db, settings):
    settings.KEY_FILES["secret-key"].write_bytes(b"another")

    refuse_unless_ready(ready, other_keys=True)
