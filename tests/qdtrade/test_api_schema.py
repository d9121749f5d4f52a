"""The schema says what there is: drawn without a warning, whole, in both languages, and true."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import Client

from qdtrade.api_urls import router
from qdtrade.openapi.document import METHODS, document
from qdtrade.openapi.fields import MEANS
from qdtrade.openapi.parameters import SAYS
from qdtrade.openapi.reference import BODIES, QUERIES, reference
from tests.qdtrade.test_api_door import problem
from tests.qdtrade.test_api_tokens import program

URL = "/api/v1/schema/"
LANGUAGES = ["zh-hans", "en"]
SCHEMA = document("zh-hans")
OPERATIONS = {
    operation["operationId"]: operation
    for item in SCHEMA["paths"].values()
    for method, operation in item.items()
    if method in METHODS
}
WRITING = ("post", "put", "patch", "delete")

each_operation = pytest.mark.parametrize("name", sorted(OPERATIONS))


def followed(part):
    """The part, or what its reference leads to."""
    found = SCHEMA if "$ref" in part else part
    for step in part.get("$ref", "#/").removeprefix("#/").split("/"):
        found = found[step] if step else found
    return found


def parameters(name):
    return {one["name"]: one for one in map(followed, OPERATIONS[name]["parameters"])}


def chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_it_is_drawn_without_a_warning_and_is_valid(tmp_path):
    call_command(
        "spectacular",
        fail_on_warn=True,
        validate=True,
        format="openapi-json",
        file=str(tmp_path / "schema.json"),
    )

    assert json.loads((tmp_path / "schema.json").read_text())["openapi"] == "3.1.0"


def test_every_address_of_the_api_is_in_it():
    named = {path.removeprefix("/api/v1/") for path in SCHEMA["paths"]}
    routed = {one.pattern._regex for one in router.urls if one.name != "api-root"}

    assert {
        re.sub(r"\(\?P<pk>[^)]*\)", "{id}", one).strip("^$").replace("\\Z", "") for one in routed
    } == named


@each_operation
def test_an_operation_says_what_it_is_in_both_languages(name):
    english = {
        operation["operationId"]: operation
        for item in document("en")["paths"].values()
        for operation in item.values()
    }[name]

    assert OPERATIONS[name]["summary"] and english["summary"]
    assert not chinese(english["summary"] + english.get("description", ""))


@each_operation
def test_every_parameter_says_what_it_asks(name):
    assert [one for one in parameters(name).values() if not one.get("description")] == []


@each_operation
def test_every_answer_has_a_form(name):
    bare = {
        code: answer
        for code, answer in OPERATIONS[name]["responses"].items()
        if code not in {"204", "304"} and not followed(answer).get("content")
    }

    assert bare == {}


@each_operation
def test_every_refusal_is_a_problem(name):
    refused = {code: followed(one) for code, one in OPERATIONS[name]["responses"].items() if code >= "400"}

    assert {"401", "404", "429", "503"} <= refused.keys()
    assert {kind for one in refused.values() for kind in one["content"]} == {"application/problem+json"}


@each_operation
def test_who_asks_is_said(name):
    assert OPERATIONS[name]["security"] == [{"token": []}, {"session": []}]


@pytest.mark.parametrize("name", ["task_partial_update", "report_partial_update"])
def test_a_change_must_name_its_version(name):
    assert parameters(name)["If-Match"]["required"]
    assert {"412", "428"} <= OPERATIONS[name]["responses"].keys()


@pytest.mark.parametrize("name", ["report_submit", "report_approve", "task_accept", "period_close"])
def test_a_move_may_name_the_version_that_was_seen(name):
    assert not parameters(name)["If-Match"].get("required")
    assert {"403", "409", "412"} <= OPERATIONS[name]["responses"].keys()


def test_a_list_names_all_its_filters_and_their_values():
    asked = parameters("task_list")

    assert asked["status"]["schema"]["enum"][0] == "registered"
    assert asked["overdue"]["schema"] == {"type": "boolean"}
    assert asked["due_from"]["schema"]["format"] == "date"
    assert {"-due_on", "lead"} <= set(asked["ordering"]["schema"]["items"]["enum"])
    assert asked["page_size"]["schema"]["maximum"] == 100


def test_no_filter_is_explained_that_is_none():
    asked = {name for operation in OPERATIONS for name in parameters(operation)}

    assert SAYS.keys() - asked == set()


def test_no_field_is_left_out_of_an_answer():
    task = SCHEMA["components"]["schemas"]["Task"]

    assert task["required"] == sorted(task["properties"])


def test_a_file_is_sent_as_a_form():
    assert set(OPERATIONS["evidence_create"]["requestBody"]["content"]) == {"multipart/form-data"}


# How it is handed out -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("", "application/json"),
        ("?format=json", "application/json"),
        ("?format=yaml", "application/vnd.oai.openapi"),
    ],
)
def test_it_comes_as_json_or_yaml(staff, asked, kind):
    answer = program(staff).get(URL + asked)

    assert answer.status_code == 200
    assert answer["Content-Type"].split(";")[0] == kind
    assert b"3.1.0" in answer.content


@pytest.mark.django_db
def test_nobody_reads_it_without_a_name(client):
    problem(client.get(URL), 401)
    problem(client.get(f"{URL}?format=yaml"), 401)


@pytest.mark.django_db
def test_a_program_reads_it_again_only_when_it_changed(staff):
    client = program(staff)
    tag = client.get(URL)["ETag"]

    assert client.get(URL, headers={"If-None-Match": tag}).status_code == 304


# The page -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(sign_in, staff):
    def shown(language):
        browser = sign_in(staff)
        browser.cookies["django_language"] = language
        return browser.get("/api/v1/", headers={"Accept": "text/html,*/*;q=0.8"})

    return shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_gets_a_page_with_every_operation(page, language):
    answer = page(language)

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert "Accept" in answer["Vary"]
    assert [name for name in OPERATIONS if f'id="{name}"' not in text] == []
    assert "http://testserver/api/v1/tasks/?status=in_progress" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_within_the_page_lead_somewhere(page, language):
    text = page(language).content.decode()
    wanted = {part.split('"')[0] for part in text.split('href="#')[1:]} - {"page", "menu"}

    assert [place for place in wanted if f'id="{place}"' not in text] == []


def test_a_program_gets_the_list_of_addresses(api, staff):
    assert (
        api(staff).get("/api/v1/", headers={"Accept": "application/json"}).json()["tasks"].endswith("/tasks/")
    )


@pytest.mark.django_db
def test_a_browser_without_a_session_is_asked_to_sign_in(client):
    answer = client.get("/api/v1/", headers={"Accept": "text/html"})

    assert answer.url == "/sign-in/?next=/api/v1/"


@pytest.mark.django_db
def test_whatever_a_browser_is_refused_is_a_problem(settings):
    client = Client(headers={"Accept": "text/html"})

    problem(client.post("/api/v1/"), 401)


def test_the_examples_say_only_what_there_is():
    queries = {
        name: {pair.split("=")[0] for pair in query.lstrip("?").split("&")} for name, query in QUERIES.items()
    }
    bodies = {name: set(one) - set(followed(_body(name))["properties"]) for name, one in BODIES.items()}

    assert {
        name: asked - set(parameters(name))
        for name, asked in queries.items()
        if asked - set(parameters(name))
    } == {}
    assert set().union(*bodies.values()) == set()


def _body(name):
    return OPERATIONS[name]["requestBody"]["content"]["application/json"]["schema"]


def test_the_reference_tells_every_object_and_refusal():
    told = reference("en", "https://register.example.gov.cn")

    assert {"Task", "Report", "Problem"} <= {name for name, _lines in told.objects}
    assert {400, 401, 403, 404, 409, 412, 415, 428, 429, 503} <= told.refusals.keys()


def test_every_field_is_explained_and_no_other():
    told = reference("en", "https://register.example.gov.cn")
    bodies = [(one.name, one.body) for group in told.groups for one in group.operations]

    assert [
        (name, line.name) for name, lines in [*told.objects, *bodies] for line in lines if not line.words
    ] == []
    assert MEANS.keys() - {line.name for _name, lines in [*told.objects, *bodies] for line in lines} == set()
