"""Who of the cooperating bureaus has said for a period how its part goes, for whoever writes or reviews the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .models import ExpectedPart


@dataclass(frozen=True)
class Cooperating:
    """What is owed on the parts of one task for one period."""

    rows: Sequence[ExpectedPart]

    @property
    def owed(self) -> int:
        return sum(not row.exempt_reason for row in self.rows)

    @property
    def filed(self) -> int:
        return sum(row.status == ExpectedPart.Status.FILED for row in self.rows)

    @property
    def missing(self) -> list[str]:
        """The bureaus that have yet to file, by name."""
        rows = [row for row in self.rows if not row.exempt_reason and not row.filed_at]
        return list(dict.fromkeys(str(row.bureau) for row in rows))


def cooperating(task_id: int, period_id: int, user: Any) -> Cooperating:
    """Read in one query, in the order of the parts."""
    rows = ExpectedPart.objects.visible_to(user).filter(part__task=task_id, period=period_id)
    return Cooperating(list(rows.for_list().order_by("part__number", "pk")))
