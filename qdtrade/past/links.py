"""Keeps whoever looks at the past in it: every link and every filter of a page leads to the same moment.

The moment is taken out of the address before a view reads it (`middleware`), so that no filter, form or list has to
know of it; here it is put back into what the page links to, where that has a past. A link marked `data-now` leads out.
"""

import html
import re
from urllib.parse import quote, urljoin

from .moments import AS_OF
from .pages import has_past

TAG = re.compile(r"<[a-z]+\b[^>]*>")
ADDRESS = re.compile(r'\b(href|hx-get)="([^"]*)"')
ACTION = re.compile(r'\baction="([^"]*)"')
NAMES_IT = re.compile(rf"[?&]{AS_OF}=")


def kept_in(page: str, path: str, text: str) -> str:
    """The page, which stands at `path`, with the moment in every link that can carry it."""
    return TAG.sub(lambda found: _tag(found[0], path, text), page)


def kept_in_address(address: str, path: str, text: str) -> str:
    """The address with the moment, where what it leads to has a past."""
    before, mark, fragment = address.partition("#")
    target, _sign, query = before.partition("?")
    if not before or "//" in target or ":" in target or NAMES_IT.search(f"?{query}"):
        return address
    if not has_past(urljoin(path, target)):
        return address
    joint = "&" if query else "?"
    return f"{before.removesuffix('?')}{joint}{AS_OF}={quote(text)}{mark}{fragment}"


def _tag(tag: str, path: str, text: str) -> str:
    if " data-now" in tag:
        return tag
    if tag.startswith("<form"):
        tag = _form(tag, path, text)
    return ADDRESS.sub(lambda found: _attribute(found[1], found[2], path, text), tag)


def _attribute(name: str, value: str, path: str, text: str) -> str:
    return f'{name}="{html.escape(kept_in_address(html.unescape(value), path, text))}"'


def _form(tag: str, path: str, text: str) -> str:
    """A form that asks for a page of the past sends the moment along."""
    action = ACTION.search(tag)
    target = html.unescape(action[1]).partition("?")[0] if action else ""
    if 'method="post"' in tag or not has_past(urljoin(path, target)):
        return tag
    return f'{tag}<input type="hidden" name="{AS_OF}" value="{html.escape(text)}">'
