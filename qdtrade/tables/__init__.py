"""Reading and writing spreadsheets, safely; knows nothing of what stands in them.

A file that people upload is parsed in a child process with limits, so that the worst one costs a refusal.
Text that a spreadsheet program would take for a formula is guarded when it leaves as CSV and unguarded when
it comes back, so export and import together change nothing.
"""

from .annotated import write_annotated
from .bad_file import BadFile, Caution
from .csv_files import RISKY, guard, unguard, write_csv
from .names import safe_filename
from .reading import Limits, read
from .workbook import Area, Cell, Sheet, Workbook, letters, place
from .xlsx_files import write_xlsx

__all__ = [
    "RISKY",
    "Area",
    "BadFile",
    "Caution",
    "Cell",
    "Limits",
    "Sheet",
    "Workbook",
    "guard",
    "letters",
    "place",
    "read",
    "safe_filename",
    "unguard",
    "write_annotated",
    "write_csv",
    "write_xlsx",
]
