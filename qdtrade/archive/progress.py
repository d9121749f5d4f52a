"""Where a walk along the chains is, kept in a file so that a stopped one goes on there."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from qdtrade.audit.verify import Place

EVERY = 1.0
"""Seconds between two times that the place is kept."""


class Run:
    """One walk along all chains."""

    def __init__(self, *, starts: Mapping[str, Place], resumes: bool) -> None:
        self.starts = dict(starts)
        if resumes:
            self.starts |= _kept()
        self._places = dict(self.starts)
        self._kept_at = 0.0

    def reached(self, code: str, seq: int, hashed: str) -> None:
        """This record was good; so is a chain's last one, from which the next walk may go on."""
        self._places[code] = (seq, hashed)
        if time.monotonic() - self._kept_at > EVERY:
            self._kept_at = time.monotonic()
            self._keep()

    def end(self) -> None:
        """The walk came to its end: nothing is left to go on with."""
        _file().unlink(missing_ok=True)

    def _keep(self) -> None:
        part = _file().with_suffix(".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(self._places), encoding="ascii")
        part.replace(_file())


def _file() -> Path:
    return Path(settings.VAR_DIR) / "verify-records.json"


def _kept() -> dict[str, Place]:
    """The places of a run that was stopped; one that cannot be read is none."""
    try:
        found = json.loads(_file().read_text(encoding="ascii"))
        return {str(code): (int(seq), str(hashed)) for code, (seq, hashed) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
