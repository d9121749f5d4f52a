"""What a person does on a page, in one line each; the same with scripts and without."""

import csv
import io
import re

from playwright.sync_api import Page, expect

from tests import factories


def sign_in(page: Page, username: str) -> None:
    """Through the form, as everybody."""
    page.goto("/sign-in/")
    page.get_by_label("账号", exact=True).fill(username)
    page.get_by_label("密码", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def open_report(page: Page, task: str) -> None:
    """From my work to the form."""
    page.goto("/")
    rows = page.locator("main tr").filter(has_text=task)
    rows.get_by_role("link", name=re.compile("填报|修改后重交")).first.click()
    expect(page.locator("form#report")).to_be_visible()


def choose_light(page: Page, light: str) -> None:
    page.locator(f"label.choice:has(input[value={light}])").click()


def claim(page: Page, milestone: str, done_on: str) -> None:
    """Tick a milestone, with the day on which it was done."""
    row = page.locator(".tick").filter(has_text=milestone)
    row.get_by_role("checkbox").check()
    row.get_by_label("完成日期").fill(done_on)


def attach(page: Page, name: str, *, proves: str) -> None:
    """Add a file; with scripts, choosing it is enough."""
    page.wait_for_load_state()
    scripted = page.locator("html.scripted").count() > 0
    form = page.locator("form#report")
    form.locator("[name=for_milestone]").select_option(proves)
    upload = {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4 proof"}
    form.locator("input[type=file]").set_input_files(upload)
    if not scripted:
        form.locator("#add-files").click()
    expect(page.locator("ul.files")).to_contain_text(name)


def open_on_desk(page: Page, task: str) -> None:
    """From my work to the report on the desk, and take it."""
    page.goto("/desk/")
    page.locator(".queue").get_by_role("link", name=task).click()
    page.get_by_role("button", name="领取").click()
    expect(page.get_by_role("button", name="放回队列")).to_be_visible()


def remark(page: Page, field: str, words: str) -> None:
    """Write beside one field."""
    row = page.locator("table.compare tr").filter(has=page.locator(f"#remark-{field}"))
    row.locator("summary").click()
    page.locator(f"#remark-{field}").fill(words)


def send_back(page: Page, reason: str) -> None:
    box = page.locator("#return-box")
    box.locator("summary").click()
    page.get_by_label("原因（必填）").fill(reason)
    box.get_by_role("button", name="退回").click()


def approve(page: Page) -> None:
    page.locator("aside").get_by_role("button", name=re.compile("^通过")).click()


def export(page: Page) -> list[list[str]]:
    """Open the page's choice of files, take all columns as CSV, and read the file."""
    page.locator("#export > summary").click()
    with page.expect_download() as started:
        page.locator("#export a[href$='csv']:not([href*=columns])").first.click()
    content = started.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "without the mark, Excel does not see that this is UTF-8"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
