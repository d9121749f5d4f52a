"""The five levels of a light. What it looks like stands with the drawings (`templatetags.words`)."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How a task or a project stands (DOMAIN, lights)."""

    RED = "red", _("red light")
    YELLOW = "yellow", _("yellow light")
    GREEN = "green", _("green light")
    BLUE = "blue", _("blue light")
    GREY = "grey", _("grey light")


WORST_FIRST = (Level.RED, Level.YELLOW, Level.GREEN, Level.BLUE, Level.GREY)

RANKS = {level.value: rank for rank, level in enumerate(WORST_FIRST)}
"""0 for the worst; what has no light kept ranks behind them all."""

NO_RANK = len(WORST_FIRST)

NO_LIGHT = "none"
"""How addresses and counts name what no light was kept of yet."""

STRONG_FROM = {Level.RED.value: 3, Level.YELLOW.value: 4, Level.GREEN.value: 11, Level.BLUE.value: 3}
"""From how many on a cell that counts a light has the strong tint; grey never has it."""


def is_strong(level: str, number: int) -> bool:
    """Whether a cell that counts so many of a light has the strong tint."""
    return level in STRONG_FROM and number >= STRONG_FROM[level]


def worst(levels: Iterable[str]) -> Level:
    """The worst of some levels; green where there is none."""
    return Level(min(levels, key=RANKS.__getitem__, default=Level.GREEN.value))
