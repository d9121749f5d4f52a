"""The paper of a bulletin: A4 upright, the type of official documents, nothing to press, kept as PDF."""

import re

import pytest
from playwright.sync_api import expect

from tests import signings

SHEET = re.compile(rb"/Type\s*/Page\b")
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)")


@pytest.fixture
def printed(visit, submitted, field, market, manager, auditor):
    """The print view of the period, as paper."""
    signings.project(signings.sector(field.programme, by=manager), market, by=manager)
    page = visit(auditor)
    page.goto(f"/bulletin/{submitted.expected.period_id}/")
    page.locator(".page-do a.main").click()
    page.wait_for_url(re.compile("/print/"))
    page.emulate_media(media="print")
    return page


def test_the_paper_is_a4_upright_with_its_figures(printed):
    expect(printed.locator(".document h1")).to_be_visible()
    pdf = printed.pdf(prefer_css_page_size=True)

    width, height = map(float, BOX.search(pdf).groups())
    assert (round(width), round(height)) == (595, 842)
    assert 1 <= len(SHEET.findall(pdf)) <= 8
    expect(printed.locator(".over-paper")).to_be_hidden()
    assert printed.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(
    ("part", "font", "size"),
    [
        ("h1", "方正小标宋简体", 22),
        (".document > p", "仿宋_GB2312", 16),
        ("h2", "黑体", 16),
        ("td", "宋体", 10.5),
    ],
)
def test_the_paper_names_the_fonts_of_the_standard_first(printed, part, font, size):
    style = printed.locator(f".document {part}" if part[0] != "." else part).nth(1 if part[0] == "." else 0)

    found = style.evaluate("one => [getComputedStyle(one).fontFamily, getComputedStyle(one).fontSize]")
    assert found[0].split(",")[0].strip('"') == font
    assert round(float(found[1].removesuffix("px")) * 0.75, 1) == size
