"""When SQLite cannot be written for too long, people are told so plainly, and nothing they typed is lost."""

import json
import os
import subprocess
import sys

import pytest

from tests import settings

TYPED = "第一行 <b>\n第二行 “引号”"
"""As in sqlite_busy.py."""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("busy")
    environment = {
        "DATABASE_URL": f"sqlite:///{folder / 'busy.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "QDTRADE_FILES": str(folder / "files"),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.races.sqlite_busy"],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("door", ["page", "htmx", "api", "sign_in"])
def test_who_writes_is_told_to_try_again_soon(said, door):
    assert (said[door]["code"], said[door]["wait"]) == (503, "2")


def test_a_page_offers_to_send_the_same_again(said):
    assert '<input type="hidden" name="done"' in said["page"]["text"]


def test_a_password_never_goes_back_into_a_page(said):
    assert "correct-horse" not in said["sign_in"]["text"]
    assert '<input type="hidden" name="username"' not in said["sign_in"]["text"]


def test_a_part_of_a_page_is_answered_with_a_part(said):
    assert "<html" not in said["htmx"]["text"]


def test_a_program_gets_a_problem(said):
    assert said["api"]["type"] == "application/problem+json"
    assert json.loads(said["api"]["text"])["status"] == 503


def test_who_only_reads_notices_nothing(said):
    assert said["reading"]["code"] == 200


def test_nothing_was_done(said):
    assert said["status"] == "draft"


def test_what_was_typed_goes_in_with_one_click(said):
    assert (said["again"], said["kept"]) == (302, TYPED)
