/* Saves a report's draft while it is written. Without this the "Save draft" button does the same.

   form[data-autosave]  its changed fields are sent to the form's own address, with the version of the draft they
                        were changed on. Until the server has them the browser keeps them (kept.js), so neither a
                        broken line nor a session that ends loses a word. Sentences: data-lost when the line is
                        broken, data-signed-out, data-refused when the server would not take it, data-taken before
                        the names of fields that another page wrote meanwhile, data-back when a text was put back
   data-saved           where the page says what became of the text
   data-missing         where it says what is still open
   data-remark="field"  a remark that is answered once its field differs from the returned version
*/
(function () {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) {
    return;
  }

  const PAUSE = 1500;
  const AGAIN = 10000;
  const KEPT = 300;
  const report = form.dataset.report;
  const texts = window.keptTexts;
  const said = document.querySelector("[data-saved]");
  const missing = document.querySelector("[data-missing]");
  const answer = document.getElementById("answer");
  let kept = given();
  let timer = 0;
  let keeping = 0;
  let safe = true;
  let running = null;
  let stopped = false;
  let sending = false;
  let leaving = false;
  let note = "";

  /* The text of each field as it would be sent; milestones and their days are one field. */
  function read(source = form) {
    const fields = {};
    new FormData(source).forEach(function (value, name) {
      if (typeof value !== "string" || ["csrfmiddlewaretoken", "draft_version", "for_milestone", "proves"].includes(name)) {
        return;
      }
      const field = name.startsWith("milestone") ? "milestones" : name;
      fields[field] = fields[field] || [];
      fields[field].push([name, value]);
    });
    return fields;
  }

  /* What the server sent: on a slow line somebody may have typed before this runs. */
  function given() {
    const copy = form.cloneNode(true);
    copy.reset();
    return read(copy);
  }

  function differing(now) {
    return Object.keys(now).filter(function (field) {
      return JSON.stringify(now[field]) !== JSON.stringify(kept[field]);
    });
  }

  function say(words, alarm) {
    said.textContent = words;
    said.classList.toggle("alarm", alarm);
  }

  function later(pause) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, pause);
  }

  /* This browser holds what the server does not have yet. */
  function keep() {
    const now = read();
    const fields = differing(now);
    window.clearTimeout(keeping);
    if (fields.length === 0) {
      texts.drop(report);
      safe = true;
      return;
    }
    const chosen = Object.fromEntries(fields.map((field) => [field, now[field]]));
    safe = texts.put(report, { url: form.action, version: form.elements.draft_version.value, fields: chosen });
  }

  /* One request at a time; who comes meanwhile waits for it. Whether all of it is saved then. */
  function save() {
    running = running || sent().finally(function () {
      running = null;
    });
    return running;
  }

  async function sent() {
    const now = read();
    const fields = differing(now);
    if (stopped || fields.length === 0) {
      return !stopped;
    }
    keep();
    try {
      const response = await texts.send(form.action, pairs(now, fields));
      if (response === null) {
        say(form.dataset.signedOut, true);
        later(AGAIN);
        return false;
      }
      await (response.ok ? saved(response, now) : refused(response));
    } catch {
      say(form.dataset.lost, true);
      later(AGAIN);
      return false;
    }
    if (!stopped && differing(read()).length > 0) {
      later(PAUSE);
    }
    return !stopped;
  }

  function pairs(now, fields) {
    return [["draft_version", form.elements.draft_version.value]].concat(fields.flatMap((field) => now[field]));
  }

  async function saved(response, sent) {
    if (!(response.headers.get("Content-Type") || "").includes("json")) {
      throw new Error(); // not an answer of ours
    }
    const draft = await response.json();
    kept = sent;
    form.elements.draft_version.value = draft.version;
    keep();
    say([draft.said, note].join(" ").trim(), false);
    note = "";
    missing.textContent = draft.missing;
    document.querySelectorAll("[data-remark]").forEach(function (remark) {
      remark.classList.toggle("answered", draft.answered.includes(remark.dataset.remark));
    });
    const others = taken(draft.content);
    if (others.length > 0) {
      say(draft.said + " " + form.dataset.taken + " " + others.join(", "), false);
    }
  }

  /* Show what another page wrote into fields that this page has not touched since. */
  function taken(content) {
    const now = read();
    const names = [];
    Object.keys(content).filter((name) => typeof content[name] === "string").forEach(function (name) {
      const control = form.elements[name];
      const untouched = JSON.stringify(now[name]) === JSON.stringify(kept[name]);
      if (control && untouched && plain(control.value) !== plain(content[name] || "")) {
        control.value = content[name];
        kept[name] = read()[name];
        const label = document.querySelector("#field-" + name + " .field-name");
        names.push(label ? label.lastChild.textContent.trim() : name);
      }
    });
    return names;
  }

  function plain(text) {
    return text.replace(/\r\n/g, "\n").replace(/[%％\s]+$/, "").trim();
  }

  /* The server says why; the text stays in the page. After a conflict nothing is sent until the person has chosen. */
  async function refused(response) {
    stopped = response.status === 412 || response.status === 409;
    if (response.status === 503) {
      later(AGAIN);
    }
    answer.innerHTML = await response.text();
    answer.scrollIntoView({ block: "nearest" });
    say(form.dataset.refused, true);
  }

  /* What was typed here and never reached the server, on top of what it has now: it merges by the version named. */
  function putBack(text) {
    Object.entries(text.fields || {}).forEach(function (entry) {
      if (entry[0] === "milestones") {
        form.querySelectorAll("input[type=checkbox][name=milestones]").forEach(function (box) {
          box.checked = false;
        });
      }
      entry[1].forEach(function (pair) {
        const box = form.querySelector('input[name="milestones"][value="' + CSS.escape(pair[1]) + '"]');
        if (pair[0] === "milestones") {
          if (box && pair[1]) {
            box.checked = true;
          }
        } else if (form.elements[pair[0]]) {
          form.elements[pair[0]].value = pair[1];
        }
      });
    });
    if (differing(read()).length === 0) {
      texts.drop(report);
      return;
    }
    form.elements.draft_version.value = text.version;
    note = form.dataset.back;
    save();
  }

  form.addEventListener("input", function (event) {
    if (event.target.type !== "file") {
      window.clearTimeout(keeping);
      keeping = window.setTimeout(keep, KEPT);
      later(PAUSE);
    }
  });
  /* The text goes first, by itself: a form that is sent into a broken line would leave an empty page. */
  form.addEventListener("submit", function (event) {
    if (sending || stopped || (running === null && differing(read()).length === 0)) {
      leaving = true;
      window.clearTimeout(timer);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    (async function () {
      let whole = await save();
      if (whole && differing(read()).length > 0) {
        whole = await save(); // what was typed while the first was on its way
      }
      if (whole) {
        sending = true;
        form.requestSubmit(button);
        sending = false;
      }
    })();
  });
  window.addEventListener("pageshow", function () {
    leaving = false;
  });
  window.addEventListener("online", function () {
    later(0);
  });
  window.addEventListener("pagehide", keep);
  window.addEventListener("beforeunload", function (event) {
    keep();
    if (!leaving && !safe && differing(read()).length > 0) {
      event.preventDefault();
    }
  });
  const before = texts.get(report);
  if (before) {
    putBack(before);
  } else if (differing(read()).length > 0) {
    keep();
    later(PAUSE);
  }
})();
