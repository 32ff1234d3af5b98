// What a page looks like: accessible in every dress, and without sideways scroll on a small screen.
//
// In: an open page. Out: what axe-core finds, in light, in dark and at 320 px; what sticks out. Not here: how
// a table reads, which is cards.mjs.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 640 };

export async function looks(page, report) {
  const dresses = [
    ["light", "light", WIDE],
    ["dark", "dark", WIDE],
    ["320 px", "light", NARROW],
  ];
  // A fault that is seen in every dress is told once.
  const told = new Map();
  for (const [name, colorScheme, size] of dresses) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    for (const what of await axe(page)) told.set(what, [...(told.get(what) ?? []), name]);
  }
  for (const [what, where] of told) report("axe", `${what} (${where.join(", ")})`);
  const narrow = await outside(page);
  if (narrow.length > 0) return narrow.forEach((what) => report("narrow", what));
  await page.evaluate(spaced);
  for (const what of await outside(page)) report("spacing", what);
}

async function axe(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: "tag", values }, preload: false, resultTypes: ["violations"] }),
    RULES,
  );
  return found.violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
    return `${id}: ${help}: ${where.join(" | ")}${nodes.length > 3 ? ` and ${nodes.length - 3} more` : ""}`;
  });
}

/// The elements that make the page scroll sideways.
function outside(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.left + Math.max(box.width, element.scrollWidth) > clientWidth + 0.5;
    });
    const innermost = beyond.filter((element) => !beyond.some((other) => other !== element && element.contains(other)));
    const shown = innermost.slice(0, 3).map((element) => element.outerHTML.slice(0, 160));
    return [`${scrollWidth} px wide where ${clientWidth} px are seen: ${shown.join(" | ")}`];
  });
}

/// In the browser: the spacing of text that WCAG 1.4.12 names.
function spaced() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" +
      "p { margin-bottom: 2em !important }",
  );
  document.adoptedStyleSheets = [sheet];
}
