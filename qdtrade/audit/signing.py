"""The key that signs checkpoints: Ed25519, kept in a file outside the database.

Beside it stands a note of the checkpoint signed last, so that a database that was put back to an older state is found
out on the server that signed the later one.
"""

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from qdtrade.errors import Refusal


class NoKey(Refusal):
    """There is no key to sign with, or its file holds something else."""


class Key:
    """The key in its file; its secret half never leaves this object."""

    def __init__(self, secret: Ed25519PrivateKey) -> None:
        self._secret = secret
        self.public = secret.public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> str:
        """The signature of a text as 128 hex digits."""
        return self._secret.sign(text.encode()).hex()


def fingerprint(public: str) -> str:
    """What people compare: the SHA-256 of the key's 32 bytes, 64 hex digits."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()


def is_signed(text: str, signature: str, public: str) -> bool:
    """Whether this key signed exactly this text."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def place() -> Path:
    """Where the key is, or will be."""
    return Path(settings.SIGNING_KEY_FILE)


def read() -> Key:
    """The key; raises NoKey."""
    try:
        secret = serialization.load_pem_private_key(place().read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as fault:
        words = _("The key that signs checkpoints cannot be read from %(file)s: %(fault)s")
        raise NoKey(words % {"file": place(), "fault": fault}) from fault
    if not isinstance(secret, Ed25519PrivateKey):
        raise NoKey(_("%(file)s holds another kind of key than Ed25519.") % {"file": place()})
    return Key(secret)


def read_or_make() -> Key:
    """The key, made now where there is none; a file that is there is never written over. Raises NoKey."""
    if not place().exists():
        _make(place())
    return read()


def _make(path: Path) -> None:
    """A new key that its owner alone may read; whoever is second finds the first one's."""
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_bytes(content)
    with contextlib.suppress(FileExistsError):
        os.link(part, path)
    part.unlink()


def noted() -> tuple[int, str]:
    """Number and hash of the checkpoint that was signed last here; 0 where none was."""
    try:
        found: Any = json.loads(_note().read_text(encoding="ascii"))
        return int(found["number"]), str(found["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""


def note(number: int, hashed: str) -> None:
    """Remember this checkpoint as the one signed last."""
    part = _note().with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps({"number": number, "hash": hashed}), encoding="ascii")
    part.rename(_note())


def _note() -> Path:
    return place().with_name(f"{place().name}.noted")
