"""Sentences about a file that are kept and read later, perhaps by somebody who reads another language.

`said` stands in for gettext in this folder: what it returns is a text in the language of now, and remembers how it
was said. `kept` makes JSON of it, `told` makes a text of that again, in the reader's language (DECISIONS 13).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


class Said(str):
    """A sentence, with its source and what was filled in."""

    source: str
    filled: Mapping[str, Any]

    def __new__(cls, source: str, filled: Mapping[str, Any] | None = None) -> "Said":
        text = gettext(source)
        new = super().__new__(cls, text % filled if filled else text)
        new.source, new.filled = source, filled or {}
        return new

    def __mod__(self, filled: Any) -> "Said":
        return Said(self.source, filled)


def said(source: str) -> Said:
    """The sentence in the language of now; `%` fills it in."""
    return Said(source)


def kept(value: Any) -> Any:
    """A text as JSON; one that is no sentence of ours stays as it is."""
    if isinstance(value, Said):
        return {"said": value.source, "with": {name: kept(one) for name, one in value.filled.items()}}
    return value if isinstance(value, int | str) else str(value)


def told(value: Any) -> Any:
    """What `kept` kept, in the language of now."""
    if isinstance(value, dict):
        return str(Said(value["said"], {name: told(one) for name, one in value["with"].items()}))
    return value
