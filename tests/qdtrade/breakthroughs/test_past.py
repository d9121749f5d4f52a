"""Breakthroughs as they stood on an earlier day."""

import datetime

import pytest

from qdtrade import clock
from tests import breakings, factories


@pytest.fixture
def later(recognised, target):
    """A month later."""
    with clock.at(datetime.datetime(2021, 10, 25, 10, 0, tzinfo=clock.BEIJING)):
        yield recognised


def test_the_page_of_then_shows_what_was_recognised_then(later, manager, in_english):
    breakings.revoke(later, by=manager)
    browser = in_english(manager)

    then = browser.get("/breakthroughs/?as_of=2021-10-01")
    now = browser.get("/breakthroughs/")

    assert (then.context["curve"].recognised, now.context["curve"].recognised) == (1, 0)
    assert [row.status for row in then.context["rows"]] == ["recognised"]


def test_a_claim_of_now_was_none_then(later, manager, staff, field, market, in_english):
    task = factories.accepted_task(field, market, by=manager, accepted_by=staff)
    breakings.claimed(task, by=staff)

    then = in_english(manager).get("/breakthroughs/?as_of=2021-10-01")

    assert then.context["curve"].claimed == 0
