"""The light of a project wherever projects are shown."""

import pytest
from django.urls import reverse

from projects.models import ProjectOverride
from tests import lit, signings

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(sector, market, manager):
    """A green project and a red one, the green one first by its code."""
    found = {}
    for level in ("green", "red"):
        found[level] = signings.project(sector, market, by=manager)
        lit.keep(found[level], level, by=manager)
    return found


@pytest.fixture
def reader(sign_in, manager):
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    return client


def levels(answer):
    return [row.project.light for row in answer.context["rows"]]


def test_the_worst_light_stands_first(two, reader):
    assert levels(reader.get("/projects/")) == ["red", "green"]


def test_a_light_filters_the_list_and_its_totals(two, reader):
    answer = reader.get("/projects/?light=red")

    assert levels(answer) == ["red"]
    assert answer.context["light_total"].levels == [("red", 1)]
    assert "Lights of 2021-09-24" in answer.content.decode()


def test_the_heading_sorts_by_light(two, reader):
    assert levels(reader.get("/projects/?ordering=-light")) == ["green", "red"]


def test_a_file_holds_the_light(two, reader):
    answer = reader.get("/projects/export/?columns=screen&show=light&show=reasons&light=red&format=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Red,31 points behind planned progress" in text


def test_the_board_puts_the_worst_light_on_top_and_filters(two, reader):
    whole, red = reader.get("/projects/board/"), reader.get("/projects/board/?light=red")

    cards = [card.project.light for stand in whole.context["stands"] for card in stand.cards]
    assert cards == ["red", "green"]
    assert [card.project.light for stand in red.context["stands"] for card in stand.cards] == ["red"]


def test_the_page_shows_the_light_and_why(two, reader):
    html = reader.get(reverse("project", args=[two["red"].pk])).content.decode()

    assert "light-red light-chip" in html
    assert "31 points behind planned progress" in html


def test_a_manager_sets_a_light_and_ends_it(two, reader):
    row = two["red"]
    given = {"level": "green", "comment": "The site is cleared.", "ends_on": "2021-09-30"}

    reader.post(reverse("project_light", args=[row.pk]), given)
    shown = reader.get(reverse("project", args=[row.pk])).context["lit"]
    reader.post(reverse("project_light_end", args=[row.pk]), {"comment": "Not yet."})

    assert (shown.override.level, shown.may_set) == ("green", True)
    assert ProjectOverride.objects.get().ended_reason == "Not yet."


@pytest.mark.parametrize("who", ["staff", "auditor", "admin"])
def test_others_set_none(two, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))

    answer = client.post(
        reverse("project_light", args=[two["red"].pk]), {"level": "green", "comment": "Done."}
    )

    assert answer.status_code == 403
    assert not ProjectOverride.objects.exists()


def test_the_api_says_and_filters_by_it(two, api, manager):
    client = api(manager)

    (found,) = client.get("/api/v1/projects/?light=red").json()["results"]

    assert (found["light"], found["light_on"], found["light_reasons"]) == ("red", "2021-09-24", lit.BEHIND)
