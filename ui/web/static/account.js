// Who is signed in, and where that leads: links in the head of the page.
"use strict";

let say = null;
let language = "fr";

export function translateLinks(words, code) {
  say = words;
  language = code;
  showLinks();
}

async function showLinks() {
  const asked = language;
  const told = await fetch(`account/me?language=${asked}`).catch(() => null);
  if (!told?.ok) return;
  const { links } = await told.json();
  if (asked === language) place(links);
}

function place(links) {
  const brand = document.querySelector("#top #brand");
  if (!brand) {
    // Gradio draws the page after this script begins.
    setTimeout(() => place(links), 100);
    return;
  }
  let nav = document.getElementById("links");
  if (!nav) {
    nav = document.createElement("nav");
    nav.id = "links";
    brand.after(nav);
  }
  nav.setAttribute("aria-label", say("links"));
  nav.replaceChildren(...links.map(({ label, href }) => linkTo(label, href)));
}

function linkTo(label, href) {
  const link = document.createElement("a");
  link.textContent = label;
  link.href = href;
  return link;
}
