"""Somebody with the database in their hands: each attack is named by the first record it broke."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from qdtrade.audit import guards, verify
from qdtrade.audit.canonical import digest, dumps
from qdtrade.audit.models import Chain, Event, RecordedObject
from tasks.models import ReportVersion
from tests import factories


@pytest.fixture
def chain(returned, staff, manager, programme):
    """A chain with a whole cycle in it, and its guards taken down."""
    factories.approve(factories.submit(returned, by=staff), by=manager)
    with connection.cursor() as cursor:
        for table in guards.GUARDED:
            for statement in guards.lowering(connection.vendor, table):
                cursor.execute(statement)
    return Chain.objects.get(scope=programme.pk)


def fault(chain):
    """The first broken record and what is wrong with it."""
    (verdict,) = verify.verify(chain.code)
    return (verdict.fault.seq, verdict.fault.problem.code) if verdict.fault else None


def event(chain, seq):
    return Event.objects.filter(chain=chain, seq=seq)


def rewrite(chain, start):
    """Hash everything from here on anew, as somebody would who has read the code."""
    prev = (
        chain.events.filter(seq__lt=start).order_by("-seq").values_list("hash", flat=True).first()
        or verify.START
    )
    for row in chain.events.filter(seq__gte=start).order_by("seq"):
        content = json.loads(row.line) | {"prev": prev, "seq": str(row.seq), "comment": row.comment}
        line = dumps(content)
        prev = digest(line)
        event(chain, row.seq).update(line=line, hash=prev)


def test_an_honest_chain_is_whole(chain):
    assert fault(chain) is None
    assert chain.length > 10


def test_every_chain_has_a_verdict(chain):
    assert {verdict.code for verdict in verify.verify()} == {"system", chain.code}


def test_a_long_chain_is_walked_in_pages(chain, monkeypatch):
    monkeypatch.setattr(verify, "PAGE", 3)

    (verdict,) = verify.verify(chain.code)

    assert (verdict.events, verdict.fault) == (chain.length, None)


def test_one_letter_of_a_line_changed(chain):
    line = event(chain, 7).get().line
    event(chain, 7).update(line=line.replace("2021", "2022", 1))

    assert fault(chain) == (7, "hash")


def test_one_letter_of_a_hash_changed(chain):
    hashed = event(chain, 7).get().hash
    event(chain, 7).update(hash=("0" if hashed[0] != "0" else "1") + hashed[1:])

    assert fault(chain) == (7, "hash")


def test_a_line_and_its_hash_changed(chain):
    row = event(chain, 7).get()
    line = dumps(json.loads(row.line) | {"comment": "as agreed"})
    event(chain, 7).update(line=line, hash=digest(line), comment="as agreed")

    assert fault(chain) == (8, "prev")


def test_the_last_record_removed(chain):
    event(chain, chain.length).delete()

    assert fault(chain) == (chain.length, "missing")


def test_a_record_in_the_middle_removed(chain):
    event(chain, 5).delete()

    assert fault(chain) == (5, "missing")


def test_the_first_record_removed(chain):
    event(chain, 1).delete()

    assert fault(chain) == (1, "missing")


def test_every_record_removed(chain):
    chain.events.all().delete()

    assert fault(chain) == (1, "missing")


def test_two_records_swapped(chain):
    event(chain, 5).update(seq=-1)
    event(chain, 6).update(seq=5)
    event(chain, -1).update(seq=6)

    assert fault(chain) == (5, "place")


def test_a_record_put_in_between(chain):
    for seq in range(chain.length, 4, -1):
        event(chain, seq).update(seq=seq + 1)
    new = event(chain, 4).get()
    new.pk, new.seq = None, 5
    new.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(length=chain.length + 1)

    assert fault(chain) == (5, "place")


def test_a_record_put_behind_the_head(chain):
    new = event(chain, chain.length).get()
    new.pk, new.seq = None, chain.length + 1
    new.save(force_insert=True)

    assert fault(chain) == (chain.length + 1, "beyond")


def test_a_record_put_before_the_first(chain):
    new = event(chain, 1).get()
    new.pk, new.seq = None, 0
    new.save(force_insert=True)

    assert fault(chain) == (0, "place")


def test_the_tail_rewritten_with_the_old_head(chain):
    event(chain, 5).update(comment="as agreed")
    rewrite(chain, 5)

    assert fault(chain) == (chain.length, "head")


def test_the_head_moved_back(chain):
    before = event(chain, chain.length - 1).get()
    Chain.objects.filter(pk=chain.pk).update(length=before.seq, head=before.hash, at=before.at)

    assert fault(chain) == (chain.length, "beyond")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2021-09-24T09:00Z"), ("action", "x"), ("kind", "x"), ("object_id", 99), ("label", "x"),
        ("root_kind", "x"), ("root_id", 99), ("actor_id", 99), ("actor_id", None), ("actor_name", "x"),
        ("role", "auditor"), ("bureau_id", 99), ("bureau_name", "x"), ("door", "page"), ("comment", "x"),
        ("changes", "{}"),
    ],
)  # fmt: skip
def test_a_column_that_says_something_else_than_the_line(chain, column, value):
    event(chain, chain.length - 1).update(**{column: value})

    assert fault(chain) == (chain.length - 1, "column")


def test_a_state_alone_changed(chain):
    row = event(chain, chain.length).get()
    event(chain, chain.length).update(state=dumps(json.loads(row.state) | {"status": "draft"}))

    assert fault(chain) == (chain.length, "state")


@pytest.mark.parametrize("state", [None, "{}", "[]", "not JSON", '{"status":"approved"}'])
def test_a_state_that_is_none(chain, state):
    event(chain, chain.length).update(state=state)

    assert fault(chain)[0] == chain.length


def test_a_state_with_a_field_that_nobody_set(chain):
    row = event(chain, chain.length).get()
    event(chain, chain.length).update(state=dumps(json.loads(row.state) | {"bonus": "5"}))

    assert fault(chain) == (chain.length, "state")


def test_an_object_taken_off_the_list(chain, task):
    RecordedObject.objects.filter(kind="task", object_id=task.pk).delete()
    first = chain.events.filter(kind="task", object_id=task.pk).order_by("seq").first()

    assert fault(chain) == (first.seq, "object")


def test_an_object_put_on_the_list(chain):
    RecordedObject.objects.create(chain=chain, kind="task", object_id=4711)

    assert fault(chain) == (chain.length, "unnamed")


def test_a_programmes_whole_chain_removed(chain, programme):
    RecordedObject.objects.filter(chain=chain).delete()
    chain.events.all().delete()
    chain.delete()
    made = Event.objects.get(kind="programme", object_id=programme.pk)

    assert fault(Chain.objects.get(code="system")) == (made.seq, "no_chain")


def test_a_line_that_is_no_record(chain):
    last = event(chain, chain.length).get()
    Event.objects.filter(pk=last.pk).update(line="[1]", hash=digest("[1]"))

    assert fault(chain) == (chain.length, "line")


def test_the_command_is_content_with_an_honest_chain(submitted, capsys):
    call_command("verify_records")

    assert capsys.readouterr().err == ""


def test_the_command_fails_and_names_the_broken_record(chain, capsys):
    event(chain, 7).update(comment="x")

    with pytest.raises(CommandError):
        call_command("verify_records", programme=chain.code)

    assert "7" in capsys.readouterr().err


def test_the_command_fails_where_a_guard_is_down(chain):
    with pytest.raises(CommandError):
        call_command("verify_records")


def test_the_command_knows_its_chains(submitted):
    with pytest.raises(CommandError):
        call_command("verify_records", programme="nowhere")


def test_a_row_changed_past_the_records_is_found(submitted, task, capsys):
    type(task).objects.filter(pk=task.pk).update(progress=100)

    with pytest.raises(CommandError):
        call_command("verify_records")

    assert f"task {task.pk}" in capsys.readouterr().err


@pytest.fixture
def submitted_before_the_field(report, staff, monkeypatch):
    older = tuple(name for name in ReportVersion.recorded if name != "filed_from")
    monkeypatch.setattr(ReportVersion, "recorded", older)
    submitted = factories.submit(report, by=staff)
    monkeypatch.undo()
    return submitted


def test_a_field_that_the_model_gained_later_is_no_fault_while_empty(submitted_before_the_field):
    call_command("verify_records")


def test_a_field_that_the_model_gained_later_is_not_filled_past_the_records(submitted_before_the_field):
    submitted_before_the_field.versions.update(filed_from="x")

    with pytest.raises(CommandError):
        call_command("verify_records")


def test_a_row_that_was_never_recorded_is_found(submitted, task):
    type(task.milestones.first()).objects.create(task=task, number=9, title="x", plan_on=task.due_on)

    with pytest.raises(CommandError):
        call_command("verify_records")


def test_a_row_removed_past_the_records_is_found(submitted, task):
    task.links.all().delete()

    with pytest.raises(CommandError):
        call_command("verify_records")
