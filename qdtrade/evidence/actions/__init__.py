"""Keeping bytes and previews, and clearing away what nobody needs."""

from .keeping import KEPT_UNUSED, store, sweep
from .previews import LARGE, SMALL, preview

__all__ = ["KEPT_UNUSED", "LARGE", "SMALL", "preview", "store", "sweep"]
