// The panel with the source of a citation: its page, its text.
"use strict";

import { element, showPages, translateViewer, viewer } from "./viewer.js";

// Beside the page where there is room; over it, and then alone reachable, where there isn't.
const narrow = matchMedia("(max-width: 1080px)");

let say = (key) => key;
let language = "fr";
let shown = null; // { href, opener, citation }
let request = 0;
let preferred = "page"; // the tab that the reader chose last

const close = element("button", { id: "source-close", type: "button", textContent: "✕" });
const head = element("header", { id: "source-head" });
const pageTab = tab("page");
const textTab = tab("text");
const tabs = element("div", { id: "source-tabs" }, pageTab, textTab);
const text = element("div", { id: "source-text", tabIndex: -1 });
const copyQuote = element("button", { type: "button" });
const copyLink = element("button", { type: "button" });
const original = element("a", { id: "source-original", target: "_blank", rel: "noopener" });
const tools = element("div", { id: "source-tools" }, original, copyQuote, copyLink);
const body = element("div", { id: "source-body" }, viewer, text);
const panel = element("dialog", { id: "source" }, head, tabs, body, tools, close);
panel.setAttribute("aria-labelledby", "source-title");
tabs.setAttribute("role", "tablist");
for (const [pane, name] of [[viewer, "page"], [text, "text"]]) {
  pane.setAttribute("role", "tabpanel");
  pane.setAttribute("aria-labelledby", `source-tab-${name}`);
}
document.body.append(panel);

function tab(name) {
  const made = element("button", { id: `source-tab-${name}`, type: "button" });
  made.setAttribute("role", "tab");
  made.setAttribute("aria-controls", name === "page" ? "viewer" : "source-text");
  made.addEventListener("click", () => choose(name));
  return made;
}

export function openSource(href, opener = null) {
  shown = { href, opener, citation: "", hasPages: false };
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
  pageTab.textContent = say("tab-page");
  textTab.textContent = say("tab-text");
  tabs.setAttribute("aria-label", say("tabs"));
  translateViewer(words, code);
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
    view = {};
  }
  if (current !== request || !shown) return;
  fill(view);
  body.removeAttribute("aria-busy");
  if (!thenFocus) return;
  showMark();
  head.querySelector("#source-title")?.focus({ preventScroll: true });
}

function fill(view) {
  shown.citation = view.citation ?? "";
  shown.hasPages = Boolean(view.has_pages);
  // The server escapes what comes from reports.
  if (typeof view.head === "string") {
    head.innerHTML = view.head;
    text.innerHTML = view.html;
  } else {
    const failed = element("h2", { id: "source-title", tabIndex: -1 }, say("source-failed"));
    head.replaceChildren(failed);
    text.replaceChildren();
  }
  tools.hidden = !shown.citation;
  if (view.original) {
    original.href = view.original;
    original.textContent = say(view.opens ? "open-original" : "download-original");
  }
  tabs.hidden = !shown.hasPages;
  choose(shown.hasPages ? preferred : "text", { remember: false });
}

function choose(name, { remember = true } = {}) {
  if (remember) preferred = name;
  for (const [control, pane, own] of [[pageTab, viewer, "page"], [textTab, text, "text"]]) {
    const isChosen = own === name;
    control.setAttribute("aria-selected", String(isChosen));
    control.tabIndex = isChosen ? 0 : -1;
    pane.hidden = !isChosen;
  }
  if (name === "page") showPages(shown.href.split("?")[1]);
  else showMark();
}

// The whole quote in sight, with what stands above it, where it fits; its beginning where it doesn't.
function showMark() {
  text.scrollTop = 0;
  const mark = text.querySelector("mark")?.getBoundingClientRect();
  if (!mark) return;
  const frame = text.getBoundingClientRect();
  const spare = frame.height - mark.height;
  const hidden = spare > 0 ? mark.bottom > frame.bottom : mark.top > frame.top + frame.height / 2;
  if (hidden) text.scrollTop = mark.top - frame.top - Math.max(8, spare / 2);
}

function markOpener() {
  for (const link of document.querySelectorAll('a[href^="#source?"]')) {
    link.classList.toggle("is-open", link.getAttribute("href") === shown?.href);
  }
}

function copyFrom(button, content) {
  button.dispatchEvent(new CustomEvent("escale:copy", { bubbles: true, detail: content }));
}

close.addEventListener("click", closeSource);
copyQuote.addEventListener("click", () => copyFrom(copyQuote, shown.citation));
copyLink.addEventListener("click", () =>
  copyFrom(copyLink, new URL(shown.href, location.href.split("#")[0]).href),
);
tabs.addEventListener("keydown", (event) => {
  if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const other = event.target === pageTab ? textTab : pageTab;
  const target = { Home: pageTab, End: textTab }[event.key] ?? other;
  target.focus();
  target.click();
});
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
