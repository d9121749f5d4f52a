"""The API's door: who comes in, one shape for every refusal, and nothing outside one's scope."""

import base64

import pytest
from django.db import OperationalError
from rest_framework.test import APIClient

from tests import factories

pytestmark = pytest.mark.django_db


def problem(answer, status):
    """The body of an answer that must be a problem of this status."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body.keys() >= {"type", "title", "status", "detail"}
    assert body["status"] == status
    return body


def test_nobody_is_asked_who_they_are(client):
    answer = client.get("/api/v1/tasks/")

    problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="qdtrade"'


def test_account_and_password_are_no_way_in(staff):
    client = APIClient()
    client.credentials(
        HTTP_AUTHORIZATION="Basic " + base64.b64encode(f"staff:{factories.PASSWORD}".encode()).decode()
    )

    problem(client.get("/api/v1/tasks/"), 401)


def test_a_session_needs_the_token_of_its_site(staff, report):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(staff)

    problem(client.post(f"/api/v1/reports/{report.pk}/submit/", {}, format="json"), 403)


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v2/tasks/", "/api/v1/nothing/", "/api/v1/tasks/1/destroy/", "/api/v1/tasks"]
)
@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_an_address_that_is_none_answers_as_the_api_does(client, path, method):
    problem(getattr(client, method)(path), 404)


@pytest.mark.parametrize(
    "path", ["/api/v1/tasks/abc/", "/api/v1/tasks/999/", "/api/v1/tasks/99999999999999999999999/"]
)
def test_a_row_that_is_none_is_not_there(api, manager, path):
    problem(api(manager).get(path), 404)


def test_a_method_that_is_none_is_named(api, manager, task):
    answer = api(manager).get(f"/api/v1/tasks/{task.pk}/accept/")

    problem(answer, 405)
    assert "POST" in answer["Allow"]


@pytest.mark.parametrize("body", ["{", "[]", '"text"', "5", "null"])
def test_a_body_that_is_no_object_is_a_bad_request(api, manager, submitted, body):
    answer = api(manager).post(
        f"/api/v1/reports/{submitted.pk}/return/", body, content_type="application/json"
    )

    problem(answer, 400)


def test_another_media_type_is_refused(api, manager, submitted):
    answer = api(manager).post(
        f"/api/v1/reports/{submitted.pk}/return/", "<x/>", content_type="application/xml"
    )

    problem(answer, 415)


def test_a_body_that_is_too_large_is_not_read(api, manager, submitted):
    body = {"comment": "x" * 1_100_000}

    problem(api(manager).post(f"/api/v1/reports/{submitted.pk}/return/", body, format="json"), 413)


def test_a_field_is_named_where_it_is_wrong(api, manager, submitted):
    body = problem(api(manager).post(f"/api/v1/reports/{submitted.pk}/return/", {}, format="json"), 400)

    assert [error["field"] for error in body["errors"]] == ["comment"]


def test_a_refusal_says_why_in_chinese_whatever_the_client_prefers(api, staff, submitted):
    answer = api(staff).post(f"/api/v1/reports/{submitted.pk}/approve/", headers={"Accept-Language": "en"})

    assert answer["Content-Language"] == "zh-hans"
    problem(answer, 403)


def test_a_refusal_is_in_english_for_those_who_chose_it(api, staff, submitted):
    client = api(staff)
    client.cookies["django_language"] = "en"

    answer = client.post(f"/api/v1/reports/{submitted.pk}/approve/")

    assert problem(answer, 403)["title"] == "This was not done"


def test_the_first_address_names_all_lists(api, staff):
    assert set(api(staff).get("/api/v1/").json()) == {
        "programmes", "bureaus", "fields", "tasks", "milestones", "parts", "expected-parts", "extensions", "periods",
        "expected-reports", "reports", "evidence", "events", "signing-events", "sectors", "partners", "projects",
        "gates", "gate-files", "money-events", "expected-updates", "rates",
        "breakthroughs", "breakthrough-targets", "claim-files", "indicators", "readings",
    }  # fmt: skip


def test_what_the_api_says_is_kept_by_no_proxy(api, staff, task):
    assert api(staff).get("/api/v1/tasks/")["Cache-Control"] == "no-store"


def test_no_answer_gives_away_phone_or_mail(api, auditor, approved, staff):
    for name in ("reports", "events", "evidence", "programmes"):
        text = api(auditor).get(f"/api/v1/{name}/").content

        assert b"@" not in text
        assert b"phone" not in text
        assert b"password" not in text


def test_a_busy_database_is_worth_another_try(api, staff, report, monkeypatch):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("qdtrade.api.perform", locked)
    answer = api(staff).post(f"/api/v1/reports/{report.pk}/withdraw/")

    problem(answer, 503)
    assert int(answer["Retry-After"]) > 0
