"""A bulletin read whole: whose it is, how its figures stand, its sections, and what was put right."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from projects.models import Project
from qdtrade import clock
from qdtrade.documents.paper import numbered
from qdtrade.programmes import freezing
from qdtrade.programmes.models import Period, Restatement
from qdtrade.templatetags import days
from tasks.models import Task

from .sections import Section, sections


@dataclass(frozen=True)
class Bulletin:
    """What page, print view and Word file have in common."""

    period: Period
    made_at: datetime.datetime
    made_by: str

    @property
    def title(self) -> str:
        return _("Bulletin on %(programme)s") % {"programme": self.period.programme.display_name}

    @property
    def subtitle(self) -> str:
        return _("(%(period)s)") % {"period": self.period}

    @property
    def is_kept(self) -> bool:
        return freezing.are_kept(self.period)

    @cached_property
    def frozen_at(self) -> datetime.datetime | None:
        """When its figures were kept."""
        if not self.is_kept:
            return None
        kept = self.period.kept_figures.filter(restatement=None).as_added()
        return kept.values_list("computed_at", flat=True).first()

    @property
    def stands(self) -> str:
        """Whether the figures can still change."""
        if self.frozen_at is not None:
            words = _("Frozen on %(moment)s: these figures do not change any more.")
            return words % {"moment": days.iso_moment(self.frozen_at)}
        if self.period.status == Period.Status.FROZEN:
            words = _("Frozen before figures were kept: these are as of %(moment)s.")
            return words % {"moment": days.iso_moment(self.made_at)}
        words = _(
            "Not frozen yet: these figures are as of %(moment)s and may change until the period is frozen."
        )
        return words % {"moment": days.iso_moment(self.made_at)}

    @cached_property
    def samples(self) -> str:
        """What is said where anything of the programme is invented."""
        programme = self.period.programme_id
        invented = Task.objects.filter(Task.has_samples(), programme=programme).exists()
        invented = invented or Project.objects.filter(Project.has_samples(), programme=programme).exists()
        return _("These figures count sample data and are not official.") if invented else ""

    @cached_property
    def sections(self) -> list[Section]:
        return sections(self.period)

    @cached_property
    def restatements(self) -> list[Restatement]:
        """What was put right since, the first one first."""
        return list(self.period.restatements.in_order()) if self.is_kept else []

    @property
    def restated_heading(self) -> str:
        """The heading of what was put right, after the sections."""
        return numbered(1, len(self.sections) + 1, _("Figures that were put right"))

    @property
    def made_by_words(self) -> str:
        """Who made the paper, and when."""
        words = _("Made by %(who)s on %(moment)s, Beijing time.")
        return words % {"who": self.made_by, "moment": days.iso_moment(self.made_at)}

    @property
    def figures(self) -> int:
        """How many there are."""
        return sum(
            len(block.lines) + sum(len(row.cells) for grid in block.grids for row in grid.rows)
            for section in self.sections
            for block in section.blocks
        )


def bulletin_of(period: Period, *, by: Any) -> Bulletin:
    """The bulletin as this person reads it now."""
    return Bulletin(period, clock.now(), by.name)
