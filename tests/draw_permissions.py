"""docs/reference/permissions.md, drawn from the table that the tests hold the program to.

python -m tests.draw_permissions            writes the page
python -m tests.draw_permissions --check    exits 1 when the page is stale
"""

import os
import re
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

if __name__ == "__main__":
    import django

    django.setup()

from django.urls import URLPattern, URLResolver, get_resolver

from tests import settings
from tests import test_permissions as pages
from tests import test_permissions_admin as administration

PAGE = settings.BASE_DIR / "docs" / "reference" / "permissions.md"
HEAD = """\
# Who gets which answer

Every address of the program, every method that it takes, and what each of ten people is answered there. Drawn by
`make permissions` from the table in [tests/test_permissions.py](../../tests/test_permissions.py), which asks every line
of it at each test run; an address, a method or a move that is not in it fails, and every other method is answered 405.

| person | who that is |
| --- | --- |
| nobody | has not signed in |
| staff, head | write and answer for the bureau that leads the task |
| neighbour | staff of another bureau |
| reviewer, second | reviewers of the pilot office; the second is seconded from another bureau |
| auditor, admin | of the same programme |
| stranger | has an account, and no role anywhere |
| server | a superuser: runs the server, holds no role |

✓ shown or done · **sign in** led to the sign-in page · 401 a program that did not say who it is · 403 sees it and may
not do this · 404 is not told whether it exists · 400 sent too little to be understood. *About*: the row that the line
is asked of, in the state that is named. What else a move asks of the person (nobody decides on a report of their own
bureau) is told in [All moves](../workflow.md).
"""
ADMINISTRATION = """\
From [tests/test_permissions_admin.py](../../tests/test_permissions_admin.py). An act over the rows of a list is
answered with a result per row, which says what was done and what was refused: ✓ there means that the list was
answered, not that the act was done.
"""
NAMES = (
    "nobody",
    "staff",
    "head",
    "neighbour",
    "reviewer",
    "second",
    "auditor",
    "admin",
    "stranger",
    "server",
)
ABOUT = {"-": "", "own_file": "file, not submitted", "kept_file": "file, submitted"}


def drawing():
    """The whole page."""
    addresses = dict(routes(get_resolver().url_patterns))
    assert len(NAMES) == len(pages.PEOPLE)
    of_pages = [line for line in pages.LINES if not line[1].startswith("api:")]
    of_api = [line for line in pages.LINES if line[1].startswith("api:")]
    of_admin = [[method, f"admin:{label}", *rest] for method, label, *rest in administration.LINES]
    parts = [HEAD, "## Pages\n", *table(of_pages, addresses), ""]
    parts += ["## API\n", *table(of_api, addresses), ""]
    parts += ["## Administration\n", ADMINISTRATION, *table(of_admin, addresses), ""]
    return "\n".join(parts)


def table(lines, addresses):
    yield f"| method | address | about | {' | '.join(NAMES)} |"
    yield f"| --- | --- | --- |{' --- |' * len(NAMES)}"
    for method, label, about, *codes in lines:
        cells = [shown(code, is_nobody=number == 0, label=label) for number, code in enumerate(codes)]
        row = ABOUT.get(about, about.replace("_", " "))
        yield f"| {method} | `{address(label, addresses)}` | {row} | {' | '.join(cells)} |"


def shown(code, *, is_nobody, label):
    """A code in the fewest signs; for nobody, being led on means the sign-in page, except after signing out."""
    if code == "302" and is_nobody and label not in OPEN:
        return "sign in"
    return "✓" if code in {"200", "201", "202", "204", "302"} else code


OPEN = {"sign_in", "sign_out", "set_language", "link"}
"""Pages for people who have not signed in."""


def address(label, addresses):
    """The path, with the move in its place."""
    if label in addresses:
        return addresses[label]
    name, _colon, move = label.rpartition(":")
    path = re.sub(r"<(?!id>)\w+>", move, addresses[name])
    return path if move in path else f"{path} {move}"


def routes(patterns, before="/", space=""):
    """Every name with its path, in which a row is called <id>."""
    for pattern in patterns:
        path = before + readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, path, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}", path


def readable(route):
    """A route as people write it."""
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route)
    route = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route).replace("<pk>", "<id>").replace("<object_id>", "<id>")
    return re.sub(r"^\^|\\Z$|\$$|\\", "", route)


if __name__ == "__main__":
    drawn = drawing()
    if sys.argv[1:] == ["--check"]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn:
            sys.exit("docs/reference/permissions.md is stale. Run: make permissions")
    else:
        PAGE.write_text(drawn, encoding="utf-8")
