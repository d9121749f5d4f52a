/* A bureau's period on one page: counts what is ticked, and saves each row's draft while it is written. Without this the
   buttons do the same.

   form#month             data-count is the sentence of what is ticked ({n} rows, {m} of them without change), data-lost and
                          data-signed-out what is said when a text cannot be sent
   tr[data-report]        a row that is written here; data-url is where its draft is saved, its fields are called
                          `name-id`, as the page would send them
   [data-all="row"]       ticks all of that name that may be ticked
   button[data-label]     what the button says, {n} being how many are ticked
   [data-with-ticks]      is there as long as a row may be ticked, [data-next] as long as none may
*/
(function () {
  "use strict";

  const form = document.getElementById("month");
  if (!form) {
    return;
  }

  const PAUSE = 1500;
  const AGAIN = 10000;
  const FIELDS = ["done", "progress", "forecast_on", "self_light"];
  const texts = window.keptTexts;
  const said = document.querySelector("[data-saved]");
  const ticked = document.querySelector("[data-ticked]");
  const button = document.querySelector("button[data-label]");
  const unticked = button ? button.textContent : "";
  const rows = new Map();

  function boxes(name) {
    return Array.from(form.querySelectorAll("input[type=checkbox][name=" + name + "]"));
  }

  function count() {
    const going = boxes("row").filter((box) => box.checked);
    const same = going.filter((one) => one.closest("tr").querySelector("[name=no_change]:checked"));
    const none = boxes("row").every((one) => one.disabled);
    document.querySelectorAll("[data-with-ticks]").forEach((one) => (one.hidden = none));
    document.querySelectorAll("[data-next]").forEach((one) => (one.hidden = !none));
    if (button) {
      button.textContent = going.length > 0 ? button.dataset.label.replace("{n}", going.length) : unticked;
    }
    if (ticked && going.length > 0) {
      ticked.textContent = form.dataset.count.replace("{n}", going.length).replace("{m}", same.length);
    }
  }

  function box(row, name) {
    return row.querySelector("input[type=checkbox][name=" + name + "]");
  }

  function control(one, name) {
    return form.elements[name + "-" + one.report];
  }

  /* Without change, light and forecast are all that is asked; else the server has said whether the text is whole. */
  function settle(one) {
    const now = read(one);
    const going = box(one.row, "row");
    const why = one.row.querySelector("[data-why]");
    const may = box(one.row, "no_change").checked ? now.self_light !== "" && now.forecast_on !== "" : one.whole;
    going.disabled = !may;
    going.checked = going.checked && may;
    if (why) {
      why.hidden = may;
    }
  }

  function read(one) {
    return Object.fromEntries(FIELDS.map((name) => [name, control(one, name).value]));
  }

  /* What the server sent: on a slow line somebody may have typed before this runs. */
  function given(one) {
    return Object.fromEntries(FIELDS.map((name) => [name, initial(control(one, name))]));
  }

  function initial(field) {
    const chosen = Array.from(field.options || []).find((option) => option.defaultSelected) || field.options?.[0];
    return chosen ? chosen.value : field.defaultValue;
  }

  function differing(one, now) {
    return FIELDS.filter((name) => now[name] !== one.kept[name]);
  }

  function pairs(names, now) {
    return names.map((name) => [name, now[name]]);
  }

  /* The browser holds what the server does not have yet, in the shape in which the report's own form keeps it. */
  function keep(one) {
    const now = read(one);
    const names = differing(one, now);
    if (names.length === 0) {
      texts.drop(one.report);
      return;
    }
    const fields = Object.fromEntries(names.map((name) => [name, [[name, now[name]]]]));
    texts.put(one.report, { url: one.url, version: control(one, "draft").value, fields: fields });
  }

  function say(words, alarm) {
    said.textContent = words;
    said.classList.toggle("alarm", alarm);
  }

  function later(one, pause) {
    window.clearTimeout(one.timer);
    one.timer = window.setTimeout(() => save(one), pause);
  }

  function save(one) {
    one.running = one.running || sent(one).finally(function () {
      one.running = null;
    });
    return one.running;
  }

  async function sent(one) {
    const now = read(one);
    const names = differing(one, now);
    if (names.length === 0) {
      return true;
    }
    keep(one);
    try {
      const sending = [["draft_version", control(one, "draft").value]].concat(pairs(names, now));
      const answer = await texts.send(one.url, sending);
      if (answer === null) {
        say(form.dataset.signedOut, true);
        later(one, AGAIN);
        return false;
      }
      if (!answer.ok) {
        await refused(answer);
        return false;
      }
      await saved(one, answer, now);
      return true;
    } catch {
      say(form.dataset.lost, true);
      later(one, AGAIN);
      return false;
    }
  }

  async function saved(one, answer, now) {
    const draft = await answer.json();
    one.kept = now;
    control(one, "draft").value = draft.version;
    keep(one);
    say(draft.said, false);
    const why = one.row.querySelector("[data-why]");
    one.whole = draft.whole;
    if (why) {
      why.textContent = draft.missing;
    }
    settle(one);
    box(one.row, "row").checked = !box(one.row, "row").disabled;
    count();
  }

  async function refused(answer) {
    const place = document.getElementById("answer");
    place.innerHTML = await answer.text();
    place.scrollIntoView({ block: "nearest" });
  }

  function putBack(one, text) {
    FIELDS.forEach(function (name) {
      const kept = (text.fields || {})[name];
      if (kept) {
        control(one, name).value = kept[0][1];
      }
    });
    if (differing(one, read(one)).length === 0) {
      texts.drop(one.report);
      return;
    }
    control(one, "draft").value = text.version;
    later(one, 0);
  }

  form.querySelectorAll("tr[data-report]").forEach(function (row) {
    const one = { row: row, report: row.dataset.report, url: row.dataset.url, timer: 0, running: null };
    one.kept = given(one);
    one.whole = !box(row, "row").disabled;
    one.begun = control(one, "draft").value !== "0";
    rows.set(one.report, one);
    const text = texts.get(one.report);
    if (text) {
      putBack(one, text);
    } else if (differing(one, read(one)).length > 0) {
      keep(one);
      later(one, PAUSE);
    }
    row.addEventListener("input", function (event) {
      const same = box(row, "no_change");
      if (event.target.type === "checkbox") {
        return;
      }
      if (same.checked && /^(done|progress)-/.test(event.target.name)) {
        same.checked = false;
      }
      settle(one);
      keep(one);
      later(one, PAUSE);
    });
  });
  form.addEventListener("change", function (event) {
    const field = event.target;
    if (field.dataset.all) {
      boxes(field.dataset.all).forEach(function (one) {
        if (!one.disabled) {
          one.checked = field.checked;
          one.dispatchEvent(new Event("change", { bubbles: true }));
        }
      });
    }
    const one = rows.get(field.closest("tr")?.dataset.report);
    if (one && field.name === "no_change") {
      settle(one);
      box(one.row, "row").checked = field.checked && !box(one.row, "row").disabled;
    }
    if (one && field.name === "row" && field.checked && !one.begun && differing(one, read(one)).length === 0) {
      box(one.row, "no_change").checked = !box(one.row, "no_change").disabled; // untouched, it goes as what it is
    }
    count();
  });
  /* What was typed goes first, so that nothing is left in this browser of what the server has. */
  let sending = false;
  form.addEventListener("submit", function (event) {
    const waiting = Array.from(rows.values()).filter((one) => one.running || differing(one, read(one)).length > 0);
    if (sending || waiting.length === 0) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter;
    Promise.all(waiting.map(save)).then(function (taken) {
      if (taken.every(Boolean)) {
        sending = true;
        form.requestSubmit(pressed);
        sending = false;
      }
    });
  });
  window.addEventListener("online", function () {
    rows.forEach((one) => later(one, 0));
  });
  count();
})();
