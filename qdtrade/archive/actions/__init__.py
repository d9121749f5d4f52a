"""Every change that the proof of the records makes: alarms and packages."""

from .alarms import raise_alarm
from .packages import (
    ask_again,
    ask_package,
    beat_package,
    begin_package,
    fail_package,
    make_package,
    note_download,
)

__all__ = [
    "ask_again",
    "ask_package",
    "beat_package",
    "begin_package",
    "fail_package",
    "make_package",
    "note_download",
    "raise_alarm",
]
