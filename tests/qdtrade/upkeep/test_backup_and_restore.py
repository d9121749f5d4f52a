"""A backup taken while people write, put back on an empty machine by the documented commands, verifies."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests import settings

pytestmark = pytest.mark.databases

CHECK = """
import django, json; django.setup()
from qdtrade.audit import guards
from qdtrade.evidence.models import Blob
from tasks.models import ReportVersion
hashes = list(Blob.objects.values_list("sha256", flat=True))
print(json.dumps([ReportVersion.objects.count(), guards.missing(), hashes]))
"""


@pytest.fixture(scope="module")
def databases(tmp_path_factory):
    """Two databases of the kind that the tests run on: one to work in, one that is empty."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        folder = tmp_path_factory.mktemp("databases")
        yield [f"sqlite:///{folder / name}.sqlite3" for name in ("full", "empty")]
        return
    url = os.environ["DATABASE_URL"]
    names = [f"backup_{os.getpid()}_{name}" for name in ("full", "empty")]
    with psycopg.connect(url, autocommit=True) as server:
        for name in names:
            server.execute(f"CREATE DATABASE {name}")
        yield [urlsplit(url)._replace(path=f"/{name}").geturl() for name in names]
        for name in names:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(url, folder, *command):
    """A command of the program with this database, and files and keys of its own in this folder."""
    environment = {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "QDTRADE_TESTING": "1",
        "QDTRADE_VAR": str(folder),
        "QDTRADE_SECRET_KEY_FILE": str(folder / "secret-key"),
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """Two machines with keys; the second got the first one's, as the manual says."""
    folders = [tmp_path_factory.mktemp(name) for name in ("old", "new")]
    for folder in folders:
        (folder / "secret-key").write_text("the key of the first machine")
    return folders


@pytest.fixture(scope="module")
def backup(databases, machines, tmp_path_factory):
    """What the writers' script says of the backup that it took."""
    script = ["-m", "tests.qdtrade.upkeep.writers_and_backup", str(tmp_path_factory.mktemp("backups"))]
    ran = run(databases[0], machines[0], *script)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def restored(backup, databases, machines):
    return run(databases[1], machines[1], "manage.py", "restore", backup["path"])


@pytest.fixture(scope="module")
def found(restored, databases, machines):
    """What the restored database holds: versions, missing guards, hashes of its files."""
    return json.loads(run(databases[1], machines[1], "-c", CHECK).stdout)


def test_nobody_who_works_notices_the_backup(backup):
    assert backup["faults"] == []


def test_no_evidence_is_missing_in_it(backup):
    assert backup["absent"] == []


def test_the_restore_proves_the_records(restored):
    assert restored.returncode == 0, restored.stderr
    assert "记录完整" in restored.stdout


def test_it_holds_one_moment_between_begin_and_end(backup, found):
    versions, _guards, _hashes = found

    assert backup["before"] <= versions <= backup["after"]


def test_the_guards_stand_again(found):
    assert found[1] == []


def test_every_file_is_there_and_is_what_its_name_says(found, machines):
    files = [path for path in (machines[1] / "files").rglob("*") if path.is_file()]

    assert {path.name for path in files} == set(found[2])
    assert [path for path in files if hashlib.sha256(path.read_bytes()).hexdigest() != path.name] == []


def test_the_archive_is_for_its_owner_alone(backup):
    assert Path(backup["path"]).stat().st_mode & 0o077 == 0


def test_nothing_half_made_is_left_beside_it(backup):
    path = Path(backup["path"])

    assert list(path.parent.iterdir()) == [path]


def test_what_is_restored_already_is_not_restored_over(restored, backup, databases, machines):
    again = run(databases[1], machines[1], "manage.py", "restore", backup["path"])

    assert again.returncode == 1
    assert "CommandError" in again.stderr


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one kind of stranger is enough")
def test_an_archive_of_another_kind_of_database_is_refused(backup, machines, tmp_path):
    url = "postgres://nobody@127.0.0.1:1/nothing"

    refused = run(url, machines[1], "manage.py", "restore", backup["path"])

    assert refused.returncode == 1
    assert "SQLite" in refused.stderr
