// The search page: form and address -> a list of memoranda.
//
// What is found is `index.js`'s. What is shown is put in as text, never as HTML, as soon as it is there.

import { Changed, Index } from "./index.js";
import { terms } from "./wordings.js";

const here = new URL(".", import.meta.url);
const site = new URL("..", here);
const AT_ONCE = 20;

const get = (id) => document.getElementById(id);
const form = get("search");
const fields = ["q", "year", "topic", "status"].map((name) => form.elements.namedItem(name));

let index = null;
let latest = 0;

async function read(path, cache = "no-cache") {
  const answer = await fetch(new URL(path, here), { cache });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

// The page asks for years.json while this script is loaded; `cache` is another than the browser's own only the second time.
async function start(cache) {
  return new Index(read, JSON.parse(await read("years.json", cache)));
}

async function look(asked) {
  const mine = ++latest;
  get("search-results").replaceChildren();
  get("search-results").setAttribute("aria-busy", "false");
  get("search-more").hidden = true;
  if (!terms(asked.q).length && !asked.year && !asked.topic && !asked.status) {
    say(asked.q.trim() ? "Type a word or a number to search for." : "");
    return;
  }
  say("Searching…");
  try {
    index ??= start("default");
    await list(asked, mine).catch((error) => {
      if (mine !== latest || !(error instanceof Changed)) throw error;
      // The website was published meanwhile.
      index = start("reload");
      get("search-results").replaceChildren();
      return list(asked, mine);
    });
  } catch (error) {
    if (mine !== latest) return;
    index = null;
    get("search-results").setAttribute("aria-busy", "false");
    say("The search cannot be loaded just now. Please try again, or use the lists.");
    get("search-without").hidden = false;
    console.warn(error);
  }
}

// Lists what is found while more is looked for.
async function list(asked, mine) {
  const hits = [];
  let shown = 0;
  get("search-results").setAttribute("aria-busy", "true");
  let showing = Promise.resolve();
  for await (const { found, first, last } of (await index).find(asked)) {
    if (mine !== latest) return;
    hits.push(...found);
    if (last) say(counted(hits.length, asked, first ? "that number first" : "newest first"));
    // Nothing else is asked for before the first is there.
    if (!shown && hits.length) await show(hits.slice(0, ++shown), mine);
    const next = hits.slice(shown, AT_ONCE);
    shown += next.length;
    showing = showing.then(() => show(next, mine));
    showing.catch(() => {}); // It is awaited below.
  }
  await showing;
  if (mine !== latest) return;
  get("search-results").setAttribute("aria-busy", "false");
  more(hits, shown, mine);
}

function counted(count, asked, order) {
  const words = asked.q.trim();
  const of = (asked.year && ` of ${asked.year}`) + (asked.topic && ` on ${asked.topic}`);
  const status = asked.status && form.elements.namedItem("status").selectedOptions[0].label.toLowerCase();
  const such = of + (status && `, ${status}`);
  const comma = status && ",";
  if (!count) return words ? `No memorandum${such}${comma} has ${words}.` : `There is no memorandum${such}.`;
  const found = `${count} ${count === 1 ? "memorandum" : "memoranda"}${such}${words && `${comma} with ${words}`}`;
  return count === 1 ? `${found}.` : `${found}, ${order}.`;
}

function say(text) {
  get("search-count").textContent = text;
}

// Adds memoranda to the list, each as soon as it and those before it are there.
async function show(hits, mine) {
  const searched = await index;
  for (const item of hits.map((hit) => searched.shown(hit))) {
    const memo = await item;
    if (mine !== latest) return;
    get("search-results").append(itemOf(memo));
  }
}

function more(hits, shown, mine) {
  const button = get("search-more");
  const left = hits.length - shown;
  button.hidden = left === 0;
  button.textContent = `Show ${Math.min(left, AT_ONCE)} more of ${left}`;
  button.onclick = async () => {
    button.onclick = null;
    await show(hits.slice(shown, shown + AT_ONCE), mine);
    if (mine !== latest) return;
    get("search-results").children[shown]?.querySelector("a")?.focus();
    more(hits, Math.min(shown + AT_ONCE, hits.length), mine);
  };
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function itemOf(memo) {
  const link = element("a", "", memo.title);
  const address = new URL(memo.page, site);
  if (["http:", "https:"].includes(address.protocol)) link.href = address.href;
  const about = [
    memo.number && `CC/ROV #${memo.number}`,
    memo.date,
    memo.topic,
    memo.status !== "issued" && memo.status,
    memo.superseded && `superseded by ${memo.superseded}`,
  ].filter(Boolean);
  const heading = element("p", "found", link);
  return element("li", "", heading, element("p", "about", about.join(" · ")), excerpt(memo.excerpt));
}

function excerpt({ words, before, after }) {
  const shown = element("p", "excerpt", before ? "… " : "");
  words.forEach(([word, marked], at) => {
    // What a dash parts is one word in print.
    const gap = at + 1 === words.length || /.[–—]$/.test(word) ? "" : " ";
    shown.append(marked ? element("mark", "", word) : word, gap);
  });
  if (after) shown.append(" …");
  return shown;
}

function asked() {
  return Object.fromEntries(fields.map((field) => [field.name, field.value]));
}

function fromAddress() {
  const parameters = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = parameters.get(field.name) ?? "";
    // A choice that there is not.
    if (field.selectedIndex === -1) field.value = "";
  }
  look(asked());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const parameters = new URLSearchParams(Object.entries(asked()).filter(([, value]) => value));
  const address = parameters.size ? `?${parameters}` : location.pathname;
  history.pushState(null, "", address);
  look(asked());
});
window.addEventListener("popstate", fromAddress);

get("search-without").hidden = true;
form.hidden = false;
fromAddress();
