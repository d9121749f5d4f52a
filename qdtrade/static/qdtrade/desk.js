/* The review desk without a reload: a link that would open the page with the reason's box opens the box itself.

   data-opens="id"  opens the details with this id and puts the cursor into its text box
*/
(function () {
  "use strict";

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
})();
