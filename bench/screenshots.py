"""Photographs every page as each role meets it, at 1440 and 390 px: python -m bench.screenshots [ROLE …]

Starts a throw-away demo, signs in as each role and follows the links of its pages; of pages that differ only in which
row they show, the first is taken. Writes var/screenshots/ROLE/*.png and an index.html beside them, in which stands what
was wrong with a page: a bad answer, a width beyond the window, an error on the console. Exits 1 when something was.
"""

import html
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from . import unlinked
from .throwaway import ROOT, demo

FOLDER = ROOT / "var" / "screenshots"
ROLES = ("nobody", "staff", "head", "manager", "auditor", "admin", "stranger")
SIZES = {1440: 900, 390: 844}
PASSWORD = "qingdao-demo"
CHINESE = os.environ | {"LANGUAGE": "zh_CN"}
"""So that the browser writes its own words, as those of a date field, as the users' browsers do."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
MOST_HEIGHT = 6000
"""Pixels of a picture without the window's edge in it."""
MOST = 120
"""Pages of one role, so that a loop of links ends."""

SHOWN_OTHERWISE = {"view", "look", "open", "tab", "show", "history", "figures", "version", "return", "year"}
"""Parameters that show another page at the same address; the others only narrow or sort a list."""

NOT_PAGES = re.compile(
    r"^/(static|files|media)/|/(export|zip|file|rows|preview|thumbnail|download)/$|/schema/$"
)
NOT_PAGES_OF_OURS = re.compile(r"^/api/(?!v1/$)")


@dataclass
class Taken:
    """A page that was photographed, and what was wrong with it."""

    role: str
    address: str
    file: str
    faults: list[str] = field(default_factory=list)


def main() -> None:
    wanted = [role for role in ROLES if role in sys.argv[1:]] or list(ROLES)
    for role in wanted:
        shutil.rmtree(FOLDER / role, ignore_errors=True)
    taken: list[Taken] = []
    with demo() as made, sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=CHINESE)
        for role in wanted:
            taken += list(_visit(browser, made.url, role))
            print(f"{role}: {sum(one.role == role for one in taken)} pages", flush=True)
        browser.close()
    _index(taken)
    faults = [f"{one.role} {one.address}: {words}" for one in taken for words in one.faults]
    print(f"{len(taken)} pages in {FOLDER}/index.html")
    for line in dict.fromkeys(faults):
        print(f"FAULT: {line}")
    if faults:
        sys.exit(1)


def _visit(browser: Browser, home: str, role: str) -> Iterator[Taken]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=home, locale="zh-CN")
    page = context.new_page()
    start = "/sign-in/" if role == "nobody" else "/"
    if role != "nobody":
        _sign_in(page, role)
        unlinked.act(page, role)
    waiting = [start, *unlinked.ADDRESSES.get(role, ())]
    met = set(map(_shape, waiting))
    count = 0
    while waiting and count < MOST:
        address = waiting.pop(0)
        one = _take(context, page, role, address)
        if one is None:
            continue
        count += 1
        yield one
        for target in _links(page, home):
            if _shape(target) not in met:
                met.add(_shape(target))
                waiting.append(target)
    context.close()


def _sign_in(page: Page, role: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=username]", role)
    page.fill("input[type=password]", PASSWORD)
    page.locator("input[type=password]").first.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def _take(context: BrowserContext, page: Page, role: str, address: str) -> Taken | None:
    """Both pictures of an address; None for one that is no page."""
    said: list[str] = []

    def listen(message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        if kind in {"error", "warning"} and "Failed to load resource" not in text:
            said.append(f"console: {text[:200]}")

    page.on("console", listen)
    taken = Taken(role, address, f"{role}/{_file_name(address)}")
    try:
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(address)
            if answer is not None and answer.status != unlinked.ANSWERS.get(address, 200):
                taken.faults.append(f"answered {answer.status}")
            elif answer is None or "html" not in answer.headers.get("content-type", ""):
                return None
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if over > 0:
                taken.faults.append(f"{over} px wider than {width}")
            # As high as the page, so that a bar that sticks to the window's edge stands at its end.
            tall = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": max(height, min(tall, MOST_HEIGHT))})
            path = FOLDER / f"{taken.file}_{width}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path, full_page=True)
    finally:
        page.remove_listener("console", listen)
    taken.faults += dict.fromkeys(said)
    return taken


def _links(page: Page, home: str) -> list[str]:
    """The pages of ours that this one leads to."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    here = page.url
    addresses = []
    for link in dict.fromkeys(found):
        parts = urlsplit(urljoin(here, link))
        is_ours = f"{parts.scheme}://{parts.netloc}" == home
        if is_ours and not NOT_PAGES.search(parts.path) and not NOT_PAGES_OF_OURS.search(parts.path):
            addresses.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return addresses


def _shape(address: str) -> tuple[str, frozenset[str]]:
    """What makes a page another one: its path without numbers, and how it is shown."""
    parts = urlsplit(address)
    shown = frozenset(name for name, _value in parse_qsl(parts.query)) & SHOWN_OTHERWISE
    return re.sub(r"\d+", "N", parts.path), shown


def _file_name(address: str) -> str:
    path, shown = _shape(address)
    words = re.sub(r"[^A-Za-z0-9]+", "_", path).strip("_") or "home"
    return "_".join([words, *sorted(shown)])


def _index(taken: list[Taken]) -> None:
    rows = "\n".join(_row(one) for one in taken)
    text = f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Every page</title>
<style>body{{font:14px system-ui;margin:2em}}td{{vertical-align:top;padding:8px}}img{{border:1px solid #ccc}}
img.w{{width:480px}}img.p{{width:160px}}b{{color:#9a1b12}}</style><table>{rows}</table></html>"""
    FOLDER.mkdir(parents=True, exist_ok=True)
    Path(FOLDER / "index.html").write_text(text, encoding="utf-8")


def _row(one: Taken) -> str:
    faults = "".join(f"<br><b>{html.escape(words)}</b>" for words in one.faults)
    wide, phone = f"{one.file}_1440.png", f"{one.file}_390.png"
    return (
        f"<tr><td>{one.role}<br>{html.escape(one.address)}{faults}</td>"
        f'<td><a href="{wide}"><img class="w" loading="lazy" src="{wide}"></a></td>'
        f'<td><a href="{phone}"><img class="p" loading="lazy" src="{phone}"></a></td></tr>'
    )


if __name__ == "__main__":
    main()
