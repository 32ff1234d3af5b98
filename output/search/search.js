// The search page: form and address -> pagefind's index of each year -> a list.
//
// A memorandum is found if it has all the words and phrases that were asked for. pagefind is asked for each wording of
// each by itself and as a phrase, so that it does not take a similar word for one that it does not know; `ccrov find`
// finds the same. What is shown is put in as text, never as HTML.

const here = new URL(".", import.meta.url);
const site = new URL("..", here);
const AT_ONCE = 20;
const EXCERPT = 30;
const BEFORE = 6;
// How many words of a phrase can be written as one, and how many words it may have to be looked for in that way.
const LONGEST = 4;
const MOST = 8;

const get = (id) => document.getElementById(id);
const form = get("search");
const fields = ["q", "year", "topic", "status"].map((name) => form.elements.namedItem(name));
const years = [...form.elements.namedItem("year").options].map((option) => option.value).filter(Boolean);
years.sort((a, b) => b - a);

// pagefind with the years that were needed so far.
let engine = null;
let latest = 0;

async function start() {
  const { createInstance } = await import("./pagefind.js");
  const pagefind = createInstance({ basePath: here.href, noWorker: true });
  await pagefind.init();
  // Fails if its program cannot be loaded, where a search would wait for ever.
  await pagefind.filters();
  return { pagefind, merged: new Map() };
}

// Takes a year in, once.
function merged({ pagefind, merged }, year) {
  if (!merged.has(year)) {
    const part = new URL(`${year}/`, here).href;
    merged.set(year, pagefind.mergeIndex(part, { mergeFilter: { year } }));
  }
  return merged.get(year);
}

// One way of writing what is written in several, as the index has it: `normal.rs` does the same.
function normal(text) {
  return text.normalize("NFKC")
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/[\u2010\u2212]/g, "-")
    .replace(/[‘’‚‛‹›]/g, "'")
    .replace(/[“”„‟«»]/g, '"');
}

const letters = (word) => word.replace(/[^\p{Alphabetic}\p{N}_]/gu, "").toLowerCase();
const isPlain = (word) => /^\p{Alphabetic}+$/u.test(word);

// What was typed -> for each word or phrase its wordings, any of which will do, in small letters: "vote-by-mail" is
// votebymail and vote by mail. `wordings.rs` does the same.
function terms(typed) {
  const word = (text) => ({ joined: letters(text), parts: text.split("-").map(letters).filter(Boolean) });
  const words = (text) => text.split(/[\s–—]+/).map(word).filter(({ joined }) => joined);
  const pieces = normal(typed).split('"');
  const all = pieces.flatMap((text, at) => (at % 2 ? [together(words(text))] : apart(words(text))));
  return all.filter((wordings) => wordings.length);
}

// Words that need not follow one another. With the word before or after it, each may be one.
function apart(words) {
  const plain = (word) => word?.parts.length === 1 && isPlain(word.joined);
  const pair = (first, second) => (plain(first) && plain(second) ? [first.joined + second.joined] : []);
  return words.map((word, at) => [
    ...new Set([word.joined, word.parts.join(" "), ...pair(words[at - 1], word), ...pair(word, words[at + 1])]),
  ]);
}

// Words that follow one another.
function together(words) {
  const parts = words.flatMap((word) => word.parts);
  const wordings = new Set([words.map((word) => word.joined).join(" "), parts.join(" ")]);
  for (let length = 2; length <= Math.min(LONGEST, parts.length) && parts.length <= MOST; length++) {
    for (let start = 0; start + length <= parts.length; start++) {
      const run = parts.slice(start, start + length);
      if (!run.every(isPlain)) continue;
      wordings.add([...parts.slice(0, start), run.join(""), ...parts.slice(start + length)].join(" "));
    }
  }
  return [...wordings].filter(Boolean);
}

// The memoranda of a year that have everything that was asked for, newest first.
async function found(pagefind, year, asked) {
  const filters = { year };
  for (const name of ["topic", "status"]) {
    if (asked[name]) filters[name] = asked[name].replace(/["\\]/g, "'");
  }
  const options = { filters, sort: { place: "desc" } };
  const { results: all } = await pagefind.search(null, options);
  let kept = new Map(all.map((result) => [result.id, { result, words: [] }]));
  for (const wordings of terms(asked.q)) {
    const words = new Map();
    for (const wording of wordings) {
      const { results } = await pagefind.search(`"${wording}"`, options);
      for (const result of results) words.set(result.id, [...(words.get(result.id) ?? []), ...result.words]);
    }
    const both = [...kept].filter(([id]) => words.has(id));
    kept = new Map(both.map(([id, hit]) => [id, { ...hit, words: [...hit.words, ...words.get(id)] }]));
  }
  return [...kept.values()];
}

// Puts those first whose number was typed: they are of the year that their number begins with.
async function numberedFirst(hits, typed) {
  const wanted = normal(typed).match(/(?<![\p{Alphabetic}\p{N}$])\d{5}(?![\p{Alphabetic}\p{N}]|[.,]\d)/gu) ?? [];
  const first = new Set();
  for (const { year, hit } of hits) {
    const ofYear = wanted.filter((number) => year === `20${number.slice(0, 2)}`);
    if (ofYear.length && ofYear.includes((await hit.result.data()).meta.number)) first.add(hit);
  }
  const all = hits.map(({ hit }) => hit);
  return [...all.filter((hit) => first.has(hit)), ...all.filter((hit) => !first.has(hit))];
}

async function look(asked) {
  const mine = ++latest;
  const results = get("search-results");
  results.replaceChildren();
  get("search-more").hidden = true;
  if (!terms(asked.q).length && !asked.year && !asked.topic && !asked.status) {
    say(asked.q.trim() ? "Type a word or a number to search for." : "");
    return;
  }
  say("Searching…");
  try {
    engine ??= start();
    const started = await engine;
    const hits = [];
    for (const year of years.filter((year) => !asked.year || year === asked.year)) {
      await merged(started, year);
      if (mine !== latest) return;
      hits.push(...(await found(started.pagefind, year, asked)).map((hit) => ({ year, hit })));
    }
    const ordered = await numberedFirst(hits, asked.q);
    const order = ordered[0] === hits[0]?.hit ? "newest first" : "that number first";
    await show(ordered, 0, mine);
    if (mine === latest) say(counted(hits.length, asked, order));
  } catch (error) {
    if (mine !== latest) return;
    engine = null;
    say("The search cannot be loaded just now. Please try again, or use the lists.");
    get("search-without").hidden = false;
    console.warn(error);
  }
}

function counted(count, asked, order) {
  const words = asked.q.trim();
  const of = (asked.year && ` of ${asked.year}`) + (asked.topic && ` on ${asked.topic}`);
  const status = asked.status && form.elements.namedItem("status").selectedOptions[0].label.toLowerCase();
  const such = of + (status && `, ${status}`);
  const comma = status && ",";
  if (!count) return words ? `No memorandum${such}${comma} has ${words}.` : `There is no memorandum${such}.`;
  const memoranda = count === 1 ? "memorandum" : "memoranda";
  return `${count} ${memoranda}${such}${words && `${comma} with ${words}`}, ${order}.`;
}

function say(text) {
  get("search-count").textContent = text;
}

async function show(hits, from, mine) {
  const shown = hits.slice(from, from + AT_ONCE);
  const items = await Promise.all(shown.map(async (hit) => item(await hit.result.data(), hit.words)));
  if (mine !== latest) return;
  get("search-results").append(...items);
  const more = get("search-more");
  const left = hits.length - from - shown.length;
  more.hidden = left === 0;
  more.textContent = `Show ${Math.min(left, AT_ONCE)} more of ${left}`;
  more.onclick = async () => {
    await show(hits, from + AT_ONCE, mine);
    get("search-results").children[from + AT_ONCE]?.querySelector("a")?.focus();
  };
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function item(memo, words) {
  const link = element("a", "", memo.meta.title);
  const address = new URL(memo.raw_url, site);
  if (["http:", "https:"].includes(address.protocol)) link.href = address.href;
  const [status] = memo.filters.status;
  const about = [
    memo.meta.number && `CC/ROV #${memo.meta.number}`,
    memo.meta.date,
    memo.filters.topic?.[0],
    status !== "issued" && status,
    memo.filters.superseded && `superseded by ${memo.filters.superseded[0]}`,
  ].filter(Boolean);
  const heading = element("p", "found", link);
  return element("li", "", heading, element("p", "about", about.join(" · ")), excerpt(memo.content, words));
}

// The stretch of the text in which most of what was looked for stands, with marks.
function excerpt(content, places) {
  const words = content.split(" ");
  const marks = new Set(places);
  const sorted = [...marks].sort((a, b) => a - b);
  let first = sorted[0] ?? 0;
  let most = 0;
  for (const start of sorted) {
    const within = sorted.filter((at) => at >= start && at < start + EXCERPT - BEFORE).length;
    if (within > most) [first, most] = [start, within];
  }
  const end = Math.min(Math.max(first - BEFORE, 0) + EXCERPT, words.length);
  const start = Math.min(Math.max(first - BEFORE, 0), Math.max(end - EXCERPT, 0));
  const shown = element("p", "excerpt", start > 0 ? "… " : "");
  for (let at = start; at < end; at++) {
    const word = words[at];
    // What a dash parts is one word in print.
    const gap = at + 1 === end || /.[–—]$/.test(word) ? "" : " ";
    shown.append(marks.has(at) ? element("mark", "", word) : word, gap);
  }
  if (end < words.length) shown.append(" …");
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
