// Opens every page of a built site in Chromium and tells what is wrong with it.
//
//   node tests/browser/check.mjs FOLDER ADDRESS
//   node tests/browser/check.mjs output https://elections.example.gov/memos
//
// In: the folder, the address at which it will stand; it is served on this machine below the same path. Out: a
// line for each failure: page, check, what. Exit status: 0 none, 1 some, 2 it could not be checked. Not here:
// the checks, one file each.
import { access } from "node:fs/promises";
import { execFile } from "node:child_process";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { broken } from "./links.mjs";
import { Site } from "./site.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
/// Where Chromium may be.
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/// How many pages are open at the same time.
const AT_ONCE = 2;

/// What is wrong with a site: `{ page, check, what }` each.
export async function check(folder, address) {
  const { serve } = await import("./server.mjs");
  const { valid } = await import("./valid.mjs");
  const home = address.endsWith("/") ? address : `${address}/`;
  const site = await Site.read(folder);
  const nu = valid(site);
  const server = await serve(folder, new URL(home).pathname);
  const browser = await launch();
  try {
    const { failures, facts } = await visited(browser, site, server, home);
    const all = [...failures, ...(await nu), ...broken(site, facts, [server.address, home]), ...(await lists(site, home))];
    // A page that stands at two addresses is told of once.
    return [...new Map(all.map((failure) => [JSON.stringify(failure), failure])).values()];
  } finally {
    await browser.close();
    server.close();
  }
}

/// What is wrong with the files that list the pages: feed, sitemap, memos.json.
export async function lists(site, home) {
  const run = promisify(execFile);
  const { stdout } = await run("python3", [join(HERE, "lists.py"), site.folder, home], { maxBuffer: 1 << 26 });
  const { failures, links } = JSON.parse(stdout);
  const facts = links.map(({ page, links }) => ({ name: page, names: [], links: links.map((url) => ({ written: url, url })) }));
  facts.push(...(await data(site, home)));
  return [...failures, ...broken(site, facts, [home])];
}

export async function launch() {
  const { chromium } = await import("playwright-core");
  for (const executablePath of BROWSERS) {
    if (!(await access(executablePath).then(() => true, () => false))) continue;
    // Chromium has no sandbox for root.
    return chromium.launch({ executablePath, chromiumSandbox: process.getuid() !== 0 });
  }
  throw new Error(`there is no Chromium: none of ${BROWSERS.join(", ")}`);
}

/// What the browser finds in all pages, and the links and places in them.
async function visited(browser, site, server, home) {
  const { forward, read, visit } = await import("./visit.mjs");
  const { pasted } = await import("./pasted.mjs");
  const failures = [];
  const facts = [];
  const waiting = site.pages.map(({ name, text }) => {
    const url = server.address + name.split("/").map(encodeURIComponent).join("/");
    return { name, text, url, forwards: /<meta[^>]+http-equiv=["']?refresh/i.test(text) };
  });
  // The page for what is not there stands at every depth.
  if (site.names.has("404.html")) waiting.push({ name: "404.html", url: `${server.address}no/such/page`, missing: true });
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const report = (check, what) => failures.push({ page: next.name, check, what });
      facts.push(await (next.forwards ? forward : visit)(browser, server, next, report));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const { name, text } of site.fragments) {
    // Pasted into another page, its links are what they are at the office's address.
    facts.push({ name, ...(await read(browser, text, home + name)) });
    await pasted(browser, text, site.names.has("feed.xml"), (check, what) => failures.push({ page: name, check, what }));
  }
  const order = (a, b) => (a.page < b.page ? -1 : a.page > b.page ? 1 : 0);
  return { failures: failures.sort(order), facts };
}

/// The addresses in memos.json: every text that begins like one, and what stands under a name of one.
async function data(site, home) {
  if (!site.names.has("memos.json")) return [];
  const links = [];
  const look = (value, key) => {
    if (typeof value === "string") {
      const named = ["address", "href", "link", "page", "path", "url"].includes(key);
      if (named || /^https?:/.test(value)) links.push({ written: value, url: new URL(value, home).href });
    } else if (Array.isArray(value)) value.forEach((inner) => look(inner, key));
    else if (value) Object.entries(value).forEach(([key, inner]) => look(inner, key));
  };
  look(JSON.parse(await site.text("memos.json")), "");
  return [{ name: "memos.json", names: [], links }];
}

async function main([folder, address]) {
  if (!folder || !URL.canParse(address ?? "")) {
    console.error("usage: node tests/browser/check.mjs FOLDER ADDRESS");
    return 2;
  }
  try {
    const failures = await check(folder, address);
    for (const { page, check, what } of failures) console.log(`${page}\t${check}\t${what.replace(/\s+/g, " ")}`);
    return failures.length > 0 ? 1 : 0;
  } catch (error) {
    console.error(error);
    return 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
