// What was typed -> what a memorandum has all of.
//
// In: the words of a query. Out: for each word or phrase its wordings, any of which will do, each as the stems of words
// that follow one another; the numbers of memoranda. `normal.rs`, `wordings.rs` and `words.rs` do the same for `ccrov find`.

import { stem } from "./stem.js";

// How many words of a phrase can be written as one, and how many words it may have to be looked for in that way.
const LONGEST = 4;
const MOST = 8;

// One way of writing what is written in several, as the index has it.
export function normal(text) {
  return text.normalize("NFKC")
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/[\u2010\u2212]/g, "-")
    .replace(/[‘’‚‛‹›]/g, "'")
    .replace(/[“”„‟«»]/g, '"');
}

const letters = (word) => [...word.replace(/[^\p{Alphabetic}\p{N}_]/gu, "")].map((one) => one.toLowerCase()).join("");
const isPlain = (word) => /^\p{Alphabetic}+$/u.test(word);
const stemOf = (word) => stem(word.normalize("NFD").replace(/\p{M}/gu, ""));

// "vote-by-mail" is votebymail and vote by mail.
export function terms(typed) {
  const word = (text) => ({ joined: letters(text), parts: text.split("-").map(letters).filter(Boolean) });
  const words = (text) => text.split(/[\s\u0085–—]+/).map(word).filter(({ joined }) => joined);
  const pieces = normal(typed).split('"');
  const all = pieces.flatMap((text, at) => (at % 2 ? [together(words(text))] : apart(words(text))));
  return all.filter((wordings) => wordings.length).map((wordings) => wordings.map((wording) => wording.map(stemOf)));
}

// Words that need not follow one another. With the word before or after it, each may be one.
function apart(words) {
  const plain = (word) => word?.parts.length === 1 && isPlain(word.joined);
  const pair = (first, second) => (plain(first) && plain(second) ? [[first.joined + second.joined]] : []);
  return words.map((word, at) => [
    [word.joined],
    ...(word.parts.length > 1 ? [word.parts] : []),
    ...pair(words[at - 1], word),
    ...pair(word, words[at + 1]),
  ]);
}

// Words that follow one another.
function together(words) {
  const parts = words.flatMap((word) => word.parts);
  const wordings = [words.map((word) => word.joined), parts];
  for (let length = 2; length <= Math.min(LONGEST, parts.length) && parts.length <= MOST; length++) {
    for (let start = 0; start + length <= parts.length; start++) {
      const run = parts.slice(start, start + length);
      if (run.every(isPlain)) wordings.push([...parts.slice(0, start), run.join(""), ...parts.slice(start + length)]);
    }
  }
  const once = new Map(wordings.map((wording) => [wording.join(" "), wording]));
  return [...once.values()].filter((wording) => wording.length);
}

// The numbers of memoranda among what was typed.
export function numbers(typed) {
  return normal(typed).match(/(?<![\p{Alphabetic}\p{N}$])\d{5}(?![\p{Alphabetic}\p{N}]|[.,]\d)/gu) ?? [];
}
