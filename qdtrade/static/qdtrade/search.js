/* The search by keyboard: the first hit is chosen, the arrows choose another, Enter opens it.

   data-hit  a link to something that was found; Enter in the box opens the chosen one while the words are unchanged
*/
(function () {
  "use strict";

  const hits = Array.from(document.querySelectorAll("[data-hit]"));
  const box = Array.from(document.querySelectorAll(".search input[type=search]")).find(function (input) {
    return input.getClientRects().length > 0;
  });
  let chosen = -1;

  function choose(place) {
    const row = hits[place] && hits[place].closest("li");
    if (!row) {
      return;
    }
    if (hits[chosen]) {
      hits[chosen].closest("li").classList.remove("chosen");
      hits[chosen].removeAttribute("aria-current");
    }
    chosen = place;
    row.classList.add("chosen");
    hits[chosen].setAttribute("aria-current", "true");
  }

  function elsewhere(element) {
    return element !== box && element.matches("input, textarea, select, button, summary, a:not([data-hit])");
  }

  function pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || elsewhere(event.target)) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
      hits[chosen].scrollIntoView({ block: "nearest" });
      return;
    }
    const asksAnew = event.target === box && box.value !== box.defaultValue;
    if (event.key === "Enter" && !asksAnew && !event.target.matches("[data-hit]")) {
      event.preventDefault();
      hits[chosen].click();
    }
  }

  if (box && box.closest(".top")) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
  if (hits.length > 0) {
    choose(0);
    document.addEventListener("keydown", pressed);
  }
})();
