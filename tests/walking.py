"""Walks the pages as a person does, by their links, and reads what they say."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.answers import leave

SPOKEN = ("aria-label", "aria-description", "alt", "placeholder", "title")
CODE = re.compile(r"[a-z0-9_/?=&.,#:-]*")
"""What a data attribute holds that is no sentence for a script to say."""

UNHEARD = ("script", "style", "pre", "code")
"""What no person reads as words, or what is typed exactly as it stands."""

NOT_PAGES = re.compile(r"^/(api|static|files)/|/(export|word)/$")
SHOWN_OTHERWISE = {"figures", "history", "open", "show", "tab", "version"}
"""Parameters that show another page at the same address; the others only narrow or sort a list."""

ALIKE = 5
"""Pages of one view that are looked at: a report in each state."""


def is_spoken(name: str, value: str) -> bool:
    """Whether an attribute holds words for people, shown by the browser or said by a script."""
    return name in SPOKEN or (name.startswith("data-") and not CODE.fullmatch(value))


class Page(HTMLParser):
    """The texts of a page, those of its attributes too, and where its links lead."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._within: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNHEARD:
            self._within.append(tag)
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]
        self.texts += [value for name, value in attrs if value and is_spoken(name, value)]

    def handle_endtag(self, tag: str) -> None:
        if tag in UNHEARD:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within and data.strip():
            self.texts.append(" ".join(data.split()))


def walk(client: Client, start: str = "/", alike: int = ALIKE) -> Iterator[tuple[str, Page]]:
    """Every view that the links lead to, with a few of its objects; no link may lead where its reader may not go."""
    waiting, met, kinds = [start], {start}, Counter()
    while waiting:
        address = waiting.pop(0)
        response = client.get(address, follow=True)
        if not response["Content-Type"].startswith("text/html"):
            leave(response)
            continue
        assert response.status_code == 200, (
            f"A link leads to {address}, which answers {response.status_code}."
        )
        page = Page(response.content.decode())
        yield address, page
        for link in page.links:
            target = urljoin(address, link).partition("#")[0]
            kind = _kind(target)
            if kind and target not in met and kinds[kind] < (alike if kind[1] else 1):
                kinds[kind] += 1
                met.add(target)
                waiting.append(target)


def _kind(address: str) -> tuple[str, bool, frozenset[str]] | None:
    """Which view an address shows, whether of one object, and how; nothing for what is no page of ours."""
    parts = urlsplit(address)
    if parts.netloc or NOT_PAGES.search(parts.path):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    names = frozenset(name for name, _value in parse_qsl(parts.query)) & SHOWN_OTHERWISE
    return match.view_name, bool(match.kwargs or match.args), names
