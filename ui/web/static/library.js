// The library's pages with a script: files are dropped and seen to arrive, and what is under way
// is looked at again and again. Without it, forms and links do the same.

const LOOK_MS = 900;
const AT_ONCE = 2;

document.documentElement.classList.add("scripted");

// What is under way: parts of the page that the server draws anew

let looking = null;

async function look() {
  clearTimeout(looking);
  looking = null;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (response.redirected && new URL(response.url).pathname.endsWith("/sign-in")) {
      location.reload();
      return;
    }
    if (response.ok) {
      draw(new DOMParser().parseFromString(await response.text(), "text/html"));
    }
  } catch {
    // The server may be starting again: the next look finds it.
  }
  lookLater();
}

function lookLater() {
  if (looking === null && document.querySelector("[data-live][data-active]")) {
    looking = setTimeout(look, LOOK_MS);
  }
}

function draw(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (other && part.innerHTML !== other.innerHTML) {
      swap(part, other);
    }
    if (other) {
      part.toggleAttribute("data-active", other.hasAttribute("data-active"));
      part.hidden = other.hidden;
    }
  }
  const tabs = fresh.querySelector(".tabs");
  document.querySelector(".tabs")?.replaceWith(tabs);
}

// A card that hasn't changed stays as it is, with what somebody is typing into it.
function swap(part, other) {
  const kept = new Map();
  for (const old of part.querySelectorAll("article[data-key]")) {
    kept.set(`${old.dataset.key} ${old.dataset.stamp}`, old);
  }
  const focused = document.activeElement;
  const inside = part.contains(focused) ? focused : null;
  const place = inside?.id || inside?.getAttribute("aria-label");
  const next = document.importNode(other, true);
  for (const card of next.querySelectorAll("article[data-key]")) {
    const old = kept.get(`${card.dataset.key} ${card.dataset.stamp}`);
    if (old) {
      card.replaceWith(old);
    }
  }
  const before = part.querySelector("[role=status]")?.textContent;
  part.replaceChildren(...next.childNodes);
  const status = part.querySelector("[role=status]");
  if (status && status.textContent !== before) {
    tell(status.textContent);
  }
  if (inside && !part.contains(document.activeElement)) {
    const again = part.contains(inside)
      ? inside
      : [...part.querySelectorAll("[id], [aria-label]")].find(
          (one) => one.id === place || one.getAttribute("aria-label") === place,
        );
    (again ?? part.querySelector("button, a, input"))?.focus();
  }
}

function tell(text) {
  const told = document.getElementById("told");
  if (told) {
    told.textContent = text;
  }
}

// Decisions are sent without leaving the page

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-quiet]")) {
    return;
  }
  event.preventDefault();
  const buttons = form.querySelectorAll("button");
  const address = event.submitter?.getAttribute("formaction") ?? form.action;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  for (const button of buttons) {
    button.disabled = true;
  }
  let problem = null;
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json, text/html" },
    });
    if (!response.ok && response.headers.get("Content-Type")?.includes("json")) {
      problem = (await response.json()).message;
    }
  } catch {
    problem = document.getElementById("drop")?.dataset.failed.replace("{file}", "…") ?? "";
  }
  for (const button of buttons) {
    button.disabled = false;
  }
  form.querySelector(".problem")?.remove();
  if (problem) {
    const line = document.createElement("p");
    line.className = "problem";
    line.setAttribute("role", "alert");
    line.textContent = problem;
    form.append(line);
  }
  await look();
});

// Files on their way

const drop = document.getElementById("drop");
const waiting = [];
let sending = 0;

if (drop) {
  const input = document.getElementById("files");
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  drop.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      if (event.dataTransfer?.types.includes("Files")) {
        event.preventDefault();
        drop.classList.add("over");
      }
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) {
      drop.classList.remove("over");
    }
  });
  document.addEventListener("drop", (event) => {
    if (event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      drop.classList.remove("over");
      take(event.dataTransfer.files);
    }
  });
}

function take(files) {
  const isSingle = !document.getElementById("files").multiple;
  const chosen = isSingle ? [...files].slice(0, 1) : [...files];
  for (const file of chosen) {
    const row = rowOf(file.name);
    if (file.size > drop.dataset.limit * 2 ** 20) {
      refuse(row, text("tooLarge", file.name));
    } else {
      waiting.push({ file, row });
    }
  }
  sendNext();
}

function sendNext() {
  while (sending < AT_ONCE && waiting.length > 0) {
    send(waiting.shift());
  }
  if (sending === 0 && drop.dataset.then && document.getElementById("sending").children.length === 0) {
    location.assign(drop.dataset.then);
  }
}

function send({ file, row }) {
  if (!row.isConnected) {
    sendNext();
    return;
  }
  sending += 1;
  const request = new XMLHttpRequest();
  const progress = row.querySelector("progress");
  const said = row.querySelector(".quiet");
  row.stop = () => request.abort();
  request.upload.addEventListener("progress", (event) => {
    progress.max = event.total;
    progress.value = event.loaded;
    said.textContent = `${drop.dataset.uploading} ${Math.round((100 * event.loaded) / event.total)} %`;
  });
  request.addEventListener("loadend", async () => {
    sending -= 1;
    const answer = answered(request);
    if (request.status === 0 && row.stopped) {
      row.remove();
    } else if (answer === null || (answer.refusals.length === 0 && request.status >= 400)) {
      refuse(row, text("failed", file.name));
    } else if (answer.refusals.length > 0) {
      refuse(row, answer.refusals.join(" "));
    } else {
      row.remove();
    }
    if (!drop.dataset.then) {
      await look();
    }
    sendNext();
  });
  const body = new FormData();
  body.append("files", file);
  request.open("POST", drop.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}

function answered(request) {
  try {
    const answer = JSON.parse(request.responseText);
    return { refusals: answer.refusals ?? [answer.message].filter(Boolean) };
  } catch {
    return null;
  }
}

function rowOf(name) {
  const row = document.createElement("li");
  const label = document.createElement("span");
  label.className = "name";
  label.textContent = name;
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", name);
  const said = document.createElement("span");
  said.className = "quiet";
  said.textContent = drop.dataset.uploading;
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "plain";
  cancel.textContent = drop.dataset.cancel;
  cancel.setAttribute("aria-label", `${drop.dataset.cancel} : ${name}`);
  cancel.addEventListener("click", () => {
    row.stopped = true;
    row.stop?.();
    row.remove();
  });
  row.append(label, progress, said, cancel);
  document.getElementById("sending").append(row);
  return row;
}

function refuse(row, why) {
  row.className = "refused";
  row.querySelector("progress").remove();
  row.querySelector(".quiet").remove();
  row.querySelector(".name").textContent = why;
  const dismiss = row.querySelector("button");
  dismiss.textContent = "✕";
  tell(why);
}

function text(key, file) {
  return drop.dataset[key].replace("{file}", file);
}

lookLater();
