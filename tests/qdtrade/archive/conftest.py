"""What stands before every attack: a cycle of work, checkpoints of it, and a way to take the guards down."""

import pytest
from django.db import connection

from qdtrade.audit import guards
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Chain
from tests import factories


@pytest.fixture
def take_guards_down():
    """As whoever owns the database can."""

    def take_down():
        with connection.cursor() as cursor:
            for table in guards.GUARDED:
                for statement in guards.lowering(connection.vendor, table):
                    cursor.execute(statement)

    return take_down


@pytest.fixture
def signed(submitted, staff, manager, programme):
    """Two checkpoints, with records before, between and behind them; gives the programme's chain."""
    sign_checkpoint()
    returned = factories.send_back(submitted, by=manager)
    sign_checkpoint()
    factories.submit(returned, by=staff)
    return Chain.objects.get(scope=programme.pk)
