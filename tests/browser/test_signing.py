"""A signing on the real pages: its carrier says that works began, the office confirms, an auditor takes it away."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from tests import factories, signings
from tests.browser import steps

FACT = "2021-09-20"
WORDS = "主体工程开工，监理已进场"
BEFORE = {"framework": datetime.date(2021, 9, 4), "contract": datetime.date(2021, 9, 10)}


@pytest.fixture
def zone(region):
    return factories.bureau("sco", "上合示范区管委会", "上合示范区", parent=region, kind="zone")


@pytest.fixture
def carrier(programme, zone):
    return factories.member("carrier", programme, "staff", zone)


@pytest.fixture
def project(programme, zone, carrier, manager):
    """Registered; its start of works comes next."""
    sector = signings.sector(programme, by=manager)
    signed = signings.project(sector, zone, by=manager, code="QY-07", name="智能产线")
    return signings.passed(
        signed, "framework", "contract", "registered", by=carrier, confirmed_by=manager,
        fact_on=datetime.date(2021, 9, 10),
    )  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_works_begin_the_office_confirms_and_the_figures_change(
    visit, project, carrier, manager, auditor, scripts
):
    stands(visit(auditor, scripts=scripts), "已注册", started=0, rate="0 ÷ 1 = 0.00 %")

    proposes(visit(carrier, scripts=scripts), project)
    confirms(visit(manager, scripts=scripts))

    takes_away(visit(auditor, scripts=scripts))


def stands(page: Page, state: str, *, started: int, rate: str) -> None:
    """The gates above the list, the row and the rates below it say the same."""
    page.goto("/projects/")
    gate = page.locator(".funnel li").filter(has_text="开工")
    expect(gate.locator(".gate-figures")).to_contain_text(f"{started} 个")
    expect(page.locator("table.projects tbody")).to_contain_text(state)
    expect(page.locator(".rate-strip p").filter(has_text="开工率（占签约）")).to_contain_text(f"= {rate}")


def proposes(page: Page, project) -> None:
    """Without proof it is refused and what was typed stays; then with it."""
    page.goto(f"/projects/{project.pk}/")
    page.locator("main").get_by_role("link", name="申报“开工”").first.click()
    page.get_by_label("实际日期").fill(FACT)
    page.get_by_label("经过").fill(WORDS)
    page.locator("main").get_by_role("button", name="申报").click()
    expect(page.locator("#field-files")).to_contain_text("勘察、拆迁、场地平整不算")
    expect(page.get_by_label("经过")).to_have_value(WORDS)

    proof = {"name": "施工照片.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 works"}
    expect(page.locator("input[type=file]")).to_be_visible()
    page.locator("input[type=file]").set_input_files(proof)
    page.locator("main").get_by_role("button", name="申报").click()
    expect(page.locator(".message-green")).to_contain_text("已申报")


def confirms(page: Page) -> None:
    """At the desk, where reports wait too."""
    page.goto("/")
    page.locator("main").get_by_role("link", name="处理").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    expect(page.locator("main")).to_contain_text("施工照片.pdf")
    page.locator("aside").get_by_role("button", name="确认").first.click()
    expect(page.locator(".message-green")).to_contain_text("已确认")


def takes_away(page: Page) -> None:
    """The list says it, and the file does."""
    stands(page, "已开工", started=1, rate="1 ÷ 1 = 100.00 %")
    header, row = steps.export(page)[:2]
    assert row[header.index("编号")] == "QY-07"
    assert "已开工" in row
