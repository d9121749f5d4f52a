"""A person with a browser, as far as a load needs one: cookies, forms, and how long each answer took."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from threading import Lock

TIMEOUT = 90
Fields = list[tuple[str, str]]


@dataclass
class Measured:
    """What all people together met: seconds by kind, answers by kind and code, and what must never happen."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    codes: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, code: int, seconds: float, where: str) -> None:
        with self.lock:
            self.seconds[kind].append(seconds)
            self.codes[kind, code] += 1
            if code >= 500 or code == 0:
                self.faults.append(f"{kind} {code} {where}")


@dataclass(frozen=True)
class Answer:
    """An answer as it was read; code 0 stands for none at all."""

    code: int
    text: str
    seconds: float


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


class Person:
    """One signed-in browser."""

    def __init__(self, home: str, measured: Measured) -> None:
        self.home = home
        self.measured = measured
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, NoRedirect)

    def sign_in(self, username: str, password: str) -> None:
        """Through the form, as everybody; raises SystemExit where that fails."""
        form = forms(self.get("sign in", "/sign-in/").text)["/sign-in/"]
        answer = self.post("sign in", "/sign-in/", [*form, ("username", username), ("password", password)])
        if answer.code != 302:
            raise SystemExit(f"{username} could not sign in: {answer.code}")

    def get(self, kind: str, path: str) -> Answer:
        return self._ask(kind, path, None, {})

    def post(self, kind: str, path: str, fields: Fields, headers: dict[str, str] | None = None) -> Answer:
        return self._ask(kind, path, fields, {"Referer": self.home} | (headers or {}))

    def _ask(self, kind: str, path: str, fields: Fields | None, headers: dict[str, str]) -> Answer:
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.home + path, data, headers)
        started = time.perf_counter()
        try:
            with self.opener.open(request, timeout=TIMEOUT) as response:
                code, body = response.status, response.read()
        except urllib.error.HTTPError as refused:
            code, body = refused.code, refused.read()
        except OSError as fault:
            code, body = 0, repr(fault).encode()
        seconds = time.perf_counter() - started
        self.measured.note(kind, code, seconds, f"{path} {body[:200]!r}" if code in {0, 500} else path)
        return Answer(code, body.decode("utf-8", "replace"), seconds)


class Forms(HTMLParser):
    """The fields of every form of a page, as a browser would send them, by the form's path."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Fields] = {}
        self.fields: Fields | None = None
        self.area: str | None = None
        self.choice: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            path = urllib.parse.urlsplit(given.get("action", "")).path
            self.fields = self.found.setdefault(path, [])
        if self.fields is None:
            return
        if tag == "textarea":
            self.area = given.get("name", "")
            self.fields.append((self.area, ""))
        elif tag == "select":
            self.choice = given.get("name", "")
        elif tag == "option" and self.choice and "selected" in given:
            self.fields.append((self.choice, given.get("value", "")))
        elif tag == "input" and _is_sent(given):
            self.fields.append((given["name"], given.get("value", "on")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.fields = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data: str) -> None:
        if self.area and self.fields:
            name, text = self.fields[-1]
            self.fields[-1] = (name, text + data)


def _is_sent(given: dict[str, str]) -> bool:
    kind = given.get("type", "text")
    ticked = kind not in {"checkbox", "radio"} or "checked" in given
    return bool(given.get("name")) and ticked and kind not in {"file", "submit", "button", "password"}


def forms(page: str) -> dict[str, Fields]:
    """Every form that posts, with what it would send."""
    parser = Forms()
    parser.feed(page)
    return parser.found


def links(page: str, pattern: str) -> list[str]:
    """The paths of the page's links that match, each once."""
    return list(dict.fromkeys(re.findall(rf'href="({pattern})[?"#]', page)))


def changed(fields: Fields, values: dict[str, str]) -> Fields:
    """The form with these fields written over."""
    return [(name, text) for name, text in fields if name not in values] + list(values.items())


def percentile(seconds: Iterable[float], share: float) -> float:
    """The time within which this share of the answers came."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
