"""Every change that the proof of the records makes: alarms."""

from .alarms import raise_alarm

__all__ = ["raise_alarm"]
