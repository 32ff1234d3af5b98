// What a reader comes to the site for, each with the clicks that it may take from the home page.
//
//   node tasks.mjs FOLDER
//
// FOLDER is the published site of the shipped memos. A task is done if what answers it is to be seen in the window's text after no more
// clicks than are allowed, on the page that they lead to. Prints each task that takes more, or is not answered.
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const [folder] = process.argv.slice(2);
const server = await serve(folder, "/memos/");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });

// The day on which the reader asks.
const DAY = new Date("2024-07-22T12:00:00");
const link = (name, within = "main") => (page) => page.locator(within).getByRole("link", { name, exact: true }).first().click();
const open = (text) => (page) => page.getByText(text, { exact: true }).first().click();
const search = (words) => async (page) => {
  await page.getByLabel("Number or words").fill(words);
  await page.keyboard.press("Enter");
  await page.locator("#search-results li").first().waitFor();
};
// What a task begins on, what is clicked, how many clicks it may take, what answers it, and what would be untrue there.
const TASKS = [
  ["What must NEW counties do in October 2021?", "index.html", [link("NEW Counties")], 1, [/Receive and install the updated November 2021 EMS release.*10\/4\/2021/s]],
  ["What must Alameda do next?", "index.html", [open("Choose your county"), link("Alameda")], 2, [/August 2, 2024/, /August 12, 2024/], [/Monday, July 15, 2024/]],
  ["The same, by a link", "index.html?county=alameda", [], 0, [/Alameda County/, /August 12, 2024/], [/Monday, July 15, 2024/]],
  ["Which memo is the newest?", "index.html", [], 0, [/Site Roster: Revised Schedule/]],
  ["Is 24902 still valid?", "ccrov/2024/april/24902mq.html", [], 0, [/In force\.\s+Updated by CC\/ROV #24904/]],
  ["Is the first 24903 still valid?", "ccrov/2024/june/24903mq.html", [], 0, [/^This memorandum has been withdrawn/, /Superseded by CC\/ROV #24903 of June 17, 2024/]],
  ["What changed between 24902 and 24904?", "index.html", [link(/^Site Roster: Revised Schedule/)], 1, [/What changed since CC\/ROV #24902/]],
  ["Where is memo 21144?", "index.html", [search("21144")], 1, [/^\s*VoteCal: County Test Environment/m]],
  ["Who does step 17 of 21144?", "ccrov/2021/august/21144dl.html", [], 0, [/All CTE Counties, step 17/]],
];

let failed = 0;
for (const [task, start, clicks, limit, answers, untrue = []] of TASKS) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.setFixedTime(DAY);
  const wrong = [];
  try {
    const answer = await page.goto(server.address + start, { waitUntil: "load" });
    if (answer.status() !== 200) wrong.push(`${start} is answered with ${answer.status()}`);
    if (clicks.length > limit) wrong.push(`takes ${clicks.length} clicks, and may take ${limit}`);
    for (const click of clicks) await click(page);
    await page.waitForLoadState("load");
    // The script of the page has run.
    await page.waitForTimeout(100);
    const text = await page.locator("main").innerText();
    for (const wanted of answers) if (!wanted.test(text)) wrong.push(`${wanted} is not to be seen`);
    for (const false_ of untrue) if (false_.test(text)) wrong.push(`${false_} is to be seen, and is past`);
  } catch (error) {
    wrong.push(error.message.split("\n")[0]);
  }
  await context.close();
  for (const what of wrong) console.log(`${task} ${what}`);
  failed += wrong.length;
}

// The county that was chosen is kept, and can be given up.
{
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.setFixedTime(DAY);
  await page.goto(`${server.address}counties/yolo.html`);
  await page.getByRole("button", { name: "Make Yolo my county" }).click();
  await page.goto(`${server.address}index.html`);
  const isKept = await page.getByText("Yolo County").isVisible();
  await page.getByRole("button", { name: "Show all dates" }).click();
  await page.reload();
  const isGone = !(await page.getByText("Yolo County").isVisible());
  if (!isKept || !isGone) console.log(`the chosen county: kept ${isKept}, given up ${isGone}`);
  failed += !isKept + !isGone;
  await context.close();
}
await browser.close();
server.close();
process.exit(failed ? 1 : 0);
