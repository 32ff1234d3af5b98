// The text of a memo: its buttons, its facts, and what is pasted into it. All of it is typed as a person types, so Ctrl+Z takes it
// back. Not here: saving.

import { say } from "/desk.js";

const form = document.getElementById("memo");
const memo = form?.dataset.memo;

// As if it were typed: so Ctrl+Z takes it back.
function type(text) {
  const area = document.getElementById("f-body");
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

function chosen() {
  const area = document.getElementById("f-body");
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

// Marks hold within a paragraph; on what has them already they are taken off.
function marked(mark) {
  const has = (words) => words.length > 2 * mark.length && words.startsWith(mark) && words.endsWith(mark)
    && (mark !== "*" || !words.startsWith("**") || words.startsWith("***"));
  const paragraph = (part) => {
    const [, before, words, after] = part.match(/^(\s*)([\s\S]*?)(\s*)$/);
    if (!words) return part;
    return before + (has(words) ? words.slice(mark.length, -mark.length) : mark + words + mark) + after;
  };
  type((chosen() || "text").split(/(\n\s*\n)/).map(paragraph).join(""));
}

// Each chosen line begins with a mark; numbers count. A comment above says what kind of list it is.
function lines(mark, above, sample) {
  const area = document.getElementById("f-body");
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = area.value.indexOf("\n", area.selectionEnd);
  area.setSelectionRange(start, next < 0 ? area.value.length : next);
  const words = chosen().trim() ? chosen() : (sample ?? chosen());
  const count = (nth) => (mark === "1. " ? `${nth + 1}. ` : mark);
  const changed = words.split("\n").map((line, nth) => (line.trim() || nth === 0 ? count(nth) + line : line)).join("\n");
  const apart = start > 0 && area.value.slice(0, start).trimEnd() !== "" && !area.value.slice(0, start).endsWith("\n\n");
  // A line right below a list would go on with its last item.
  const below = area.value.slice(area.selectionEnd);
  const joins = mark !== "## " && /^\n[^\n]*\S/.test(below) && !/^\n\s*([-*]|\d+\.) /.test(below);
  type((apart ? "\n" : "") + (above ? `${above}\n` : "") + changed + (joins ? "\n" : ""));
}

// A note stands below all text, under the next number that is free.
function note() {
  const area = document.getElementById("f-body");
  const used = [...area.value.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
  const mark = `[^${Math.max(0, ...used) + 1}]`;
  area.setSelectionRange(area.selectionEnd, area.selectionEnd);
  type(mark);
  const end = area.value.trimEnd().length;
  area.setSelectionRange(end, area.value.length);
  const last = area.value.slice(0, end).split("\n").at(-1);
  type(`${/^\[\^[^\]]+\]:/.test(last) ? "\n" : "\n\n"}${mark}: The note.\n`);
  area.setSelectionRange(area.value.length - "The note.\n".length, area.value.length - 1);
}

// A day is put in as it is to be written: plain, with its weekday, or as the fact that is on that day.
async function day() {
  const field = document.getElementById("day");
  const body = new URLSearchParams({ token: form.elements.token.value, memo: memo ?? "", day: field.value });
  let answer;
  try {
    answer = await (await fetch("/day", { method: "POST", body })).json();
  } catch {
    told("ccrov does not answer. Type the date into the text.", []);
    return;
  }
  told(answer.said, answer.ways.map(({ words, text }) => [words, () => {
    type(text);
    field.value = "";
    document.getElementById("pasted").hidden = true;
  }]));
  document.querySelector("#pasted button")?.focus();
}

// A text of several lines stands apart from what is around the cursor: right below it, Markdown would join them.
function apart(text) {
  const area = document.getElementById("f-body");
  const [before, after] = [area.value.slice(0, area.selectionStart), area.value.slice(area.selectionEnd)];
  const missing = (around, there) => (around.trim() === "" || there(2) ? "" : there(1) ? "\n" : "\n\n");
  const above = missing(before, (count) => before.endsWith("\n".repeat(count)));
  const below = missing(after, (count) => after.startsWith("\n".repeat(count)));
  return `${above}${text.replace(/\n+$/, "")}${below || "\n"}`;
}

function block(text) {
  type(apart(text));
}

// What was copied out of this text is Markdown already.
let own;
for (const kind of ["copy", "cut"]) {
  form?.addEventListener(kind, ({ target }) => {
    if (target.id === "f-body") own = target.value.slice(target.selectionStart, target.selectionEnd);
  });
}

// What is pasted becomes Markdown; what came along is told, with the ways to have it otherwise.
async function pasted(event) {
  const [html, plain] = ["text/html", "text/plain"].map((kind) => event.clipboardData.getData(kind));
  if (plain.replaceAll("\r\n", "\n") === own || (!html && !/[\n\t]/.test(plain))) return;
  event.preventDefault();
  const area = event.target;
  const [start, end] = [area.selectionStart, area.selectionEnd];
  // Pictures are left out in any case, and would make a form that is too large.
  const words = html.replaceAll(/data:image\/[^"'\s)]+/g, "");
  const data = new URLSearchParams({ token: form.elements.token.value, memo: memo ?? "", html: words, plain, into: area.value });
  let answer;
  try {
    const sent = await fetch("/paste", { method: "POST", body: data });
    if (sent.ok) answer = await sent.json();
    else told((await sent.text()).trim(), []);
  } catch {
    told("ccrov does not answer, so this was pasted as plain text.", []);
  }
  area.focus();
  area.setSelectionRange(start, end);
  if (!answer) {
    type(plain);
    return;
  }
  const fitted = (text) => (text.includes("\n") ? apart(text) : text);
  const [put, otherwise] = [fitted(answer.markdown), answer.plain && fitted(answer.plain)];
  type(put);
  // Only what was pasted just now is changed, not the same words above.
  const instead = (text, becomes) => {
    const from = area.value.indexOf(text, start);
    if (from < 0) return;
    area.focus();
    area.setSelectionRange(from, from + text.length);
    if (becomes) type(becomes);
    else document.execCommand("delete");
  };
  const ways = [...answer.removals, ...answer.facts].map(({ words, text, becomes }) => [words, () => instead(text, becomes)]);
  if (otherwise) ways.unshift(["Paste as plain text instead", () => instead(put, otherwise)]);
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
    line.textContent = "This fact is missing its closing }}.";
  } else if (open >= 0 && close >= at - 2 && close >= open) {
    const [name, form] = text.slice(open + 2, close).split("|").map((part) => part.trim());
    const fact = facts().find((option) => option.value === `{{ ${name} }}`);
    line.hidden = false;
    line.textContent = fact ? `${fact.textContent}${form ? ", printed in another form here" : ""}. ` : `Nothing is named ${name}. `;
    // What another form of it says, and which facts have that form, is not known here.
    if (fact && !form) {
      const plain = Object.assign(document.createElement("button"), { type: "button", textContent: "Write it as plain text" });
      plain.addEventListener("click", () => {
        area.setSelectionRange(open, close + 2);
        type(fact.dataset.printed);
        look();
      });
      const other = Object.assign(document.createElement("button"), { type: "button", textContent: "Choose another" });
      other.addEventListener("click", () => {
        area.setSelectionRange(open, close + 2);
        document.getElementById("fact").focus();
      });
      line.append(other, " ", plain);
      if (fact.dataset.from) {
        line.append(" ", Object.assign(document.createElement("a"), { href: fact.dataset.from, textContent: "Where it comes from" }));
      }
    }
  }
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[type='button']");
  if (!button) return;
  if (button.dataset.around) marked(button.dataset.around);
  else if (button.dataset.line) lines(button.dataset.line, button.dataset.above, button.dataset.sample);
  else if (button.dataset.block) block(button.dataset.block);
  else if ("note" in button.dataset) note();
  else if ("day" in button.dataset) day();
  else if ("blank" in button.dataset) type(`[blank: ${chosen() || "what to write here"}]`);
  else if ("link" in button.dataset) type(`[${chosen() || "text"}](https://)`);
});

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "day") return;
  event.preventDefault();
  day();
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
