"""Who may do what to tasks and reports, and when; a module for each noun."""

from qdtrade.programmes.rules import manages, runs_programme

from .contents import (
    allows_no_change,
    check_content,
    earlier_version,
    is_acceptable,
    open_milestones,
    progress_before,
    refuse_no_change,
    takes_submission,
)
from .milestones import plans_milestone, removes_milestone
from .reviewing import (
    clock_time,
    has_taken,
    is_independent,
    is_not_taken,
    is_reviewer,
    put_back_by_other_needs_reason,
    reviews,
    writers_of,
)
from .tasks import has_milestones, of_lead
from .writing import (
    LONGEST_SOURCE,
    WRITERS,
    check_source,
    files_for,
    has_room,
    is_for_another,
    is_free,
    is_own_word,
    is_submitter,
    source_of,
    tidy_source,
    writes,
)

__all__ = [
    "LONGEST_SOURCE",
    "WRITERS",
    "allows_no_change",
    "check_content",
    "check_source",
    "clock_time",
    "earlier_version",
    "files_for",
    "has_milestones",
    "has_room",
    "has_taken",
    "is_acceptable",
    "is_for_another",
    "is_free",
    "is_independent",
    "is_not_taken",
    "is_own_word",
    "is_reviewer",
    "is_submitter",
    "manages",
    "of_lead",
    "open_milestones",
    "plans_milestone",
    "progress_before",
    "put_back_by_other_needs_reason",
    "refuse_no_change",
    "removes_milestone",
    "reviews",
    "runs_programme",
    "source_of",
    "takes_submission",
    "tidy_source",
    "writers_of",
    "writes",
]
