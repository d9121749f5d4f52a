"""Requests that no browser of ours makes: every address answers them with a sentence, and never falls over."""

import json

import pytest

from tests import doors
from tests.walking import Page

globals().update(doors.FIXTURES)

READS = doors.marked("GET")
WRITES = doors.marked("POST", "PATCH")
NAMES = (
    "q", "search", "page", "page_size", "programme", "status", "field", "lead", "period", "bureau", "task", "report",
    "kind", "actor", "ordering", "year", "from", "to", "open", "show", "tab", "view", "version", "figures", "next",
)  # fmt: skip
NASTY = {
    "NUL": "%00",
    "half a sign": "%ff%fe",
    "surrogate": "%ed%a0%80",
    "new line": "%0d%0aSet-Cookie:%20x=1",
    "quote": "%27%22%3Cscript%3E",
    "huge number": "9" * 60,
    "negative": "-1",
    "fraction": "1e400",
    "not a number": "NaN",
    "other digits": "%D9%A3",
    "superscript": "%C2%B2",
    "long": "a" * 6000,
    "path": "..%2F..%2Fetc%2Fpasswd",
    "twice": "1&page=2&page=x",
    "a list": "1,2,,3",
}


@pytest.fixture
def row(request, on, programme):
    return None if on == "-" else request.getfixturevalue(on)


@pytest.fixture
def person(request, codes):
    return request.getfixturevalue(doors.allowed(codes))


def spoken(answer):
    """Whether a refusal says what to do, beyond its title; True for what is none."""
    if answer.status_code < 400:
        return True
    if "json" in answer["Content-Type"]:
        said = json.loads(answer.text_of_it)
        return bool(said.get("detail") or said.get("said"))
    return sum(len(text) > 8 for text in Page(answer.text_of_it).texts) > 1


@pytest.mark.parametrize(("method", "label", "on", "codes"), **READS)
def test_anything_in_an_address_is_answered(person, row, method, label):
    client = doors.client_of(person, label)
    together = ["&".join(f"{name}={value}" for name in NAMES) for value in NASTY.values()]
    alone = [f"{name}={NASTY['NUL']}" for name in NAMES if row is None]  # a list has filters

    answers = {query: doors.ask(client, "GET", label, row, QUERY_STRING=query) for query in together + alone}

    codes = {query: answer.status_code for query, answer in answers.items()}
    assert {query: code for query, code in codes.items() if code not in {200, 302, 304, 400, 404}} == {}
    assert [query for query, answer in answers.items() if not spoken(answer)] == []


FILE = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-\r\n'
DEEP = "[" * 100_000
BODIES = {
    "nothing": ("", "application/json"),
    "half": ("{", "application/json"),
    "a list": ("[]", "application/json"),
    "deep": (DEEP, "application/json"),
    "deep in a field": ('{"comment": ' + DEEP, "application/json"),
    "the same key twice": ('{"comment": "a", "comment": "b"}', "application/json"),
    "not a number": ('{"comment": NaN, "version": Infinity}', "application/json"),
    "huge number": ('{"comment": ' + "9" * 5000 + "}", "application/json"),
    "half a sign": (b'{"comment": "\xff\xfe"}', "application/json"),
    "another charset": ("{}".encode("utf-16"), "application/json; charset=utf-16"),
    "a charset that is none": ("{}", "application/json; charset=none-such"),
    "NUL": ('{"comment": "\\u0000", "content": {"done": "\\u0000"}}', "application/json"),
    "half a pair": ('{"comment": "\\ud800", "content": {"done": "\\ud800"}}', "application/json"),
    "the wrong kind": ("<x/>", "application/xml"),
    "no kind": ("x=1", ""),
    "a kind that is none": ("x=1", "no/such; kind"),
    "a form that is none": (b"\x00\xff\xfe", "application/x-www-form-urlencoded"),
    "a form with NUL": ("comment=%00&done=%00&name=%00&username=%00", "application/x-www-form-urlencoded"),
    "a form of half signs": ("comment=%ff&done=%ff&name=%ff&username=%ff", "application/x-www-form-urlencoded"),
    "a form in another charset": ("comment=x", "application/x-www-form-urlencoded; charset=utf-16"),
    "too many fields": ("&".join(f"f{n}=1" for n in range(5000)), "application/x-www-form-urlencoded"),
    "a long text": ("comment=" + "a" * 900_000, "application/x-www-form-urlencoded"),
    "parts without an end": (FILE, "multipart/form-data; boundary=x"),
    "parts without a boundary": ("--x", "multipart/form-data"),
    "parts with an odd boundary": ("--x", "multipart/form-data; boundary=\x00"),
    "too many files": (150 * FILE + "--x--\r\n", "multipart/form-data; boundary=x"),
}  # fmt: skip


@pytest.mark.postgres
@pytest.mark.parametrize(("method", "label", "on", "codes"), **WRITES)
def test_anything_in_a_body_is_answered(person, row, method, label):
    client = doors.client_of(person, label)
    headers = {"If-Match": "*"} if method == "PATCH" else {}

    answers = {
        kind: doors.send(client, method, label, row, *body, headers=headers) for kind, body in BODIES.items()
    }

    assert {kind: a.status_code for kind, a in answers.items() if a.status_code >= 500} == {}
    assert [kind for kind, answer in answers.items() if not spoken(answer)] == []
