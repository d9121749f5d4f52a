"""A real browser on the real pages: Debian's Chromium, driven by plain Playwright.

The server answers in threads of its own, which do not see the moment that `tests/conftest.py` stands at. So the whole
program goes on from that moment instead, as the demo does from its day.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from qdtrade import clock
from tests.answers import key_of

# Playwright keeps an event loop running in this thread, in which Django's database code would otherwise refuse to work.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
"""No other host has an address."""
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000
"""Milliseconds: a machine that runs all tests at once may be slow, and no test waits for a failure that it expects."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what stands in this folder, and lets nothing in it miss the database of a live server."""
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser, or a reason why there is none; where the walk must be seen, that is a failure."""
    path = shutil.which("chromium")
    if path is None:
        reason = "There is no Chromium on this machine. On Debian and Ubuntu: apt install chromium"
        if os.environ.get("QDTRADE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def day_of_the_server(settings, moment, monkeypatch) -> None:
    """The server's clock goes on from the moment at which the rows were made, whatever the time of day is here."""
    settings.DEMO_DAY = moment.date()
    begun = timezone.now()
    going = SimpleNamespace(now=lambda: moment + (timezone.now() - begun))
    monkeypatch.setattr(clock, "timezone", going)


@pytest.fixture(autouse=True)
def requests_in_turn(settings, day_of_the_server) -> None:
    if connection.vendor == "sqlite":
        settings.MIDDLEWARE = ["tests.browser.in_turn.OneAtATime", *settings.MIDDLEWARE]


class Watch:
    """What a page must never do: ask another host, break the content policy, miss a file, or raise an error."""

    def __init__(self, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.faults: list[str] = []

    def over(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        # Seen and not stopped: whoever stands in a page's way to its server takes its cache away, too.
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.home:
            self.faults.append(f"another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # What the server refused on purpose is told by the page; what it lacks is noticed by `_answered`.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status == 404 or response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    watch = Watch(live_server.url)
    yield watch
    assert watch.faults == []


@pytest.fixture
def visit(chromium, live_server, watch) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own, in which this person is signed in; test_signing_in.py uses the form."""
    opened = []

    def browse(user=None, *, viewport=WIDE, scripts=True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=viewport,
            java_script_enabled=scripts,
            accept_downloads=True,
            locale="en-US",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        watch.over(page)
        if user is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key_of(user), "url": live_server.url}
            context.add_cookies([cookie])
            page.goto("/")
        return page

    yield browse
    for context in opened:
        context.close()


@pytest.fixture
def form(visit, report, staff):
    """Opens the form of the report; another call opens it in another browser of the same person."""

    def opened():
        page = visit(staff)
        page.goto(f"/reports/{report.pk}/")
        return page

    return opened
