"""The administration's bases: a site without a second sign-in, lists and forms that write through Actions alone, and
moves as acts on many rows. They know no model: each app's `admin.py` says what its rows are.
"""

from .acts import RowAct, move_action
from .columns import column
from .forms import DAY, LONG, OpenedForm, RowsForm
from .groups import GROUPS, INSPECTION, PEOPLE, SIGNINGS, SPECIFICATION, TRAIL
from .pages import TrailAdmin
from .site import Site

__all__ = [
    "DAY",
    "GROUPS",
    "INSPECTION",
    "LONG",
    "PEOPLE",
    "SIGNINGS",
    "SPECIFICATION",
    "TRAIL",
    "OpenedForm",
    "RowAct",
    "RowsForm",
    "Site",
    "TrailAdmin",
    "column",
    "move_action",
]
