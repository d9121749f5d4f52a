"""Every call of docs/how-to/use-the-api.md is made, in its order, and answered as the page says."""

import itertools

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from rest_framework.test import APIClient

from tests import factories
from tests.curl import Shell, blocks, fits

PAGE = (configured.BASE_DIR / "docs" / "how-to" / "use-the-api.md").read_text(encoding="utf-8")
TOO_OFTEN = ("text", "429 …")


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shell(task, field, market, manager, staff, programme, tmp_path):
    """A program of the market bureau, which leads two tasks in progress; its period has just opened."""
    other = factories.accepted_task(field, market, by=manager, accepted_by=staff)
    period = factories.open_period(programme, by=manager)
    (tmp_path / "proof.pdf").write_bytes(b"%PDF-1.4 proof")
    return Shell(
        APIClient(enforce_csrf_checks=True),
        tmp_path,
        API="http://testserver/api/v1",
        TOKEN=factories.token(staff)[1],
        READER=factories.token(staff, name="reader", writes=False)[1],
        REPORT=str(factories.report_of(task, period).pk),
        OTHER=str(factories.report_of(other, period).pk),
    )


def steps():
    """Each block that is typed, with the one that comes back, if the page shows one."""
    for (kind, text), (next_kind, told) in itertools.pairwise([*blocks(PAGE), ("", "")]):
        if kind == "sh":
            yield text, (next_kind, told.strip()) if next_kind in {"json", "text"} else None


def test_every_call_is_answered_as_the_page_says(shell, settings):
    printed = [(typed, told, said(shell, typed, told, settings)) for typed, told in steps()]

    assert [one for one in printed if one[1] and not fits(*one[1], one[2])] == []


def said(shell, typed, told, settings):
    """What the block prints; where the page speaks of asking too often, everything that was allowed has been asked."""
    too_often = told == TOO_OFTEN
    settings.API_RATE = "1/day" if too_often else None
    return [shell.run(typed) for _time in range(1 + too_often)][-1]


def test_the_page_shows_all_refusals_that_programs_meet():
    told = " ".join(answer[1] for _typed, answer in steps() if answer)

    assert [code for code in ("400", "403", "409", "412", "428", "429") if code not in told] == []
