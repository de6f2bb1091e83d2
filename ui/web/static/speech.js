// Checking a speech: files become text, claims open their findings.
"use strict";

const ENDINGS = ".docx,.pdf,.odt,.txt,.md,.pptx,.html";

let say = (key) => key;
let language = "fr";

export function translateSpeech(words, code) {
  say = words;
  language = code;
}

// Gradio learns of a value by the event that typing makes.
export function typeInto(box, text) {
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value");
  set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Files: read by the server, which forgets them at once.

const draft = () => document.querySelector("#draft textarea");

function tell(text, isProblem = false) {
  let told = document.getElementById("draft-told");
  if (!told) {
    told = Object.assign(document.createElement("p"), { id: "draft-told" });
    told.setAttribute("role", "status");
    document.getElementById("speech-editor").append(told);
  }
  told.classList.toggle("is-problem", isProblem);
  told.textContent = text;
}

async function upload(file) {
  const named = (key) => say(key).replace("{file}", file.name);
  tell(named("draft-reading"));
  try {
    const query = new URLSearchParams({ name: file.name, language });
    const response = await fetch(`draft?${query}`, { method: "POST", body: file });
    if (response.status === 413) {
      tell(named("draft-too-large"), true);
      return;
    }
    const answer = await response.json();
    if (!response.ok) {
      tell(answer.message ?? say("draft-failed"), true);
      return;
    }
    typeInto(draft(), answer.text);
    draft().scrollTop = 0;
    draft().focus();
    tell(named("draft-read"));
  } catch {
    tell(say("draft-failed"), true);
  }
}

function chooseFile() {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ENDINGS });
  input.addEventListener("change", () => input.files.length && upload(input.files[0]));
  input.click();
}

const overDraft = (event) =>
  [...(event.dataTransfer?.types ?? [])].includes("Files") && event.target.closest?.("#speech-editor");

document.addEventListener("dragover", (event) => {
  if (!overDraft(event)) return;
  event.preventDefault();
  document.getElementById("speech-editor").classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
  event.target.closest?.("#speech-editor")?.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  if (!overDraft(event)) return;
  event.preventDefault();
  document.getElementById("speech-editor").classList.remove("is-over");
  if (event.dataTransfer.files.length) upload(event.dataTransfer.files[0]);
});

// Claims: one finding is open at a time, right below its claim.

const findingOf = (claim) => claim.nextElementSibling;

function show(claim, isOpen) {
  findingOf(claim).hidden = !isOpen;
  claim.setAttribute("aria-expanded", String(isOpen));
  claim.classList.toggle("is-open", isOpen);
}

function toggle(claim) {
  const isOpen = !findingOf(claim).hidden;
  for (const open of document.querySelectorAll("a.claim.is-open")) show(open, false);
  if (isOpen) return;
  show(claim, true);
  findingOf(claim).scrollIntoView({ block: "nearest" });
}

// From the summary to the next claim of a kind, around and around.
function goToNext(kind) {
  const claims = [...document.querySelectorAll(`#verdicts a.claim.${kind}`)];
  if (!claims.length) return;
  const opened = claims.findIndex((claim) => claim.classList.contains("is-open"));
  const claim = claims[(opened + 1) % claims.length];
  if (!claim.classList.contains("is-open")) toggle(claim);
  claim.scrollIntoView({ block: "center" });
  claim.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#draft-upload")) {
    chooseFile();
    return;
  }
  if (event.target.closest?.("#speech-edit, #check-stop")) setTimeout(() => draft()?.focus(), 300);
  if (event.target.closest?.("#check")) document.getElementById("draft-told")?.remove();
  const link = event.target.closest?.("a.claim, a.count");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (link.matches(".claim")) toggle(link);
  else goToNext(link.hash.slice(1));
});

document.addEventListener("keydown", (event) => {
  const control = event.target.closest?.("a.claim, a.count, a.chip");
  // What is called a button is pressed by the space bar, too.
  if (control && event.key === " ") {
    event.preventDefault();
    control.click();
  }
  if (event.key !== "Escape" || document.querySelector("#source[open]")) return;
  const open = document.querySelector("a.claim.is-open");
  if (!open || !event.target.closest?.("#verdicts")) return;
  show(open, false);
  open.focus();
});

export function labelClaims() {
  for (const claim of document.querySelectorAll("a.claim:not([aria-expanded])")) {
    claim.setAttribute("aria-expanded", "false");
  }
  const summary = document.querySelector("#verdicts .tally:not([tabindex])");
  if (summary) arriveAt(summary);
}

// What had the focus is gone with the editor: the summary is read out, and in sight.
function arriveAt(summary) {
  summary.tabIndex = -1;
  summary.setAttribute("role", "group");
  summary.setAttribute("aria-label", say("summary"));
  if (!document.querySelector("#verdicts").checkVisibility()) return;
  summary.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}
