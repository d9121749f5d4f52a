"""What would become of the rows of a file."""

from dataclasses import dataclass, field
from enum import StrEnum

from .findings import Finding, Place


class Outcome(StrEnum):
    """What would happen to a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Change:
    """One field of a stored row that the file has otherwise; `effect` says what the change leaves alone."""

    field: str
    heading: str
    old: str
    new: str
    effect: str = ""


@dataclass(kw_only=True)
class Planned:
    """A row of the file and what would become of it; `notes` are keys of the words that its kind has for them."""

    place: Place
    code: str
    outcome: Outcome
    changes: list[Change] = field(default_factory=list)
    refusals: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
