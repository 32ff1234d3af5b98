// Stems of words, as the search page's script finds them.
//
//   node stems.mjs FOLDER < WORDS
//
// FOLDER has the folder search/ with its scripts. WORDS are words, one a line; prints their stems in the same order.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { stem } = await import(pathToFileURL(join(process.argv[2], "search/stem.js")));
const words = readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(words.map((word) => `${stem(word)}\n`).join(""));
