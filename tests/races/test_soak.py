"""`make soak` for a few seconds: eight writers at once, single and bulk acts, in one programme and in eight."""

import os
import subprocess
import sys

import pytest

from tests import settings

pytestmark = pytest.mark.databases

SECONDS = "3"


def test_eight_writers_lose_nothing_and_nobody_fails():
    ran = subprocess.run(
        [sys.executable, "-m", "bench.soak", SECONDS],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "QDTRADE_TESTING": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("nothing lost") == 2
