"""What is written when a period opens, and counted when it is frozen: each app with something to report registers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qdtrade.workflow import Act, Written

from .models import Period


@dataclass(frozen=True)
class Ledger:
    """`opens` yields the expected rows of a period; `figures` counts them, as plain JSON.

    `counts` gives the same figures for many periods by their ids, in one query.
    """

    name: str
    opens: Callable[[Period, Act], Iterator[Written]]
    figures: Callable[[Period], dict[str, Any]]
    counts: Callable[[Sequence[Period]], dict[int, dict[str, int]]]


LEDGERS: dict[str, Ledger] = {}


def register(ledger: Ledger) -> None:
    """Called once by an app when it is ready."""
    LEDGERS[ledger.name] = ledger
