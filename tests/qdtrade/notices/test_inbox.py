"""The inbox: what happened, in the reader's words, by day and by part, read or not."""

import pytest

from qdtrade.home.management.commands.draw_workflow import TABLES
from qdtrade.notices import words
from qdtrade.notices.models import Notice
from tests import factories

TELLING = [
    (str(model._meta.model_name), name)
    for model, moves in TABLES
    for name, move in moves.items()
    if move.tells is not None
]


@pytest.fixture
def inbox(sign_in):
    """The page as this person sees it, in English."""

    def get(person, query=""):
        browser = sign_in(person)
        browser.cookies["django_language"] = "en"
        return browser.get(f"/notices/{query}")

    return get


def test_every_move_that_tells_somebody_has_its_sentence():
    assert words.unsaid(TELLING) == []


def test_a_notice_leads_to_the_very_thing(returned, staff, inbox):
    page = inbox(staff).content.decode()

    assert f'href="/reports/{returned.pk}/?programme=qd-2020"' in page
    assert "manager returned the report" in page


def test_the_parts_count_what_they_hold(returned, staff, manager, inbox):
    factories.approve(factories.submit(returned, by=staff), by=manager)

    tabs = {tab.name: (tab.count, tab.unread) for tab in inbox(staff).context["tabs"]}

    assert tabs == {"": (2, 2), "unread": (2, 2), "reports": (2, 2)}


def test_a_part_that_is_marked_as_read_leaves_the_others(returned, staff, sign_in):
    browser = sign_in(staff)

    browser.post("/notices/", {"show": "tasks"})
    others = Notice.objects.visible_to(staff).unread().count()
    browser.post("/notices/", {"show": "reports"})

    assert (others, Notice.objects.visible_to(staff).unread().count()) == (1, 0)


def test_an_empty_part_says_so_and_leads_back(returned, staff, inbox):
    browser = inbox(staff, "?show=people").content.decode()

    assert "Nothing in this part of the inbox" in browser
    assert 'href="/notices/"' in browser


def test_a_part_that_does_not_exist_is_the_whole(returned, staff, inbox):
    assert len(inbox(staff, "?show=xyz").context["page"]) == 1


def test_a_notice_about_a_row_that_nothing_is_known_of_is_named_and_leads_nowhere(returned, staff, inbox):
    Notice.objects.update(kind="comet", move="pass")

    answer = inbox(staff)

    assert "manager: pass" in answer.content.decode()
    assert answer.context["days"][0][1][0].url == ""
