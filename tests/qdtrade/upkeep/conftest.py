"""What keeping the program running is tested with."""

import contextlib
import threading

import pytest
from django.db import connection

from qdtrade.upkeep.alone import alone


@pytest.fixture
def second_person_at_it():
    """Another thread, with a connection of its own, that does the same thing."""

    @contextlib.contextmanager
    def at_it(name):
        begun, over, got_it = threading.Event(), threading.Event(), []

        def hold():
            with alone(name) as is_alone:
                got_it.append(is_alone)
                begun.set()
                over.wait(20)
            connection.close()

        thread = threading.Thread(target=hold)
        thread.start()
        begun.wait(20)
        try:
            yield got_it[0]
        finally:
            over.set()
            thread.join()

    return at_it
