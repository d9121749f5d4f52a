"""Every change that the proof of the records makes: alarms, checks, packages."""

from .alarms import raise_alarm
from .checking import Found, ask_check, fail_check, keep_found
from .packages import ask_package, fail_package, forget_files, make_package, note_download
from .running import ask_again, beat, begin

__all__ = [
    "Found",
    "ask_again",
    "ask_check",
    "ask_package",
    "beat",
    "begin",
    "fail_check",
    "fail_package",
    "forget_files",
    "keep_found",
    "make_package",
    "note_download",
    "raise_alarm",
]
