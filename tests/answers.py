"""What tests do with answers, and how they ask for many."""

from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client


def leave(answer):
    """Close an answer that need not be read to its end, and not the test's own connection with it."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def key_of(person):
    """The key of a session of this person, none for nobody: a table of questions signs everybody in once."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return person and client.cookies[settings.SESSION_COOKIE_NAME].value


def with_key(client, key):
    """The same client in this session."""
    if key:
        client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client
