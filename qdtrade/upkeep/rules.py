"""Who may look at how the program runs."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.errors import NotAllowed
from qdtrade.programmes import current


def reads_status(user: Any) -> None:
    """An administrator of a programme, or of the server."""
    if not current.looks_after(user):
        raise NotAllowed(_("Only administrators see how the program runs."))
