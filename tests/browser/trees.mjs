// The trees that a screen reader gets of pages of the desk, beside those that are expected: trees/NAME.yaml.
//
// In: a page that is open. Out: what differs, if anything does. UPDATE=1 writes the expected ones again. Not here: which pages.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TREES = join(dirname(fileURLToPath(import.meta.url)), "trees");
/// How many days from today on are no fixed ones.
const DAYS = 14;

/// What a page says of days near today, of times and of digests differs from one run to the next.
function settled(tree) {
  for (let nth = 0; nth <= DAYS; nth += 1) {
    const day = new Date();
    day.setDate(day.getDate() + nth);
    const [year, month, date] = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
    const written = (parts) => day.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric", ...parts });
    const two = (number) => String(number).padStart(2, "0");
    const ways = [written({ weekday: "long" }), written({}), `${year}-${two(month)}-${two(date)}`];
    const word = nth === 0 ? "TODAY" : `TODAY+${nth}`;
    for (const way of ways) tree = tree.replaceAll(way, word);
    tree = tree.replaceAll(new RegExp(`(?<![\\d/])${month}/${date}/${year}(?!\\d)`, "g"), word);
  }
  return `${tree.replaceAll(/\b\d{1,2}:\d{2} [ap]\.m\./g, "TIME").replaceAll(/\b[0-9a-f]{64}\b/g, "DIGEST")}\n`;
}

/// Where the tree of a page, with all that can be opened open, differs from the one expected.
export async function difference(page, name) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  const file = join(TREES, `${name}.yaml`);
  const is = async () => settled(await page.locator("main").ariaSnapshot());
  if (process.env.UPDATE) {
    mkdirSync(TREES, { recursive: true });
    writeFileSync(file, await is());
    return undefined;
  }
  const expected = readFileSync(file, "utf8");
  let tree = await is();
  // What others do is told a moment after the page is there.
  for (let nth = 0; nth < 20 && tree !== expected; nth += 1) {
    await page.waitForTimeout(250);
    tree = await is();
  }
  if (tree === expected) return undefined;
  const [found, wanted] = [tree.split("\n"), expected.split("\n")];
  const at = found.findIndex((line, nth) => line !== wanted[nth]);
  const near = (lines) => lines.slice(Math.max(0, at - 2), at + 4).join("\n");
  return `trees/${name}.yaml, line ${at + 1}, is not what the page is (UPDATE=1 writes it again). Found:\n${near(found)}\nExpected:\n${near(wanted)}`;
}
