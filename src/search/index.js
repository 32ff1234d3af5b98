// The files of search/ -> which memoranda are found, and what is shown of them.
//
// In: a query; `read`, which gives the text of a file. Out: memoranda, the newest first, those whose number was typed
// before all others; their words with marks. Not here: the page. `index.rs` and `merge.rs` say what the files hold.
//
// A memorandum is found if it has all the words and phrases that were asked for. The words of all years say in which
// memoranda a word stands; where in them, which phrases and marks need, is asked for of the years that come into question.

import { numbers, terms } from "./wordings.js";

// How many memoranda, and how many words of each, stand in a file.
const MEMOS = 4;
const PIECE = 500;

// A file is of another day than what it is counted by.
export class Changed extends Error {}

export class Index {
  #read;
  #files = new Map();

  constructor(read, { head, parts, years }) {
    this.#read = read;
    this.all = { head, parts };
    this.years = new Map(years.map((year) => [year.year, year]));
  }

  // What is found, in rounds: { found, first, last }: memoranda, whether any stands first for its number,
  // whether these are the last.
  async *find({ q, year, topic, status }) {
    const asked = terms(q);
    const choices = [topic && `topic:${topic}`, status && `status:${status}`].filter(Boolean);
    const numbered = numbers(q).map((number) => `#${number}`);
    const words = new Set([...asked.flat(2), ...choices, ...numbered]);
    const phrases = asked.map(longest).filter((wording) => wording.length > 1);
    const years = [...this.years.keys()].filter((one) => !year || one === year).sort((a, b) => b - a);
    // Phrases need the newest year's places, most likely: they come while it is asked which memoranda have the words.
    if (years.length) phrases.forEach((wording) => this.#places(years[0], wording).catch(() => {}));
    const memos = new Map(await Promise.all([...words].map(async (word) => [word, await this.#memos(word)])));
    const of = (word, year) => memos.get(word).get(year) ?? [];
    // Those of a year that have all words, be it not as a phrase.
    const maybe = (year) => {
      const some = asked.map((wordings) => wordings.flatMap((wording) => common(wording.map((word) => of(word, year)))));
      const every = [...some, ...choices.map((choice) => of(choice, year))].map((list) => [...new Set(list)]);
      return every.length ? common(every) : [...Array(this.years.get(year).memos).keys()];
    };
    const candidates = new Map(years.map((year) => [year, maybe(year)]).filter(([, list]) => list.length));
    const sure = new Map();
    const exactly = (year) => {
      if (!sure.has(year)) sure.set(year, this.#exactly(year, candidates.get(year), asked, memos));
      return sure.get(year);
    };
    const isNumbered = ({ year, at }) => numbered.some((number) => of(number, year).includes(at));
    const first = [...candidates.keys()].filter((year) => candidates.get(year).some((at) => isNumbered({ year, at })));
    const rounds = phrases.length ? doubling([...candidates.keys()]) : [[...candidates.keys()]];
    const found = async (years) => {
      const lists = await Promise.all(years.map(exactly));
      return lists.flat();
    };
    const one = (await found(first)).filter(isNumbered);
    for (const [at, years] of rounds.entries()) {
      const others = (await found(years)).filter((hit) => !isNumbered(hit));
      yield { found: at ? others : [...one, ...others], first: one.length > 0, last: at === rounds.length - 1 };
    }
  }

  // Of memoranda of a year that may be meant those that have every word and phrase, the newest first, each with the
  // wordings that it has.
  async #exactly(year, candidates, asked, memos) {
    let kept = new Map(candidates.map((at) => [at, []]));
    for (const wordings of asked) {
      const has = new Map();
      for (const wording of wordings) {
        const maybe = common([[...kept.keys()], ...wording.map((word) => memos.get(word).get(year) ?? [])]);
        const places = wording.length > 1 && maybe.length && (await this.#places(year, wording));
        for (const at of maybe) {
          if (places && !starts(places.map((of) => of.get(at))).length) continue;
          has.set(at, [...(has.get(at) ?? kept.get(at)), wording]);
        }
      }
      kept = has;
    }
    return [...kept].map(([at, wordings]) => ({ year, at, wordings })).sort((a, b) => b.at - a.at);
  }

  // What is said of a memorandum, and the stretch of its words that is shown: pairs of a word and whether it is marked.
  async shown({ year, at, wordings }) {
    const group = Math.floor(at / MEMOS);
    const piece = async (number) => (await this.#year(year, `memos-${group}-${number}`))[1 + (at % MEMOS)];
    const [line, marks] = await Promise.all([piece(0), this.#marks(year, at, wordings)]);
    const [above, count, page, number, title, date, topic, status, superseded] = line.split("\t");
    const { first, start, end } = excerpt(marks, Number(above), Number(count));
    const pieces = [];
    for (let at = Math.floor(start / PIECE); at * PIECE < end; at++) {
      pieces.push(at ? piece(at) : line.slice(line.lastIndexOf("\t") + 1));
    }
    const words = (await Promise.all(pieces)).join(" ").split(" ");
    const skipped = Math.floor(start / PIECE) * PIECE;
    const marked = new Set(marks);
    const shown = words.slice(start - skipped, end - skipped).map((word, at) => [word, marked.has(start + at)]);
    return {
      page, number, title, date, topic, status, superseded,
      excerpt: { words: shown, before: start > first, after: end < Number(count) },
    };
  }

  // Where the words of wordings stand in a memorandum.
  async #marks(year, at, wordings) {
    const marks = new Set();
    await Promise.all(wordings.map(async (wording) => {
      const places = await this.#places(year, wording);
      for (const start of starts(places.map((of) => of.get(at)))) {
        wording.forEach((_, after) => marks.add(start + after));
      }
    }));
    return [...marks].sort((a, b) => a - b);
  }

  // In which memoranda a word stands: a list for each year.
  async #memos(word) {
    const { head, parts } = this.all;
    const line = await this.#line(`words-${partOf(word, parts)}.txt`, head, word);
    const years = (line ?? "").split("\t").filter(Boolean).map((each) => each.split(" "));
    return new Map(years.map(([year, list]) => [year, rising(list)]));
  }

  // Where words stand in the memoranda of a year: for each word its places by memoranda.
  #places(year, words) {
    return Promise.all(words.map(async (word) => {
      const { head, parts } = this.years.get(year);
      const line = await this.#line(`${year}/places-${partOf(word, parts)}.txt`, head, word);
      const [memos, places] = (line ?? "\t").split("\t");
      const lists = places.split(" ");
      return new Map(rising(memos).map((memo, at) => [memo, rising(lists[at])]));
    }));
  }

  #year(year, name) {
    return this.#lines(`${year}/${name}.txt`, this.years.get(year).head);
  }

  async #line(path, head, word) {
    const line = (await this.#lines(path, head)).find((line) => line.startsWith(`${word}\t`));
    return line?.slice(word.length + 1);
  }

  #lines(path, head) {
    if (!this.#files.has(path)) this.#files.set(path, this.#load(path, head));
    return this.#files.get(path);
  }

  async #load(path, head) {
    const lines = (await this.#read(path)).split("\n");
    if (lines[0] !== head) throw new Changed(path);
    return lines;
  }
}

// In which of so many files a word stands (FNV-1a).
function partOf(word, parts) {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(word)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash % parts;
}

// Rising numbers, as `ascending.rs` writes them.
function rising(text) {
  const numbers = [];
  let next = 0;
  let gap = 0;
  for (let at = 0; at < text.length; at++) {
    const figure = text.charCodeAt(at) - 48;
    gap = gap * 32 + (figure & 31);
    if (figure > 31) continue;
    numbers.push(next + gap);
    next += gap + 1;
    gap = 0;
  }
  return numbers;
}

// What all lists have.
function common(lists) {
  const [first, ...others] = [...lists].sort((a, b) => a.length - b.length);
  const sets = others.map((list) => new Set(list));
  return first.filter((one) => sets.every((set) => set.has(one)));
}

// Where words follow one another whose places are given.
function starts([first, ...others]) {
  const sets = others.map((places) => new Set(places));
  return (first ?? []).filter((start) => sets.every((set, after) => set.has(start + after + 1)));
}

const longest = (wordings) => wordings.reduce((most, wording) => (wording.length > most.length ? wording : most));

// One, then two, then four, ...
function doubling(years) {
  const rounds = years.length ? [] : [[]];
  for (let from = 0, size = 1; from < years.length; from += size, size *= 2) rounds.push(years.slice(from, from + size));
  return rounds;
}

const EXCERPT = 30;
const BEFORE = 6;

// The stretch in which most of what was looked for stands; of what is printed above the text only if nothing stands in
// the text. `query.rs` does the same.
function excerpt(marks, above, count) {
  const shown = marks.filter((at) => at < count);
  const inText = shown.filter((at) => at >= above);
  const counted = inText.length ? inText : shown;
  let [most, best] = [0, undefined];
  for (const start of counted) {
    const within = counted.filter((at) => at >= start && at < start + EXCERPT - BEFORE).length;
    if (within > most) [most, best] = [within, start];
  }
  const first = best < above ? 0 : above;
  const from = Math.max((best ?? 0) - BEFORE, first);
  const end = Math.min(from + EXCERPT, count);
  return { first, start: Math.min(from, Math.max(end - EXCERPT, first)), end };
}
