// What the search page's script finds in the files of a search, and what it shows of it, without a browser.
//
//   node search-plain.mjs FOLDER < QUERIES
//
// FOLDER has the folder search/ with its scripts. QUERIES are JSON, a query a line: q, year, topic, status. Prints a line of
// JSON for each: what is found in its order, each with its page, the words of its excerpt and which of them are marked.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = join(process.argv[2], "search");
const { Index } = await import(pathToFileURL(join(folder, "index.js")));
const read = (path) => readFile(join(folder, path), "utf8");

for await (const line of createInterface({ input: process.stdin })) {
  // As for a visitor who comes anew.
  const index = new Index(read, JSON.parse(await read("years.json")));
  const hits = [];
  for await (const { found } of index.find(JSON.parse(line))) hits.push(...found);
  const shown = await Promise.all(hits.map((hit) => index.shown(hit)));
  console.log(JSON.stringify(shown.map(({ page, excerpt: { words, before, after } }) => ({ page, words, before, after }))));
}
