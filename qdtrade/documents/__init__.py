"""Papers as Word files in the form of official documents (GB/T 9704); knows nothing of what stands in them."""

from .fonts import FONTS, Font
from .paper import MEDIA_TYPE, Paper
from .texts import Cell, Struck, safe_text

__all__ = ["FONTS", "MEDIA_TYPE", "Cell", "Font", "Paper", "Struck", "safe_text"]
