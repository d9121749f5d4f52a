"""Without a mouse: every control is reached in order, the focus is seen wherever it is, and nothing holds it."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.test_pages import PAGES, ids, person  # noqa: F401

MOST = 2000
"""Stops on one page; more would be a trap."""

SHARED = """
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex], iframe";
  const reachable = (one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden"
    && one.checkVisibility({ visibilityProperty: true })
    && !one.closest("details:not([open]) > :not(summary:first-of-type)");
  const chosen = (one) => one.type !== "radio" || one.checked
    || (!document.querySelector(`input[name="${one.name}"]:checked`)
      && one === document.querySelector(`input[name="${one.name}"]`));
  const all = [...document.querySelectorAll(focusable)].filter((one) => reachable(one) && chosen(one));
  const name = (one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
"""
EVERYTHING = f"() => {{ {SHARED} return all.map(name); }}"
STOP = f"""() => {{ {SHARED}
  const one = document.activeElement;
  if (!one || one === document.body) {{
    return null;
  }}
  const around = [one, ...(one.labels || []), one.nextElementSibling, one.closest(".pill")].filter(Boolean);
  const outlined = around.some((each) => {{
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  }});
  const framed = one.ownerSVGElement && [...one.querySelectorAll(".hit")].some((each) => {{
    const style = getComputedStyle(each);
    return style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2;
  }});
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint(
    Math.min(Math.max(box.x + Math.min(box.width / 2, 40), 0), innerWidth - 1), box.y + box.height / 2);
  const seen = at && (at.contains(one) || around.some((each) => each.contains(at)) || box.width <= 1);
  return {{ place: all.indexOf(one), name: name(one), outlined: outlined || Boolean(framed), seen: Boolean(seen) }};
}}"""


TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
}"""


def stops(page):
    """Where Tab leads, from the top of the page until it leaves it."""
    found = []
    page.evaluate(TOP)
    while len(found) < MOST:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (found and stop["place"] <= found[0]["place"]):
            return found
        found.append(stop)
    return found


def faults(page, address):
    """What a person without a mouse misses on this page."""
    page.goto(address)
    reachable, found = page.evaluate(EVERYTHING), stops(page)
    places = [stop["place"] for stop in found]
    missed = [name for place, name in enumerate(reachable) if place not in places]
    return [
        *(f"{address} not reached: {name}" for name in missed),
        *(f"{address} no outline: {stop['name']}" for stop in found if not stop["outlined"]),
        *(f"{address} covered: {stop['name']}" for stop in found if not stop["seen"]),
        *([f"{address} out of order: {places}"] if places != sorted(places) else []),
        *([f"{address} holds the focus"] if len(found) == MOST else []),
    ]


@pytest.mark.parametrize("role", PAGES)
def test_every_control_is_reached_in_order_and_the_focus_is_seen(visit, ids, person, role):  # noqa: F811
    page = visit(person(role))

    found = [fault for address in PAGES[role] for fault in faults(page, address.format(**ids))]

    assert found == []


def test_the_first_stop_leads_past_the_menu(visit, manager):
    page = visit(manager)
    page.goto("/tasks/")

    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main#page")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_box_opens_and_closes_by_keyboard_and_keeps_what_was_typed(visit, manager, submitted):
    page = visit(manager)
    page.goto(f"/desk/{submitted.pk}/")
    box = page.locator("#return-box")

    box.locator("summary").focus()
    page.keyboard.press("Enter")
    box.locator("textarea").fill("为什么？")
    page.keyboard.press("Escape")

    expect(box).not_to_have_attribute("open", "")
    expect(box.locator("summary")).to_be_focused()
    page.keyboard.press("Space")
    expect(box.locator("textarea")).to_have_value("为什么？")


def test_a_report_is_returned_without_a_mouse(visit, manager, submitted):
    page = visit(manager)
    page.goto(f"/desk/{submitted.pk}/")

    page.keyboard.press("r")
    page.keyboard.type("哪三家？")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".message-green")).to_contain_text("已退回")


def test_the_menu_of_the_phone_opens_and_closes_by_keyboard(visit, staff):
    page = visit(staff, viewport=PHONE)
    page.goto("/")
    page.locator(".menu-open").focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#menu').contains(document.activeElement)")
    page.keyboard.press("Escape")

    expect(page.locator("#menu")).to_be_hidden()
    expect(page.locator("main#page")).to_be_visible()


def test_people_sign_in_without_a_mouse(visit, staff):
    page = visit()
    page.goto("/sign-in/")
    expect(page.locator("#id_username")).to_be_focused()  # by itself, but not before the page is drawn

    page.keyboard.type("staff")
    page.keyboard.press("Tab")
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Enter")

    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("form.plain-form")).to_have_count(0)
