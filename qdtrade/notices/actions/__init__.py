"""Telling people, and letting what they are told leave by mail."""

from .sending import again, forget_old, let_rest, send_due
from .telling import forget_about, mark_read, tell

__all__ = ["again", "forget_about", "forget_old", "let_rest", "mark_read", "send_due", "tell"]
