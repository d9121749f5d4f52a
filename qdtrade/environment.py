"""Strict reading of the environment: a wrong or missing value stops the start and says how to mend it."""

import datetime
import hashlib
import os
import re
import secrets
import ssl
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, or of the file that NAME_FILE names; raises ImproperlyConfigured without either."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it (or {name}_FILE to a file that holds it) in the environment; "
            "for a trial on this machine run `make demo`, which needs no settings."
        )
    return value


def file_of(name: str) -> Path | None:
    """The file that holds NAME, where NAME_FILE names one."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file) if file else None


def flag(name: str, default: bool = False) -> bool:
    """1/0, true/false, yes/no or on/off, in any case."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int, *, least: int | None = None) -> int:
    """A whole number, not less than `least`."""
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None
    if least is not None and found < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from {least}.")
    return found


def rate(name: str, default: str) -> str | None:
    """How many in which time, as `600/minute`; None for `off`."""
    value = os.environ.get(name, "").strip().lower() or default
    if value == "off":
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,8}/(second|minute|hour|day)", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}; write a number and a time as in 600/minute (second, minute, hour, day), or off."
        )
    return value


def choice(name: str, known: tuple[str, ...], default: str) -> str:
    """One of these words."""
    value = os.environ.get(name, "").strip().lower() or default
    if value not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}; write one of {', '.join(known)}.")
    return value


def hash_name(name: str, known: tuple[str, ...], default: str) -> str:
    """One of these hashes, if this machine can compute it."""
    value = choice(name, known, default)
    try:
        hashlib.new(value, b"")
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is {value!r}, and the OpenSSL of this machine ({ssl.OPENSSL_VERSION}) has no such hash. "
            "Use a Python whose OpenSSL has it, or write sha256."
        ) from None
    return value


def time_of_day(name: str, default: str) -> datetime.time:
    """Hours and minutes, as 08:30."""
    return _time(name, os.environ.get(name, "").strip() or default)


def hours(name: str, default: str) -> tuple[datetime.time, datetime.time]:
    """From when to when, as 08:00-18:00; the end comes after the beginning."""
    value = os.environ.get(name, "").strip() or default
    begins, _dash, ends = value.partition("-")
    span = _time(name, begins), _time(name, ends)
    if span[0] >= span[1]:
        raise ImproperlyConfigured(f"{name} is {value!r}; the end must come after the beginning.")
    return span


def _time(name: str, value: str) -> datetime.time:
    try:
        return datetime.datetime.strptime(value.strip(), "%H:%M").time()
    except ValueError:
        raise ImproperlyConfigured(f"{name} holds {value!r}; write hours and minutes as in 08:30.") from None


def site(name: str, default: str | None) -> str:
    """The address under which people reach the program, with its scheme and without a path."""
    value = text(name, default).strip().rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is {value!r}; write it as in https://register.example.gov.cn.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def kept_secret(path: Path) -> str:
    """The secret in this file; it is made there on first use, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(48), encoding="ascii")
        part.rename(path)
    return path.read_text(encoding="ascii").strip()


def database(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`.

    SQLite runs in WAL mode, begins every transaction as a writer and waits 20 s for its turn (docs/adr/0001);
    PostgreSQL keeps a pool of connections.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(dict(parse_qsl(parts.query)).get("host", "") or parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": number("QDTRADE_DB_POOL", 16), "timeout": 20}},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL is {url!r}; write sqlite:///path/to/file.sqlite3 or postgres://user:password@host:5432/name."
    )
