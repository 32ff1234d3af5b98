// What every check of the desk does with its pages: opens one, fills a field in, saves, goes by keys, looks whether all can use it.
//
// In: a page of a desk. Out: what is not as it should be, in `failures`. Not here: the checks.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { launch } from "./check.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const failures = [];
export const expect = (so, what) => so || failures.push(what);

export async function opened(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 950 }, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => failures.push(`the page's script: ${error.message}`));
  page.on("console", (said) => {
    // A conflict is answered with a status that a browser notes.
    if (said.type() === "error" && !/status of (409|422)/.test(said.text())) failures.push(`the browser: ${said.text()}`);
  });
  await page.goto(address);
  return page;
}

export const at = (address, path) => new URL(path, address).href;
export const field = (page, key) => page.locator(`[name="now:${key}"]`);

export async function choose(page, key, value) {
  await field(page, key).selectOption(value);
}

export async function save(page) {
  await page.keyboard.press("Control+s");
  await page.waitForFunction(() => /^Saved/.test(document.getElementById("kept-state").textContent), null, { timeout: 20000 });
}

/// Waits until the page on the right shows what was saved.
export async function shown(page, words) {
  await page.waitForFunction(
    (words) => document.querySelector('[data-sheet="page"]')?.contentDocument?.body?.innerText.includes(words),
    words,
    { timeout: 60000 },
  );
}

/// Goes to a control by the Tab key alone.
export async function reach(page, control) {
  const wanted = await control.elementHandle();
  for (let nth = 0; nth < 120; nth += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((one) => one === document.activeElement)) return;
  }
  throw new Error(`no Tab leads to ${await wanted.evaluate((one) => one.outerHTML.slice(0, 120))}`);
}

/// Presses a button or follows a link, by keys alone.
export async function press(page, control) {
  await reach(page, control);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

/// Closes a window as a person does: its goodbye is sent before the browser ends.
export async function leave(page) {
  await page.goto("about:blank");
  await page.waitForTimeout(1500);
  await page.close();
}

/// What axe-core finds in a page, at a desk's and at a telephone's width, with all that can be opened open.
export async function accessible(page) {
  const path = new URL(page.url()).pathname;
  for (const [width, forced] of [[1400, "none"], [320, "none"], [1400, "active"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ forcedColors: forced });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `${path} is ${wide} px too wide at ${width} px`);
    if (forced === "active") continue;
    await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
    await page.evaluate(() => document.querySelectorAll("iframe").forEach((frame) => frame.remove()));
    await page.evaluate(AXE);
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const { id, nodes } of found.violations) failures.push(`${path} at ${width} px: ${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
  }
  await page.emulateMedia({ forcedColors: "none" });
  await page.setViewportSize({ width: 1400, height: 950 });
}

/// Runs the check that the command line names: CHECK ADDRESS [MORE ...]. Exit status 1 if anything is not as it should be.
export async function run(checks) {
  const [check, address, ...more] = process.argv.slice(2);
  const browser = await launch();
  try {
    await checks[check](browser, address, ...more);
  } catch (error) {
    failures.push(`${check} was not carried out: ${error.message}`);
  } finally {
    await browser.close();
  }
  failures.forEach((failure) => console.log(failure));
  process.exit(failures.length > 0 ? 1 : 0);
}
