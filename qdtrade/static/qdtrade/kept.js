/* Texts that the server does not have yet: this browser keeps them, by person and report, until it has.

   body[data-person]           who is signed in; nobody else's texts are ever sent or shown
   form[data-report]           the page writes this report itself: its text is sent by that page's own script
   form[data-drops="report"]   what this form says is the person's choice; the kept text goes
   form[data-leaves]           signing out: what can be sent is sent, and nothing stays behind on a shared machine;
                               the attribute is the question that is asked where something cannot be sent

   A session that ends by itself takes nothing away: after signing in again the text is sent. After DAYS it goes.
*/
(function () {
  "use strict";

  const PREFIX = "qdtrade.text.";
  const DAYS = 7;
  const person = document.body.dataset.person || "";

  function key(report) {
    return PREFIX + person + "." + report;
  }

  function parsed(text) {
    try {
      return JSON.parse(text) || {};
    } catch {
      return {};
    }
  }

  function keys(beginning) {
    try {
      return Object.keys(window.localStorage).filter(function (name) {
        return name.startsWith(beginning);
      });
    } catch {
      return [];
    }
  }

  /* Whether it could be kept: a browser may forbid it, or have no room. */
  function put(report, text) {
    try {
      window.localStorage.setItem(key(report), JSON.stringify(Object.assign({ at: Date.now() }, text)));
      return true;
    } catch {
      return false;
    }
  }

  function get(report) {
    try {
      const text = window.localStorage.getItem(key(report));
      return text ? parsed(text) : null;
    } catch {
      return null;
    }
  }

  function drop(report) {
    try {
      window.localStorage.removeItem(key(report));
    } catch {
      // then nothing was kept either
    }
  }

  function mine() {
    return keys(PREFIX + person + ".").map(function (name) {
      return name.slice(name.lastIndexOf(".") + 1);
    });
  }

  function token() {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  /* Somebody signed in since this page was opened: its forms get the new token, if it is the same person. */
  async function freshToken() {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const field = page.querySelector("input[name=csrfmiddlewaretoken]");
    if (!field || page.body.dataset.person !== person) {
      return false;
    }
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (one) {
      one.value = field.value;
    });
    return true;
  }

  async function post(url, pairs) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token());
    pairs.forEach(function (pair) {
      data.append(pair[0], pair[1]);
    });
    return fetch(url, { method: "POST", headers: { "HX-Request": "true" }, body: data });
  }

  /* The server's answer to a text; null where nobody, or somebody else, is signed in any more. */
  async function send(url, pairs) {
    let answer = await post(url, pairs);
    if (answer.status === 403) {
      answer = (await freshToken()) ? await post(url, pairs) : null;
    }
    return answer === null || answer.status === 401 ? null : answer;
  }

  function pairsOf(text) {
    return [["draft_version", text.version]].concat(Object.values(text.fields || {}).flat());
  }

  function isOurs(answer) {
    return answer && answer.ok && (answer.headers.get("Content-Type") || "").includes("json");
  }

  /* One report after the other: what the server took is kept here no longer. */
  async function flush(reports) {
    for (const report of reports) {
      const text = get(report);
      try {
        if (text && text.url && isOurs(await send(text.url, pairsOf(text)))) {
          drop(report);
        }
      } catch {
        return; // no connection: all of it stays
      }
    }
  }

  function written() {
    return Array.from(document.querySelectorAll("[data-report]")).map(function (form) {
      return form.dataset.report;
    });
  }

  function flushOthers() {
    const here = written();
    return flush(
      mine().filter(function (report) {
        return !here.includes(report);
      }),
    );
  }

  async function leave(form) {
    await flush(mine());
    if (mine().length > 0 && !window.confirm(form.dataset.leaves)) {
      return;
    }
    mine().forEach(drop);
    form.submit();
  }

  window.keptTexts = { put: put, get: get, drop: drop, send: send };

  keys(PREFIX).forEach(function (name) {
    const text = parsed(window.localStorage.getItem(name));
    if (!(Date.now() - text.at < DAYS * 24 * 3600 * 1000)) {
      window.localStorage.removeItem(name);
    }
  });
  if (!person) {
    return;
  }
  document.addEventListener(
    "submit",
    function (event) {
      const form = event.target;
      if (form.dataset.drops) {
        drop(form.dataset.drops);
      }
      if (form.dataset.leaves && mine().length > 0) {
        event.preventDefault();
        event.stopImmediatePropagation();
        leave(form);
      }
    },
    true,
  );
  window.addEventListener("online", flushOthers);
  flushOthers();
})();
