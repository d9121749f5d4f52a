"""The ways in, walked: a new person by a link that an administrator hands over, and a locked one unlocked."""

import re

from playwright.sync_api import expect

from tests import factories
from tests.browser import steps
from tests.browser.conftest import PHONE

NEW = "wind-over-fushan-bay"


def open_account(page, username):
    """From the menu to one person's account."""
    page.goto("/")
    page.get_by_role("link", name="账号管理", exact=True).first.click()
    page.get_by_role("searchbox", name="搜索", exact=True).fill(username)
    page.keyboard.press("Enter")
    page.locator("table.people tr").filter(has_text=username).locator("th a").click()
    expect(page.get_by_role("heading", name="可以办理")).to_be_visible()


def set_password(page, words):
    page.get_by_label("新密码").fill(words)
    page.get_by_label("再输一次").fill(words)


def try_to_enter(page, username, password):
    page.goto("/sign-in/")
    page.get_by_label("账号", exact=True).fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_new_person_comes_in_by_a_link(visit, admin, programme, market, report):
    factories.join(factories.user("lin", name="林一", password=None), programme, "staff", market)
    office = visit(admin)
    open_account(office, "lin")
    office.get_by_role("button", name="生成登录链接").click()
    link = office.locator("code.secret").inner_text()

    newcomer = visit(viewport=PHONE)
    newcomer.goto(link)
    set_password(newcomer, NEW)
    newcomer.get_by_role("button", name="设置密码并登录").click()

    newcomer.wait_for_url("**/")
    expect(newcomer.locator("main")).to_contain_text(report.task.title)


def test_a_locked_person_is_unlocked_and_comes_in(visit, admin, staff):
    person, office = visit(), visit(admin)
    for _number in range(5):
        try_to_enter(person, "staff", "wrong")
    expect(person.locator(".message-first")).to_have_text("账号已锁定")

    open_account(office, "staff")
    expect(office.locator(".sentence")).to_contain_text("已锁定")
    office.get_by_role("button", name="解锁").click()
    expect(office.locator(".message-first")).to_contain_text("已解锁")

    steps.sign_in(person, "staff")
    expect(person.locator("main")).to_be_visible()


def test_somebody_with_a_first_password_sets_their_own(visit, programme, market):
    person = factories.user("lin", must_change_password=True)
    factories.join(person, programme, "staff", market)
    page = visit(scripts=False)
    try_to_enter(page, "lin", factories.PASSWORD)

    page.get_by_label("原密码").fill(factories.PASSWORD)
    set_password(page, NEW)
    page.get_by_role("button", name="修改密码").click()

    page.wait_for_url("**/")
    page.goto("/profile/")
    expect(page.get_by_text("本浏览器", exact=True)).to_be_visible()


def test_a_lost_device_is_signed_out_from_another(visit, staff):
    lost, here = visit(staff, viewport=PHONE), visit(staff)
    here.goto("/")
    here.locator("a.person").click()
    here.get_by_role("button", name="退出其他所有设备").click()
    expect(here.locator(".message-first")).to_contain_text("1台")

    lost.goto("/tasks/")
    expect(lost).to_have_url(re.compile("/sign-in/"))
    expect(lost.locator(".message-first")).to_contain_text("登录已结束")
