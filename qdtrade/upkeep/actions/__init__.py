"""What upkeep changes: heartbeats, archives, and an empty database that gets an archive back."""

from .backup import forget_all_but, make_backup
from .heartbeats import timer_began, timer_ended
from .restore import put_back, refuse_unless_ready

__all__ = [
    "forget_all_but",
    "make_backup",
    "put_back",
    "refuse_unless_ready",
    "timer_began",
    "timer_ended",
]
