// Any form that somebody writes in: what is typed is kept a second after the last key, in the working folder, and in this browser as
// long as no desk answers. It is offered the next time, and never taken over by itself. Not here: saving (memo.js).

import { say } from "/desk.js";

export const form = document.querySelector("form[data-page]");
const page = form?.dataset.page;
const local = page && `ccrov typed ${page}`;

// Files are not kept: a browser gives a form none that nobody chose in it.
const texts = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const fields = () => texts(form).filter(([name]) => name !== "token");
// What the form read is no part of what somebody typed; blanks at an end are none.
const wasRead = (name) => /^(token$|list$|read$|was:|wasitem:|raw:)/.test(name);
export const textOf = (form) => JSON.stringify(
  texts(form)
    .map(([name, value]) => [name, value.replaceAll("\r\n", "\n").trimEnd()])
    .filter(([name, value]) => !wasRead(name) && (value || !/^(item|add):/.test(name))),
);
export const asText = () => textOf(form);
// A form that came back with what it could not save begins unsaved.
let saved = form && ("unsaved" in form.dataset ? "" : asText());
export const isUnsaved = () => Boolean(page) && asText() !== saved;
let timer;
let leaving = false;
// Whether the working folder has something of this page.
let there = false;

export function tell(words) {
  const state = document.getElementById("kept-state");
  if (state) state.textContent = words;
}

// Why what was asked for is not done, above the form.
export function refuse(words) {
  const said = document.getElementById("said");
  said.replaceChildren(Object.assign(document.createElement("p"), { className: "problem", role: "alert", textContent: words }));
  said.scrollIntoView({ block: "nearest" });
}

// The form is saved, as far as it says this.
export function nowSaved(text) {
  clearTimeout(timer);
  saved = text;
  there = false;
  localStorage.removeItem(local);
  document.getElementById("kept")?.remove();
}

export function wait() {
  clearTimeout(timer);
}

export async function keep() {
  if (document.getElementById("kept")) {
    tell("Not saved yet. First choose above what becomes of what you typed before.");
    return;
  }
  if (!isUnsaved()) return;
  let here = false;
  try {
    localStorage.setItem(local, JSON.stringify({ at: Date.now(), fields: fields() }));
    here = true;
  } catch {
    // A browser that keeps nothing leaves it to the working folder.
  }
  const data = new URLSearchParams([["token", form.elements.token.value], ["page", page], ...fields()]);
  try {
    const answer = await fetch("/typed", { method: "POST", body: data, keepalive: data.toString().length < 60000 });
    if (answer.ok) {
      tell(`Not saved yet. What you typed is kept, ${(await answer.json()).kept}`);
      there = true;
      // Of what the working folder has, one copy is enough.
      localStorage.removeItem(local);
    } else {
      tell(`Not saved, and not kept: ${(await answer.text()).trim()}`);
    }
  } catch {
    tell(here
      ? "ccrov does not answer. What you typed is kept in this browser: start ccrov again, and open this page."
      : "ccrov does not answer, and this browser keeps nothing. Copy your text before you close this window.");
  }
}

// What was kept is what the form said before all of it was taken back.
async function leave() {
  if (isUnsaved()) return;
  const data = new URLSearchParams({ token: form.elements.token.value, page });
  try {
    await fetch("/typed/leave", { method: "POST", body: data, redirect: "manual" });
    there = false;
  } catch {
    // It is offered once more.
  }
}

// One thing at a time is sent: the next is asked of what the one before has left.
let sending = Promise.resolve();
export function inTurn(send) {
  const asked = sending.then(send);
  // The next is not kept from its turn by one that failed.
  sending = asked.catch(() => {});
  return asked;
}

export function typed() {
  clearTimeout(timer);
  if (!isUnsaved()) {
    tell("Nothing to save.");
    if (there) inTurn(leave);
    return;
  }
  document.getElementById("done")?.remove();
  tell("Not saved yet.");
  timer = setTimeout(() => inTurn(keep), 1000);
}

// A field can stand outside the form that it belongs to.
for (const kind of ["input", "change"]) {
  addEventListener(kind, ({ target }) => {
    if (form && target.form === form) typed();
  });
}
addEventListener("pagehide", () => {
  if (!leaving && isUnsaved()) keep();
});
addEventListener("beforeunload", (event) => {
  if (!leaving && isUnsaved()) event.preventDefault();
});

// Whoever throws it away or deletes the memo is not asked; before all else, what is typed is kept.
for (const other of document.querySelectorAll("form")) {
  other.addEventListener("submit", async (event) => {
    if (leaving || "stays" in other.dataset) return;
    if (other.action.endsWith("/typed/leave") || other.action.endsWith("/delete")) {
      leaving = true;
      if (page) localStorage.removeItem(local);
    } else if (isUnsaved()) {
      event.preventDefault();
      await inTurn(keep);
      leaving = true;
      other.requestSubmit(event.submitter);
    }
  });
}

// Puts fields back into the form.
function fill(kept) {
  const of = (name) => kept.filter(([field]) => field === name).map(([, value]) => value);
  // With what it was typed upon: so Save sees what others have written since.
  const put = (control) => {
    const was = control.name === "text" ? "read" : control.name.replace(/^now:|^/, "was:");
    const [[value], [read]] = [of(control.name), of(was)];
    if (value === undefined || value === read) return;
    control.value = value;
    const before = form.querySelector(`[name="${CSS.escape(was)}"]`);
    if (before) before.value = read;
  };
  for (const control of form.elements) {
    if (!control.name || wasRead(control.name) || /^item:/.test(control.name)) continue;
    if (["radio", "checkbox"].includes(control.type)) control.checked = of(control.name).includes(control.value);
    else put(control);
  }
  for (const list of form.querySelectorAll("[data-list]")) {
    const key = list.dataset.list;
    const values = of(`item:${key}`).filter((value) => value.trim());
    const read = of(`wasitem:${key}`);
    if (values.join("\n\n") === read.join("\n\n")) continue;
    list.querySelectorAll(`[name="${CSS.escape(`wasitem:${key}`)}"]`).forEach((was) => was.remove());
    for (const value of read) {
      const was = Object.assign(document.createElement("textarea"), { name: `wasitem:${key}`, value, hidden: true });
      list.append(was);
    }
    const controls = [...list.querySelectorAll(`[name="${CSS.escape(`item:${key}`)}"]`)];
    controls.forEach((control, nth) => (control.value = values[nth] ?? ""));
    values.slice(controls.length).forEach((value) => another(list, value));
  }
  form.querySelector("#more")?.setAttribute("open", "");
  typed();
}

// One more line of a list.
export function another(list, value) {
  const last = [...list.querySelectorAll("p > textarea, p > select")].at(-1);
  const copy = last.parentElement.cloneNode(true);
  copy.firstElementChild.value = value;
  last.parentElement.after(copy);
  return copy.firstElementChild;
}

for (const button of document.querySelectorAll("[data-use]")) {
  button.addEventListener("click", () => {
    const offer = document.querySelector(button.dataset.use);
    fill(JSON.parse(offer.dataset.kept));
    offer.remove();
    say("It is in the form now. Nothing is saved yet.");
    form.querySelector("[name^='now:'], [name='text'], [name='name']")?.focus();
  });
}

// What this browser kept while the desk was gone, if the working folder has not got it.
if (page && !document.getElementById("kept")) {
  const kept = JSON.parse(localStorage.getItem(local) ?? "null");
  if (kept) {
    const note = document.createElement("div");
    note.className = "note";
    note.id = "kept-here";
    note.innerHTML = "<p><strong>This browser kept what you typed here and did not save.</strong></p><p><button type='button'>Use what I typed</button> <button type='button'>Throw it away</button></p>";
    const [use, away] = note.querySelectorAll("button");
    use.addEventListener("click", () => { fill(kept.fields); note.remove(); });
    away.addEventListener("click", () => { localStorage.removeItem(local); note.remove(); });
    form.before(note);
  }
}
