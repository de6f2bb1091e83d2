// What the page does in the browser by itself: its language, its focus, its clipboard.
"use strict";

import { translateLinks } from "./account.js";
import { rate } from "./rating.js";
import { closeSource, openSource, translateSource } from "./source.js";
import { labelClaims, translateSpeech, typeInto } from "./speech.js";

const LANGUAGE_COOKIE = "escale-language";
const messages = JSON.parse(document.getElementById("escale-messages").textContent);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let language = "fr";

const say = (key) => messages[language][key];
const question = () => document.querySelector("#question textarea");

// Language: the server translates its components; the rest of the document is ours.

function useLanguage(chosen) {
  language = chosen in messages ? chosen : "fr";
  document.documentElement.lang = language;
  document.title = say("title");
  label();
  translateSource(say, language);
  translateSpeech(say, language);
  translateLinks(say, language);
}

function rememberLanguage() {
  const path = new URL(".", document.baseURI).pathname;
  document.cookie = `${LANGUAGE_COOKIE}=${language}; path=${path}; max-age=31536000; SameSite=Lax`;
}

function rememberedLanguage() {
  const found = document.cookie.match(new RegExp(`(?:^|; )${LANGUAGE_COOKIE}=(\\w+)`));
  return found ? found[1] : "fr";
}

// Gradio names the conversation in English, and reads out the HTML of each message as its name.

function label() {
  const log = document.querySelector("#chat [role=log]");
  if (log && log.getAttribute("aria-label") !== say("chat-label")) {
    log.setAttribute("aria-label", say("chat-label"));
  }
  for (const message of document.querySelectorAll("#chat [data-testid][aria-label]")) {
    message.removeAttribute("aria-label");
  }
}

// A new question moves to the top of the screen, and its answer grows below it.

let questionsAsked = 0;

function followConversation() {
  const rows = document.querySelectorAll("#chat .user-row");
  if (rows.length > questionsAsked) {
    const behavior = calm.matches ? "auto" : "smooth";
    requestAnimationFrame(() => rows[rows.length - 1].scrollIntoView({ behavior }));
  }
  questionsAsked = rows.length;
}

function showFiltersInUse() {
  for (const name of ["mission", "year", "pillar"]) {
    const block = document.getElementById(name);
    const chosen = block && block.querySelector("input").value;
    block?.classList.toggle("is-limiting", Boolean(chosen) && chosen !== say(`all-${name}s`));
  }
}

// Our own errors are told in the page; what Gradio tells is that it has lost the server.

function explainToasts() {
  for (const toast of document.querySelectorAll(".toast-body:not(.is-explained)")) {
    toast.classList.add("is-explained");
    toast.querySelector(".toast-title")?.replaceChildren(say("unavailable-title"));
    toast.querySelector(".toast-message-text")?.replaceChildren(say("unavailable"));
    toast.querySelector(".toast-close")?.setAttribute("aria-label", say("dismiss"));
  }
}

// Clipboard

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyWithoutPermission(text);
  }
  const words = button.textContent;
  button.textContent = say("copied");
  setTimeout(() => {
    button.textContent = words;
  }, 1500);
}

// `navigator.clipboard` doesn't exist on plain http, as on a city's own network.
function copyWithoutPermission(text) {
  const area = document.createElement("textarea");
  area.value = text;
  (document.querySelector("dialog[open]") || document.body).append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function textOfAnswer(button) {
  const answer = button.closest(".md");
  const lines = [...answer.querySelectorAll(".frame, .mission, .statement, .note")].map(
    (element) => element.innerText.trim(),
  );
  const sources = [...answer.querySelectorAll(".sources li")].map((item) => item.innerText);
  return [...lines, "", say("sources"), ...sources].join("\n");
}

// Events

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#source?"]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openSource(link.getAttribute("href"), link);
    return;
  }
  const chip = event.target.closest?.('a[href^="#widen?"]');
  if (chip) {
    event.preventDefault();
    // The time makes the same wish a new one.
    typeInto(document.querySelector("#widen textarea"), `${chip.hash.slice(7)}&at=${Date.now()}`);
    return;
  }
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.matches(".rating button")) rate(button, say);
  if (button.matches(".copy")) copy(textOfAnswer(button), button);
  if (button.id === "filters-toggle") {
    button.setAttribute("aria-expanded", document.body.classList.toggle("filters-open"));
  }
  if (button.id === "new" || button.matches("#tabs [role=tab]")) closeSource();
  // These go away with what they do; the keyboard's place would be lost with them.
  if (button.matches("#new, .stop-button, #examples button")) {
    setTimeout(() => question()?.focus(), 100);
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("#language input")) return;
  useLanguage(event.target.value);
  rememberLanguage();
});

addEventListener("hashchange", () => {
  if (location.hash.startsWith("#source?")) openSource(location.hash);
});

new MutationObserver(() => {
  label();
  followConversation();
  showFiltersInUse();
  explainToasts();
  labelClaims();
}).observe(document.querySelector("gradio-app"), {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["aria-label", "aria-expanded"],
});

// Gradio gives the document the language of the browser.
new MutationObserver(() => {
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
}).observe(document.documentElement, { attributeFilter: ["lang"] });

useLanguage(rememberedLanguage());
if (location.hash.startsWith("#source?")) openSource(location.hash);
document.addEventListener("escale:copy", (event) => copy(event.detail, event.target));
