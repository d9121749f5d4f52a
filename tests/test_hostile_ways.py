"""Where people are sent, whose session it is, and what may stand in a header: nothing of it is a stranger's choice."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import doors, factories
from tests import test_permissions as table
from tests.walking import Page

globals().update(doors.FIXTURES)
pytestmark = pytest.mark.walk

ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example", "/\t/evil.example",
    "evil.example", "no_such_name", "my_work", "/%0d%0aSet-Cookie: x=1", "/\r\nSet-Cookie: x=1", "@evil.example",
    "http://testserver@evil.example/", "http://testserver.evil.example/",
]  # fmt: skip
OF_EACH_KIND = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "evil.example",
]
"""One for each way a browser may be led astray; signing in, where anybody may ask, meets them all."""

WITHIN = "/help/?asked=here"
"""A page of ours: an address that does not lead there when asked to takes no such wish from anybody."""

OURS = "http://testserver"


@pytest.fixture
def row(request, on, programme):
    return None if on == "-" else request.getfixturevalue(on)


def location(answer):
    """Where an answer sends the browser; nothing where it sends it nowhere."""
    return answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")


def leads_away(target):
    path = target.removeprefix(OURS)
    return bool(path) and (not path.startswith(("/", "?")) or path.startswith(("//", "/\\")) or "\n" in path)


def asking(client, method, label, row, wanted):
    """An honest form that asks to be sent there, and says that it came from there."""
    honest = table.sent(client, method, label, table.address(label, row), row)
    headers = {"Referer": wanted, "HX-Current-URL": wanted} | honest.get("headers", {})
    return honest | {"data": honest.get("data", {}) | {"next": wanted}, "headers": headers}


# Where people are sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "label", "on", "codes"), **doors.marked("GET", "POST"))
def test_no_address_sends_anybody_to_another_site(request, row, method, label, codes):
    client = doors.client_of(request.getfixturevalue(doors.allowed(codes)), label)

    def led_to(wanted):
        return doors.ask(client, method, label, row, **asking(client, method, label, row, wanted))

    goes_on = WITHIN in location(led_to(WITHIN))
    answers = {wanted: led_to(wanted) for wanted in (OF_EACH_KIND if goes_on else OF_EACH_KIND[:1])}

    assert {wanted: location(a) for wanted, a in answers.items() if leads_away(location(a))} == {}
    assert {wanted: a.status_code for wanted, a in answers.items() if a.status_code >= 500} == {}


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_and_choosing_a_language_lead_nowhere_else(staff, client, wanted):
    language = client.post(reverse("set_language"), {"language": "en", "next": wanted}, HTTP_REFERER=wanted)
    entered = client.post(
        reverse("sign_in"), {"username": "staff", "password": factories.PASSWORD, "next": wanted}
    )
    again = client.get(reverse("sign_in"), {"next": wanted})

    assert not any(leads_away(location(answer)) for answer in (language, entered, again))
    assert (entered.status_code, again.status_code) == (302, 302)


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver@evil.example", "testserver:80:80", "a b", "", "\x00"]
)
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/api/v1/tasks/", "/nowhere/"])
def test_another_hosts_name_is_not_believed(db, staff, sign_in, host, path):
    answer = sign_in(staff).get(path, HTTP_HOST=host, HTTP_REFERER=f"https://{host}/")

    assert answer.status_code in ({400} if host else {200, 302, 400, 404})
    assert "evil.example" not in answer.content.decode()
    assert len(Page(answer.content.decode()).texts) > 2


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-Host"]
)
def test_no_header_of_a_proxy_changes_where_an_answer_points(staff, sign_in, header):
    answer = sign_in(staff).get("/sign-in/", headers={header: "evil.example/admin/"})

    assert location(answer) == "/"


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_reading_request_stays_one_whatever_it_calls_itself(submitted, manager, sign_in, api, header):
    page = sign_in(manager).get(
        reverse("report_move", args=[submitted.pk, "approve"]), {"_method": "POST"}, headers={header: "POST"}
    )
    program = api(manager).get(
        reverse("api:report-approve", args=[submitted.pk]), {"_method": "POST"}, headers={header: "POST"}
    )

    assert (page.status_code, program.status_code) == (405, 405)
    assert type(submitted).objects.get(pk=submitted.pk).status == "submitted"


def test_the_address_of_a_button_says_what_became_of_it(submitted, manager, sign_in):
    """As after a session that had ended: the sign-in leads back to where the form was sent."""
    answer = sign_in(manager).get(reverse("report_move", args=[submitted.pk, "approve"]))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "<h1" in answer.content.decode()


# Whose session it is --------------------------------------------------------------------------------------------------


def key_of(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def enter(client, username="staff"):
    return client.post(reverse("sign_in"), {"username": username, "password": factories.PASSWORD})


def test_a_key_that_somebody_planted_is_not_taken_over(staff, client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    enter(client)

    assert key_of(client) != "a" * 32
    assert Client(headers={"Cookie": f"sessionid={'a' * 32}"}).get("/").status_code == 302


def test_a_session_gets_a_new_key_when_a_person_signs_in(staff, client):
    session = client.session
    session["begun"] = "before"
    session.save()
    before = key_of(client)
    enter(client)

    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert key_of(client) != before
    assert old.get("/").status_code == 302


def test_nothing_of_the_last_person_is_left_to_the_next(staff, manager, client):
    enter(client)
    first = key_of(client)
    client.post(reverse("sign_out"))
    enter(client, "manager")

    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = first
    assert old.get("/").status_code == 302


def test_the_keys_are_not_for_scripts_or_other_sites(staff, client):
    enter(client)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_session_ends_everywhere_with_a_new_password(staff, client):
    enter(client)
    staff.set_password("another-horse-battery")
    staff.save(update_fields=["password"])

    assert client.get("/").status_code == 302


# What may stand in a header -------------------------------------------------------------------------------------------

NAMES = [
    "a\r\nSet-Cookie: x=1.pdf",
    "a\nb.pdf",
    'a"; filename="b.exe.pdf',
    "a\x00b.pdf",
    "a\u2028b.pdf",
    "‮fdp.exe.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_puts_nothing_into_a_header(report, staff, sign_in, name):
    client = sign_in(staff)
    client.post(reverse("report_files", args=[report.pk]), {"files": factories.pdf(name)} | factories.CONTENT)
    file = report.files.first()
    answer = client.get(reverse("file", args=[file.pk])) if file else client.get("/")
    said = "".join(f"{name}: {value}" for name, value in answer.headers.items())
    doors.text_of(answer)
    doors.leave(answer)

    assert "Set-Cookie" not in said.replace("%0D%0A", "\n")
    assert not set("\r\n\x00\u2028\u202e") & set(said)


@pytest.mark.parametrize(("method", "label", "on", "codes"), **doors.marked("GET"))
def test_nothing_of_an_address_comes_back_in_a_header(request, row, method, label, codes):
    client = doors.client_of(request.getfixturevalue(doors.allowed(codes)), label)
    value = "a\r\nSet-Cookie: x=1\r\n\r\n<script>\x00b"
    query = dict.fromkeys(
        ("q", "programme", "next", "year", "period", "format", "columns", "download", "name"), value
    )

    answer = doors.ask(
        client, method, label, row, data=query, headers={"HX-Request": "true", "HX-Target": value}
    )

    said = "".join(f"{name}: {value}" for name, value in answer.headers.items())
    assert answer.status_code < 500
    assert not set("\r\n\x00") & set(said)
