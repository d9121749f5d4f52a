"""A package proves itself alone, and each attack on it is named by the verifier that lies in it."""

import datetime
import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from qdtrade import clock
from qdtrade.audit import signing
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.canonical import digest, dumps
from qdtrade.audit.checkpoints import heads_of
from qdtrade.audit.models import Chain, Checkpoint, Event
from qdtrade.evidence.models import Blob
from tests import factories, signings
from tests.qdtrade.archive.packages import PROOF, Taken, verified


@pytest.fixture
def out(tmp_path):
    return tmp_path / "package.zip"


@pytest.fixture
def packed(report, staff, manager, out):
    """A cycle with evidence, a checkpoint in the middle of it, packed whole; taken apart."""
    factories.attach(report, by=staff, body=PROOF)
    factories.submit(report, by=staff)
    sign_checkpoint()
    report.refresh_from_db()
    factories.approve(report, by=manager)
    return packed_now(out)


def packed_now(out, **options):
    call_command("make_package", programme="qd-2020", out=out, stdout=io.StringIO(), **options)
    return Taken(out)


def rehashed(lines, start):
    """The lines from this place on with fresh hashes, as somebody makes them who has read the code."""
    prev = digest(lines[start - 1].decode())
    for at in range(start, len(lines)):
        line = dumps(json.loads(lines[at]) | {"prev": prev, "seq": str(at + 1)})
        lines[at], prev = line.encode(), digest(line)
    return lines, prev


def test_a_package_of_everything_is_whole(packed):
    code, said = verified(packed.path, "--fingerprint", signing.fingerprint(signing.read().public))

    assert (code, "✗" in said) == (0, False), said
    assert "WHOLE" in said and "完整" in said


def test_the_verifier_in_the_package_proves_it_where_it_was_unpacked(packed, tmp_path):
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(packed.path).extractall(folder)

    ran = subprocess.run(
        [sys.executable, "-I", folder / "verify.py"], capture_output=True, env={}, check=False
    )

    assert ran.returncode == 0


def test_the_lines_are_the_records_byte_by_byte(packed, programme):
    kept = Event.objects.filter(chain__scope=programme.pk, seq__lte=len(packed.lines())).order_by("seq")

    assert [line.decode() for line in packed.lines()] == [event.line for event in kept]


def test_it_holds_what_people_read_and_what_proves_it(packed):
    assert packed.parts.keys() >= {
        "index.html", "verify.py", "records.md", "records.jsonl", "checkpoints.jsonl", "checkpoints.sig",
        "versions.jsonl", "tables/register.csv", "tables/reports.csv", "tables/records.csv", "tables/evidence.csv",
        packed.evidence, "manifest.json", "manifest.sig",
    }  # fmt: skip
    assert packed.parts[packed.evidence] == PROOF
    assert "verify.py" in packed.parts["index.html"].decode()


def test_making_it_is_recorded_and_its_end_is_signed(packed):
    assert list(Event.objects.filter(kind="package").order_by("seq").values_list("action", flat=True)) == [
        "ask_package", "make_package",
    ]  # fmt: skip
    assert packed.manifest["events"]["last"] == str(heads_of(Checkpoint.objects.newest())["qd-2020"][0])


@pytest.mark.parametrize("has_key", [False, True])
def test_a_byte_of_a_record_changed(packed, has_key):
    lines = packed.lines()
    lines[6] = lines[6].replace(b"2021", b"2022", 1)
    packed.put(lines)
    packed.mend()
    code, said = (packed.sign() if has_key else packed).verified()

    assert code == 1
    assert "record 7 was changed" in said or "record 7 is not the one that checkpoint" in said
    assert said.count("✗") == (1 if has_key else 2), said  # and nothing that only follows from it


def test_a_record_removed(packed):
    lines = packed.lines()
    del lines[4]
    packed.put(lines)

    code, said = packed.mend().sign().verified()

    assert (code, "record 5 is missing" in said) == (1, True), said


def test_several_records_removed(packed):
    lines = packed.lines()
    del lines[4:7]
    packed.put(lines)

    assert "records 5 to 7 are missing" in packed.mend().sign().verified()[1]


def test_two_records_swapped(packed):
    lines = packed.lines()
    lines[4], lines[5] = lines[5], lines[4]
    packed.put(lines)

    code, said = packed.mend().sign().verified()

    assert (code, "records 5 and 6 have changed places" in said) == (1, True), said


def test_a_record_slipped_in(packed):
    lines = packed.lines()
    forged = dumps(json.loads(lines[4]) | {"comment": "as agreed"}).encode()
    packed.put([*lines[:4], forged, *lines[4:]])

    code, said = packed.mend().sign().verified()

    assert (code, "before record 6 stands one numbered 5" in said) == (1, True), said


def test_the_tail_dropped(packed):
    packed.put(packed.lines()[:-2])

    code, said = packed.mend().sign().verified()

    assert (code, "the end was cut off" in said) == (1, True), said


def test_the_tail_dropped_and_the_manifest_mended(packed):
    lines = packed.lines()[:-2]
    packed.put(lines)
    events = packed.manifest["events"] | {"last": str(len(lines)), "hash": digest(lines[-1].decode())}

    code, said = packed.mend(events=events).verified()

    assert code == 1
    assert "the signature of manifest.json does not fit" in said


def test_everything_rewritten_with_fresh_hashes(packed):
    lines, head = rehashed([*packed.lines()], 4)
    lines[4] = dumps(json.loads(lines[4]) | {"comment": "as agreed"}).encode()
    lines, head = rehashed(lines, 5)
    packed.put(lines)

    code, said = packed.mend(events=packed.manifest["events"] | {"hash": head}).sign().verified()

    assert code == 1
    assert "is not the one that checkpoint 1 signed" in said


def test_everything_signed_anew_with_another_key(packed):
    given = signing.fingerprint(signing.read().public)
    signing.place().unlink()
    signing.read_or_make()
    packed.mend(key=signing.read().public).sign()

    code, said = packed.verified("--fingerprint", given)

    assert code == 1
    assert "the key is not the one whose fingerprint you gave" in said


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("tables/register.csv", "a file was changed: tables/register.csv"),
        ("verify.py", "a file was changed: verify.py"),
    ],
)
def test_a_file_changed(packed, name, says):
    packed.parts[name] = b"%PDF-1.4 forged"

    code, said = packed.verified()

    assert (code, says in said) == (1, True), said


def test_an_evidence_file_changed(packed):
    packed.parts[packed.evidence] = b"%PDF-1.4 forged"

    code, said = packed.verified()

    assert (code, f"a file was changed: {packed.evidence}" in said) == (1, True), said


def test_a_file_changed_and_the_manifest_mended_by_who_has_the_key(packed):
    packed.parts[packed.evidence] = b"%PDF-1.4 forged"

    code, said = packed.mend().sign().verified()

    assert (code, f"no record names this file: {packed.evidence}" in said) == (1, True), said


def test_a_version_of_a_report_changed(packed):
    row = json.loads(packed.lines("versions.jsonl")[0])
    packed.put([dumps(row | {"content": row["content"].replace("40", "90")}).encode()], "versions.jsonl")

    code, said = packed.mend().sign().verified()

    assert code == 1
    assert "a version of a report is not what the records say" in said


@pytest.mark.parametrize(
    ("add", "says"), [("more.txt", "does not name: more.txt"), ("", "is missing: verify.py")]
)
def test_a_file_too_many_and_one_too_few(packed, add, says):
    if add:
        packed.parts[add] = b"more"
    else:
        del packed.parts["verify.py"]

    assert says in packed.verified()[1]


def test_a_checkpoint_removed(packed):
    packed.put(packed.lines("checkpoints.jsonl")[1:], "checkpoints.jsonl")

    code, said = packed.mend().sign().verified()

    assert (code, "checkpoint 1 does not follow" in said) == (1, True), said


def test_a_checkpoint_changed(packed):
    lines = [line.replace(b'"v":"1"', b'"v":"2"') for line in packed.lines("checkpoints.jsonl")]
    packed.put(lines, "checkpoints.jsonl")

    assert "the signature of checkpoint 1 does not fit" in packed.mend().sign().verified()[1]


def test_a_file_that_was_gone_already_is_said_and_ends_with_3(report, staff, manager, out):
    factories.attach(report, by=staff, body=PROOF)
    factories.submit(report, by=staff)
    default_storage.delete(Blob.objects.get(size=len(PROOF)).path)

    code, said = verified(packed_now(out).path)

    assert code == 3
    assert "gone already when the package was made" in said


@pytest.mark.parametrize("content", [b"", b"PK", b"no package"])
def test_what_is_no_package_ends_with_2(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)

    assert verified(tmp_path / "x.zip")[0] == 2


def test_days_begin_at_a_checkpoint_and_prove_themselves(submitted, staff, manager, out):
    with clock.at(datetime.datetime(2021, 9, 25, 0, 0, tzinfo=clock.BEIJING)):
        signed = sign_checkpoint()
    with clock.at(datetime.datetime(2021, 9, 26, 9, 0, tzinfo=clock.BEIJING)):
        factories.send_back(submitted, by=manager)
        packed = packed_now(out, from_on=datetime.date(2021, 9, 25), kinds=["reports"])

    seq = heads_of(signed)["qd-2020"][0]
    assert packed.manifest["events"]["first"] == str(seq + 1)
    code, said = verified(packed.path)
    assert code == 0, said
    assert "the beginning follows checkpoint 1" in said


@pytest.mark.parametrize(
    "options",
    [
        {"programme": "nowhere"},
        {"from_on": datetime.date(2021, 9, 24), "to_on": datetime.date(2021, 9, 1)},
        {"to_on": datetime.date(2019, 1, 1)},
    ],
)
def test_what_cannot_be_packed_is_refused(submitted, out, options):
    with pytest.raises(CommandError):
        call_command("make_package", **({"programme": "qd-2020", "out": out} | options))

    assert not out.exists()


def test_a_file_that_is_there_is_not_written_over(submitted, out):
    out.write_bytes(b"mine")

    with pytest.raises(CommandError):
        call_command("make_package", programme="qd-2020", out=out)

    assert out.read_bytes() == b"mine"


def test_a_chain_with_sm3_proves_itself(submitted, manager, out, settings):
    settings.CHAIN_HASH = "sm3"
    factories.send_back(submitted, by=manager)

    code, said = verified(packed_now(out).path)

    assert code == 0, said
    assert '"alg":"sm3"' in Event.objects.filter(chain=Chain.objects.get(code="qd-2020")).latest("seq").line


def test_signed_projects_go_along_with_their_proof(programme, region, manager, out):
    zone = factories.bureau("sco", "上合示范区管委会", parent=region, kind="zone")
    carrier = factories.member("carrier", programme, "staff", zone)
    sector = signings.sector(programme, by=manager)
    signings.propose(signings.project(sector, zone, by=manager, code="QY-01"), by=carrier)

    packed = packed_now(out)

    assert "QY-01" in packed.parts["tables/projects.csv"].decode()
    assert packed.evidence == "evidence/QY-01/proof.pdf"
    assert packed.verified()[0] == 0
