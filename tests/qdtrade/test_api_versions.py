"""What an answer is called, who has it already, and what stands at an address without asking for it."""

import pytest

from qdtrade import clock
from qdtrade.audit.models import Event
from qdtrade.workflow import perform
from tasks import workflow
from tests import factories
from tests.answers import leave
from tests.qdtrade.test_api_door import problem

LISTS = [
    "programmes",
    "bureaus",
    "fields",
    "tasks",
    "milestones",
    "periods",
    "expected-reports",
    "reports",
    "evidence",
]


@pytest.fixture
def ids(programme, market, field, task, period, report, staff):
    """A row of each list."""
    return {
        "programmes": programme.pk,
        "bureaus": market.pk,
        "fields": field.pk,
        "tasks": task.pk,
        "milestones": task.milestones.get(number=1).pk,
        "periods": period.pk,
        "expected-reports": report.expected_id,
        "reports": report.pk,
        "evidence": factories.attach(report, by=staff).pk,
    }


def known(client, url, tag):
    return client.get(url, headers={"If-None-Match": tag})


@pytest.mark.parametrize("name", LISTS)
def test_whoever_has_a_row_gets_nothing_again(api, staff, ids, name):
    client, url = api(staff), f"/api/v1/{name}/{ids[name]}/"
    tag = client.get(url)["ETag"]

    answer = known(client, url, tag)

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert "Content-Type" not in answer


@pytest.mark.parametrize("name", LISTS)
def test_whoever_has_a_page_of_a_list_gets_nothing_again(api, staff, ids, name):
    client, url = api(staff), f"/api/v1/{name}/?page_size=2"

    assert known(client, url, client.get(url)["ETag"]).status_code == 304


@pytest.mark.parametrize("tag", ['"1"', '"nothing"', "*x", ""])
def test_whoever_has_something_else_gets_the_row(api, staff, task, tag):
    assert known(api(staff), f"/api/v1/tasks/{task.pk}/", tag).status_code == 200


def test_one_of_several_known_answers_is_enough_and_proxies_may_weaken_it(api, staff, task):
    client, url = api(staff), f"/api/v1/tasks/{task.pk}/"
    tag = client.get(url)["ETag"]

    assert known(client, url, f'"a", W/{tag}').status_code == 304


def test_a_changed_row_is_told_again(api, staff, manager, submitted):
    client, url = api(staff), f"/api/v1/reports/{submitted.pk}/"
    tag = client.get(url)["ETag"]
    perform(workflow.TAKE, submitted, by=manager)

    answer = known(client, url, tag)

    assert answer.status_code == 200
    assert answer["ETag"] != tag


def test_a_row_that_reads_differently_by_the_clock_is_told_again_and_may_still_be_changed(api, staff, report):
    client, url = api(staff), f"/api/v1/reports/{report.pk}/"
    tag = client.get(url)["ETag"]

    with clock.at(report.period.closes_at):
        assert known(client, url, tag).status_code == 200
        answer = client.patch(url, {"done": "Late."}, headers={"If-Match": tag}, format="json")

    assert answer.status_code == 200


def test_others_do_not_have_what_one_person_has(api, staff, manager, task):
    url = f"/api/v1/tasks/{task.pk}/"

    assert known(api(manager), url, api(staff).get(url)["ETag"]).status_code == 200


def test_reading_again_is_still_counted_as_opening_the_records(api, auditor, task):
    client, url = api(auditor), "/api/v1/events/"
    client.get(url)

    known(client, url, "*")

    assert Event.objects.filter(action="open_records").count() == 2


def test_a_file_is_named_by_its_content(api, staff, report):
    proof = factories.attach(report, by=staff)
    client, url = api(staff), f"/api/v1/evidence/{proof.pk}/download/"
    answer = client.get(url)
    leave(answer)
    tag = answer["ETag"]

    assert tag == f'"{proof.blob.sha256}"'
    assert known(client, url, tag).status_code == 304


@pytest.mark.parametrize("kind", ["application/pdf", "text/html", "*/*"])
def test_a_file_comes_whatever_kind_is_asked_for(api, staff, report, kind):
    proof = factories.attach(report, by=staff)

    answer = api(staff).get(f"/api/v1/evidence/{proof.pk}/download/", headers={"Accept": kind})
    leave(answer)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_a_kind_that_there_is_not_is_refused(api, staff):
    problem(api(staff).get("/api/v1/tasks/", headers={"Accept": "application/xml"}), 406)
    problem(api(staff).get("/api/v1/tasks/?format=xml"), 404)


def test_head_tells_the_same_without_the_row(api, staff, task):
    client, url = api(staff), f"/api/v1/tasks/{task.pk}/"

    answer = client.head(url)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == client.get(url)["ETag"]


def test_options_names_the_methods(api, staff, task):
    answer = api(staff).options(f"/api/v1/tasks/{task.pk}/")

    assert answer.status_code == 204
    assert set(answer["Allow"].split(", ")) == {"GET", "PATCH", "HEAD", "OPTIONS"}


@pytest.mark.django_db
def test_options_tell_nothing_to_nobody(client):
    problem(client.options("/api/v1/tasks/"), 401)


def test_a_move_rests_on_the_version_alone(api, manager, submitted):
    client, url = api(manager), f"/api/v1/reports/{submitted.pk}/"
    version = client.get(url)["ETag"].partition("-")[0] + '"'

    assert client.post(f"{url}take/", {}, headers={"If-Match": version}, format="json").status_code == 200


def test_a_form_is_no_body(api, manager, submitted):
    answer = api(manager).post(
        f"/api/v1/reports/{submitted.pk}/take/", "comment=x", content_type="application/x-www-form-urlencoded"
    )

    problem(answer, 415)
