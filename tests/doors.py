"""Every line of the permission table with its row, for tests that ask every address the same thing."""

from _pytest.fixtures import FixtureFunctionDefinition
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from tests import test_permissions as table
from tests.answers import leave

FIXTURES = {
    name: thing for name, thing in vars(table).items() if isinstance(thing, FixtureFunctionDefinition)
}
"""The rows that the table's lines are about; a test module takes them with `globals().update(doors.FIXTURES)`."""

WRITING = ("POST", "PUT", "PATCH", "DELETE")


def lines(*methods):
    """(method, label, on, codes by person) of the table's lines with these methods."""
    return [
        (method, label, on, dict(zip(table.PEOPLE, codes, strict=True)))
        for method, label, on, *codes in table.LINES
        if method in methods
    ]


def marked(*methods):
    """The same as pairs for parametrize: a line, and its words as its name."""
    found = lines(*methods)
    return {"argvalues": found, "ids": [f"{method} {label} {on}" for method, label, on, _codes in found]}


def allowed(codes):
    """Who of the cast may, nobody in particular where it is for everybody."""
    return next((name for name, code in codes.items() if code[0] in "23" and name != "anonymous"), "staff")


def client_of(person, label, **kwargs):
    """A browser or a program, in which this person is signed in."""
    client = (APIClient if label.startswith("api:") else Client)(**kwargs)
    if person is not None:
        client.force_login(person)
    return client


def ask(client, method, label, row, **kwargs):
    """The answer, read to its end; whatever it did is undone."""
    point = transaction.savepoint()
    answer = getattr(client, method.lower())(table.address(label, row), **kwargs)
    answer.text_of_it = text_of(answer)
    leave(answer)
    transaction.savepoint_rollback(point)
    return answer


def send(client, method, label, row, body, content_type, **kwargs):
    """The same with these bytes as its body."""
    body = body.encode() if isinstance(body, str) else body
    return ask(Raw(client, method, body, content_type), "send", label, row, **kwargs)


class Raw:
    """A client that sends bytes as they are."""

    def __init__(self, client, method, body, content_type):
        self.client, self.sent = client, (method, body, content_type)

    def send(self, path, **kwargs):
        method, body, content_type = self.sent
        return self.client.generic(method, path, body, content_type=content_type, **kwargs)


def text_of(answer):
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode("utf-8", "replace")
