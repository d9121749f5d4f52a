/* Saves a report's draft while it is written. Without this the "Save draft" button does the same.

   form[data-autosave]  its changed fields are sent to the form's own address, with the version of the draft they
                        were changed on; data-lost is said when the line is broken, data-refused when the server would not take it, data-taken before the names of
                        fields that another page wrote meanwhile
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
  const said = document.querySelector("[data-saved]");
  const missing = document.querySelector("[data-missing]");
  const answer = document.getElementById("answer");
  let kept = read();
  let timer = 0;
  let busy = false;
  let stopped = false;
  let leaving = false;

  /* The text of each field as it would be sent; milestones and their days are one field. */
  function read() {
    const fields = {};
    new FormData(form).forEach(function (value, name) {
      if (typeof value !== "string" || ["csrfmiddlewaretoken", "draft_version", "for_milestone"].includes(name)) {
        return;
      }
      const field = name.startsWith("milestone") ? "milestones" : name;
      fields[field] = fields[field] || [];
      fields[field].push([name, value]);
    });
    return fields;
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

  async function save() {
    const now = read();
    const fields = differing(now);
    if (busy || stopped || fields.length === 0) {
      return;
    }
    busy = true;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: { "HX-Request": "true" },
        body: body(now, fields),
      });
      await (response.ok ? saved(response, now) : refused(response));
    } catch {
      say(form.dataset.lost, true);
      later(AGAIN);
    } finally {
      busy = false;
    }
    if (!stopped && differing(read()).length > 0) {
      later(PAUSE);
    }
  }

  function body(now, fields) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("draft_version", form.elements.draft_version.value);
    fields.forEach(function (field) {
      now[field].forEach(function (pair) {
        data.append(pair[0], pair[1]);
      });
    });
    return data;
  }

  async function saved(response, sent) {
    if (!(response.headers.get("Content-Type") || "").includes("json")) {
      throw new Error(); // not an answer of ours
    }
    const draft = await response.json();
    kept = sent;
    form.elements.draft_version.value = draft.version;
    say(draft.said, false);
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
    ["done", "progress", "progress_reason", "problems", "forecast_on", "self_light"].forEach(function (name) {
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
    answer.innerHTML = await response.text();
    answer.scrollIntoView({ block: "nearest" });
    say(form.dataset.refused, true);
  }

  form.addEventListener("input", function (event) {
    if (event.target.type !== "file") {
      later(PAUSE);
    }
  });
  form.addEventListener("submit", function () {
    leaving = true;
    window.clearTimeout(timer);
  });
  window.addEventListener("pageshow", function () {
    leaving = false;
  });
  window.addEventListener("beforeunload", function (event) {
    if (!leaving && differing(read()).length > 0) {
      event.preventDefault();
    }
  });
})();
