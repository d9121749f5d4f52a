"""What the search finds of the register and its reports."""

from .bureaus import BUREAUS
from .reports import EVIDENCE, REPORTS
from .tasks import MILESTONES, TASKS

GROUPS = (TASKS, REPORTS, MILESTONES, EVIDENCE, BUREAUS)
