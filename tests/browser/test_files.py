"""Adding files with scripts and without: several at once, each with its progress, and what became of it."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import PHONE
from tests.qdtrade.evidence import made


def upload(name, body=b"%PDF-1.4 proof"):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


@pytest.fixture
def form(visit, report, staff):
    def opened(**how):
        page = visit(staff, **how)
        page.goto(f"/reports/{report.pk}/")
        return page

    return opened


def listed(page):
    return page.locator("#evidence-files")


def test_several_files_at_once_and_a_bad_one_loses_none(form):
    page = form()

    page.set_input_files(
        "#id_files", [upload("一.pdf"), upload("图.svg", b"<svg/>"), upload("二.pdf", b"%PDF-2")]
    )

    expect(listed(page)).to_contain_text("一.pdf")
    expect(listed(page)).to_contain_text("二.pdf")
    expect(page.locator("[data-queue] li")).to_have_count(1)
    expect(page.locator("[data-queue]")).to_contain_text("图.svg")
    page.reload()
    expect(listed(page).locator("li")).to_have_count(2)


def test_what_is_typed_stays_while_files_are_added(form):
    page = form()
    page.get_by_label("本期完成情况").fill("边写边传")

    page.set_input_files("#id_files", [upload("一.pdf")])

    expect(listed(page)).to_contain_text("一.pdf")
    expect(page.get_by_label("本期完成情况")).to_have_value("边写边传")
    expect(page.locator("[data-saved]")).to_contain_text("草稿")


def test_what_became_of_a_file_is_told_to_those_who_hear_the_page(form):
    page = form()

    page.set_input_files("#id_files", [upload("一.pdf")])

    expect(page.locator("[data-uploads] [role=status]")).to_contain_text("一.pdf")


def test_after_a_broken_line_one_click_sends_it_again(form):
    page = form()
    page.context.set_offline(True)
    page.set_input_files("#id_files", [upload("一.pdf")])
    again = page.locator("[data-again]")
    expect(again).to_be_visible()
    page.context.set_offline(False)

    again.click()

    expect(listed(page)).to_contain_text("一.pdf")
    expect(page.locator("[data-queue] li")).to_have_count(0)


def test_a_file_in_the_queue_is_taken_off(form):
    page = form()
    page.context.set_offline(True)
    page.set_input_files("#id_files", [upload("一.pdf")])

    page.locator("[data-cancel]").click()

    expect(page.locator("[data-queue]")).to_be_hidden()
    page.context.set_offline(False)


def test_a_file_too_large_is_told_before_it_is_sent(form, settings):
    settings.MAX_FILE_BYTES = 1024 * 1024
    page = form()

    page.set_input_files("#id_files", [upload("大.pdf", b"%PDF-" + bytes(2 * 1024 * 1024))])

    expect(page.locator("[data-queue] .alarm")).to_contain_text("大.pdf")


def test_a_dropped_file_is_added(form):
    page = form()
    dropped = page.evaluate_handle(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["%PDF-1.4 dropped"], "拖.pdf"));
          return data;
        }"""
    )

    page.dispatch_event("[data-uploads]", "drop", {"dataTransfer": dropped})

    expect(listed(page)).to_contain_text("拖.pdf")


def test_without_scripts_several_files_go_with_the_form(form):
    page = form(scripts=False)
    page.set_input_files("#id_files", [upload("一.pdf"), upload("二.pdf", b"%PDF-2")])

    page.locator("#add-files").click()

    expect(listed(page).locator("li")).to_have_count(2)


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE])
def test_a_photograph_is_shown_small_and_opens_large(form, report, staff, viewport):
    file = factories.attach(report, by=staff, name="照片.heic", body=made.photograph("HEIF", (600, 400)))
    page = form(viewport=viewport)
    small = listed(page).locator("img")
    small.scroll_into_view_if_needed()
    expect(small).to_have_js_property("naturalHeight", 240)

    answer = page.request.get(f"/files/{file.pk}/preview/")

    assert answer.headers["content-type"] == "image/jpeg"
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_picture_that_cannot_be_shown_says_so(form, report, staff, watch):
    factories.attach(report, by=staff, name="坏.png", body=made.fake_png(50_000, 50_000))
    page = form()

    listed(page).scroll_into_view_if_needed()

    expect(listed(page).locator(".thumbnail")).to_have_text(re.compile("\\S"))
    watch.faults[:] = [fault for fault in watch.faults if "/thumbnail/" not in fault]


def test_the_menu_of_files_hands_out_a_workbook(visit, auditor, task):
    page = visit(auditor)
    page.goto("/tasks/")
    page.locator("#export > summary").click()

    with page.expect_download() as waiting:
        page.locator("#export").get_by_role("link", name=re.compile("Excel")).first.click()

    assert waiting.value.suggested_filename.endswith(".xlsx")
