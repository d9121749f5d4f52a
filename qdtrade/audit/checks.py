"""A system check that the records' guards stand."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Critical, Tags, Warning, register
from django.db import DatabaseError

from . import guards


@register(Tags.database)
def guards_stand(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Critical when a guard is gone; silent before the first migration, and no hindrance to the one that mends it."""
    messages: list[CheckMessage] = []
    level = Warning if sys.argv[1:2] == ["migrate"] else Critical
    for using in databases or []:
        try:
            gone = guards.gone(using)
        except DatabaseError:
            continue
        if gone:
            messages.append(
                level(
                    f"The records are not guarded against change: {', '.join(gone)} missing.",
                    hint="Run `manage.py migrate`, then find out who removed them.",
                    id="audit.E001",
                )
            )
    return messages
