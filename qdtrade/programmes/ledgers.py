"""What is written when a period opens, and counted when it is frozen: each app with something to report registers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from qdtrade.workflow import Act, Written

from .models import Period


@dataclass(frozen=True)
class Ledger:
    """`opens` yields the expected rows of a period; `figures` counts them, as plain JSON."""

    name: str
    opens: Callable[[Period, Act], Iterator[Written]]
    figures: Callable[[Period], dict[str, Any]]


LEDGERS: dict[str, Ledger] = {}


def register(ledger: Ledger) -> None:
    """Called once by an app when it is ready."""
    LEDGERS[ledger.name] = ledger
