// What the reader thinks of an answer.
"use strict";

export async function rate(button, say) {
  const place = button.closest(".rating");
  const row = button.closest(".bot-row, .message-row");
  const asked = [...document.querySelectorAll("#chat h2.question")].filter(
    (heading) => row && heading.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const question = asked.at(-1)?.firstChild?.textContent ?? "";
  const rating = button.matches(".helpful") ? "up" : "down";
  for (const each of place.querySelectorAll("button")) each.disabled = true;
  const sent = await fetch("feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ rating, question }),
  }).catch(() => null);
  if (!sent?.ok) {
    for (const each of place.querySelectorAll("button")) each.disabled = false;
    return;
  }
  place.setAttribute("role", "status");
  place.tabIndex = -1;
  place.textContent = say("rated");
  place.focus();
}
