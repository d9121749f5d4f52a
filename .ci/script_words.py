"""Finds words for people in scripts and style sheets, where no catalogue of translations reaches.

A script takes its sentences from data attributes, which templates fill in the reader's language. So a string in a
script is never a text: every word in it is one of our markup (a tag, an attribute, a class, a name) or of the
browser's own vocabulary below. Whoever needs another word of the browser adds it there; a word for people has no
place in either.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

OF_BROWSERS = """
use strict
a button details form input select summary textarea tbody td th tr template dialog body main
type name value radio checkbox file hidden contenteditable open true false yes not has is empty focus
aria-disabled aria-expanded aria-selected aria-current aria-busy aria-valuenow
online click submit input change keydown keyup focusin focusout pageshow pagehide beforeunload toggle close cancel
load loadend error abort progress visibilitychange dragenter dragover dragleave drop paste copy
htmx sendError afterRequest beforeRequest afterSwap responseError
Enter Escape Tab ArrowUp ArrowDown ArrowLeft ArrowRight Home End
get post GET POST HEAD HX-Request X-Requested-With fetch X-CSRFToken Content-Type If-Match Accept
json application image jpeg jpg text
nearest center start end smooth auto none px Files page menu
done progress_reason problems forecast_on self_light milestone milestones for_milestone draft_version
csrfmiddlewaretoken draft qdtrade n m string number object function undefined
"""
"""What browsers understand, and the names of our form's fields."""

OF_SELECTORS = "a button details dialog form input li main select summary table tbody td textarea th tr ul"
BROWSER, TAGS = frozenset(OF_BROWSERS.split()), frozenset(OF_SELECTORS.split())

PUTS_TOGETHER = re.compile(r"\b(fromCharCode|fromCodePoint|atob|decodeURI\w*|unescape|eval)\b")
PIECES = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
      | (?P<pattern>(?<=[(,=:\[!&|?{};])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/[a-z]*)""",
    re.X | re.S,
)
WORD = re.compile(r"[^\W\d_][\w-]*")
ESCAPED = re.compile(r"\\(?:u\{?([0-9a-fA-F]+)\}?|x([0-9a-fA-F]{2})|[nrt])")
PHRASE = re.compile(r"[\w-]+(?:\s+[\w-]+)+")
IN_TEMPLATES = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
CODE_POINT = re.compile(r"\\[0-9a-f]{2,6}")
CSS_TEXT = re.compile(r"content:\s*(\"[^\"]*\"|'[^']*')")


def spoken(root: Path) -> list[str]:
    """`file:line “text”` of every text for people in the scripts and style sheets of this tree."""
    static = root / "qdtrade" / "static"
    markup = markup_words(root)
    found = []
    for path in sorted(static.rglob("*.js")):
        source = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(root)}:{line} {text}" for line, text in in_script(source, markup)]
    for path in sorted(static.rglob("*.css")):
        source = path.read_text(encoding="utf-8")
        found += [
            f"{path.relative_to(root)} {text}"
            for text in CSS_TEXT.findall(source)
            if WORD.search(CODE_POINT.sub("", text))
        ]
    return found


def in_script(source: str, markup: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """Line and text of every string of a script that is not code, and of what puts one together unseen."""
    for piece in PIECES.finditer(source):
        text = unescaped(piece["text"] or "")
        if not is_code(without_code(text), markup):
            yield source.count("\n", 0, piece.start()) + 1, text
    for piece in PUTS_TOGETHER.finditer(PIECES.sub(" ", source)):
        yield source.count("\n", 0, source.find(piece[0])) + 1, piece[0]


def is_code(text: str, markup: frozenset[str]) -> bool:
    """Whether every word is known, and words that merely follow each other are the tags of a selector."""
    words = WORD.findall(text)
    if PHRASE.fullmatch(text.strip("\"'` ")) and text != '"use strict"':
        return all(word in TAGS for word in words)
    return all(word in BROWSER or word in markup or word.startswith("data-") for word in words)


def unescaped(text: str) -> str:
    r"""With \u4e2d and \x41 as the letters that they stand for."""
    return ESCAPED.sub(lambda escape: chr(int(escape[1] or escape[2] or "20", 16)), text)


def without_code(text: str) -> str:
    """A template string without what is put into it; that is looked at as code of its own."""
    return re.sub(r"\$\{[^{}]*\}", " ", text) if text.startswith("`") else text


def markup_words(root: Path) -> frozenset[str]:
    """Every tag and attribute of the templates, with what ids, names and classes say, and the classes of the sheets."""
    markup = Markup()
    for path in (root / "templates").rglob("*.html"):
        markup.feed(IN_TEMPLATES.sub(" ", path.read_text(encoding="utf-8")))
    sheets = "".join(path.read_text(encoding="utf-8") for path in (root / "qdtrade/static").rglob("*.css"))
    return frozenset(markup.words) | frozenset(re.findall(r"[.#]([a-z][\w-]*)", sheets))


class Markup(HTMLParser):
    """Collects what names elements, never what people read."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words |= {tag, *(name for name, _value in attrs)}
        for name, value in attrs:
            if name in {"id", "class", "name"} and value:
                self.words |= set(WORD.findall(value))
