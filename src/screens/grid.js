// The table of a release's steps: keys as in a spreadsheet, the steps of one party, and the dates that follow while somebody types.
// Not here: saving (memo.js), and what is kept (kept.js).

import { say } from "/desk.js";
import { form, isUnsaved } from "/kept.js";

const rows = () => [...form.querySelectorAll("tbody tr")];
const controls = (cell) => [...cell.querySelectorAll("input, textarea, select")].filter((one) => one.type !== "hidden" && !one.hidden);

// The same cell of the row above or below, among those that are shown.
function go(control, by) {
  const cell = control.closest("th, td");
  const all = rows().filter((row) => !row.hidden);
  const row = all[all.indexOf(cell.parentElement) + by];
  const there = row && controls(row.children[cell.cellIndex]);
  if (!there?.length) return false;
  const next = there[Math.min(controls(cell).indexOf(control), there.length - 1)];
  next.focus();
  if (next.matches("input")) next.select();
  return true;
}

form.addEventListener("keydown", (event) => {
  const control = event.target;
  if (!control.closest("tbody") || !control.matches("input, textarea, select")) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const { key, shiftKey } = event;
  const isText = control.matches("textarea");
  // In a text the arrows go through its lines first.
  const atEnd = !isText || control.selectionStart === control.value.length;
  const atStart = !isText || control.selectionEnd === 0;
  let by = 0;
  if (key === "Enter" && !shiftKey) by = 1;
  else if (key === "Enter" && !isText) by = -1;
  else if (control.matches("select") || shiftKey) return;
  else if (key === "ArrowDown" && atEnd) by = 1;
  else if (key === "ArrowUp" && atStart) by = -1;
  if (!by) return;
  event.preventDefault();
  go(control, by);
});

// Only the steps of one party; all are saved.
const who = document.getElementById("who");
function filter(tell) {
  if (!who) return;
  for (const row of rows()) {
    const owners = [...row.querySelectorAll("[name^='item:']")].map((owner) => owner.value);
    row.hidden = Boolean(who.value) && !owners.includes(who.value);
  }
  const shown = rows().filter((row) => !row.hidden).length;
  const words = who.value ? `${shown} of ${rows().length} steps` : "";
  if (tell) document.getElementById("shown").textContent = words;
}
who?.addEventListener("change", () => filter(true));
document.getElementById("filter")?.removeAttribute("hidden");

// A table from a spreadsheet does not go into one cell: it goes to where it is compared with all steps.
const sheet = document.getElementById("sheet");
form.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!text.includes("\t") || !event.target.closest("tbody")) return;
  event.preventDefault();
  document.getElementById("excel").open = true;
  sheet.value = text;
  sheet.form.querySelector("button").focus();
  say("This is a table. Press the button to compare it with the steps; nothing is changed yet.");
});

// What is saved by now, be it by a colleague.
const copied = document.getElementById("copied");
const copy = document.getElementById("copy");
copy?.removeAttribute("hidden");
copy?.addEventListener("click", async () => {
  const state = document.getElementById("copy-state");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
    copied.value = page.getElementById("copied").value;
    await navigator.clipboard.writeText(copied.value);
    state.textContent = isUnsaved() ? "Copied as it was saved last. What you typed since is not in it." : "Copied. Paste it into Excel.";
  } catch {
    copied.select();
    state.textContent = "Press Ctrl+C to copy.";
  }
});

let waiting;
let asking;

async function follow() {
  asking?.abort();
  asking = new AbortController();
  const data = new URLSearchParams(new FormData(form));
  let answer;
  try {
    answer = await fetch(form.dataset.follows, { method: "POST", body: data, signal: asking.signal });
  } catch (failed) {
    if (failed.name !== "AbortError") say("ccrov does not answer, so the dates do not follow.");
    return;
  }
  if (!answer.ok) return;
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const fresh of part.querySelectorAll("body > [id]")) {
    const now = document.getElementById(fresh.id);
    const open = now?.querySelector("details")?.open;
    if (!now || now.contains(document.activeElement)) continue;
    if (open) fresh.querySelector("details")?.setAttribute("open", "");
    if (now.outerHTML === fresh.outerHTML) continue;
    if (fresh.id === "summary") say(fresh.textContent);
    const control = document.getElementById(fresh.id.replace(/^h-/, "f-"));
    if (fresh.querySelector(".fault, .warning")) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
    now.replaceWith(fresh);
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(follow, 250);
});

// Saving with a button puts another table in the place of this one: whoever has put in a step goes on in it; where the button is gone
// or at rest, at the step that stands there now.
const ids = () => rows().map((row) => row.id);
let before = ids();
let pressed = -1;
form.addEventListener("submit", ({ submitter }) => {
  pressed = rows().indexOf(submitter?.closest("tr"));
});
new MutationObserver(() => {
  const now = ids();
  if (now.join(" ") === before.join(" ") || !now.length) return;
  const fresh = now.filter((id) => !before.includes(id));
  const row = document.getElementById(fresh[0] ?? (now.includes(before[pressed]) ? before[pressed] : now[Math.min(pressed, now.length - 1)]));
  before = now;
  filter(true);
  if (pressed < 0 || !row) return;
  if (fresh.length) row.hidden = false;
  setTimeout(() => {
    if (fresh.length) row.querySelector(".c-text textarea:not([hidden])")?.focus();
    else if (document.activeElement === document.body) row.querySelector(".deeds summary")?.focus();
  });
}).observe(form, { childList: true });
