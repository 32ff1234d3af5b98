// What stands above a form of what others do: who has it open, what was saved since it was read. Told when it happens; what is typed
// stays as it is. Not here: what it says, which the desk knows.

import { hear, here } from "/desk.js";
import { form } from "/kept.js";

const place = document.getElementById("news");
let before = place?.innerHTML.trim();
let looking = Promise.resolve();
let asked = false;
let timer;
// What is saved here is no news; whoever saves looks again afterward.
const isSaving = () => "saving" in form.dataset;

async function ask() {
  asked = false;
  if (isSaving()) return;
  const data = new URLSearchParams([...new FormData(form)]);
  data.append("window", here);
  data.append("mark", place.dataset.mark);
  try {
    const answer = await fetch(`/news${place.dataset.screen}`, { method: "POST", body: data });
    if (!answer.ok || isSaving()) return;
    const news = (await answer.text()).trim();
    // What is the same is not read out once more.
    if (news !== before) place.innerHTML = news;
    before = news;
  } catch {
    // A desk that does not answer has no news.
  }
}

export function look() {
  if (!place || !form || asked) return;
  asked = true;
  looking = looking.then(ask);
}

// The form is another now: it was read from a page that has just come.
export function read(page) {
  const fresh = page.getElementById("news");
  if (place && fresh) place.dataset.mark = fresh.dataset.mark;
}

hear("news", look);
hear("built", look);
// What Save would do depends on what is typed.
form?.addEventListener("input", () => {
  if (!place?.querySelector(".changed")) return;
  clearTimeout(timer);
  timer = setTimeout(look, 700);
});
look();
