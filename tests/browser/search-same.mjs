// The search page of a built folder finds what `ccrov find` finds, for the queries of queries.json.
//
//   node search-same.mjs FOLDER [CCROV] [BASE]
//
// FOLDER is a working folder that was built; its output/ is served on 127.0.0.1 under the path BASE (default: memos).
// Prints for each query what the page said, the numbers of the memos found in their order, and how much was loaded. If
// CCROV, the program, is given, its answers are compared; a difference, or an error of the page, is a failure. Needs the
// package playwright-core, which may stand in NODE_PATH, and /usr/bin/chromium.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, resolve, sep } from "node:path";

// Unlike `import`, this looks into NODE_PATH, too.
const { chromium } = createRequire(import.meta.url)("playwright-core");

const [folder, program, base = "memos"] = process.argv.slice(2);
const root = resolve(folder, "output");
const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
const loaded = [];

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const own = path.startsWith(`/${base}/`) && path.slice(base.length + 2).replace(/\/$|^$/, "/index.html");
  const file = own && join(root, own);
  try {
    if (!file || !file.startsWith(root + sep)) throw new Error("outside");
    const bytes = await readFile(file);
    loaded.push({ path: own, size: bytes.length });
    response.writeHead(200, { "content-type": kinds[extname(file)] ?? "application/octet-stream" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/${base}/search/`;

const profile = await mkdtemp(join(tmpdir(), "search-same-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const wrong = [];
const answers = [];

// The numbers that the program prints; a memo's lines but the first begin with spaces.
const printed = ({ q = "", ...choices }) => {
  const chosen = Object.entries(choices).flatMap(([name, value]) => [`--${name}`, value]);
  try {
    const words = q && ["--", q];
    const said = execFileSync(program, ["--root", folder, "find", ...chosen, ...words], { encoding: "utf8", stdio: "pipe" });
    return said.split("\n").filter((line) => /^\S+  \S/.test(line)).map((line) => line.split(" ")[0]);
  } catch (error) {
    if (error.status !== 2) throw error;
    return []; // Nothing to look for.
  }
};

try {
  const page = await browser.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => { wrong.push("a dialog"); dialog.dismiss(); });
  page.setDefaultTimeout(15000);

  // Through the form, as a visitor does.
  const ask = async ({ q = "", year = "", topic = "", status = "" }) => {
    await page.locator("#search-year").selectOption(year);
    await page.locator("#search-topic").selectOption(topic);
    await page.locator("#search-status").selectOption(status);
    await page.locator("#search-q").fill(q);
    await page.locator("#search-count").evaluate((count) => { count.textContent = "Searching…"; });
    await page.locator("#search-q").press("Enter");
    return await answer();
  };
  const answer = async () => {
    // The count is said before all of it is listed.
    await page.waitForFunction(() => !document.getElementById("search-count").textContent.startsWith("Searching")
      && document.getElementById("search-results").getAttribute("aria-busy") === "false");
    const more = page.locator("#search-more");
    for (let clicks = 0; clicks < 200 && (await more.isVisible()); clicks++) {
      const before = await page.locator("#search-results > li").count();
      await more.click();
      await page.waitForFunction((n) => document.querySelectorAll("#search-results > li").length > n, before);
    }
    const abouts = await page.locator("#search-results .about").allTextContents();
    const said = await page.locator("#search-count").textContent();
    return { said, found: abouts.map((about) => about.match(/#(\S+)/)?.[1] ?? "-") };
  };

  await page.goto(address);
  const choices = async (name) => page.locator(`#search-${name} option`).evaluateAll((all) => all.map((one) => one.value));
  const known = { year: await choices("year"), topic: await choices("topic") };
  for (const query of JSON.parse(await readFile(new URL("queries.json", import.meta.url), "utf8"))) {
    // A choice that this folder has not cannot be chosen.
    if (Object.entries(known).some(([name, values]) => query[name] && !values.includes(query[name]))) continue;
    const from = loaded.length;
    const { said, found } = await ask(query);
    // The address alone gives the same.
    const shared = await page.evaluate(() => location.href);
    const files = loaded.slice(from);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const other = program ? printed(query) : found;
    if (String(other) !== String(found)) wrong.push(`${JSON.stringify(query)}: ${found} on the page, ${other} in the terminal`);
    answers.push({ query, said, found, files: files.map((file) => file.path), size, address: shared.slice(address.length) });
  }
  const first = answers.find((each) => each.found.length) ?? answers[0];
  await page.goto(address + first.address);
  const again = await answer();
  if (String(again.found) !== String(first.found)) wrong.push(`${first.address} finds ${again.found}`);
  console.log(JSON.stringify(answers, null, 1));
} finally {
  await browser.close();
  server.close();
  await rm(profile, { recursive: true, force: true });
}
// Queries that find nothing prove nothing.
const found = answers.filter((each) => each.found.length).length;
if (found < answers.length / 3) wrong.push(`only ${found} of ${answers.length} queries find something`);
if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exitCode = 1;
}
