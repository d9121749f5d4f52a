"""PostgreSQL's indexes inside texts: there where they can be, done without where they cannot."""

import pytest
from django.core.management import call_command
from django.db import connection

from qdtrade import trigrams
from qdtrade.audit.models import Event
from qdtrade.audit.searching import saying
from qdtrade.upkeep.checks import a_search_has_its_indexes
from qdtrade.upkeep.status.database import database_facts
from tasks.models import Task


@pytest.mark.postgres
def test_a_new_database_has_the_indexes(db):
    assert trigrams.standing() == sorted(trigrams.names())
    assert trigrams.trouble() == ""
    assert a_search_has_its_indexes() == []


@pytest.mark.postgres
def test_the_indexes_fit_what_a_search_asks_for(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for found in (
        Task.objects.filter(title__icontains="知识产权"),
        Task.objects.filter(initials__contains="zscq"),
    ):
        assert "trgm" in found.order_by().explain()


@pytest.mark.postgres
def test_without_them_it_says_so_and_the_command_sets_them_up_again(db, root, capsys):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # what the fixtures wrote; a command comes to a quiet table
        cursor.execute("DROP INDEX tasks_task_title_trgm")

    assert trigrams.trouble() == "indexes"
    assert [warning.id for warning in a_search_has_its_indexes()] == ["upkeep.W002"]
    assert any("CREATE EXTENSION" in str(fact.trouble) for fact in database_facts(root))

    call_command("index_search")
    assert trigrams.trouble() == ""


@pytest.mark.postgres
def test_an_extension_that_may_not_be_made_is_done_without(db, monkeypatch):
    monkeypatch.setattr(trigrams, "EXTENSION", "CREATE EXTENSION not_ours_to_make")

    assert trigrams.index() == []


def test_sqlite_has_none_and_is_no_trouble(db, root, capsys):
    if connection.vendor == "postgresql":
        pytest.skip("asked on SQLite")
    call_command("index_search")

    assert trigrams.trouble() == ""
    assert a_search_has_its_indexes() == []


@pytest.mark.postgres
def test_the_index_of_the_records_fits_what_their_search_asks_for(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "audit_event_said_trgm" in saying(Event.objects.order_by(), ["知识产权"]).explain()
