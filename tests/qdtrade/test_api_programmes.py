"""Programmes, bureaus and periods through the API."""

import datetime

import pytest

from qdtrade import clock
from qdtrade.programmes.models import Period
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(programme, manager):
    return factories.planned_period(programme, by=manager)


def post(client, period, move, **body):
    return client.post(f"/api/v1/periods/{period.pk}/{move}/", body, format="json")


def test_people_see_their_own_programmes_and_what_they_are_there(api, staff, stranger, programme, market):
    mine = api(staff).get("/api/v1/programmes/").json()["results"]

    assert [(row["code"], row["is_sample"]) for row in mine] == [("qd-2020", False)]
    assert [(role["role"], role["bureau"]["id"]) for role in mine[0]["roles"]] == [("staff", market.pk)]
    assert api(stranger).get("/api/v1/programmes/").json()["count"] == 0


def test_bureaus_are_those_of_ones_region(api, staff, stranger, region, market, commerce):
    factories.bureau("elsewhere", "济南市")

    found = {row["id"] for row in api(staff).get("/api/v1/bureaus/").json()["results"]}

    assert found == {region.pk, market.pk, commerce.pk}
    assert api(stranger).get("/api/v1/bureaus/").json()["count"] == 0


def test_bureaus_are_searched_and_ordered(api, staff, market, commerce):
    names = [
        row["code"]
        for row in api(staff).get("/api/v1/bureaus/?search=市&kind=bureau&ordering=-code").json()["results"]
    ]

    assert names == sorted([market.code, commerce.code], reverse=True)


def test_a_period_shows_its_dates_and_its_moves(api, manager, planned):
    body = api(manager).get(f"/api/v1/periods/{planned.pk}/").json()

    assert (body["programme"], body["starts_on"], body["due_on"]) == ("qd-2020", "2021-09-01", "2021-09-28")
    assert [move["name"] for move in body["moves"]] == ["open", "enter_grace", "close", "freeze"]
    assert [move["open"] for move in body["moves"]] == [True, False, False, False]


def test_a_period_is_opened_closed_and_frozen(api, manager, planned, task):
    client = api(manager)
    assert post(client, planned, "open", comment="Now.").json()["status"] == "open"
    assert post(client, planned, "enter-grace", comment="Now.").json()["status"] == "grace"
    assert post(client, planned, "close", comment="Now.").json()["status"] == "closed"
    with clock.at(datetime.datetime(2021, 10, 20, 9, tzinfo=clock.BEIJING)):
        frozen = post(client, planned, "freeze").json()

    assert (frozen["status"], frozen["figures"]["tasks"]["expected"]) == ("frozen", 1)


def test_a_period_opened_by_hand_needs_a_reason(api, manager, planned):
    answer = post(api(manager), planned, "open")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "comment"


@pytest.mark.parametrize("move", ["open", "enter-grace", "close", "freeze"])
def test_periods_are_kept_by_reviewers_alone(api, staff, head, auditor, admin, stranger, planned, move):
    for person in (staff, head, auditor, admin):
        assert post(api(person), planned, move, comment="x").status_code == 403
    assert post(api(stranger), planned, move, comment="x").status_code == 404


def test_a_period_in_the_wrong_state_is_left_alone(api, manager, planned):
    assert post(api(manager), planned, "close", comment="x").status_code == 409
    assert Period.objects.get(pk=planned.pk).status == "planned"


def test_a_period_that_changed_meanwhile_is_left_alone(api, manager, planned):
    client = api(manager)
    seen = client.get(f"/api/v1/periods/{planned.pk}/")["ETag"]
    post(client, planned, "open", comment="Now.")

    answer = client.post(
        f"/api/v1/periods/{planned.pk}/close/", {"comment": "x"}, headers={"If-Match": seen}, format="json"
    )

    assert answer.status_code == 412


def test_a_reviewer_of_another_programme_does_not_reach_it(api, region, market, planned):
    other = factories.programme(region, code="other")
    outsider = factories.member("outsider", other, "manager", market)

    assert post(api(outsider), planned, "open", comment="x").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [("status=planned", 1), ("status=open", 0), ("due_from=2021-10-01", 0), ("kind=month", 1)],
)
def test_periods_are_filtered(api, staff, planned, query, count):
    assert api(staff).get(f"/api/v1/periods/?{query}").json()["count"] == count
