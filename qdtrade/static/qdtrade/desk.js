/* The review desk without a reload: a link that would open the page with the reason's box opens the box itself, and ticks
   stay while one walks through the queue.

   data-opens="id"   opens the details with this id and puts the cursor into its text box
   data-desk="code"  the desk of this programme: ticks are kept in the tab until they are sent
   data-tick         a tick of the queue; data-ticked shows how many there are
*/
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  const place = desk && `desk ${desk.dataset.desk}`;
  const boxes = Array.from(document.querySelectorAll("[data-tick]"));
  const shown = document.querySelector("[data-ticked]");
  const form = document.getElementById("together");

  /* Of the ticks that were kept, those of rows that are still in the queue. */
  function recall() {
    const kept = JSON.parse(sessionStorage.getItem(place) || "[]");
    boxes.forEach(function (box) {
      box.checked = kept.includes(box.value);
    });
    keep();
  }

  function keep() {
    const ticked = boxes.filter(function (box) {
      return box.checked;
    });
    sessionStorage.setItem(place, JSON.stringify(ticked.map(function (box) {
      return box.value;
    })));
    if (shown) {
      shown.textContent = ticked.length;
    }
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("[data-opens]");
    const box = link && document.getElementById(link.dataset.opens);
    if (!box) {
      return;
    }
    event.preventDefault();
    box.open = true;
    const field = box.querySelector("textarea");
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
  document.addEventListener("change", function (event) {
    if (event.target.hasAttribute("data-tick")) {
      keep();
    }
  });
  if (form) {
    form.addEventListener("submit", function () {
      sessionStorage.removeItem(place);
    });
  }
  document.querySelectorAll(".keys").forEach(function (keys) {
    keys.addEventListener("toggle", function () {
      keys.scrollIntoView({ block: "nearest" });
    });
  });
  if (desk) {
    recall();
    const current = document.querySelector(".queue > .current");
    if (current) { // only the queue scrolls: the page itself stays where it is
      const queue = current.closest(".desk-queue");
      queue.scrollTop = Math.max(0, current.offsetTop - queue.clientHeight / 2);
    }
  }
})();
