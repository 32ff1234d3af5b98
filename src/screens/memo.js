// A form of the desk: keeps what is typed, saves without leaving the page, helps with the text, and shows page and PDF again
// when they were built. Without this script the form is a form: Save works, and the page is loaded again.

import { say } from "/desk.js";

const form = document.getElementById("memo");
const state = document.getElementById("kept-state");
const memo = form?.dataset.memo;
const body = document.getElementById("f-body");
const local = memo && `ccrov typed ${memo}`;

const fields = () => [...new FormData(form)].filter(([name]) => name !== "token");
const asText = () => JSON.stringify(fields());
let saved = form && asText();
let timer;
let leaving = false;

function tell(words) {
  if (state) state.textContent = words;
}

// --- Keeping what is typed ---------------------------------------------------------------------------------------

async function keep() {
  if (!memo) return;
  const now = asText();
  if (now === saved) return;
  try {
    localStorage.setItem(local, JSON.stringify({ at: Date.now(), fields: fields() }));
  } catch {
    // A browser that keeps nothing leaves it to the working folder.
  }
  const data = new URLSearchParams([["token", form.elements.token.value], ["memo", memo], ...fields()]);
  try {
    const answer = await fetch("/typed", { method: "POST", body: data, keepalive: data.toString().length < 60000 });
    if (!answer.ok) throw new Error(await answer.text());
    tell(`Not saved yet. What you typed is kept, ${(await answer.json()).kept}.`);
  } catch {
    tell("ccrov does not answer. What you typed is kept in this browser: start ccrov again, and open this memo.");
  }
}

function typed() {
  clearTimeout(timer);
  if (asText() === saved) {
    tell("Nothing to save.");
    return;
  }
  tell("Not saved yet.");
  timer = setTimeout(keep, 1000);
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
    const [value] = of(control.name);
    if (value !== undefined) control.value = value;
  }
  for (const list of form.querySelectorAll("[data-list]")) {
    const controls = [...list.querySelectorAll(`[name='item:${CSS.escape(list.dataset.list)}']`)];
    const values = of(`item:${list.dataset.list}`).filter((value) => value.trim());
    values.forEach((value, nth) => {
      const control = controls[Math.min(nth, controls.length - 1)];
      if (nth < controls.length) control.value = value;
      else another(list, value);
    });
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
    fill(JSON.parse(document.querySelector(button.dataset.use).dataset.kept));
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

// --- Saving ------------------------------------------------------------------------------------------------------

async function save(button) {
  clearTimeout(timer);
  const sent = new FormData(form);
  if (button?.name) sent.append(button.name, button.value);
  const before = Object.fromEntries([...form.querySelectorAll("[name^='now:']")].map((c) => [c.name, c.value]));
  tell("Saving…");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent) });
  } catch {
    await keep();
    return;
  }
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
  if (!answer.redirected || button?.name) {
    // Two texts stand at a field, or items have moved: the form is another.
    const place = document.activeElement?.id;
    form.querySelectorAll(":scope > *").forEach((part) => part.remove());
    form.append(...fresh.childNodes);
    ready();
    if (place) document.getElementById(place)?.focus();
    form.querySelector("[role='alert']")?.scrollIntoView({ block: "nearest" });
  } else {
    take(fresh, before);
  }
  if (answer.redirected) {
    saved = asText();
    if (local) localStorage.removeItem(local);
    document.getElementById("kept")?.remove();
    tell(done);
    say(done);
    const title = page.querySelector("h1");
    if (title) document.querySelector("h1").replaceChildren(...title.childNodes);
    history.replaceState(null, "", form.action);
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
      now.querySelectorAll("[name^='was:']").forEach((was) => (was.value = then.querySelector(`[name="${CSS.escape(was.name)}"]`)?.value ?? was.value));
      const theirs = then.querySelector("[name^='now:']");
      if (control && theirs && control.value !== theirs.value) control.value = theirs.value;
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
  if (form && (event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  }
});
document.querySelectorAll("form:not(#memo)").forEach((other) => other.addEventListener("submit", () => (leaving = true)));

// --- The text ----------------------------------------------------------------------------------------------------

// As if it were typed: so Ctrl+Z takes it back.
function type(text) {
  const area = document.getElementById("f-body");
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

function marked(mark) {
  const area = document.getElementById("f-body");
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd) || "text";
  const [, before, words, after] = chosen.match(/^(\s*)([\s\S]*?)(\s*)$/);
  type(`${before}${mark}${words}${mark}${after}`);
}

// Each chosen line begins with a mark; numbers count.
function lines(mark) {
  const area = document.getElementById("f-body");
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = area.value.indexOf("\n", area.selectionEnd);
  area.setSelectionRange(start, next < 0 ? area.value.length : next);
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  const count = (nth) => (mark === "1. " ? `${nth + 1}. ` : mark);
  const changed = chosen.split("\n").map((line, nth) => (line.trim() || nth === 0 ? count(nth) + line : line)).join("\n");
  const apart = start > 0 && area.value.slice(0, start).trimEnd() !== "" && !area.value.slice(0, start).endsWith("\n\n");
  type((apart ? "\n" : "") + changed);
}

function block(text) {
  const area = document.getElementById("f-body");
  const before = area.value.slice(0, area.selectionStart);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  type(`${gap}${text}\n\n`);
}

// What is pasted becomes Markdown; what came along is told, with the ways to have it otherwise.
async function pasted(event) {
  const [html, plain] = ["text/html", "text/plain"].map((kind) => event.clipboardData.getData(kind));
  if (!html && !/[\n\t]/.test(plain)) return;
  event.preventDefault();
  const area = event.target;
  const data = new URLSearchParams({ token: form.elements.token.value, memo: memo ?? "", html, plain, into: area.value });
  let answer;
  try {
    const sent = await fetch("/paste", { method: "POST", body: data });
    if (!sent.ok) throw new Error(await sent.text());
    answer = await sent.json();
  } catch {
    type(plain);
    told("ccrov did not answer, so this was pasted as plain text.", []);
    return;
  }
  const alone = answer.markdown.includes("\n") && area.selectionStart > 0 && !area.value.slice(0, area.selectionStart).endsWith("\n\n");
  const put = (alone ? (area.value.slice(0, area.selectionStart).endsWith("\n") ? "\n" : "\n\n") : "") + answer.markdown;
  type(put);
  const instead = (text, becomes) => {
    const from = area.value.indexOf(text);
    if (from < 0) return;
    area.focus();
    area.setSelectionRange(from, from + text.length);
    if (becomes) type(becomes);
    else document.execCommand("delete");
  };
  const ways = [...answer.removals, ...answer.facts].map(({ words, text, becomes }) => [words, () => instead(text, becomes)]);
  if (answer.plain) ways.unshift(["Paste as plain text instead", () => instead(put, answer.plain)]);
  told(answer.said, ways);
}

function told(words, ways) {
  const place = document.getElementById("pasted");
  const line = Object.assign(document.createElement("p"), { textContent: words });
  const buttons = ways.map(([words, way]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.addEventListener("click", () => {
      way();
      button.remove();
    });
    return button;
  });
  place.replaceChildren(line, ...buttons);
  place.hidden = false;
  say(words);
}

form?.addEventListener("paste", (event) => {
  if (event.target.id === "f-body") pasted(event);
});

const facts = () => [...document.querySelectorAll("#fact option")].filter((option) => option.value);

// What the fact under the cursor is; half a brace is told at once.
function look() {
  const area = document.getElementById("f-body");
  const line = document.getElementById("fact-line");
  if (!area || !line) return;
  const [text, at] = [area.value, area.selectionStart];
  const open = text.lastIndexOf("{{", at);
  const close = open < 0 ? -1 : text.indexOf("}}", open);
  line.hidden = true;
  if (open >= 0 && close < 0 && !text.slice(open, at + 200).includes("\n\n")) {
    line.hidden = false;
    line.textContent = "This fact has no end: it ends with }}.";
  } else if (open >= 0 && close >= at - 2 && close >= open) {
    const name = text.slice(open + 2, close).split("|")[0].trim();
    const fact = facts().find((option) => option.value === `{{ ${name} }}`);
    line.hidden = false;
    line.textContent = fact ? `${fact.textContent}. ` : `Nothing is named ${name}. `;
    if (fact) {
      const plain = Object.assign(document.createElement("button"), { type: "button", textContent: "Write it as plain text" });
      plain.addEventListener("click", () => {
        area.setSelectionRange(open, close + 2);
        type(fact.dataset.printed);
        look();
      });
      line.append(plain);
    }
  }
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

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[type='button']");
  if (!button) return;
  if (button.dataset.around) marked(button.dataset.around);
  else if (button.dataset.line) lines(button.dataset.line);
  else if (button.dataset.block) block(button.dataset.block);
  else if ("link" in button.dataset) {
    const area = document.getElementById("f-body");
    type(`[${area.value.slice(area.selectionStart, area.selectionEnd) || "text"}](https://)`);
  } else if (button.dataset.take) {
    const control = document.getElementById(`f-${button.dataset.take}`);
    if (control) control.value = button.dataset.text;
    button.closest(".theirs").remove();
    typed();
  }
});

form?.addEventListener("change", (event) => {
  if (event.target.id !== "fact" || !event.target.value) return;
  const chosen = event.target.selectedOptions[0];
  type(event.target.value);
  document.getElementById("fact-said").textContent = `Inserted: ${chosen.textContent}`;
  event.target.value = "";
});
document.addEventListener("selectionchange", () => {
  if (document.activeElement?.id === "f-body") look();
});

// --- What readers get --------------------------------------------------------------------------------------------

let showing = "page";

function show(kind) {
  showing = kind;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === kind));
  }
  for (const frame of document.querySelectorAll("[data-sheet]")) {
    frame.hidden = frame.dataset.sheet !== kind;
    if (!frame.hidden && frame.dataset.src) {
      frame.src = frame.dataset.src;
      delete frame.dataset.src;
    }
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-show]");
  if (button) show(button.dataset.show);
});

function reload(frame) {
  try {
    const [x, y] = [frame.contentWindow.scrollX, frame.contentWindow.scrollY];
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(x, y), { once: true });
    frame.contentWindow.location.reload();
  } catch {
    frame.src = frame.getAttribute("src");
  }
}

async function refresh() {
  const old = document.getElementById("sheets");
  if (!old) return;
  const id = memo ?? location.pathname.split("/").pop();
  const answer = await fetch(`/memo/${encodeURIComponent(id)}/shown`);
  if (!answer.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.getElementById("sheets");
  if (fresh.dataset.version === old.dataset.version) return;
  const frames = (of) => [...of.querySelectorAll("iframe")].map((frame) => frame.getAttribute("src") ?? frame.dataset.src).join();
  if (frames(fresh) !== frames(old) && old.querySelectorAll("iframe").length !== fresh.querySelectorAll("iframe").length) {
    old.replaceWith(fresh);
    show(fresh.querySelector(`[data-sheet="${showing}"]`) ? showing : "page");
    return;
  }
  document.getElementById("state").replaceWith(fresh.querySelector("#state"));
  for (const kind of ["page", "pdf"]) {
    const frame = old.querySelector(`[data-sheet="${kind}"]`);
    if (frame && old.dataset[kind] !== fresh.dataset[kind]) {
      const path = fresh.dataset[kind].split(" ")[0];
      if (frame.dataset.src) frame.dataset.src = `/site/${path}`;
      else if (frame.getAttribute("src") === `/site/${path}`) reload(frame);
      else frame.src = `/site/${path}`;
    }
    old.dataset[kind] = fresh.dataset[kind];
  }
  old.dataset.version = fresh.dataset.version;
  old.removeAttribute("data-stale");
}

// One connection for all windows: the window that has it tells the others, and another takes its place when it goes.
if (document.getElementById("sheets")) {
  const news = new BroadcastChannel("ccrov built");
  news.addEventListener("message", refresh);
  navigator.locks.request("ccrov events", () => new Promise(() => {
    const events = new EventSource("/events");
    events.addEventListener("built", () => {
      news.postMessage("built");
      refresh();
    });
  }));
}

ready();
