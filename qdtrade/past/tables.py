"""What hides which table in the past, as data.

Every recorded model has a shadow made of its states, but for those that are always of today: who may sign in and how,
and what somebody asked the program to do. What is not recorded has none, and of what the bureaus were still writing
nobody knows: there are no drafts in the past. The records themselves end at the moment.
"""

from collections.abc import Callable
from functools import cache

from django.apps import apps
from django.db import models

from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import Event
from qdtrade.audit.past import Past
from qdtrade.audit.rows import recorded_models
from qdtrade.audit.shadows import Shadow
from qdtrade.programmes.models import Membership

from .mending import stretch_memberships, trace_paths

OF_TODAY = {
    "accounts.User": "who may sign in is asked today; a name that changed since reads as it is now",
    "accounts.SignInLink": "opens an account today",
    "accounts.Token": "opens the API today",
    "programmes.Export": "a file that was taken away is no part of the register",
    "programmes.SavedView": "a person's own way of looking, at whatever day",
    "imports.Import": "its page has no past",
    "archive.Package": "its page has no past",
    "archive.Verification": "its page has no past",
}
"""Recorded models without a shadow, each with the reason."""

UNKNOWN = ("tasks.Draft", "breakthroughs.ClaimDraft")
"""Not recorded, and gone or rewritten since: in the past there is none."""

MENDED: dict[type[models.Model], Callable[[Past], None]] = {
    Bureau: trace_paths,
    Membership: stretch_memberships,
}
"""What follows from several rows, or from who looks."""


@cache
def shadows() -> dict[str, Shadow]:
    """By the name of the real table."""
    found: list[Shadow] = [Shadow(Event, ""), *(Shadow(apps.get_model(label), "") for label in UNKNOWN)]
    for kind, model in recorded_models().items():
        if model._meta.label not in OF_TODAY:
            found.append(Shadow(model, kind, MENDED.get(model)))
    return {shadow.table: shadow for shadow in found}
