"""What the form does by itself while somebody writes."""

from playwright.sync_api import expect

from tests.browser import steps

MINE = "已完成第一批备案"
THEIRS = "已完成第二批备案"


def write(page, words):
    """Type into the first field, and wait until the page says that it is kept."""
    page.get_by_label("本期完成情况").fill(words)
    expect(page.locator("[data-saved]")).to_contain_text("草稿")


def test_what_is_typed_is_kept_without_a_button(form):
    page = form()

    write(page, MINE)
    page.reload()

    expect(page.get_by_label("本期完成情况")).to_have_value(MINE)


def test_two_pages_on_different_fields_both_keep_their_work(form):
    first, second = form(), form()

    write(first, MINE)
    second.get_by_label("总体进度").fill("35")
    expect(second.locator("[data-saved]")).to_contain_text("草稿")

    first.reload()
    expect(first.get_by_label("本期完成情况")).to_have_value(MINE)
    expect(first.get_by_label("总体进度")).to_have_value("35")


def test_two_pages_on_one_field_are_shown_side_by_side(form):
    first, second = form(), form()

    write(first, MINE)
    second.get_by_label("本期完成情况").fill(THEIRS)
    second.get_by_role("button", name="对照两份").click()

    expect(second.locator("main")).to_contain_text(MINE)
    expect(second.locator("main")).to_contain_text(THEIRS)


def test_a_double_click_submits_once(form, report):
    page = form()
    page.get_by_label("本期完成情况").fill(MINE)
    page.get_by_label("总体进度").fill("40")
    page.get_by_label("预计完成时间").fill("2021-12-31")
    steps.choose_light(page, "green")

    page.get_by_role("button", name="提交", exact=True).dblclick()

    expect(page.locator(".message-green")).to_contain_text("已提交")
    assert report.versions.count() == 1


def test_a_refused_report_names_its_fields_and_keeps_the_text(form):
    page = form()
    page.get_by_label("本期完成情况").fill(MINE)
    page.get_by_label("总体进度").fill("140")

    page.get_by_role("button", name="提交", exact=True).click()

    expect(page.locator("#field-progress .errorlist")).to_be_visible()
    expect(page.get_by_label("本期完成情况")).to_have_value(MINE)
