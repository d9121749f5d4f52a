"""Who may do what to breakthroughs, and when."""

from qdtrade.programmes.rules import manages, runs_programme

from .claiming import (
    LONGEST_SOURCE,
    check_source,
    claims,
    days_in_force,
    has_room,
    is_claimer,
    is_for_another,
    may_be_claimed,
    said,
    source_of,
    tidy_source,
)
from .deciding import (
    decides,
    is_independent,
    level_of,
    levels,
    may_be_promoted,
    may_be_recognised,
    needs_document,
)
from .flagging import check_flag, check_target, flags

__all__ = [
    "LONGEST_SOURCE",
    "check_flag",
    "check_source",
    "check_target",
    "claims",
    "days_in_force",
    "decides",
    "flags",
    "has_room",
    "is_claimer",
    "is_for_another",
    "is_independent",
    "level_of",
    "levels",
    "manages",
    "may_be_claimed",
    "may_be_promoted",
    "may_be_recognised",
    "needs_document",
    "runs_programme",
    "said",
    "source_of",
    "tidy_source",
]
