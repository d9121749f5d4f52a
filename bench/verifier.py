"""verify.py on a package of many records, made of a few real ones again and again."""

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from qdtrade.archive.packing import writing
from qdtrade.audit import signing
from qdtrade.audit.canonical import dumps
from qdtrade.audit.checkpoints import name_of
from qdtrade.programmes.models import Programme

VERIFIER = writing.HERE / "verify.py"


def measure(folder: Path, events: int) -> None:
    """Print how many records a second are proved: unpacked, and packed as they are handed over."""
    package = folder / "package"
    settings.SIGNING_KEY_FILE = folder / "signing-key.pem"
    code = Programme.objects.get().code
    call_command("make_package", programme=code, out=folder / "small.zip", stdout=sys.stderr)
    zipfile.ZipFile(folder / "small.zip").extractall(package)
    size = _lengthen(package, events)
    print(f"verify.py, {events:,} records, {size / 1e6:.0f} MB")
    _run("unpacked", package, events)
    with zipfile.ZipFile(folder / "large.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, path.relative_to(package))
    _run("packed", folder / "large.zip", events)
    print()


def _run(name: str, place: Path, events: int) -> None:
    began = time.perf_counter()
    ran = subprocess.run([sys.executable, "-I", VERIFIER, place], capture_output=True, text=True)
    passed = time.perf_counter() - began
    assert ran.returncode == 0, ran.stdout
    print(f"  {name:10} {events / passed:9,.0f} records/s   ({passed:.1f} s from start to end)", flush=True)


def _lengthen(package: Path, events: int) -> int:
    """Go on with records like those that are there, and make the manifest name what is there then."""
    file, manifest = package / "records.jsonl", package / "manifest.json"
    lines = file.read_bytes().split(b"\n")[:-1]
    with file.open("ab") as out:
        hashed = ""
        for line in _more(lines, events):
            out.write(line + b"\n")
            hashed = sha256(line).hexdigest()
    said = json.loads(manifest.read_text("utf-8"))
    said["events"] |= {"last": str(events), "hash": hashed}
    _sign_end(package, said["programme"], str(events), hashed)
    for entry in said["files"]:
        if entry["name"].startswith(("records.jsonl", "checkpoints.")):
            content = (package / entry["name"]).read_bytes()
            entry |= {"size": str(len(content)), "sha256": sha256(content).hexdigest()}
    text = json.dumps(said, ensure_ascii=False, indent=1)
    manifest.write_text(text, "utf-8")
    (package / "manifest.sig").write_text(signing.read().sign(text))
    return file.stat().st_size


def _sign_end(package: Path, code: str, seq: str, hashed: str) -> None:
    """One more checkpoint, behind the last record."""
    points, signatures = package / "checkpoints.jsonl", package / "checkpoints.sig"
    last = points.read_bytes().split(b"\n")[-2]
    said = json.loads(last)
    said |= {"number": str(int(said["number"]) + 1), "prev": sha256(last).hexdigest()}
    said["chains"] |= {name_of(code): {"seq": seq, "hash": hashed}}
    line = dumps(said)
    with points.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with signatures.open("a", encoding="ascii") as out:
        out.write(signing.read().sign(line) + "\n")


def _more(lines: list[bytes], events: int) -> Iterator[bytes]:
    """Records behind these, of the same kinds, each with the hash of the one before."""
    kinds = [json.loads(line) for line in lines if b'"kind":"reportversion"' not in line]
    prev = sha256(lines[-1]).hexdigest()
    at = max(kind["at"] for kind in kinds)
    for seq in range(len(lines) + 1, events + 1):
        line = dumps(kinds[seq % len(kinds)] | {"seq": str(seq), "prev": prev, "at": at}).encode()
        prev = sha256(line).hexdigest()
        yield line
