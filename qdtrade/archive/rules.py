"""Who may see the proof of the records, and take it away."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.programmes.held import acting
from qdtrade.programmes.models import Membership, Programme, Role

from .models import READERS


def reads_proof(programme: Programme, user: Any) -> Membership:
    """The auditors, reviewers and administrators of a programme: they read its records whole already."""
    refusal = _(
        "The proof of the records is read by the auditors, the reviewers and the administrators of a programme."
    )
    return acting(user, programme.pk, READERS, refusal=refusal)


def packs(programme: Programme, user: Any) -> Membership:
    """Whoever reads the records whole may have them packed; so may the program itself, by a command."""
    refusal = _("Packages of records are made for the auditors, the reviewers and the administrators.")
    return acting(user, programme.pk, [*READERS, Role.TIMER], refusal=refusal)
