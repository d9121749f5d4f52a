"""The sentence that says why a light is what it is, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

Reasons = Iterable[Mapping[str, Any]]
"""As they are kept: each a `code`, and what its words name."""


def sentence(reasons: Reasons | None) -> str:
    """All reasons, the worst first; empty where there is none."""
    return "；".join(str(reason["code"]) for reason in reasons or ())
