"""Keeping bytes and previews, and clearing away what nobody needs."""

from .keeping import KEPT_UNUSED, store, sweep
from .previews import LARGE, SMALL, preview
from .taking import Taken, take_in

__all__ = ["KEPT_UNUSED", "LARGE", "SMALL", "Taken", "preview", "store", "sweep", "take_in"]
