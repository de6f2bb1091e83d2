// The panel with the source of a citation.
"use strict";

// Beside the page where there is room; over it, and then alone reachable, where there isn't.
const narrow = matchMedia("(max-width: 1080px)");

let say = (key) => key;
let language = "fr";
let shown = null; // { href, opener, citation }
let request = 0;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const close = element("button", { id: "source-close", type: "button", textContent: "✕" });
const body = element("div", { id: "source-body", tabIndex: -1 });
const copyQuote = element("button", { type: "button" });
const copyLink = element("button", { type: "button" });
const tools = element("div", { id: "source-tools" }, copyQuote, copyLink);
const panel = element("dialog", { id: "source" }, body, tools, close);
panel.setAttribute("aria-labelledby", "source-title");
document.body.append(panel);

export function openSource(href, opener = null) {
  shown = { href, opener, citation: "" };
  if (!panel.open) {
    if (narrow.matches) panel.showModal();
    else panel.show();
  }
  document.body.classList.add("source-open");
  panel.classList.toggle("is-reading", href.includes("reading=1"));
  markOpener();
  load({ thenFocus: true });
}

export function closeSource() {
  if (!panel.open) return;
  panel.close();
  document.body.classList.remove("source-open");
  const { href, opener } = shown;
  shown = null;
  markOpener();
  // The answer may have been drawn anew since.
  const links = document.querySelectorAll('a[href^="#source?"]');
  const same = [...links].find((link) => link.getAttribute("href") === href);
  (opener?.isConnected ? opener : same)?.focus();
}

export function translateSource(words, code) {
  say = words;
  language = code;
  close.setAttribute("aria-label", say("close"));
  close.title = say("close");
  copyQuote.textContent = say("copy-quote");
  copyLink.textContent = say("copy-link");
  if (shown) load();
}

async function load({ thenFocus = false } = {}) {
  const current = ++request;
  body.setAttribute("aria-busy", "true");
  let view;
  try {
    const response = await fetch(`${shown.href.slice(1)}&language=${language}`);
    view = await response.json();
  } catch {
    view = { html: null, citation: "" };
  }
  if (current !== request || !shown) return;
  shown.citation = view.citation ?? "";
  // The server escapes what comes from reports.
  if (typeof view.html === "string") body.innerHTML = view.html;
  else body.replaceChildren(element("h2", { id: "source-title", tabIndex: -1 }, say("source-failed")));
  tools.hidden = !shown.citation;
  body.removeAttribute("aria-busy");
  if (!thenFocus) return;
  showMark();
  body.querySelector("#source-title")?.focus({ preventScroll: true });
}

// The whole quote in sight, with what stands above it, where it fits; its beginning where it doesn't.
function showMark() {
  body.scrollTop = 0;
  const mark = body.querySelector("mark")?.getBoundingClientRect();
  if (!mark) return;
  const frame = body.getBoundingClientRect();
  const head = body.querySelector("header").offsetHeight;
  const spare = frame.height - head - mark.height;
  const hidden = spare > 0 ? mark.bottom > frame.bottom : mark.top > frame.top + frame.height / 2;
  if (hidden) body.scrollTop = mark.top - frame.top - head - Math.max(8, spare / 2);
}

function markOpener() {
  for (const link of document.querySelectorAll("a.cite")) {
    link.classList.toggle("is-open", link.getAttribute("href") === shown?.href);
  }
}

function copyFrom(button, text) {
  button.dispatchEvent(new CustomEvent("escale:copy", { bubbles: true, detail: text }));
}

close.addEventListener("click", closeSource);
copyQuote.addEventListener("click", () => copyFrom(copyQuote, shown.citation));
copyLink.addEventListener("click", () =>
  copyFrom(copyLink, new URL(shown.href, location.href.split("#")[0]).href),
);
// A click beside the modal panel falls on the panel itself, outside of its box.
panel.addEventListener("click", (event) => {
  const box = panel.getBoundingClientRect();
  const inside = event.clientY >= box.top && event.clientX >= box.left;
  if (event.target === panel && !inside) closeSource();
});
panel.addEventListener("cancel", (event) => {
  event.preventDefault();
  closeSource();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && panel.open) closeSource();
});
