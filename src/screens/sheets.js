// What readers get: the page and the PDF beside a memo, shown again when they were built, where they were read.

import { hear } from "/desk.js";

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
  const answer = await fetch(`${location.pathname}/shown`);
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

hear("built", refresh);
// It may have been built while the page was on its way.
refresh();
