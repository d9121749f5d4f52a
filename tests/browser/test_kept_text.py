"""What somebody typed is in this browser until the server has it: a broken line, an ended session, a shared machine."""

import re

from playwright.sync_api import expect

from qdtrade.accounts.models import Session
from tests import factories
from tests.browser import steps

MINE = "已完成第一批备案"
THEIRS = "已完成第二批备案"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('qdtrade.text.'))"


def done(page):
    return page.get_by_label("本期完成情况")


def says(page, words):
    expect(page.locator("[data-saved]")).to_contain_text(words)


def keeps_nothing(page):
    """The browser has let go of every text; asked from outside, for within the page no words are evaluated."""
    for _ in range(100):
        if page.evaluate(KEPT) == []:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(KEPT) == []


def test_text_typed_without_a_line_is_sent_when_the_line_is_back(form, report):
    page = form()
    page.context.set_offline(True)

    done(page).fill(MINE)
    says(page, "没有连接")
    page.context.set_offline(False)

    says(page, "草稿")
    report.refresh_from_db()
    assert report.draft.content["done"] == MINE
    keeps_nothing(page)


def test_a_page_closed_without_a_line_loses_nothing(form, report):
    page = form()
    page.context.set_offline(True)
    done(page).fill(MINE)
    says(page, "没有连接")
    # Chromium gives a page its line back as it closes it.
    page.route("**/draft/**", lambda route: route.abort())
    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)

    again.goto(f"/reports/{report.pk}/")

    expect(done(again)).to_have_value(MINE)
    says(again, "已恢复")


def test_kept_text_meets_what_a_colleague_wrote_meanwhile_field_by_field(form, report):
    page, other = form(), form()
    page.context.set_offline(True)
    done(page).fill(MINE)
    says(page, "没有连接")
    other.get_by_label("总体进度").fill("35")
    says(other, "草稿")

    page.context.set_offline(False)

    says(page, "草稿")
    expect(page.get_by_label("总体进度")).to_have_value("35")
    report.refresh_from_db()
    assert (report.draft.content["done"], report.draft.content["progress"]) == (MINE, "35")


def test_an_ended_session_takes_no_word_away(form, staff, report):
    page = form()
    Session.objects.filter(user=staff).delete()
    done(page).fill(MINE)
    says(page, "已退出")

    again = page.context.new_page()
    steps.sign_in(again, staff.username)
    keeps_nothing(again)

    again.goto(f"/reports/{report.pk}/")
    expect(done(again)).to_have_value(MINE)


def test_what_is_typed_before_the_script_arrives_is_saved_too(visit, staff, report):
    page, held = visit(staff), []
    script = re.compile(r"/report(\.\w+)?\.js")
    page.route(script, lambda route: held.append(route))  # a built-in cannot be one
    with page.expect_request(script):
        page.goto(f"/reports/{report.pk}/", wait_until="commit")
    done(page).fill(MINE)

    held[0].continue_()
    says(page, "草稿")

    expect(done(page)).to_have_value(MINE)
    report.refresh_from_db()
    assert report.draft.content["done"] == MINE


def test_submitting_without_a_line_leaves_the_page_and_its_text(form, report):
    page = form()
    page.context.set_offline(True)
    done(page).fill(MINE)

    page.get_by_role("button", name="提交", exact=True).click()

    says(page, "没有连接")
    expect(done(page)).to_have_value(MINE)


def test_signing_out_leaves_nothing_on_a_shared_machine(form, report):
    page = form()
    page.context.set_offline(True)
    done(page).fill(MINE)
    says(page, "没有连接")
    page.context.set_offline(False)

    page.get_by_role("button", name="退出").first.click()
    page.wait_for_url("**/sign-in/**")

    assert page.evaluate(KEPT) == []
    report.refresh_from_db()
    assert report.draft.content["done"] == MINE


def test_a_pasted_picture_becomes_evidence_with_a_name(form):
    page = form()
    paste = """async () => {
      const canvas = document.createElement("canvas");
      const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
      const data = new DataTransfer();
      data.items.add(new File([blob], "image.png", { type: "image/png" }));
      const how = { clipboardData: data, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new ClipboardEvent("paste", how));
    }"""

    page.evaluate(paste)

    expect(page.locator("#evidence-files a.name")).to_contain_text("粘贴的图片 20")


def test_a_report_without_changes_takes_three_clicks_from_signing_in(visit, report, staff, manager):
    factories.attach(report, by=staff, milestone=report.task.milestones.get(number=1))
    factories.approve(factories.submit(report, by=staff, milestones={"1": "2021-09-01"}), by=manager)
    october = factories.open_period(report.task.programme, by=manager, month=10)
    page = visit()
    page.goto("/sign-in/")
    page.get_by_label("账号", exact=True).fill(staff.username)
    page.get_by_label("密码", exact=True).fill(factories.PASSWORD)

    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="本期无变化").click()
    page.get_by_role("button", name="提交“本期无变化”").click()

    expect(page.locator(".message-green")).to_contain_text("已提交")
    assert factories.report_of(report.task, october).current.content["no_change"] is True
