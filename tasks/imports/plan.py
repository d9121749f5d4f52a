"""What an import would do: the dry run that people read, and what is then written."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from qdtrade.accounts.models import Bureau
from qdtrade.imports.reading.findings import Finding, Place
from qdtrade.imports.reading.plan import Change, Outcome, Planned
from qdtrade.programmes.models import Programme
from qdtrade.provenance import Provenance
from qdtrade.tables import Caution

from ..actions.importing import Batch, NewProgramme
from ..models import Task
from .register import Register

__all__ = ["Change", "Options", "Outcome", "Plan", "PlannedRow", "RecognisedBureau", "UnknownBureau"]


@dataclass(kw_only=True)
class PlannedRow(Planned):
    """A row of the register and what would become of it; `notes` are keys of `wording.NOTES`.

    `task` is the stored one that the row means, `sample` the row that says what of it is invented.
    """

    title: str
    lead: str
    due_on: datetime.date | None
    task: Task | None = None
    sample: Provenance | None = None


@dataclass
class UnknownBureau:
    """A name that no bureau has: the bureau most like it, and where it stands first."""

    name: str
    nearest: Bureau | None
    place: Place
    rows: int = 0
    is_to_be_made: bool = False


@dataclass
class RecognisedBureau:
    """A name that is not a bureau's own: the bureau it is taken for, and how that was found."""

    name: str
    bureau: Bureau
    how: str
    rows: int = 0


@dataclass(frozen=True)
class Options:
    """What the person asked for.

    `bureaus` says for a name which bureau it means, by its id, or None where a new one is to be made; `columns` says
    for a column, by its key, which field it means, "" where it is kept as it is.
    """

    create_programme: bool = False
    create_bureaus: bool = False
    renumbered: bool = False
    bureaus: Mapping[str, int | None] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """The dry run of one file. `problems` concern the whole file; a plan applies whole or not at all."""

    file: str
    register: Register
    options: Options
    programme: Programme | NewProgramme | None = None
    rows: list[PlannedRow] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    unknown: list[UnknownBureau] = field(default_factory=list)
    recognised: list[RecognisedBureau] = field(default_factory=list)
    new_fields: list[str] = field(default_factory=list)
    not_in_file: int = 0
    batch: Batch | None = None

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def is_refused(self) -> bool:
        """Whether anything stands against writing the file; an unknown bureau does until it may be made."""
        return bool(self.problems or self.unsettled or self.of(Outcome.REFUSED))

    @property
    def unsettled(self) -> list[UnknownBureau]:
        """The names for which nobody has said yet which bureau they mean."""
        return [one for one in self.unknown if not one.is_to_be_made]
