/* What the pages do beyond plain links and forms. Every page works without it.

   data-key="a"          a key presses, opens or focuses this element (never while somebody is typing)
   data-print            prints the page; data-print-now does so as soon as the page is there
   data-counter="id"     writes the number of characters into the element with this id
   data-submit-on-change its form is sent when the field changes
   data-main             the button that Ctrl+Enter presses; every posting form is sent only once however often it is pressed
   data-guard            a form whose unsaved text is not left without a question
   data-copy="id"        copies the text of the field with this id, and says so with data-copied in the place beside it
   data-opens-at="css"   what is wider than the screen opens with this element of it in the middle
   data-or               what an image says that cannot be shown
   data-saved            where an autosaving form says what became of the text; data-lost is the sentence for a broken line
*/
(function () {
  "use strict";

  const root = document.documentElement;
  const changed = new Set();
  root.classList.add("scripted");

  function typing(element) {
    return element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  }

  function visible(element) {
    return element.getClientRects().length > 0;
  }

  function use(element) {
    if (typing(element)) {
      element.focus();
      element.select();
      return;
    }
    element.click();
    if (element.matches("summary")) {
      element.focus();
    }
    const field = element.closest("details[open]")?.querySelector("textarea, input:not([type=hidden])");
    if (field) {
      field.focus();
    }
  }

  /* Escape: the box that the focus is in closes, what was typed stays in it; else the phone's menu closes. */
  function leave(element) {
    const box = element.closest("details[open]");
    if (box) {
      box.open = false;
      box.querySelector("summary").focus();
    } else if (location.hash === "#menu") {
      location.hash = "page";
    }
  }

  function pressed(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      const button = Array.from(event.target.form.elements).find(function (element) {
        return element.hasAttribute("data-main"); // the bar stands outside the form it belongs to
      });
      if (button) {
        event.preventDefault();
        event.target.form.requestSubmit(button);
      }
      return;
    }
    if (event.key === "Escape" && !event.isComposing) {
      leave(event.target);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    const wanted = Array.from(document.querySelectorAll("[data-key]")).find(function (element) {
      return element.dataset.key === event.key.toLowerCase() && visible(element);
    });
    if (wanted) {
      event.preventDefault();
      use(wanted);
    }
  }

  /* Browsers lend the clipboard to safe addresses alone; elsewhere the text is marked, and copied the old way. */
  function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    field.focus();
    field.select();
    const done = navigator.clipboard
      ? navigator.clipboard.writeText(field.value)
      : Promise.resolve(document.execCommand("copy"));
    done.then(function () {
      button.nextElementSibling.textContent = button.dataset.copied;
    });
  }

  function clicked(event) {
    const copying = event.target.closest("[data-copy]");
    if (copying) {
      copy(copying);
    }
    if (event.target.closest("[data-print]")) {
      window.print();
    }
    if (event.target.closest("[aria-disabled=true]")) {
      event.preventDefault();
    }
  }

  function sent(event) {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      form.dataset.sent = "yes";
    }
    changed.delete(form);
  }

  function typed(event) {
    const field = event.target;
    if (field.dataset.counter) {
      document.getElementById(field.dataset.counter).textContent = Array.from(field.value).length;
    }
    if (field.form && field.form.hasAttribute("data-guard")) {
      changed.add(field.form);
    }
  }

  function chosen(event) {
    if (event.target.hasAttribute("data-submit-on-change")) {
      event.target.form.requestSubmit();
    }
  }

  function leaving(event) {
    if (changed.size > 0) {
      event.preventDefault();
    }
  }

  function say(sentence, lost) {
    const place = document.querySelector("[data-saved]");
    if (place && sentence) {
      place.textContent = sentence;
      place.classList.toggle("alarm", lost);
    }
  }

  function lineLost() {
    const place = document.querySelector("[data-saved]");
    say(place && place.dataset.lost, true);
  }

  function answered(event) {
    if (event.detail.successful && event.detail.elt.matches("form[data-guard]")) {
      changed.delete(event.detail.elt);
    }
  }

  function shownAgain(event) {
    if (event.persisted) {
      document.querySelectorAll("form[data-sent]").forEach(function (form) {
        delete form.dataset.sent;
      });
    }
  }

  function unseen(image) {
    if (image.matches && image.matches("img[data-or]")) {
      const words = document.createElement("span");
      words.className = "caption";
      words.textContent = image.dataset.or;
      image.replaceWith(words);
    }
  }

  document.querySelectorAll("[data-opens-at]").forEach(function (box) {
    const place = box.querySelector(box.dataset.opensAt);
    if (place) {
      const middle = box.getBoundingClientRect().left + box.clientWidth / 2;
      box.scrollLeft += place.getBoundingClientRect().left - middle;
    }
  });
  document.querySelectorAll("img[data-or]").forEach(function (image) {
    if (image.complete && image.naturalWidth === 0) {
      unseen(image);
    }
  });
  document.addEventListener("error", function (event) {
    unseen(event.target);
  }, true);
  if (document.querySelector("[data-print-now]")) {
    window.addEventListener("load", function () {
      window.print();
    });
  }
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  document.addEventListener("submit", sent);
  document.addEventListener("input", typed);
  document.addEventListener("change", chosen);
  document.addEventListener("htmx:sendError", lineLost);
  document.addEventListener("htmx:afterRequest", answered);
  window.addEventListener("beforeunload", leaving);
  window.addEventListener("pageshow", shownAgain);
})();
