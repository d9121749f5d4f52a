/* Choosing rows of a list in the administration.

   data-tick="name"  a box that ticks or clears every box with this name; a row whose box is ticked is shown as chosen
*/
(function () {
  "use strict";

  function boxes(name) {
    return document.querySelectorAll("tbody input[type=checkbox][name='" + name + "']");
  }

  // Before anybody else hears of the change: what asks for a trial then sends the rows as they are.
  document.addEventListener(
    "change",
    function (event) {
      const all = event.target.dataset.tick;
      if (all) {
        boxes(all).forEach(function (box) {
          box.checked = event.target.checked;
        });
      }
      if (all || event.target.matches("tbody .at-tick input")) {
        boxes(all || event.target.name).forEach(function (box) {
          box.closest("tr").classList.toggle("chosen", box.checked);
        });
      }
    },
    true,
  );

  // What was ticked before the scripts had come, or is ticked again on the way back, is told of now.
  window.addEventListener("pageshow", function () {
    const box = document.querySelector("tbody tr:not(.chosen) .at-tick input:checked");
    if (box) {
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
