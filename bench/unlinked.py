"""Pages that no link of the demo leads to: refusals, dead ends, and what is there only once somebody has acted."""

from pathlib import Path

from playwright.sync_api import Page

from .throwaway import ROOT

ADDRESSES = {
    "nobody": ("/sign-in/link/none/", "/tasks/"),
    "staff": ("/nowhere/", "/desk/"),
}
"""By role: a link that no longer works, a page before signing in, one that is not there, one for somebody else."""

ANSWERS = {"/nowhere/": 404, "/desk/": 403, "/sign-in/link/none/": 410}
"""Other than 200, and as it should be."""

CORRECTIONS = [
    ("建立服务贸易发展联席会议制度,", "建立服务贸易发展联席会议制度（修订）,"),
    ("2022-06-30", "2022年13月底"),
    ("市大数据局", "市大数居局"),
]
"""What makes the demo's own register one that changes something, is wrong somewhere, and names nobody's bureau."""


def act(page: Page, role: str) -> None:
    """What a person of this role does first, so that there is something to look at."""
    if role == "manager":
        _upload_a_register_with_faults(page)


def _upload_a_register_with_faults(page: Page) -> None:
    text = Path(ROOT / "fixtures" / "register.csv").read_text(encoding="utf-8-sig")
    for old, new in CORRECTIONS:
        text = text.replace(old, new, 1)
    page.goto("/tasks/import/")
    file = {"name": "台账.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    page.locator("#upload input[type=file], .import-upload input[type=file]").first.set_input_files(file)
    page.locator(".import-upload button").first.click()
    page.locator("#refused").wait_for()
