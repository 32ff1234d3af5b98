// Shows what follows from a form while somebody types in it. Nothing is written.
import { hear, say } from "/desk.js";

const form = document.querySelector("form[data-follows]");
// The preview writes nothing: there, what is saved meanwhile is shown at once.
const looks = form?.method === "get";
let waiting;
let asking;

async function follow() {
  asking?.abort();
  asking = new AbortController();
  let answer;
  try {
    const typed = new URLSearchParams(new FormData(form));
    answer = looks
      ? await fetch(`${form.dataset.follows}?${typed}`, { signal: asking.signal })
      : await fetch(form.dataset.follows, { method: "POST", body: typed, signal: asking.signal });
  } catch (failed) {
    if (failed.name !== "AbortError") say("The desk does not answer. Start ccrov again, then load this page.");
    return;
  }
  if (!answer.ok) {
    say("What follows cannot be shown. Load the page again.");
    return;
  }
  const text = await answer.text();
  const part = document.getElementById("follows");
  const open = [...part.querySelectorAll("details[open]")].map((one) => one.closest("tr")?.textContent);
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const before = document.getElementById("summary")?.textContent;
  part.innerHTML = text;
  for (const one of part.querySelectorAll("details")) one.open = open.includes(one.closest("tr")?.textContent);
  if (focused) document.getElementById(focused)?.focus();
  const summary = document.getElementById("summary").textContent;
  if (summary !== before) say(summary);
}

form?.addEventListener("input", () => {
  document.getElementById("not-yet")?.remove();
  clearTimeout(waiting);
  waiting = setTimeout(follow, 250);
});
if (looks) hear("built", follow);
