"""SQLite lets one write at a time: eight at once wait for their turn, and none is told “locked”."""

import json
import os
import subprocess
import sys

import pytest

from tests import settings


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sqlite")
    environment = {
        "DATABASE_URL": f"sqlite:///{folder / 'writers.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "QDTRADE_FILES": str(folder / "files"),
    }
    script = [sys.executable, "-m", "tests.races.sqlite_writers"]
    ran = subprocess.run(
        script,
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_nobody_is_told_that_the_database_is_locked(outcome):
    assert outcome["faults"] == []


def test_every_version_is_kept(outcome):
    assert outcome["versions"] == outcome["written"]


def test_eight_clicks_at_once_submit_once(outcome):
    assert outcome["submitted"] == 1


def test_the_records_are_whole_afterwards(outcome):
    assert (outcome["broken"], outcome["unlike"]) == ([], [[], []])
