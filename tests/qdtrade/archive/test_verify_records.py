"""manage.py verify_records: from a checkpoint, from where it was stopped, with the files."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from qdtrade.archive import progress
from qdtrade.archive.management.commands import verify_records
from qdtrade.audit import checkpoints, verify
from qdtrade.audit.models import Checkpoint
from qdtrade.evidence.models import Blob
from tests import factories


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def said(capsys):
    def run(**options):
        """What the command says, and its error."""
        try:
            call_command("verify_records", **options)
        except CommandError as fault:
            return capsys.readouterr(), str(fault)
        return capsys.readouterr(), ""

    return run


def test_from_a_checkpoint_only_what_came_after_is_walked(signed, said):
    seq, _head = checkpoints.heads_of(Checkpoint.objects.newest())["qd-2020"]

    printed, fault = said(from_checkpoint=0, programme="qd-2020")

    assert fault == ""
    assert f"{signed.length - seq}" in printed.out


def test_what_a_checkpoint_signed_and_is_gone_is_named(signed, take_guards_down, said):
    take_guards_down()
    signed.events.filter(seq__gte=5).delete()

    printed, fault = said(from_checkpoint=1)

    assert fault
    assert "qd-2020" in printed.err


@pytest.mark.parametrize("number", [99, -1])
def test_a_checkpoint_that_is_not_there_is_refused(signed, said, number):
    _printed, fault = said(from_checkpoint=number)

    assert fault


def test_a_stopped_run_goes_on_where_it_was(signed, said, monkeypatch):
    monkeypatch.setattr(verify, "PAGE", 3)
    monkeypatch.setattr(progress, "EVERY", 0)
    run = progress.Run(starts={}, resumes=False)
    walk = verify.verify("qd-2020", beat=lambda code, seq, hashed, length: stop_at(run, code, seq, hashed))
    with pytest.raises(KeyboardInterrupt):
        next(walk)

    printed, fault = said(resume=True, programme="qd-2020")

    assert fault == ""
    assert f"{signed.length - 6}" in printed.out
    assert not (progress._file()).exists()


def stop_at(run, code, seq, hashed):
    run.reached(code, seq, hashed)
    if seq == 6:
        raise KeyboardInterrupt


def test_a_place_that_is_no_longer_what_it_was_is_named(signed, said):
    run = progress.Run(starts={"qd-2020": (5, "0" * 64)}, resumes=False)
    run.reached("qd-2020", 5, "0" * 64)

    _printed, fault = said(resume=True)

    assert fault


def test_files_are_read_whole(report, staff, said):
    factories.attach(report, by=staff, body=b"%PDF-1.4 proof")
    assert said(files=True)[1] == ""
    path = Blob.objects.get(size=14).path
    default_storage.delete(path)

    gone, fault = said(files=True)

    assert fault
    assert path[6:] in gone.err


def test_a_file_changed_in_the_storage_is_named(report, staff, said):
    factories.attach(report, by=staff, body=b"%PDF-1.4 proof")
    path = Blob.objects.get(size=14).path
    with default_storage.open(path, "wb") as file:
        file.write(b"%PDF-1.4 forge")

    printed, fault = said(files=True)

    assert fault
    assert path[6:] in printed.err


def test_a_row_pointed_at_another_file_is_named(report, staff, said):
    factories.attach(report, by=staff, body=b"%PDF-1.4 proof")
    factories.attach(report, by=staff, name="other.pdf", body=b"%PDF-1.4 other")
    proof, other = Blob.objects.order_by("pk")
    default_storage.delete(proof.path)
    with default_storage.open(other.path) as file:
        forged = file.read()
    Blob.objects.filter(pk=other.pk).update(sha256="0" * 64)
    Blob.objects.filter(pk=proof.pk).update(sha256=other.sha256)
    assert forged

    printed, fault = said(files=True)

    assert fault
    assert "proof.pdf" in printed.err


def test_after_a_restore_what_was_signed_later_is_told_and_no_fault(
    signed, take_guards_down, said, monkeypatch
):
    take_guards_down()
    Checkpoint.objects.filter(number=2).delete()
    monkeypatch.setattr(verify_records, "missing_guards", list)

    assert said()[1]
    printed, fault = said(restored=True)

    assert fault == ""
    assert "2" in printed.err
