"""Who may do what to projects, their gates, money and updates, and when; a module for each noun."""

from qdtrade.programmes.rules import manages, runs_programme

from .carrying import carries, decides, is_independent, is_independent_of_carrier, proposes, reads_imports
from .gates import (
    following,
    goes_on,
    is_proposer,
    may_be_confirmed,
    may_be_corrected,
    may_be_proposed,
    previous,
    proof_of,
    source_of,
)
from .money import check_counter_entry, check_money, enters_money, warnings
from .projects import (
    are_of_programme,
    check_project,
    day_of_end,
    in_yuan,
    may_be_signed_on,
    may_end,
    takes_project,
)
from .rates import is_last_version, may_hold_from
from .updates import files_update, may_be_filed

__all__ = [
    "are_of_programme",
    "carries",
    "check_counter_entry",
    "check_money",
    "check_project",
    "day_of_end",
    "decides",
    "enters_money",
    "files_update",
    "following",
    "goes_on",
    "in_yuan",
    "is_independent",
    "is_independent_of_carrier",
    "is_last_version",
    "is_proposer",
    "manages",
    "may_be_confirmed",
    "may_be_corrected",
    "may_be_filed",
    "may_be_proposed",
    "may_be_signed_on",
    "may_end",
    "may_hold_from",
    "previous",
    "proof_of",
    "proposes",
    "reads_imports",
    "runs_programme",
    "source_of",
    "takes_project",
    "warnings",
]
