"""How often a person, and an address that says nothing, may ask."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from tests import factories
from tests.qdtrade.test_api_door import problem
from tests.qdtrade.test_api_tokens import bearing, program

pytestmark = pytest.mark.django_db

TASKS = "/api/v1/tasks/"


@pytest.fixture(autouse=True)
def rates(settings):
    """Two a minute for everybody, counted from nothing."""
    cache.clear()
    settings.API_RATE = settings.API_RATE_NOBODY = "2/minute"
    yield
    cache.clear()


def codes(*clients):
    return [client.get(TASKS).status_code for client in clients]


def test_who_asks_too_often_is_told_when_to_come_back(staff):
    client = program(staff)

    assert codes(client, client) == [200, 200]
    answer = client.get(TASKS)

    problem(answer, 429)
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_a_person_is_counted_over_all_tokens_and_browsers(staff, api):
    assert codes(program(staff, name="one"), api(staff), program(staff, name="two")) == [200, 200, 429]


def test_others_are_not_slowed_down(staff, head):
    client = program(staff)

    assert codes(client, client, client, program(head)) == [200, 200, 429, 200]


def test_guessing_is_counted_by_address_and_slows_no_known_person_down(staff):
    stranger = bearing("qdt_guess")

    assert codes(stranger, APIClient(), stranger, program(staff)) == [401, 401, 429, 200]


def test_strangers_are_counted_by_the_address_that_the_proxy_saw(settings, db):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    seen = [APIClient(headers={"X-Forwarded-For": f"9.9.9.9, 10.0.0.{end}"}) for end in (1, 1, 1, 2)]

    assert codes(*seen) == [401, 401, 429, 401]


def test_without_a_proxy_nobody_chooses_an_address(db):
    seen = [APIClient(headers={"X-Forwarded-For": f"10.0.0.{end}"}) for end in (1, 2, 3)]

    assert codes(*seen) == [401, 401, 429]


def test_an_address_that_is_none_is_not_counted(db):
    client = APIClient()

    assert [client.get("/api/v1/nothing/").status_code for _number in range(4)] == [404] * 4


def test_no_rate_lets_everybody_ask(staff, settings):
    settings.API_RATE = None
    client = bearing(factories.token(staff)[1])

    assert codes(*[client] * 5) == [200] * 5
