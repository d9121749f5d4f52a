"""Who may do what to indicators and their readings, and when."""

from qdtrade.programmes.rules import manages, runs_programme

from .indicators import check_indicator, check_target, goes_on, takes_owner
from .readings import (
    check_reading,
    decides,
    is_independent,
    is_submitter,
    manages_programme,
    may_be_approved,
    may_be_corrected,
    may_be_submitted,
    may_be_submitted_again,
    reads_imports,
    submits,
    submits_reading,
)

__all__ = [
    "check_indicator",
    "check_reading",
    "check_target",
    "decides",
    "goes_on",
    "is_independent",
    "is_submitter",
    "manages",
    "manages_programme",
    "may_be_approved",
    "may_be_corrected",
    "may_be_submitted",
    "may_be_submitted_again",
    "reads_imports",
    "runs_programme",
    "submits",
    "submits_reading",
    "takes_owner",
]
