"""A breakthrough from its claim to the curve, on the real pages: what is recognised stands in the curve at once."""

import pytest
from playwright.sync_api import Page, expect

from tests import breakings

PROOFS = {"rule": "代办点管理办法.pdf", "beneficiary": "企业回函.pdf"}


@pytest.fixture
def candidate(task, manager):
    """Named by the pilot office; 45 are due this year."""
    breakings.target(task.programme, by=manager)
    return breakings.flag(task, by=manager)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_is_claimed_and_recognised_stands_in_the_curve(visit, candidate, staff, manager, scripts):
    staffs, managers = visit(staff, scripts=scripts), visit(manager, scripts=scripts)
    expect(figures(managers).nth(0)).to_contain_text("0")

    claims(staffs, candidate, scripts)
    expect(figures(managers).nth(1)).to_have_text("1")
    recognises(managers, candidate)

    expect(figures(managers).nth(0)).to_have_text("1")
    expect(figures(managers).nth(1)).to_have_text("0")
    figures(managers).nth(0).click()
    expect(managers.locator("#breakthroughs tbody .state-settled")).to_have_count(1)


def figures(page: Page):
    page.goto("/breakthroughs/")
    return page.locator("#curve a.figure")


def claims(page: Page, row, scripts: bool) -> None:
    page.goto(f"/breakthroughs/{row.pk}/claim/")
    for name in ("novelty", "before", "elsewhere", "basis", "since"):
        page.locator(f"[name={name}]").fill(breakings.CONTENT[name])
    for name in ("beneficiaries", "effects"):
        for cell, value in breakings.CONTENT[name][0].items():
            page.locator(f"[name={name}-0-{cell}]").fill(value)
    for kind, name in PROOFS.items():
        page.locator("select[name=proves]").select_option(kind)
        proof = {"name": name, "mimeType": "application/pdf", "buffer": f"%PDF-1.4 {kind}".encode()}
        page.locator("input[type=file]").set_input_files(proof)
        if not scripts:
            page.locator("#add-files").click()
        expect(page.locator("#evidence-files")).to_contain_text(name)
    page.locator(".bar [data-main]").click()
    expect(page.locator(".message-green")).to_be_visible()


def recognises(page: Page, row) -> None:
    page.goto(f"/desk/{row.pk}/breakthrough/")
    page.locator("button[name=move][value=recognise]").click()
    expect(page.locator(".message-green")).to_be_visible()
