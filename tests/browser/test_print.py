"""Pages on paper: A4 on its side, headings on every sheet, nothing that one would press."""

import re

import pytest
from playwright.sync_api import expect

from tests import breakings, factories, signings

SHEET = re.compile(rb"/Type\s*/Page\b")
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)")
ON_A4 = {"width": 1032, "height": 688}
"""Pixels of a sheet of A4 on its side, within its margins."""
PRESSED = "button:visible, .button:visible, .rail:visible, .tabs:visible, .menu:visible, .pages-list:visible"


@pytest.fixture
def paper(visit, auditor):
    """Opens a page as it will be printed."""

    def opened(address):
        page = visit(auditor)
        page.add_init_script("window.print = () => {}")  # the browser prints one thing at a time
        page.goto(address)
        page.emulate_media(media="print")
        return page

    return opened


@pytest.fixture
def register(field, market, manager):
    """More tasks than one page of the list holds."""
    return [factories.task(field, market, by=manager, title=f"任务举措{number}") for number in range(60)]


def test_the_whole_register_is_printed_with_its_headings(paper, register):
    page = paper("/tasks/?page_size=paper")

    pdf = page.pdf(prefer_css_page_size=True)

    assert len(SHEET.findall(pdf)) >= 3
    width, height = map(float, BOX.search(pdf).groups())
    assert (round(width), round(height)) == (842, 595)
    assert page.locator("thead").evaluate("one => getComputedStyle(one).display") == "table-header-group"
    expect(page.locator("tbody tr")).to_have_count(60)


def test_the_print_button_of_a_list_leads_to_all_its_rows(visit, auditor, register):
    page = visit(auditor)
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto("/tasks/")

    page.locator("#print").click()

    expect(page.locator("tbody tr")).to_have_count(60)
    expect(page.locator("html")).to_have_attribute("data-printed", "yes")


def test_a_list_that_was_cut_down_says_so_on_paper(paper, register):
    page = paper("/tasks/?q=任务举措5&status=registered")

    expect(page.locator(".pill.set").last).to_contain_text("状态")
    expect(page.locator(".pill.set")).to_have_count(2)
    expect(page.locator(".pill:visible")).to_have_count(2)


def test_a_part_of_a_list_says_which(paper, register):
    expect(paper("/tasks/").locator(".pages p")).to_contain_text("60")


@pytest.mark.parametrize(
    "address", ["/tasks/", "/tasks/{task}/", "/reports/", "/reports/{report}/", "/periods/", "/records/"]
)
def test_nothing_to_press_is_printed(paper, submitted, address):
    page = paper(address.format(task=submitted.task.pk, report=submitted.pk))

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(PRESSED)).to_have_count(0)
    assert len(SHEET.findall(page.pdf(prefer_css_page_size=True))) >= 1


def test_a_list_of_the_administration_is_as_wide_as_the_sheet(paper, submitted):
    page = paper("/admin/tasks/report/")

    expect(page.locator("#facets")).to_be_hidden()
    table, sheet = (page.locator(one).evaluate("one => one.offsetWidth") for one in (".moderated", ".list"))

    assert table == sheet


@pytest.fixture
def signed(field, market, manager):
    """A signing of the programme, with its sector and fair."""
    programme = field.programme
    sector = signings.sector(programme, by=manager)
    return signings.project(sector, market, by=manager, event=signings.event(programme, by=manager))


@pytest.mark.parametrize("address", ["", "board/", "carriers/", "pictures/"])
def test_the_ways_to_look_at_signings_stand_on_paper_whole(paper, signed, address):
    page = paper(f"/projects/{address}")

    expect(page.locator(PRESSED)).to_have_count(0)
    expect(page.locator(".gate-columns > li")).to_have_count(6)
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0
    assert len(SHEET.findall(page.pdf(prefer_css_page_size=True))) <= 3


def test_the_table_behind_a_picture_is_open_on_paper(paper, signed):
    page = paper("/projects/pictures/")

    drawn = page.locator(".behind table").first.evaluate("one => one.getBoundingClientRect().height")
    assert drawn > 40


def test_the_cockpit_begins_on_the_sheet_of_its_heading(paper, submitted, programme, manager):
    """The curve of the year with the table of its months is the tallest of the panels."""
    breakings.target(programme, by=manager)
    page = paper("/cockpit/")
    page.set_viewport_size(ON_A4)

    first = page.locator(".panels .section").first
    expect(first.locator("tbody tr")).to_have_count(12)
    assert first.evaluate("one => one.getBoundingClientRect().bottom + scrollY") < ON_A4["height"]


def sheets(pdf):
    """The sizes of a file's sheets."""
    return [tuple(round(float(side)) for side in box) for box in BOX.findall(pdf)]


@pytest.fixture
def fields(programme, market, manager):
    """A field that fills most of a sheet, one that no sheet holds, and an empty one."""
    made = [factories.field(programme, number=number, name=f"领域{number}") for number in (1, 2, 3)]
    for count, where in ((40, made[0]), (60, made[1])):
        for number in range(count):
            factories.task(where, market, by=manager, title=f"任务举措{number}")
    return made


def test_a_field_of_the_roadmap_stands_on_one_sheet_with_its_heading_and_axis(paper, fields):
    page = paper("/roadmap/?page_size=paper")

    expect(page.locator(PRESSED)).to_have_count(0)
    expect(page.locator(".road-columns .road-axis:visible")).to_have_count(3)
    expect(page.locator(".road-long")).to_have_count(1)
    tallest = page.locator(".road-field").first.evaluate("one => one.getBoundingClientRect().height")
    assert tallest < 640
    assert sheets(page.pdf(prefer_css_page_size=True)) == [(842, 595)] * 4


def test_the_roadmap_takes_larger_sheets_where_they_are_asked_for(paper, fields):
    page = paper("/roadmap/?page_size=paper&paper=a3")

    printed = sheets(page.pdf(prefer_css_page_size=True))
    assert (set(printed), len(printed) < 4) == ({(1191, 842)}, True)
