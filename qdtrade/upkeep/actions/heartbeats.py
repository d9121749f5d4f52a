"""Noting when a timer ran. Real time, and unrecorded (DECISIONS 14): what a timer does is recorded by itself."""

from django.utils import timezone

from ..models import Heartbeat

MOST_WORDS = 4000
"""Characters kept of what a run said: its end, where a failure stands."""


def timer_began(name: str) -> None:
    """A run of this timer begins; until it ends it has not gone well."""
    fields = {"began_at": timezone.now(), "ended_at": None, "is_well": False, "words": ""}
    Heartbeat.objects.update_or_create(name=name, defaults=fields)


def timer_ended(name: str, *, is_well: bool, words: str) -> None:
    """The run has ended, with what it said."""
    fields = {"ended_at": timezone.now(), "is_well": is_well, "words": words.strip()[-MOST_WORDS:]}
    Heartbeat.objects.filter(name=name).update(**fields)
