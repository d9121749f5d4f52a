"""What tests do with answers."""

from django.core.signals import request_finished
from django.db import close_old_connections


def leave(answer):
    """Close an answer that need not be read to its end, and not the test's own connection with it."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)
