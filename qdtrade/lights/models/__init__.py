"""What a light is judged by (LightRule), what was kept of it (LightDay), and who decided otherwise (LightOverride)."""

from .day import LightDay, LitQuerySet
from .override import LightOverride, OverrideQuerySet
from .rule import LightRule

__all__ = ["LightDay", "LightOverride", "LightRule", "LitQuerySet", "OverrideQuerySet"]
