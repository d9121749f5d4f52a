"""The ways to and from Excel of the lists that an administrator keeps by file."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qdtrade.errors import Words

from ..models import Programme


def file_links(
    request: HttpRequest, programme: Programme | None, into: str, out: str
) -> list[tuple[str, Words]]:
    """Import and export, for the administrators of the programme and of the server alone."""
    user: Any = request.user
    if programme is None or not (user.is_superuser or programme.pk in user.administers):
        return []
    query = f"?programme={programme.code}"
    return [
        (reverse(into) + query, _("Import from Excel")),
        (f"{reverse(out)}{query}&format=xlsx", _("Export to Excel")),
    ]
