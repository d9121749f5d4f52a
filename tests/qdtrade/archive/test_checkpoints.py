"""Checkpoints: what they sign, and that each attack which a chain alone cannot show is found against them."""

import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from qdtrade.audit import checkpoints, signing, verify
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.canonical import digest, dumps
from qdtrade.audit.checks import guards_stand
from qdtrade.audit.models import Chain, Checkpoint, Event
from qdtrade.notices.models import Notice
from tests import factories


@pytest.fixture
def attacked(signed, take_guards_down):
    take_guards_down()
    return signed


def codes():
    return [trouble.code for trouble in checkpoints.troubles()]


def first():
    return Checkpoint.objects.get(number=1)


def rewrite(row, **said):
    """The checkpoint with other words, hashed and signed anew, as somebody does who has the key."""
    line = dumps(row.content | said)
    changed = {"line": line, "hash": digest(line), "signature": signing.read().sign(line)}
    Checkpoint.objects.filter(pk=row.pk).update(**changed)


def rehash(chain, start):
    """Everything from this record on hashed anew, and the head with it."""
    prev = Event.objects.get(chain=chain, seq=start - 1).hash
    for row in chain.events.filter(seq__gte=start).order_by("seq"):
        line = dumps(json.loads(row.line) | {"prev": prev, "comment": row.comment})
        prev = digest(line)
        chain.events.filter(seq=row.seq).update(line=line, hash=prev)
    Chain.objects.filter(pk=chain.pk).update(head=prev)


def test_a_checkpoint_signs_the_head_of_every_chain(signed):
    row = first()

    heads = checkpoints.heads_of(row)
    assert heads.keys() == {"system", "qd-2020"}
    assert Event.objects.get(chain=signed, seq=heads["qd-2020"][0]).hash == heads["qd-2020"][1]
    assert signing.is_signed(row.line, row.signature, signing.read().public)


def test_each_names_the_one_before(signed):
    assert [row.content["prev"] for row in Checkpoint.objects.order_by("number")] == [
        verify.START,
        first().hash,
    ]


def test_nothing_is_wrong_where_nothing_was_done(signed):
    assert checkpoints.troubles() == []


def test_the_key_is_its_owners_alone_and_is_made_once(signed):
    made = signing.place().read_bytes()

    assert stat.S_IMODE(signing.place().stat().st_mode) == 0o600
    assert signing.read_or_make().public == first().content["key"]
    assert signing.place().read_bytes() == made


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_checkpoint SET hash = 'x'", "DELETE FROM audit_checkpoint"]
)
def test_the_database_refuses_to_change_a_checkpoint(signed, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_end_of_a_chain_cut_off_without_a_trace(attacked):
    last = attacked.events.get(seq=checkpoints.heads_of(first())["qd-2020"][0])
    attacked.events.filter(seq__gt=last.seq).delete()
    Chain.objects.filter(pk=attacked.pk).update(length=last.seq, head=last.hash, at=last.at)

    assert codes() == ["gone"]


def test_a_chain_rewritten_from_a_record_on_with_fresh_hashes(attacked):
    attacked.events.filter(seq=5).update(comment="as agreed")
    rehash(attacked, 5)

    assert [(one.code, one.number, one.chain) for one in checkpoints.troubles()] == [("fork", 1, "qd-2020")]


def test_a_record_behind_the_newest_checkpoint_changed(attacked):
    attacked.events.filter(seq=attacked.length).update(comment="as agreed")

    assert checkpoints.troubles() == []
    broken = checkpoints.broken_since(Checkpoint.objects.newest())
    assert [(one.code, one.chain, one.seq) for one in broken] == [("broken", "qd-2020", attacked.length)]


def test_an_older_database_put_back(attacked):
    Checkpoint.objects.filter(number=2).delete()

    assert [(one.code, one.number) for one in checkpoints.troubles()] == [("vanished", 2)]


def test_a_checkpoint_in_the_middle_removed(attacked):
    sign_checkpoint()
    Checkpoint.objects.filter(number=2).delete()

    assert codes() == ["gap"]


def test_a_checkpoints_text_changed(attacked):
    Checkpoint.objects.filter(number=1).update(line=first().line.replace('"v":"1"', '"v":"2"'))

    assert codes()[0] == "changed"


def test_a_checkpoint_changed_and_hashed_anew(attacked):
    line = first().line.replace('"v":"1"', '"v":"2"')
    Checkpoint.objects.filter(number=1).update(line=line, hash=digest(line))

    assert codes() == ["signature"]


def test_a_checkpoint_changed_by_who_has_the_key(attacked):
    rewrite(first(), v="2")

    assert codes() == ["order"]


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"alg":"md5"}'])
def test_a_checkpoint_that_is_none(attacked, line):
    Checkpoint.objects.filter(number=2).update(line=line, hash=digest(line))

    assert codes()[0] in {"unreadable", "unknown"}


def test_all_checkpoints_signed_anew_with_another_key(attacked):
    Checkpoint.objects.all().delete()
    signing.place().rename(signing.place().with_name("theirs"))
    note = signing.noted()
    sign_checkpoint()
    signing.note(*note)

    assert codes() == ["vanished"]


def test_another_key_goes_on_and_nobody_says_why(attacked):
    signing.place().unlink()
    assert codes() == ["no_key"]
    signing.read_or_make()
    assert codes() == ["other_key"]

    sign_checkpoint()

    assert codes() == ["unsaid_key"]


def test_the_timer_checks_and_signs(signed, capsys):
    call_command("make_checkpoint")

    said = capsys.readouterr().out
    assert Checkpoint.objects.newest().number == 3
    assert signing.fingerprint(signing.read().public) in said


def test_where_something_does_not_fit_nothing_is_signed_and_those_who_watch_are_told(
    attacked, auditor, admin, manager, capsys
):
    attacked.events.filter(seq=5).update(comment="as agreed")
    rehash(attacked, 5)

    for _night in range(2):
        with pytest.raises(CommandError):
            call_command("make_checkpoint")

    assert Checkpoint.objects.count() == 2
    told = Notice.objects.filter(move="alarm").values_list("to__username", flat=True)
    assert sorted(told) == ["admin", "auditor"]
    assert Event.objects.filter(action="alarm").count() == 1


def test_an_alarm_reads_in_words(attacked, auditor, sign_in):
    attacked.events.filter(seq=attacked.length).update(comment="as agreed")
    with pytest.raises(CommandError):
        call_command("make_checkpoint")

    browser = sign_in(auditor)
    browser.cookies["django_language"] = "en"

    assert (
        f"The records of qd-2020 are broken at record {attacked.length}"
        in browser.get("/notices/").content.decode()
    )


def test_after_a_restore_the_reason_stands_in_the_checkpoint(attacked):
    Checkpoint.objects.filter(number=2).delete()

    call_command("make_checkpoint", after="the disk of 24 September")

    newest = Checkpoint.objects.newest()
    assert (newest.number, newest.content["note"]) == (2, "the disk of 24 September")
    assert checkpoints.troubles() == []


def test_what_fits_carries_no_reason(signed):
    call_command("make_checkpoint", after="a restore")

    assert "note" not in Checkpoint.objects.newest().content


def test_sheet_and_list_show_what_was_signed(signed, sign_in, auditor):
    browser = sign_in(auditor)

    sheet = browser.get(f"/records/checkpoints/{first().pk}/").content.decode()
    listed = browser.get("/records/checkpoints/").content.decode()

    assert first().signature in sheet
    assert signing.fingerprint(signing.read().public)[-4:] in sheet
    assert f"/records/checkpoints/{first().pk}/" in listed
    assert (
        f"/records/checkpoints/{Checkpoint.objects.newest().pk}/" in browser.get("/records/").content.decode()
    )


def test_a_sheet_tells_nobody_of_other_programmes(signed, region, sign_in, auditor):
    factories.programme(region, "secret-2025")
    row = sign_checkpoint()

    page = sign_in(auditor).get(f"/records/checkpoints/{row.pk}/").content.decode()

    assert "qd-2020" in page
    assert "secret-2025" not in page + row.line


@pytest.mark.parametrize(("command", "is_serious"), [("check", True), ("migrate", False)])
def test_guards_that_are_down_stop_everything_but_what_mends_them(attacked, monkeypatch, command, is_serious):
    monkeypatch.setattr("sys.argv", ["manage.py", command])

    (message,) = guards_stand(databases=["default"])

    assert message.is_serious() is is_serious
