// The form that all forms of an English word have in common: "county" and "counties" are counti.
//
// In: a word of small letters and figures. Out: its stem. Not here: apostrophes, which no word of a query has.
// The algorithm is Snowball's for English (Porter2, as of its version 3), step by step under its names. The index is made
// with the same in Rust; a test holds both against each other.

const EXCEPTIONS = new Map(Object.entries({
  skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl",
  sky: "sky", news: "news", howe: "howe", atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes",
}));
// Behind these the first region begins, whatever their vowels are.
const PREFIX = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
// What ends in "ing" and is no form of anything.
const WHOLE = ["cann", "earr", "even", "herr", "inn", "out"];

const STEP_2 = longestFirst({
  tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate",
  ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful", ousli: "ous", ousness: "ous",
  iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", ogi: "og", ogist: "og", fulli: "ful", lessli: "less", li: "",
});
const STEP_3 = longestFirst({
  tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "", ative: "",
});
const STEP_4 = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
  "ion", "al", "er", "ic"].map((end) => [end, ""]);

function longestFirst(endings) {
  return Object.entries(endings).sort(([a], [b]) => b.length - a.length);
}

export function stem(word) {
  if (EXCEPTIONS.has(word)) return EXCEPTIONS.get(word);
  if ([...word].length < 3) return word;
  const marked = marksConsonants(word);
  const first = PREFIX.exec(marked)?.[0].length ?? region(marked, 0);
  const second = region(marked, first);
  let stemmed = step1c(step1b(step1a(marked), first));
  stemmed = replaced(stemmed, STEP_2, (end, before) => before.length >= first
    && (end !== "ogi" || before.endsWith("l")) && (end !== "li" || /[cdeghkmnrt]$/.test(before)));
  stemmed = replaced(stemmed, STEP_3, (end, before) => before.length >= (end === "ative" ? second : first));
  stemmed = replaced(stemmed, STEP_4, (end, before) => before.length >= second && (end !== "ion" || /[st]$/.test(before)));
  return step5(stemmed, first, second).replaceAll("Y", "y");
}

// A "y" that is a consonant becomes "Y": the first letter, or one after a vowel.
function marksConsonants(word) {
  let marked = "";
  for (const letter of word) {
    marked += letter === "y" && (!marked || /[aeiouy]$/.test(marked)) ? "Y" : letter;
  }
  return marked;
}

// Where the letters behind the first consonant after a vowel begin.
function region(word, from) {
  const found = /[aeiouy][^aeiouy]/u.exec(word.slice(from));
  return found ? from + found.index + found[0].length : word.length;
}

const endsShort = (word) => /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/u.test(word);

// The longest ending that the word has decides, even if it has to stay.
function replaced(word, endings, mayBe) {
  const [end, by] = endings.find(([ending]) => word.endsWith(ending)) ?? [""];
  const before = word.slice(0, word.length - end.length);
  return end && mayBe(end, before) ? before + by : word;
}

// Plurals.
function step1a(word) {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, [...word].length > 4 ? -2 : -1);
  if (/(?:ss|us)$/.test(word)) return word;
  return word.endsWith("s") && /[aeiouy]/.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

// Past and present participles.
function step1b(word, first) {
  const end = /(?:eed|eedly|ed|edly|ing|ingly)$/.exec(word)?.[0] ?? "";
  const before = word.slice(0, word.length - end.length);
  if (end.startsWith("ee")) {
    return before.length >= first && !["succ", "proc", "exc"].includes(before) ? `${before}ee` : word;
  }
  if (end === "ing" && WHOLE.includes(before)) return word;
  if (end === "ing" && /^[^aeiouy]y$/u.test(before)) return before.replace("y", "ie");
  if (!end || !/[aeiouy]/.test(before)) return word;
  if (/(?:at|bl|iz)$/.test(before)) return `${before}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(before)) return /^[aeo]..$/.test(before) ? before : before.slice(0, -1);
  return before.length === first && endsShort(before) ? `${before}e` : before;
}

function step1c(word) {
  return /.[^aeiouy][yY]$/su.test(word) ? `${word.slice(0, -1)}i` : word;
}

function step5(word, first, second) {
  const before = word.slice(0, -1);
  const silent = word.endsWith("e") && (before.length >= second || (before.length >= first && !endsShort(before)));
  return silent || (word.endsWith("ll") && before.length >= second) ? before : word;
}
