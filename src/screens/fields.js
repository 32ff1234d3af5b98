// The fields of a form: lists that have always room for one more, texts that grow, and what others wrote, to be taken.
// Not here: what is kept (kept.js), and saving (memo.js).

import { form, another, typed } from "/kept.js";

export function grown() {
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

grown();
