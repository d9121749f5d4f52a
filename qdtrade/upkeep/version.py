"""Which program this is."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def version() -> str:
    """The version that pyproject.toml names."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])
