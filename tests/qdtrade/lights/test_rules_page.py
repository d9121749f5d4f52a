"""By what lights are judged: the page that says so, and the new version that the administration makes."""

import pytest
from django.urls import reverse

from qdtrade.lights.models import LightRule

pytestmark = pytest.mark.django_db
CHANGED = {
    "gap_yellow": "5", "gap_red": "30", "ahead_points": "10", "milestone_days": "7", "start_yellow": "1",
    "start_red": "3", "late_report": "yellow", "missing_report": "red", "valid_from": "2021-09-25",
    "comment": "By the notice of September.",
}  # fmt: skip


@pytest.fixture
def rule(programme):
    return LightRule.objects.get(programme=programme)


@pytest.fixture
def reader(sign_in, manager):
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    return client


def change(client, rule, **fields):
    asked = CHANGED | {"seen": str(rule.version)} | fields
    return client.post(reverse("admin:lights_lightrule_change", args=[rule.pk]), asked)


def test_the_page_says_each_threshold(rule, reader):
    found = reader.get("/lights/rules/").context["dimensions"]

    assert [(one.green, one.yellow, one.red) for one in found] == [
        ("below 10", "10 to 30", "above 30"),
        ("more than 7 days left", "7 days left or less", "overdue"),
        ("on time", "late", "missing"),
        ("less than 1 month", "1 to 2 months", "3 months or more"),
    ]


def test_every_member_reads_it_and_is_offered_no_change(rule, sign_in, staff):
    html = sign_in(staff).get("/lights/rules/").content.decode()

    assert reverse("admin:lights_lightrule_change", args=[rule.pk]) not in html


def test_a_change_is_a_new_version_and_the_old_one_stays(rule, reader):
    answer = change(reader, rule)

    old, new = LightRule.objects.order_by("version")
    assert answer.status_code == 302
    assert (old.gap_yellow, new.gap_yellow, new.version) == (10, 5, 2)
    assert new.reason == "By the notice of September."


def test_an_older_version_is_read_with_what_holds_today(rule, reader):
    change(reader, rule)

    html = reader.get("/lights/rules/?version=2").content.decode()

    assert "You are looking at version 2; today version 1 holds" in html
    assert "below 5" in html


@pytest.mark.parametrize("version", ["9", "x", "-1"])
def test_a_version_that_there_is_not_is_not_found(rule, reader, version):
    assert reader.get(f"/lights/rules/?version={version}").status_code == 404


def test_a_second_change_from_the_same_version_is_told_so(rule, reader):
    change(reader, rule)

    answer = change(reader, rule, gap_yellow="6")

    assert answer.status_code in {409, 412}
    assert LightRule.objects.count() == 2


@pytest.mark.parametrize(
    "fields", [{"gap_red": "3"}, {"valid_from": "2021-09-23"}, {"start_red": "0"}, {"comment": ""}]
)
def test_what_makes_no_sense_is_refused(rule, reader, fields):
    assert change(reader, rule, **fields).status_code == 400
    assert LightRule.objects.count() == 1
