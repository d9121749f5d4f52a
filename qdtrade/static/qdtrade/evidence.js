/* Adds files to a report one by one, each with its progress. Without this the "Upload" button sends them with the form.

   [data-uploads="address"]  where each file is sent; data-most is the limit in MB, data-pasted what a pasted picture
                             is called, the other data-… are sentences
   [data-queue]              the list of files on their way, made from the [data-row] template
   [data-said]               what is told to those who hear the page
*/
(function () {
  "use strict";

  const place = document.querySelector("[data-uploads]");
  if (!place) {
    return;
  }

  const form = place.closest("form");
  const chooser = place.querySelector("input[type=file]");
  const queue = place.querySelector("[data-queue]");
  const said = place.querySelector("[data-said]");
  const along = place.querySelector("select"); // what the files are for
  const waiting = [];
  let running = null;

  function add(files) {
    Array.from(files).forEach(function (file) {
      const row = place.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
      const one = { file: file, row: row, along: [along?.name || "for_milestone", along?.value || ""] };
      row.querySelector(".upload-name").textContent = file.name;
      row.querySelectorAll("button .spoken").forEach(function (words) {
        words.textContent = " " + file.name;
      });
      row.querySelector("[data-cancel]").addEventListener("click", function () {
        cancel(one);
      });
      row.querySelector("[data-again]").addEventListener("click", function () {
        enqueue(one);
      });
      queue.append(row);
      queue.hidden = false;
      if (file.size > Number(place.dataset.most) * 1024 * 1024) {
        fail(one, place.dataset.tooLarge, false);
      } else {
        enqueue(one);
      }
    });
    next();
  }

  function enqueue(one) {
    show(one, place.dataset.waiting, false);
    one.row.querySelector("[data-again]").hidden = true;
    one.row.querySelector(".upload-name").hidden = false;
    one.row.querySelector("progress").hidden = false;
    waiting.push(one);
    next();
  }

  function next() {
    if (running === null && waiting.length > 0) {
      send(waiting.shift());
    }
  }

  function send(one) {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append(one.along[0], one.along[1]);
    data.append("file", one.file);
    running = one;
    one.request = request;
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) {
        const percent = Math.round((100 * event.loaded) / event.total);
        one.row.querySelector("progress").value = percent;
        show(one, percent + " %", false);
      }
    });
    request.addEventListener("load", function () {
      answered(one, request);
    });
    request.addEventListener("error", function () {
      fail(one, place.dataset.broken, true);
    });
    request.addEventListener("loadend", function () {
      running = null;
      next();
    });
    request.open("POST", place.dataset.uploads);
    request.send(data);
  }

  function answered(one, request) {
    let answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      fail(one, place.dataset.refused, request.status >= 500);
      return;
    }
    if (request.status !== 200) {
      fail(one, answer.said, request.status >= 500);
      return;
    }
    drop(one);
    tell(answer.said);
    document.getElementById("evidence-files").innerHTML = answer.list;
    document.querySelector("[data-missing]").textContent = answer.missing;
    document.querySelectorAll("[data-remark]").forEach(function (remark) {
      remark.classList.toggle("answered", answer.answered.includes(remark.dataset.remark));
    });
  }

  /* The file stays in the list with its reason, until the person sends it again or takes it away. */
  function fail(one, words, again) {
    const whole = words.startsWith(one.file.name) ? words : one.file.name + place.dataset.colon + words;
    show(one, whole, true);
    one.row.querySelector(".upload-name").hidden = true;
    one.row.querySelector("progress").hidden = true;
    one.row.querySelector("[data-again]").hidden = !again;
    tell(whole);
  }

  function cancel(one) {
    if (running === one) {
      one.request.abort();
    }
    if (waiting.includes(one)) {
      waiting.splice(waiting.indexOf(one), 1);
    }
    drop(one);
    tell(one.file.name + place.dataset.colon + place.dataset.cancelled);
    chooser.focus();
  }

  function drop(one) {
    one.row.remove();
    queue.hidden = queue.children.length === 0;
  }

  function show(one, words, alarm) {
    one.row.querySelector(".upload-said").textContent = words;
    one.row.classList.toggle("alarm", alarm);
  }

  function tell(words) {
    said.textContent = words;
  }

  function isBusy() {
    return running !== null || waiting.length > 0;
  }

  function holdsFiles(event) {
    return Array.from(event.dataTransfer?.types || []).includes("Files");
  }

  /* A picture in the clipboard is called image.png, whatever it shows; the moment tells one from another. */
  function named(file) {
    const now = new Date();
    const figures = [now.getFullYear(), now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds()];
    const moment = figures.map((figure) => String(figure).padStart(2, "0"));
    const ending = file.type.split("/")[1].replace("jpeg", "jpg");
    const name = place.dataset.pasted + " " + moment.slice(0, 3).join("-") + " " + moment.slice(3).join("-") + "." + ending;
    return new File([file], name, { type: file.type });
  }

  /* A table copied from Excel comes as text and as a picture: where somebody is writing, the text is what they want. */
  function pasted(event) {
    const pictures = Array.from(event.clipboardData?.files || []).filter((file) => file.type.startsWith("image/"));
    const writing = event.target.closest?.("textarea, input");
    if (pictures.length === 0 || (writing && event.clipboardData.types.includes("text/plain"))) {
      return;
    }
    event.preventDefault();
    add(pictures.map(named));
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("paste", pasted);
  chooser.addEventListener("change", function () {
    const files = Array.from(chooser.files);
    chooser.value = "";
    add(files);
  });
  form.addEventListener("submit", function (event) {
    if (isBusy()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const note = document.querySelector("[data-saved]");
      note.textContent = place.dataset.busy;
      note.classList.add("alarm");
      tell(place.dataset.busy);
    }
  });
  window.addEventListener("beforeunload", function (event) {
    if (isBusy()) {
      event.preventDefault();
    }
  });
  /* A file dropped beside the place would open in the browser, and the page would be gone. */
  ["dragover", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (holdsFiles(event)) {
        event.preventDefault();
        place.classList.toggle("dropping", name === "dragover" && place.contains(event.target));
      }
    });
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) {
      place.classList.remove("dropping");
    }
  });
  place.addEventListener("drop", function (event) {
    if (holdsFiles(event)) {
      add(event.dataTransfer.files);
    }
  });
})();
