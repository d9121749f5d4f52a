"""What is wrong with a page for people: what axe finds, what a phone shows too small or too wide, what is set badly."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE

FINGER, LINE, SMALLEST = 44, 24, 12
"""CSS pixels: a control's height on the phone, a link's within a text, and the smallest letters."""

MEASURE = """([finger, line, smallest]) => {
  const faults = new Set();
  const name = (one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
  const hidden = (one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return one.closest("[hidden]") || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      || box.width <= 1 || box.height <= 1 || style.clipPath !== "none" || box.right <= 0 || box.bottom + scrollY <= 0;
  };
  /* What a finger meets: the control with its label, its pill, and the room that CSS draws around it. */
  const height = (one) => {
    const around = getComputedStyle(one, "::after");
    const drawn = around.position === "absolute" && around.content !== "none";
    const boxes = [one, ...(one.labels || []), one.closest(".pill") || one];
    const most = Math.max(...boxes.map((box) => box.getBoundingClientRect().height));
    return most + (drawn ? Math.max(0, -parseFloat(around.top) - parseFloat(around.bottom)) || 0 : 0);
  };
  if (document.documentElement.scrollWidth > innerWidth) {
    faults.add(`is ${document.documentElement.scrollWidth} wide`);
  }
  /* A box to tick that stands alone is small, and has room around it; with its words it is as high as the others. */
  const alone = (one) => ["checkbox", "radio"].includes(one.type) && one.getBoundingClientRect().height >= line - 0.5;
  document.querySelectorAll("button, summary, select, textarea, input, .button, .menu-item").forEach((one) => {
    if (one.type !== "hidden" && !hidden(one) && !alone(one) && height(one) < finger - 0.5) {
      faults.add(`${Math.round(height(one))} high: ${name(one)}`);
    }
  });
  document.querySelectorAll("a[href]").forEach((one) => {
    if (!hidden(one) && height(one) < line - 0.5) {
      faults.add(`link ${Math.round(height(one))} high: ${name(one)}`);
    }
  });
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement, size = parseFloat(getComputedStyle(one).fontSize);
    const read = texts.currentNode.data.trim() && !["SCRIPT", "STYLE", "OPTION", "TEMPLATE"].includes(one.tagName);
    if (read && size < smallest - 0.05 && !hidden(one)) {
      faults.add(`letters of ${size}: ${name(one)}`);
    }
  }
  return [...faults];
}"""


SETTING = """() => {
  const faults = new Set();
  const name = (one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
  const clipped = (one) => one && (getComputedStyle(one).clipPath !== "none" || clipped(one.parentElement));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement, text = texts.currentNode.data.trim();
    if (text.length > 1 && one.checkVisibility({ visibilityProperty: true })) {
      range.selectNodeContents(texts.currentNode);
      const lines = [...range.getClientRects()].filter((line) => line.width > 1);
      const letter = parseFloat(getComputedStyle(one).fontSize) * 1.2;
      if (lines.length > 1 && lines.every((line) => line.width < letter) && !clipped(one)) {
        faults.add(`a letter a line: ${name(one)}`);
      }
      if (lines.length > 1 && /^[\\d.,]+$/.test(text)) {
        faults.add(`a figure on two lines: ${name(one)}`);
      }
    }
  }
  document.querySelectorAll("section.section, .page-here").forEach((one) => {
    const head = one.querySelector(":scope > .section-head");
    const rest = [...one.children].filter((each) => each !== head);
    const shown = "input, svg, img";
    const bare = !rest.some((each) => each.textContent.trim() || each.matches(shown) || each.querySelector(shown));
    if (one.checkVisibility() && (head ? bare : !one.innerText.trim())) {
      faults.add(`nothing in: ${name(one)}`);
    }
  });
  return [...faults];
}"""


def at_both_widths(page: Page, address: str) -> list[str]:
    """Every fault of the page at this address, on a desk and on a phone."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    found = [f"{address} {fault}" for fault in (*axe(page), *setting(page))]
    page.set_viewport_size(PHONE)
    return found + [f"{address} on the phone {fault}" for fault in (*axe(page), *phone(page))]


def axe(page: Page) -> list[str]:
    """Everything that axe finds, its best practices included, with the first places of each."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("axe.run({resultTypes: ['violations']}).then((found) => found.violations)")
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in violations]


def phone(page: Page) -> list[str]:
    """What is wider than a phone, too low for a finger, too small to read, or badly set."""
    return [*page.evaluate(MEASURE, [FINGER, LINE, SMALLEST]), *setting(page)]


def desk(page: Page) -> list[str]:
    """How far the page reaches beyond the window of a desk."""
    page.set_viewport_size(WIDE)
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{over} px wider than the window"] if over > 0 else []


def setting(page: Page) -> list[str]:
    """Words set one letter a line, figures that are broken, and headings with nothing under them."""
    return list(page.evaluate(SETTING))
