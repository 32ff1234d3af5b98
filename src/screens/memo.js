// A form of the desk: keeps what is typed, and saves without leaving the page. Without this script the form is a form: Save works,
// and the page is loaded again. Not here: the buttons of the text (text.js), what readers get (sheets.js).

import { say } from "/desk.js";

const form = document.getElementById("memo");
const memo = form?.dataset.memo;
const local = memo && `ccrov typed ${memo}`;

const fields = () => [...new FormData(form)].filter(([name]) => name !== "token");
// What somebody can have typed; what was read of each field is no part of it.
// Blanks at an end are none.
const textOf = (form) => JSON.stringify(
  [...new FormData(form)]
    .map(([name, value]) => [name, value.replaceAll("\r\n", "\n").trimEnd()])
    .filter(([name, value]) => name.startsWith("now:") || (/^(item|add):/.test(name) && value)),
);
const asText = () => textOf(form);
let saved = form && asText();
let timer;
let leaving = false;

function tell(words) {
  const state = document.getElementById("kept-state");
  if (state) state.textContent = words;
}

async function keep() {
  if (!memo) return;
  if (document.getElementById("kept")) {
    tell("Not saved yet. First choose above what becomes of what you typed before.");
    return;
  }
  const now = asText();
  if (now === saved) return;
  let here = false;
  try {
    localStorage.setItem(local, JSON.stringify({ at: Date.now(), fields: fields() }));
    here = true;
  } catch {
    // A browser that keeps nothing leaves it to the working folder.
  }
  const data = new URLSearchParams([["token", form.elements.token.value], ["memo", memo], ...fields()]);
  try {
    const answer = await fetch("/typed", { method: "POST", body: data, keepalive: data.toString().length < 60000 });
    if (answer.ok) tell(`Not saved yet. What you typed is kept, ${(await answer.json()).kept}`);
    else tell(`Not saved, and not kept: ${(await answer.text()).trim()}`);
  } catch {
    tell(here
      ? "ccrov does not answer. What you typed is kept in this browser: start ccrov again, and open this memo."
      : "ccrov does not answer, and this browser keeps nothing. Copy your text before you close this window.");
  }
}

function typed() {
  clearTimeout(timer);
  if (asText() === saved) {
    tell("Nothing to save.");
    return;
  }
  document.getElementById("done")?.remove();
  tell("Not saved yet.");
  timer = setTimeout(() => (saving = saving.then(keep)), 1000);
}

form?.addEventListener("input", typed);
form?.addEventListener("change", typed);
addEventListener("pagehide", () => {
  if (form && !leaving && asText() !== saved) keep();
});
addEventListener("beforeunload", (event) => {
  if (form && !leaving && asText() !== saved) event.preventDefault();
});

// Puts fields back into the form.
function fill(kept) {
  const of = (name) => kept.filter(([field]) => field === name).map(([, value]) => value);
  for (const control of form.querySelectorAll("[name^='now:']")) {
    const was = `was:${control.name.slice("now:".length)}`;
    const [[value], [read]] = [of(control.name), of(was)];
    if (value === undefined || value === read) continue;
    // With what it was typed upon: so Save sees what others have written since.
    control.value = value;
    form.querySelector(`[name="${CSS.escape(was)}"]`).value = read;
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

function another(list, value) {
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
    form.querySelector("[name^='now:']")?.focus();
  });
}

// What this browser kept while the desk was gone, if the working folder has not got it.
if (memo && !document.getElementById("kept")) {
  const kept = JSON.parse(localStorage.getItem(local) ?? "null");
  if (kept && JSON.stringify(kept.fields) !== saved) {
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

// One save at a time: the next is asked of what the one before has left.
let saving = Promise.resolve();

function save(button) {
  saving = saving.then(() => send(button)).catch((error) => {
    tell("Not saved yet. What you typed is still here: press Save again.");
    form.inert = false;
    throw error;
  });
  const asked = saving;
  // The next save is not kept from its turn by one that failed.
  saving = saving.catch(() => {});
  return asked;
}

async function send(button) {
  clearTimeout(timer);
  const sent = new FormData(form);
  const typedText = asText();
  // Where somebody is, and what stands open: for a form that takes this one's place.
  const added = button?.closest("p")?.querySelector("[name^='add:']")?.id;
  const [place, list] = [added ?? document.activeElement?.id, button?.closest("[data-key]")?.dataset.key];
  const open = [...form.querySelectorAll("details[open]")].map((part) => part.id);
  if (button?.name) sent.append(button.name, button.value);
  const before = Object.fromEntries([...form.querySelectorAll("[name^='now:']")].map((c) => [c.name, c.value]));
  tell("Saving…");
  // Items that move take the form's fields with them: what is typed meanwhile would be lost.
  if (button?.name) form.inert = true;
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent) });
  } catch {
    form.inert = false;
    await keep();
    return;
  }
  form.inert = false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("memo");
  if (!fresh) {
    // It was refused: the page that says why takes the place of the message, and the form stays as it is.
    const words = page.querySelector(".words")?.textContent ?? page.body.textContent;
    const said = document.getElementById("said");
    said.replaceChildren(Object.assign(document.createElement("p"), { className: "problem", role: "alert", textContent: words.trim() }));
    tell("Not saved yet.");
    said.scrollIntoView({ block: "nearest" });
    return;
  }
  const done = fresh.querySelector("#done")?.textContent ?? "Saved.";
  const there = textOf(fresh);
  if (!answer.redirected || button?.name) {
    const typedSince = asText() !== typedText;
    if (typedSince && !button?.name) {
      // The answer is to an older text: it is asked for again, of what is typed by now.
      return send();
    }
    // Two texts stand at a field, or items have moved: the form is another.
    form.querySelectorAll(":scope > *").forEach((part) => part.remove());
    form.append(...fresh.childNodes);
    ready();
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    const back = document.getElementById(place) ?? form.querySelector(`[data-key="${CSS.escape(list ?? "")}"] button:enabled`);
    back?.focus();
    form.querySelector("[role='alert']")?.scrollIntoView({ block: "nearest" });
  } else {
    take(fresh, before);
  }
  if (answer.redirected) {
    saved = there;
    if (local) localStorage.removeItem(local);
    document.getElementById("kept")?.remove();
    tell(done);
    say(done);
    const title = page.querySelector("h1");
    if (title) document.querySelector("h1").replaceChildren(...title.childNodes);
    if (asText() !== saved) typed();
  } else {
    tell("Not saved yet.");
  }
}

// Takes what the saved form says, and leaves what was typed since.
function take(fresh, before) {
  for (const part of ["said", "faults"]) {
    document.getElementById(part)?.replaceWith(fresh.querySelector(`#${part}`));
  }
  for (const now of form.querySelectorAll("[data-key]")) {
    const then = fresh.querySelector(`[data-key="${CSS.escape(now.dataset.key)}"]`);
    if (!then) continue;
    const control = now.querySelector("[name^='now:']");
    if (control && control.value !== before[control.name]) {
      // Typed since: only what was read is another.
      now.querySelector("[name^='was:']").value = then.querySelector("[name^='was:']").value;
    } else if (now.contains(document.activeElement) || now.matches("[data-key='body']")) {
      now.querySelectorAll("[name^='was:'], [name^='wasitem:']").forEach((was) => was.remove());
      then.querySelectorAll("[name^='was:'], [name^='wasitem:']").forEach((was) => now.append(was));
      const theirs = then.querySelector("[name^='now:']");
      if (control && theirs && control.value.trimEnd() !== theirs.value.trimEnd()) control.value = theirs.value;
      const help = now.querySelector("[id^='h-']");
      if (help) help.replaceWith(then.querySelector("[id^='h-']"));
      if (!control && !now.contains(document.activeElement)) now.replaceWith(then);
    } else {
      now.replaceWith(then);
    }
  }
  ready();
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  save(event.submitter);
});
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.name?.startsWith("add:")) {
    event.preventDefault();
    event.target.parentElement.querySelector("button")?.click();
  }
  if (form && (event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  }
});
// Whoever throws it away or deletes the memo is not asked; before all else, what is typed is kept.
for (const other of document.querySelectorAll("form:not(#memo)")) {
  other.addEventListener("submit", async (event) => {
    if (other.id === "leave" || other.action.endsWith("/delete")) {
      leaving = true;
    } else if (form && asText() !== saved) {
      event.preventDefault();
      // A file is attached to the memo as it is typed; what cannot be saved is looked at first.
      if (other.id === "upload") {
        await save();
        if (asText() !== saved) return;
      } else {
        await keep();
      }
      leaving = true;
      other.submit();
    }
  });
}

function ready() {
  const bar = document.querySelector(".bar");
  if (bar) bar.hidden = false;
  for (const area of document.querySelectorAll("[data-grows]")) {
    area.rows = Math.max(1, area.value.split("\n").length);
  }
  for (const list of document.querySelectorAll("[data-list]")) grow(list);
}

// A list has always room for one more.
function grow(list) {
  const controls = [...list.querySelectorAll("p > textarea, p > select")];
  const last = controls.at(-1);
  if (!last?.value.trim()) return;
  const copy = last.parentElement.cloneNode(true);
  copy.firstElementChild.value = "";
  last.parentElement.after(copy);
}

form?.addEventListener("input", (event) => {
  const list = event.target.closest("[data-list]");
  if (list) grow(list);
  if (event.target.matches("[data-grows]")) event.target.rows = Math.max(1, event.target.value.split("\n").length);
});

// What others wrote takes the place of what was typed, where two changed the same.
form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-take-list], button[data-take]");
  if (!button) return;
  if (button.dataset.takeList) {
    const list = button.closest("[data-list]");
    const theirs = button.dataset.text.split("\n\n");
    const controls = [...list.querySelectorAll("p > textarea, p > select")];
    controls.forEach((control, nth) => (control.value = theirs[nth] ?? ""));
    theirs.slice(controls.length).forEach((value) => another(list, value));
  } else {
    const control = document.getElementById(`f-${button.dataset.take}`);
    if (control) control.value = button.dataset.text;
  }
  button.closest(".theirs").remove();
  typed();
});

ready();
