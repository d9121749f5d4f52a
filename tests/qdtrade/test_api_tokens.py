"""Programs come in with a personal token: who they are, what they may, and which language they are answered in."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from qdtrade.accounts.actions import tokens as actions
from qdtrade.accounts.models import Token, User
from qdtrade.audit.models import Event
from tests import factories
from tests.qdtrade.test_api_door import problem

pytestmark = pytest.mark.django_db

TASKS = "/api/v1/tasks/"


def bearing(secret, scheme="Bearer"):
    """A program that sends this secret, and nothing else that could let it in."""
    client = APIClient(enforce_csrf_checks=True)
    client.credentials(HTTP_AUTHORIZATION=f"{scheme} {secret}")
    return client


def program(person, **fields):
    return bearing(factories.token(person, **fields)[1])


def test_a_program_sees_what_its_person_sees(staff, neighbour, task):
    assert program(staff).get(TASKS).json()["count"] == 1
    assert program(neighbour).get(TASKS).json()["count"] == 0


def test_a_program_moves_in_its_persons_name_and_needs_no_page(staff, report):
    answer = program(staff).post(
        f"/api/v1/reports/{report.pk}/submit/", {"content": factories.CONTENT}, format="json"
    )

    event = Event.objects.get(kind="report", action="submit")
    assert answer.status_code == 200
    assert (event.door, event.actor_id) == ("api", staff.pk)


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(staff, scheme):
    assert bearing(factories.token(staff)[1], scheme).get(TASKS).status_code == 200


@pytest.mark.parametrize("secret", ["", "qdt_", "x" * 44, "qdt_" + "a" * 40, "é", "a b c"])
def test_a_token_that_is_none_is_refused(db, secret):
    answer = bearing(secret).get(TASKS)

    problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="qdtrade", error="invalid_token"'


@pytest.mark.parametrize("scheme", ["Basic", "Token"])
def test_another_scheme_is_told_what_to_send(staff, scheme):
    answer = bearing(factories.token(staff)[1], scheme).get(TASKS)

    assert "Bearer" in problem(answer, 401)["detail"]
    assert answer["WWW-Authenticate"] == 'Bearer realm="qdtrade"'


def test_a_token_in_the_address_lets_nobody_in(client, staff):
    _token, secret = factories.token(staff)

    problem(client.get(TASKS, {"token": secret}), 401)
    problem(client.get(TASKS, {"access_token": secret}), 401)


def test_a_revoked_token_works_no_longer(staff):
    token, secret = factories.token(staff)
    actions.revoke_token(token, by=staff)

    problem(bearing(secret).get(TASKS), 401)


def test_an_expired_token_works_no_longer(staff):
    client = program(staff, days=7)

    with time_machine.travel(timezone.now() + datetime.timedelta(days=7)):
        problem(client.get(TASKS), 401)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"must_change_password": True}])
def test_a_token_of_somebody_who_may_not_enter_does_not_either(staff, fields):
    client = program(staff)
    User.objects.filter(pk=staff.pk).update(**fields)

    problem(client.get(TASKS), 401)


def test_a_session_of_somebody_who_must_change_the_password_asks_for_that_first(api, staff):
    client = api(staff)
    User.objects.filter(pk=staff.pk).update(must_change_password=True)

    problem(client.get(TASKS), 401)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/reports/999999/submit/", "/api/v1/tasks/", "/api/v1/"])
def test_a_token_that_only_reads_is_told_so_before_anything_else(staff, method, path):
    answer = getattr(program(staff, writes=False), method)(path)

    assert problem(answer, 403)["detail"]
    assert answer["WWW-Authenticate"] == 'Bearer realm="qdtrade", error="insufficient_scope"'


@pytest.mark.parametrize(("method", "code"), [("get", 200), ("head", 200), ("options", 204)])
def test_a_token_that_only_reads_reads(staff, method, code):
    assert getattr(program(staff, writes=False), method)(TASKS).status_code == code


def test_the_last_use_is_noted_at_most_once_a_minute(staff):
    token, secret = factories.token(staff)
    start = timezone.now()

    used = [_used(token, secret, start + datetime.timedelta(seconds=seconds)) for seconds in (1, 30, 62)]

    assert used[0] == used[1] < used[2]


def _used(token, secret, moment):
    with time_machine.travel(moment, tick=False):
        bearing(secret).get(TASKS)
    return Token.objects.get(pk=token.pk).last_used_at


def test_a_program_is_answered_in_its_persons_language(staff, task):
    User.objects.filter(pk=staff.pk).update(language="en")
    client = program(staff)

    answer = client.post(f"/api/v1/tasks/{task.pk}/accept/")

    assert answer["Content-Language"] == "en"
    assert problem(answer, 409)["title"] == "This was not done"


@pytest.mark.parametrize("language", ["", "fr"])
def test_a_program_of_somebody_without_a_language_is_answered_in_chinese(staff, language):
    User.objects.filter(pk=staff.pk).update(language=language)

    answer = program(staff).get(TASKS, headers={"Accept-Language": "en"})

    assert answer["Content-Language"] == "zh-hans"


def test_a_refused_token_speaks_its_persons_language_too(staff):
    token, secret = factories.token(staff)
    User.objects.filter(pk=staff.pk).update(language="en")
    actions.revoke_token(token, by=staff)

    assert problem(bearing(secret).get(TASKS), 401)["title"] == "Nobody is signed in"
