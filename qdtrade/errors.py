"""Refusals: why an act was not done, and with which status the doors answer it.

No door catches them: `web.RefusalMiddleware` and `problems.problem_response` turn each into an answer with the reason
in the reader's language. Only a bulk act catches `Refusal`, to report row by row (`reason_of`).
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


class Refusal(Exception):
    """An act was refused; `str()` is the reason, a sentence that the person can act on."""

    status = 400

    def __init__(self, reason: Words) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)

    @property
    def title(self) -> str:
        """What happened, in a few words."""
        return _("This was not done")


class NotAllowed(Refusal):
    """The person sees the row but may not do this to it."""

    status = 403


class WrongState(Refusal):
    """Not now: the row's state, or a clock, is against it."""

    status = 409


class Stale(Refusal):
    """Somebody else changed the row after the person opened it."""

    status = 412

    @property
    def title(self) -> str:
        return _("Somebody else changed this in the meantime")


class Busy(Refusal):
    """The database could not be written in time; nothing was done, and trying again is right."""

    status = 503


def is_locked(fault: Exception) -> bool:
    """Whether the database gave up waiting for its turn: SQLite's lock, PostgreSQL's lock time-out or deadlock."""
    words = ("locked", "deadlock detected", "lock timeout")
    return isinstance(fault, OperationalError) and any(word in str(fault) for word in words)


def refusal_of(*questions: Callable[[], object]) -> str:
    """The reason of the first rule that refuses, or an empty string."""
    for ask in questions:
        try:
            ask()
        except Refusal as refusal:
            return str(refusal)
    return ""


def reason_of(fault: Refusal | ValidationError | OperationalError) -> str:
    """Why one row of several was refused, while the others go on; raises what is a fault and no refusal."""
    if isinstance(fault, ValidationError):
        return " ".join(fault.messages)
    if isinstance(fault, OperationalError):
        if not is_locked(fault):
            raise fault
        return str(busy())
    return str(fault)


def is_taken(fault: IntegrityError) -> bool:
    """Whether a row was refused because another one like it was made at the same moment."""
    return "unique" in str(fault).lower()


def busy() -> Busy:
    return Busy(
        _("Too many people are saving at this moment. Nothing was lost; please try again in a few seconds.")
    )
