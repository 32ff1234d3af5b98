// Refreshes the window when memos were built, shows another memo without leaving it, and finds memos by words.
// Without this script the window shows one state, and each link works as a link.

const main = document.getElementById("memo");
const list = document.getElementById("list");
const live = document.getElementById("live");
const find = document.getElementById("find");
const found = document.getElementById("found");
const memos = document.getElementById("memos");

const about = (of = main) => of.querySelector(".about");
const asked = () => new URLSearchParams(location.search).get("memo");
const whole = () => new URLSearchParams(location.search).has("site");
// A click that only follows a link.
const plain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
// What is shown, as the server is asked for it: the first memo of the list has no address of its own.
const shown = () => {
  const id = about().dataset.memo;
  return location.search || (id ? `?memo=${encodeURIComponent(id)}` : "");
};

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

// A frame that shows another text stays where it was read, and where it was led to.
function reload(frame) {
  let [x, y] = [0, 0];
  try {
    [x, y] = [frame.contentWindow.scrollX, frame.contentWindow.scrollY];
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(x, y), { once: true });
    frame.contentWindow.location.reload();
  } catch {
    // It was led to another site.
    frame.src = frame.getAttribute("src");
  }
}

// What a click on a link in a page does. A memo is shown with its PDF, and what is not of the site beside the window: so a
// frame always shows what stands above it.
function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || !plain(event)) return;
  const page = link.ownerDocument.location;
  const address = new URL(link.href);
  if (!address.protocol.startsWith("http") || (address.pathname === page.pathname && address.hash)) return;
  const own = address.origin === location.origin && address.pathname.startsWith("/site/");
  const path = own ? decodeURIComponent(address.pathname.slice("/site/".length)) : "";
  const isPage = path.endsWith(".html");
  if (isPage && whole()) return;
  event.preventDefault();
  const memo = isPage && list.querySelector(`[data-page="${CSS.escape(path)}"]`);
  if (memo) memo.click();
  else if (isPage) go(`/?site=${encodeURIComponent(path)}`);
  else open(address, "_blank", "noopener");
}

// Each page that a frame comes to show.
function watch() {
  for (const frame of main.querySelectorAll('[data-sheet="page"] iframe')) {
    const heard = () => {
      frame.contentDocument?.removeEventListener("click", follow);
      frame.contentDocument?.addEventListener("click", follow);
    };
    frame.addEventListener("load", heard);
    heard();
  }
}

function sheets(now) {
  const [old, fresh] = [main.querySelector(".sheets"), now.querySelector(".sheets")];
  const frames = (of) => [...of.querySelectorAll("iframe")].map((frame) => frame.getAttribute("src")).join();
  if (!old || !fresh || frames(old) !== frames(fresh)) {
    old?.remove();
    if (fresh) main.append(fresh);
    watch();
    return;
  }
  for (const sheet of fresh.querySelectorAll(".sheet")) {
    const there = old.querySelector(`[data-sheet="${sheet.dataset.sheet}"]`);
    if (there.dataset.sha === sheet.dataset.sha) continue;
    there.dataset.sha = sheet.dataset.sha;
    reload(there.querySelector("iframe"));
  }
}

function place(html) {
  const now = parsed(html);
  const [old, fresh] = [about(), about(now)];
  const same = old.dataset.memo === fresh.dataset.memo;
  if (same && old.querySelector("#others")?.open && fresh.querySelector("#others")) {
    fresh.querySelector("#others").open = true;
  }
  const focused = document.activeElement;
  const inside = old.contains(focused) ? focused.getAttribute("aria-labelledby") || focused.id : null;
  old.replaceWith(fresh);
  if (inside) (fresh.querySelector(`[aria-labelledby="${inside}"], #${inside}`) ?? main).focus();
  sheets(now);
  const here = whole() ? "/?site=index.html" : "/";
  for (const link of document.querySelectorAll(".top a")) {
    if (link.getAttribute("href") === here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${fresh.dataset.name ?? "Preview"} – Preview`;
}

let listed = null;
function placeList(html) {
  if (html === listed) return;
  listed = html;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.memo : null;
  list.replaceChildren(parsed(html));
  if (focused) list.querySelector(`[data-memo="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  filter();
}

// One refresh at a time; what happens meanwhile is one more after it.
let running = null;
let again = false;
async function refresh(say) {
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    do {
      again = false;
      const what = shown();
      const listing = text(`/list${what}`);
      place(await text(`/memo${what}`));
      say(about().dataset);
      placeList(await listing);
    } while (again);
  })();
  try {
    await running;
  } catch {
    live.textContent = "The preview does not answer. Start it again: ccrov serve";
  } finally {
    running = null;
  }
}

const built = (now) => {
  live.textContent = now.said;
};

// A window that nobody sees keeps no connection: browsers have few of them for one address.
let events = null;
function listen() {
  if (document.hidden) {
    events?.close();
    events = null;
    return;
  }
  if (events) return;
  events = new EventSource("/events");
  events.addEventListener("built", (event) => {
    if (event.data === about().dataset.version) built(about().dataset);
    else refresh(built);
  });
  events.addEventListener("error", () => {
    live.textContent = "The preview has ended. Start it again: ccrov serve";
  });
}

function filter() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let [shown, all] = [0, 0];
  for (const group of list.querySelectorAll("section")) {
    let some = false;
    for (const entry of group.querySelectorAll("li")) {
      const text = entry.textContent.toLowerCase() + " " + group.firstElementChild.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
      some ||= !entry.hidden;
      all += 1;
      shown += entry.hidden ? 0 : 1;
    }
    group.hidden = !some;
  }
  found.textContent = words.length ? `${shown} of ${all} memos` : "";
  found.classList.toggle("unseen", !words.length);
}

function mark(id) {
  for (const link of list.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
  list.querySelector(`[data-memo="${CSS.escape(id)}"]`)?.setAttribute("aria-current", "page");
}

function go(address) {
  history.pushState(null, "", address);
  show(asked());
}

function show(id) {
  mark(id ?? "");
  refresh((now) => {
    live.textContent = `${now.name} is shown. ${now.said}`;
  });
}

list.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-memo]");
  if (!link || !plain(event)) return;
  event.preventDefault();
  go(link.href);
  if (narrow.matches) {
    memos.open = false;
    main.focus();
  }
});
addEventListener("popstate", () => show(asked()));
document.addEventListener("visibilitychange", listen);
find.addEventListener("input", filter);
find.addEventListener("keydown", (event) => {
  const first = list.querySelector("section:not([hidden]) li:not([hidden]) a");
  if (!first || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  if (event.key === "Enter") first.click();
  else first.focus();
});

// On a narrow window the list is opened when it is wanted.
const narrow = matchMedia("(max-width: 52rem)");
const fold = () => {
  memos.open = !narrow.matches;
};
narrow.addEventListener("change", fold);
fold();
find.parentElement.hidden = false;
list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
watch();
listen();
