"""The chain of records."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from qdtrade.audit import trail
from qdtrade.audit.models import Chain, Event


def test_each_event_holds_the_hash_of_the_one_before(submitted, programme):
    events = list(Event.objects.filter(chain__scope=programme.pk).order_by("seq"))

    links = [json.loads(event.line)["prev"] for event in events[1:]]

    assert links == [event.hash for event in events[:-1]]


def test_the_head_is_the_last_event(submitted, programme):
    chain = Chain.objects.get(scope=programme.pk)
    last = chain.events.order_by("-seq").first()

    assert (chain.length, chain.head) == (last.seq, last.hash)


def test_nothing_is_recorded_outside_a_unit(staff):
    with pytest.raises(RuntimeError):
        trail.record(staff, "edit", by=staff)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET comment = 'x'", "DELETE FROM audit_event", "DELETE FROM audit_recordedobject"],
)
def test_the_database_refuses_to_change_a_record(submitted, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
