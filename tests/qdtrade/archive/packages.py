"""A package taken apart, spoilt and put together again, as somebody would who knows its form."""

import hashlib
import json
import subprocess
import sys
import zipfile

from qdtrade.archive.packing import writing
from qdtrade.audit import signing

VERIFIER = writing.HERE / "verify.py"
PROOF = b"%PDF-1.4 proof"


class Taken:
    """The parts of a package, in memory; `mend` makes the manifest name what is there now, without the key."""

    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def lines(self, name="records.jsonl"):
        return self.parts[name].split(b"\n")[:-1]

    def put(self, lines, name="records.jsonl"):
        self.parts[name] = b"".join(line + b"\n" for line in lines)

    @property
    def evidence(self):
        """The name of the one evidence file."""
        return next(name for name in self.parts if name.startswith("evidence/"))

    @property
    def manifest(self):
        return json.loads(self.parts["manifest.json"])

    def mend(self, **said):
        manifest = self.manifest | said
        manifest["files"] = [
            {"name": name, "size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in self.parts.items()
            if not name.startswith("manifest.")
        ]
        self.parts["manifest.json"] = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        return self

    def sign(self):
        """What somebody does who has the key as well."""
        text = self.parts["manifest.json"].decode()
        self.parts["manifest.sig"] = signing.read().sign(text).encode()
        return self

    def verified(self, *options):
        """Exit code and words of the verifier, alone, on these parts."""
        spoilt = self.path.with_name("spoilt.zip")
        with zipfile.ZipFile(spoilt, "w") as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return verified(spoilt, *options)


def verified(path, *options):
    ran = subprocess.run(
        [sys.executable, "-I", VERIFIER, path, *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={},
    )
    return ran.returncode, ran.stdout + ran.stderr
