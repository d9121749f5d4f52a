"""Everything that writes of lights: keeping them, showing another one, and changing by what they are judged."""

from .keeping import keep, keep_all, keep_touched
from .overrides import end_override, override
from .rules import new_version, take_first_rule

__all__ = ["end_override", "keep", "keep_all", "keep_touched", "new_version", "override", "take_first_rule"]
