// The form of a memo, of the office or of a release: saves without leaving the page. Without this script the form is a form: Save works,
// and the page is loaded again. Not here: what is typed and not saved (kept.js), the buttons of the text (text.js), what readers get
// (sheets.js).

import { say } from "/desk.js";
import { grown } from "/fields.js";
import { asText, form, inTurn, isUnsaved, keep, nowSaved, refuse, tell, textOf, typed, wait } from "/kept.js";
import { look, read } from "/news.js";

form?.setAttribute("data-stays", "");

function save(button) {
  form.dataset.saving = "";
  return inTurn(() => send(button)).catch((error) => {
    tell("Not saved yet. What you typed is still here: press Save again.");
    form.inert = false;
    throw error;
  }).finally(() => {
    delete form.dataset.saving;
    look();
  });
}

// Which fields a form has, and of which items: what is added or removed makes another form.
const shape = (form) => [form.dataset.items, ...[...form.querySelectorAll("[data-key]")].map((part) => part.dataset.key)].join("\n");

async function send(button) {
  wait();
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
    refuse(words.trim());
    tell("Not saved yet.");
    return;
  }
  const done = fresh.querySelector("#done")?.textContent ?? "Saved.";
  const there = textOf(fresh);
  if (!answer.redirected || button?.name || shape(form) !== shape(fresh)) {
    const typedSince = asText() !== typedText;
    if (typedSince && !button?.name) {
      // The answer is to an older text: it is asked for again, of what is typed by now.
      return send();
    }
    // Two texts stand at a field, or items have moved: the form is another.
    form.querySelectorAll(":scope > *").forEach((part) => part.remove());
    form.append(...fresh.childNodes);
    if (fresh.dataset.items !== undefined) form.dataset.items = fresh.dataset.items;
    ready();
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    // A button that took a name is gone with its fault.
    const control = ":is(button, select, textarea, input:not([type='hidden'])):enabled:not([hidden])";
    const back = document.getElementById(place) ?? form.querySelector(`[data-key="${CSS.escape(list ?? "")}"] ${control}`);
    back?.focus();
    form.querySelector("[role='alert']")?.scrollIntoView({ block: "nearest" });
  } else {
    take(fresh, before);
  }
  read(page);
  if (answer.redirected) {
    nowSaved(there);
    tell(done);
    say(done);
    const title = page.querySelector("h1");
    if (title) document.querySelector("h1").replaceChildren(...title.childNodes);
    if (isUnsaved()) typed();
  } else {
    tell("Not saved yet.");
  }
}

// Takes what the saved form says, and leaves what was typed since.
function take(fresh, before) {
  for (const part of ["said", "faults"]) {
    document.getElementById(part)?.replaceWith(fresh.querySelector(`#${part}`));
  }
  // Another release has other dates.
  const facts = fresh.querySelector("#fact");
  if (facts) document.getElementById("fact")?.replaceChildren(...facts.childNodes);
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
// A file is attached to the memo as it is typed; what cannot be saved is looked at first.
const upload = document.getElementById("upload");
upload?.addEventListener("submit", async (event) => {
  if (!isUnsaved()) return;
  event.preventDefault();
  await save();
  if (!isUnsaved()) upload.submit();
});

function ready() {
  const bar = document.querySelector(".bar");
  if (bar) bar.hidden = false;
  grown();
}

ready();
