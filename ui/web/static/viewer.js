// The pages of a report as images: the quote highlighted, turning, zooming.
"use strict";

const ZOOMS = [1, 1.25, 1.5, 2, 2.5, 3, 4];

let say = (key) => key;
let language = "fr";
let shown = null; // { query, view, page }
let request = 0;
let zoom = 1;

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const button = (id, text) => element("button", { id, type: "button", textContent: text });

const previous = button("viewer-previous", "‹");
const next = button("viewer-next", "›");
const place = element("span", { id: "viewer-place" });
const smaller = button("viewer-smaller", "−");
const fit = button("viewer-fit", "100 %");
const larger = button("viewer-larger", "+");
const turning = element("div", { className: "group" }, previous, place, next);
const zooming = element("div", { className: "group" }, smaller, fit, larger);
const tools = element("div", { id: "viewer-tools" }, turning, zooming);
const toQuote = button("viewer-quote", "");
const image = element("img", { id: "viewer-image", draggable: false });
const sheet = element("div", { id: "viewer-sheet" }, image);
const told = element("div", { id: "viewer-told" });
const frame = element("div", { id: "viewer-frame", tabIndex: 0 }, told, sheet);
tools.setAttribute("role", "toolbar");
place.setAttribute("aria-live", "polite");
told.setAttribute("role", "status");
frame.setAttribute("role", "region");

export const viewer = element("div", { id: "viewer" }, tools, toQuote, frame);

export function translateViewer(words, code) {
  say = words;
  language = code;
  for (const [control, key] of [
    [previous, "previous"],
    [next, "next"],
    [smaller, "smaller"],
    [fit, "fit"],
    [larger, "larger"],
    [tools, "viewer-tools"],
    [frame, "viewer"],
  ]) {
    control.setAttribute("aria-label", say(key));
    if (control.matches("button")) control.title = say(key);
  }
  if (shown?.view) describe();
}

// `query` is that of the citation's link: passage, start, end.
export async function showPages(query) {
  if (shown?.query === query && shown.view) {
    turnTo(shown.view.page);
    return;
  }
  shown = { query, view: null, page: 0 };
  const current = ++request;
  setZoom(1);
  wait();
  let view = null;
  let message = "";
  try {
    const response = await fetch(`source/pages?${query}&language=${language}`);
    const answer = await response.json();
    if (response.ok) view = answer;
    else message = answer.message;
  } catch {
    message = "";
  }
  if (current !== request) return;
  if (!view) {
    fail(message);
    return;
  }
  shown.view = view;
  turnTo(view.page);
}

function turnTo(page) {
  const { view } = shown;
  shown.page = Math.min(Math.max(page, 1), view.count);
  const address = new URL(`${view.images}/${shown.page}`, document.baseURI).href;
  clearMarks();
  describe();
  if (image.src === address && image.complete && image.naturalWidth) {
    arrive();
    return;
  }
  wait();
  image.src = address;
}

function arrive() {
  viewer.dataset.state = "shown";
  told.replaceChildren();
  drawMarks();
  look();
}

function wait() {
  viewer.dataset.state = "loading";
  told.replaceChildren(say("page-loading"));
}

function fail(message) {
  viewer.dataset.state = "failed";
  const again = button("viewer-again", say("retry"));
  again.addEventListener("click", () => {
    const { query, view, page } = shown;
    image.removeAttribute("src");
    if (view) turnTo(page);
    else showPages(query);
    frame.focus();
  });
  told.replaceChildren(element("p", {}, message || say("page-image-failed")), again);
  for (const control of tools.querySelectorAll("button")) control.disabled = !shown?.view;
  toQuote.hidden = true;
}

// An image says only that it failed; asked again, the server says why.
async function explain() {
  if (!image.getAttribute("src")) return;
  const current = request;
  let message = "";
  try {
    const response = await fetch(`${image.src}?language=${language}`);
    if (!response.ok) message = (await response.json()).message;
  } catch {
    message = "";
  }
  if (current === request) fail(message);
}

const marksOn = (page) => shown.view.marks.find((mark) => mark.page === page)?.boxes ?? [];

function clearMarks() {
  for (const mark of sheet.querySelectorAll(".mark")) mark.remove();
}

function drawMarks() {
  clearMarks();
  for (const [left, top, width, height] of marksOn(shown.page)) {
    const mark = element("span", { className: "mark" });
    mark.style.left = `${100 * left}%`;
    mark.style.top = `${100 * top}%`;
    mark.style.width = `${100 * width}%`;
    mark.style.height = `${100 * height}%`;
    sheet.append(mark);
  }
}

// The quote in the upper third of the frame; the top of a page without it.
function look() {
  const [first] = marksOn(shown.page);
  frame.scrollTop = first ? first[1] * sheet.offsetHeight - frame.clientHeight / 3 : 0;
  frame.scrollLeft = first ? first[0] * sheet.offsetWidth - frame.clientWidth / 6 : 0;
}

function fill(key, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), say(key));
}

function describe() {
  const { view, page } = shown;
  place.textContent = fill("page-of", { page, count: view.count });
  previous.disabled = page <= 1;
  next.disabled = page >= view.count;
  const isMarked = marksOn(page).length > 0;
  image.alt = fill(isMarked ? "page-alt-quote" : "page-alt", { page, count: view.count });
  const target = otherPlace();
  toQuote.hidden = false;
  toQuote.disabled = !target;
  if (!view.marks.length) toQuote.textContent = say("quote-not-located");
  else if (target) toQuote.textContent = fill(target.key, { page: target.page });
  else toQuote.hidden = true;
  showZoom();
}

// Where else the quote stands: on from here, back from here, or not here at all.
function otherPlace() {
  const { view, page } = shown;
  const pages = view.marks.map((mark) => mark.page);
  if (!pages.length || (pages.length === 1 && pages[0] === page)) return null;
  if (!pages.includes(page)) return { key: "quote-back", page: pages[0] };
  const later = pages.find((other) => other > page);
  return later ? { key: "quote-goes-on", page: later } : { key: "quote-begins", page: pages[0] };
}

// Zoom keeps in place what stands in the middle of the frame.

function setZoom(value) {
  const x = (frame.scrollLeft + frame.clientWidth / 2) / sheet.offsetWidth || 0;
  const y = (frame.scrollTop + frame.clientHeight / 2) / sheet.offsetHeight || 0;
  zoom = value;
  sheet.style.width = `${100 * zoom}%`;
  frame.scrollLeft = x * sheet.offsetWidth - frame.clientWidth / 2;
  frame.scrollTop = y * sheet.offsetHeight - frame.clientHeight / 2;
  showZoom();
}

function showZoom() {
  fit.textContent = `${Math.round(100 * zoom)}${language === "fr" ? "\u00a0" : ""}%`;
  smaller.disabled = zoom <= ZOOMS[0];
  larger.disabled = zoom >= ZOOMS.at(-1);
  fit.disabled = zoom === 1;
}

const zoomBy = (steps) => setZoom(ZOOMS[Math.min(Math.max(ZOOMS.indexOf(zoom) + steps, 0), ZOOMS.length - 1)]);

// Disabling the control that has the focus would lose the keyboard's place.
function press(control, action) {
  control.addEventListener("click", () => {
    action();
    if (control.disabled || control.hidden) frame.focus({ preventScroll: true });
  });
}

press(previous, () => turnTo(shown.page - 1));
press(next, () => turnTo(shown.page + 1));
press(smaller, () => zoomBy(-1));
press(larger, () => zoomBy(1));
press(fit, () => setZoom(1));
press(toQuote, () => turnTo(otherPlace().page));
image.addEventListener("load", arrive);
image.addEventListener("error", explain);

frame.addEventListener("keydown", (event) => {
  if (!shown?.view || event.ctrlKey || event.metaKey || event.altKey) return;
  const room = frame.scrollWidth - frame.clientWidth;
  const actions = {
    "+": () => zoomBy(1),
    "=": () => zoomBy(1),
    "-": () => zoomBy(-1),
    0: () => setZoom(1),
    PageDown: () => turnTo(shown.page + 1),
    PageUp: () => turnTo(shown.page - 1),
  };
  // Sideways a magnified page is moved first, and turned at its edge.
  if (frame.scrollLeft >= room - 1) actions.ArrowRight = actions.PageDown;
  if (frame.scrollLeft <= 1) actions.ArrowLeft = actions.PageUp;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

frame.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1 : -1);
  },
  { passive: false },
);
