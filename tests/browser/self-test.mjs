// Each check can fail: small sites with one fault each give that failure and no other.
//
//   node tests/browser/self-test.mjs
//
// Exit status: 0 if every check is as good as its word. Not here: the checks.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, lists } from "./check.mjs";
import { Site } from "./site.mjs";

const HOME = "https://office.example.gov/of/memos/";

const STYLE = `
body { margin: 0; font: 16px/1.5 sans-serif; color: #111; background: #fff; }
a { color: #00429d; }
a:focus-visible { outline: 3px solid #00429d; outline-offset: 2px; }
.skip { position: absolute; left: -100vw; } .skip:focus { position: static; }
.pale { color: #999; }
.bare:focus-visible { outline: none; }
.faint:focus-visible { outline: 3px solid #ddd; }
.wide { width: 400px; }
.fits { white-space: nowrap; width: 280px; font: 16px monospace; }
@media (prefers-color-scheme: dark) {
  body { color: #eee; background: #111; } a { color: #9cf; } a:focus-visible { outline-color: #9cf; }
  .pale { color: #bbb; } .dim { color: #444; } .faint:focus-visible { outline-color: #9cf; }
}
@media (max-width: 340px) { .small { color: #ccc; } }
@media (max-width: 600px) {
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  [data-label]::before { content: attr(data-label) ": "; }
  .unlabelled [data-label]::before { content: none; }
  .flat tr { display: flex; }
  .gone { display: none; }
}`;

const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
const SCRIPTED = `${POLICY}; script-src 'self'; connect-src 'self'`;

/// A page without fault, in which pieces can be replaced.
function page({
  policy = POLICY,
  head = "",
  skip = '<a class="skip" href="#main">Skip to the text</a>',
  main = "",
  table = "<table>",
  column = "<th scope=\"col\">",
  style = "style.css",
} = {}) {
  const meta = policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">${meta}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page</title><link rel="stylesheet" href="${style}">${head}</head>
<body>${skip}<header><a href="${new URL(style, HOME)}">Styles</a></header>
<main id="main"><h1>A page</h1><p>See <a href="good.html#place">a place</a> and <a href="mailto:a@example.gov">a desk</a>.</p>
<h2 id="place">A place</h2>
${table}<thead><tr>${column}#</th><th scope="col">Task</th></tr></thead>
<tbody><tr><td data-label="#">1</td><th scope="row" data-label="Task">Open</th></tr>
<tr><td data-label="#">2</td><th scope="row" data-label="Task"><a href="good.html">Close</a></th></tr></tbody></table>
${main}</main></body></html>
`;
}

const FEED = `<feed xmlns="http://www.w3.org/2005/Atom"><id>${HOME}</id><title>Memos</title><updated>2024-05-06T00:00:00Z</updated>
<author><name>Office</name></author><link rel="self" href="${HOME}feed.xml"/>
<entry><id>${HOME}good.html</id><title>One</title><updated>2024-05-06T00:00:00Z</updated><link href="${HOME}good.html"/></entry></feed>`;
const SITEMAP = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${HOME}good.html</loc><lastmod>2024-05-06</lastmod></url></urlset>`;

const script = (name) => ({ policy: SCRIPTED, head: `<script src="${name}.js" defer></script>` });
const forward = (to, wait = 0) =>
  `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="${wait}; url=${to}"><title>Moved</title><p><a href="good.html">Moved</a></p></html>`;

/// A site without fault: what the others replace pieces of.
const GOOD = {
  "style.css": STYLE,
  "index.html": page(),
  "good.html": page(),
  "forward.html": forward("good.html"),
  "forward-abroad.html": forward("https://elsewhere.example/old.pdf"),
  "piece.html": `<ul><li><a href="${HOME}good.html">One</a></li></ul>\n`,
  "scripted.html": page(script("quiet")),
  "quiet.js": "document.title += '.';",
  "feed.xml": FEED,
  "sitemap.xml": SITEMAP,
  "memos.json": JSON.stringify({ memos: [{ title: "One", url: "good.html" }] }),
};

/// Pages with a fault: the failures that they give, each as a check and a piece of what it says.
const PAGES = {
  "404.html": [page({ style: "/of/memos/style.css" }), ["link", "good.html#place"], ["link", "good.html"]],
  "pale.html": [page({ main: '<p class="pale">Pale</p>' }), ["axe", "(light, 320 px)"]],
  "dim.html": [page({ main: '<p class="dim">Dim</p>' }), ["axe", "(dark)"]],
  "small.html": [page({ main: '<p class="small">Small</p>' }), ["axe", "(320 px)"]],
  "trap.html": [page({ ...script("trap"), main: '<p><a id="trap" href="good.html">One</a> <a href="index.html">Two</a></p>' }), ["keyboard", "Two"], ["keyboard", "Two"]],
  "bare.html": [page({ main: '<p><a class="bare" href="good.html">One</a></p>' }), ["focus", "looks the same"], ["focus", "320 px"]],
  "faint.html": [page({ main: '<p><a class="faint" href="good.html">One</a></p>' }), ["focus", "contrast"]],
  "no-skip.html": [page({ skip: "" }), ["skip", "no link to the text"]],
  "false-skip.html": [page({ skip: '<a class="skip" href="#place">Skip</a><div id="place2"></div>' }).replace('#place"', '#place2"'), ["skip", "place2 is not the text"]],
  "wide.html": [page({ main: '<p class="wide">Wide</p>' }), ["narrow", "Wide"]],
  "fits.html": [page({ main: '<p class="fits">Nine and twenty letters fit so</p>' }), ["spacing", "letters fit"]],
  "made.html": [page(script("made")).replace(/<main id="main">[^]*<\/main>/, '<main id="main"></main>'), ["script", "no main text"]],
  "dead-end.html": [page(script("quiet")).replace(/<a [^>]*>(.*?)<\/a>(?=[^]*<\/main>)/g, (link, text) => (link.includes("skip") ? link : text)), ["script", "leads nowhere"]],
  "loud.html": [page(script("loud")), ["console", "a complaint"]],
  "thrown.html": [page(script("thrown")), ["console", "thrown"]],
  "asks.html": [page(script("asks")), ["request", "gone.json is answered with 404"]],
  "abroad.html": [page({ policy: `${POLICY}; img-src elsewhere.example`, main: '<img src="https://elsewhere.example/a.png" alt="">' }), ["csp", "img-src"], ["request", "another host"]],
  "open.html": [page({ policy: "" }), ["csp", "there is no"]],
  "loose.html": [page({ policy: `${POLICY}; script-src 'unsafe-inline'` }), ["csp", "script-src"]],
  "styled.html": [page({ main: '<p style="color: #222">Styled</p>' }), ["csp", "style"]],
  "astray.html": [page({ main: '<p><a href="gone.html">Gone</a></p>' }), ["link", "no file"]],
  "no-place.html": [page({ main: '<p><a href="good.html#gone">Gone</a></p>' }), ["link", "no place"]],
  "runs.html": [page({ main: '<p><a href="javascript:void(0)">Runs</a></p>' }), ["link", "leads nowhere"]],
  "leaves.html": [page({ main: '<p><a href="/elsewhere">Leaves</a></p>' }), ["link", "leaves"]],
  "forward-astray.html": [forward("gone.html"), ["link", "no file"], ["request", "404"]],
  "forward-late.html": [forward("good.html", 60), ["link", "does not forward"]],
  "stray.html": [page({ main: "<p><ul><li>One</li></ul></p>" }), ["html", "No “p” element"]],
  "large.html": [page({ main: `<!-- ${"x".repeat(100_000)} -->` }), ["size", "bytes"]],
  "no-column.html": [page({ column: '<th scope="col" class="gone">' }), ["table", "row 1"]],
  "flat.html": [page({ table: '<table class="flat">' }), ["cards", "side by side"]],
  "unlabelled.html": [page({ table: '<table class="unlabelled">' }), ["cards", "no column's name"]],
  "piece-astray.html": ['<ul><li><a href="gone.html">One</a></li></ul>\n', ["link", "no file"], ["pasted", "gone.html"]],
  "piece-stray.html": ["<ul><p>One</p></ul>\n", ["html", "“p” not allowed"], ["axe", "list: <ul>"]],
  "odd-piece.html": ['<p id="one"><a href="good.html">One</a> <span style="display:none">Two</span></p>', ["pasted", "other website: good"], ["pasted", "be seen: Two"], ["pasted", "id="], ["pasted", "style="]],
};

const SCRIPTS = {
  "trap.js": 'document.getElementById("trap").addEventListener("keydown", (event) => event.key === "Tab" && event.preventDefault());',
  "made.js": 'document.querySelector("main").innerHTML = "<h1>Made</h1><p><a href=\\"good.html\\">One</a></p>";',
  "loud.js": 'console.error("a complaint");',
  "thrown.js": 'throw new Error("thrown");',
  "asks.js": 'fetch("gone.json");',
};

/// Other files with a fault.
const LISTS = [
  ["feed.xml", FEED.replace("</entry>", ""), ["feed", "cannot be parsed"]],
  ["feed.xml", FEED.replace(/<entry>[^]*<\/entry>/, (entry) => entry + entry), ["feed", "two entries"]],
  ["feed.xml", FEED.replace("2024-05-06T00:00:00Z</updated><link h", "May 6</updated><link h"), ["feed", "no time"]],
  ["feed.xml", FEED.replaceAll(/<updated>[^<]*<\/updated>/g, ""), ["feed", "no updated"], ["feed", "no updated"]],
  ["feed.xml", FEED.replace(`href="${HOME}good`, `href="${HOME}gone`), ["link", "no file"]],
  ["feed.xml", undefined, ["feed", "not there"]],
  ["sitemap.xml", SITEMAP.replace("</url>", ""), ["sitemap", "well-formed"]],
  ["sitemap.xml", SITEMAP.replace("<loc>https://office", "<loc>https://other"), ["sitemap", "not below"]],
  ["sitemap.xml", SITEMAP.replace("2024-05-06", "2024-05-36"), ["sitemap", "no time"]],
  ["sitemap.xml", SITEMAP.replace("good", "gone"), ["link", "no file"]],
  ["sitemap.xml", undefined, ["sitemap", "not there"]],
  ["memos.json", JSON.stringify([{ url: "gone.html" }]), ["link", "no file"]],
];

/// Gives a folder with files to a check.
async function inFolder(files, check) {
  const folder = await mkdtemp(join(tmpdir(), "site-"));
  for (const [name, text] of Object.entries(files)) {
    if (text !== undefined) await writeFile(join(folder, name), text);
  }
  const failures = await check(folder);
  await rm(folder, { recursive: true });
  return failures;
}

/// What differs from the failures that are expected.
function compare(name, expected, failures) {
  const left = [...failures];
  const missing = [];
  for (const [check, piece] of expected) {
    const at = left.findIndex((failure) => failure.check === check && failure.what.includes(piece));
    if (at < 0) missing.push(`${name}: expected ${check}: … ${piece} …`);
    else left.splice(at, 1);
  }
  return [...missing, ...left.map(({ page, check, what }) => `${name}: not expected: ${page} ${check}: ${what}`)];
}

const wrong = [];
const pages = Object.fromEntries(Object.entries(PAGES).map(([name, [text]]) => [name, text]));
const found = await inFolder({ ...GOOD, ...SCRIPTS, ...pages }, (folder) => check(folder, HOME));
for (const name of new Set([...Object.keys(GOOD), ...Object.keys(PAGES), ...found.map(({ page }) => page)])) {
  const [, ...expected] = PAGES[name] ?? [];
  wrong.push(...compare(name, expected, found.filter((failure) => failure.page === name)));
}
for (const [name, text, ...expected] of LISTS) {
  const failures = await inFolder({ ...GOOD, [name]: text }, async (folder) => lists(await Site.read(folder), HOME));
  wrong.push(...compare(`${name} (${expected[0][1]})`, expected, failures));
}
wrong.forEach((line) => console.log(line));
console.log(`${Object.keys(PAGES).length} pages and ${LISTS.length} other files with faults, ${wrong.length} not as expected`);
process.exitCode = wrong.length > 0 ? 1 : 0;
