"""The administration as a workflow, on the real pages: with scripts, and without any."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from qdtrade.programmes.models import Membership, WorkingDay
from tasks.models import Report
from tests import factories
from tests.browser.conftest import PHONE, WIDE

scripted = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def browse(visit, live_server):
    """Opens the administration in English, in which this person has signed in."""

    def opened(person, **how) -> Page:
        page = visit(person, **how)
        page.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": live_server.url}]
        )
        page.goto("/admin/")
        return page

    return opened


@pytest.fixture
def three(field, market, commerce, manager, staff, neighbour, programme):
    """Submitted reports: two of the market bureau, the last of the bureau of `manager2`."""
    leads = [(market, staff), (market, staff), (commerce, neighbour)]
    tasks = [factories.accepted_task(field, lead, by=manager, accepted_by=one) for lead, one in leads]
    period = factories.open_period(programme, by=manager)
    owed = zip(tasks, leads, strict=True)
    return [factories.submit(factories.report_of(task, period), by=one) for task, (_lead, one) in owed]


def open_list(page: Page, name: str) -> None:
    page.goto("/admin/")
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def day(page: Page, number: int, first: str, last: str, kind: str, name: str) -> None:
    """One row of the notice."""
    row = page.locator(".form-rows tbody tr").nth(number)
    row.get_by_label("From").fill(first)
    row.get_by_label("To", exact=True).fill(last)
    row.get_by_label("Kind").select_option(kind)
    row.get_by_label("Occasion").fill(name)


@scripted
def test_an_administrator_enters_next_years_days(browse, admin, scripts):
    page = browse(admin, scripts=scripts)
    expect(page.locator(".message-yellow")).to_contain_text("The holidays of 2022 have not been entered")

    open_list(page, "Working days")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Number of the notice").fill("国办发明电〔2021〕11号")
    day(page, 0, "2022-01-31", "2022-02-06", "off", "春节")
    day(page, 1, "2022-01-29", "", "work", "春节")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.locator(".message-green")).to_be_visible()
    page.goto("/admin/")
    expect(page.locator(".message-yellow", has_text="holidays")).to_have_count(0)
    assert WorkingDay.objects.count() == 8


@scripted
def test_an_administrator_adds_a_person_with_a_role_from_a_day_to_a_day(browse, admin, market, scripts):
    page = browse(admin, scripts=scripts)
    open_list(page, "People")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Account").fill("wang")
    page.get_by_label("Full name").fill("王芳")
    page.get_by_label("Role").select_option("head")
    page.get_by_label("Bureau", exact=True).select_option(str(market.pk))
    page.get_by_label("From").fill("2021-10-01")
    page.get_by_label("To", exact=True).fill("2022-03-31")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.locator("h1")).to_have_text("王芳")
    expect(page.locator("table tbody")).to_contain_text("2022-03-31")
    assert Membership.objects.get(user__username="wang").role == "head"


@scripted
def test_a_reviewer_approves_two_reports_and_learns_why_the_third_is_refused(
    browse, three, manager2, scripts
):
    page = browse(manager2, scripts=scripts)
    open_list(page, "Progress reports")
    for report in three:
        page.locator(f"input[name=row][value='{report.pk}']").check()
    page.get_by_label("To the chosen rows").or_(page.get_by_label("To 3 chosen rows")).select_option(
        "approve"
    )
    page.get_by_label("Comment").fill("September review.")
    if not scripts:
        page.get_by_role("button", name="Try first").click()
    refused = page.locator("tr", has=page.locator(f"input[value='{three[2].pk}']"))
    expect(page.locator(".act-do")).to_contain_text("2 would do, 1 would be refused")
    expect(refused.locator(".row-trial")).to_contain_text("from your own bureau")

    page.get_by_role("button", name=re.compile("Do “Approve”")).click()

    expect(page.locator("#result tbody tr")).to_have_count(3)
    expect(page.locator("#result")).to_contain_text("not done")
    expect(page.locator("#result")).to_contain_text("from your own bureau")
    assert [Report.objects.get(pk=report.pk).status for report in three] == [
        "approved",
        "approved",
        "submitted",
    ]


def test_what_is_done_without_a_trial_is_shown_first(browse, three, manager2):
    page = browse(manager2, scripts=False)
    open_list(page, "Progress reports")
    page.locator(f"input[name=row][value='{three[0].pk}']").check()
    page.get_by_label("To the chosen rows").select_option("approve")
    page.get_by_role("button", name="Do it").click()

    expect(page.locator("#act-errors")).to_contain_text("nothing has been done yet")
    assert Report.objects.get(pk=three[0].pk).status == "submitted"

    page.get_by_role("button", name=re.compile("Do “Approve”")).click()

    expect(page.locator("#result")).to_contain_text("approved")


def test_all_rows_of_a_page_are_chosen_at_once(browse, three, manager2):
    page = browse(manager2)
    open_list(page, "Progress reports")

    page.get_by_label("Choose all rows of this page").check()

    expect(page.locator("tbody tr.chosen")).to_have_count(3)
    expect(page.locator("#act-count")).to_have_text("To 3 chosen rows")


def test_a_double_click_acts_once(browse, three, manager2):
    page = browse(manager2)
    open_list(page, "Progress reports")
    page.locator(f"input[name=row][value='{three[0].pk}']").check()
    page.get_by_label("To 1 chosen row").select_option("approve")
    expect(page.locator(".act-do")).to_contain_text("1 would do")

    page.get_by_role("button", name=re.compile("Do “Approve”")).dblclick()

    expect(page.locator("#result")).to_contain_text("Done 1, not done 0")


def test_a_row_ticked_before_the_scripts_have_come_is_tried_all_the_same(browse, three, manager2):
    page = browse(manager2)
    page.goto("/admin/tasks/report/")
    page.route("**/*.js", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.reload(wait_until="commit")

    page.locator(f"input[name=row][value='{three[0].pk}']").check()

    expect(page.get_by_label("To 1 chosen row")).to_be_visible()


def test_a_superuser_without_a_role_approves_nothing(browse, three, root):
    page = browse(root)

    page.goto("/admin/tasks/report/")

    expect(page.locator("main")).to_contain_text("No row fits")
    expect(page.locator("#act")).to_have_count(0)


def test_on_the_phone_the_filters_are_folded_and_the_box_waits_for_a_row(browse, three, manager2):
    page = browse(manager2, viewport=PHONE)
    open_list(page, "Progress reports")
    expect(page.locator("#facets")).not_to_be_visible()
    expect(page.locator("#act-name")).not_to_be_visible()

    page.locator("tbody .at-tick input[type=checkbox]").first.check()
    expect(page.locator("#act-name")).to_be_visible()
    page.get_by_role("link", name="Filters").click()

    expect(page.locator("#facets")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] < WIDE["width"]


@pytest.mark.parametrize("name", ["Tasks", "Progress reports", "Expected reports"])
def test_in_english_too_a_list_fits_beside_its_filters(browse, three, manager2, name):
    page = browse(manager2)
    open_list(page, name)

    over = page.locator(".scroll").evaluate("one => one.scrollWidth - one.clientWidth")

    assert over <= 0


def test_on_the_phone_every_line_of_the_result_is_as_wide_as_the_page(browse, three, manager2):
    page = browse(manager2, viewport=PHONE)
    open_list(page, "Progress reports")
    page.locator(f"input[name=row][value='{three[0].pk}']").check()
    page.locator("#act-name").select_option("approve")
    page.get_by_role("button", name=re.compile("Do “Approve”")).click()

    page.wait_for_url("**#result")
    widths = page.locator("#result tbody tr > *").evaluate_all("all => all.map(one => one.offsetWidth)")

    assert min(widths) > 340
