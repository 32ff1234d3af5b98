// From an office without memos to a website with two releases of one plan: node tests/browser/whole.mjs keys|mouse ADDRESS
//
// In: a desk whose folder has an office and nothing else. Out: a line for each thing that is not as it should be. Not here: what the
// folder holds afterward, which the caller looks at.
import { at, expect, field, opened, press, reach, run, save } from "./desk_page.mjs";

/// How somebody works: by keys alone, or with the mouse.
const ways = {
  keys: {
    go: press,
    async type(page, control, words) {
      await reach(page, control);
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(words);
      await page.keyboard.press("End");
    },
    async choose(page, control, label) {
      await reach(page, control);
      await page.keyboard.type(label);
    },
    async tick(page, control) {
      if (await control.isChecked()) return;
      await reach(page, control);
      await page.keyboard.press("Space");
    },
    async open(page, summary) {
      await reach(page, summary);
      await page.keyboard.press("Enter");
    },
  },
  mouse: {
    go: (page, control) => Promise.all([page.waitForNavigation(), control.first().click()]),
    type: (_, control, words) => control.fill(words),
    choose: (_, control, label) => control.selectOption({ label }),
    tick: (_, control) => control.check(),
    open: (_, summary) => summary.click(),
  },
};

const SHEET = [
  "#\tResponsible Entity\tTask\tStart\tEnd",
  ...[...Array(20)].map((_, nth) => {
    const day = (first) => new Date(Date.UTC(2026, 1, 2 + 3 * nth + first)).toLocaleDateString("en-US", { timeZone: "UTC" });
    return `${nth + 1}\t${nth % 2 ? "SOS" : "All Counties"}\tTask ${nth + 1}\t${nth === 19 ? "4/26/2026" : day(0)}\t${nth === 19 ? "4/26/2026" : day(1)}`;
  }),
].join("\r\n");

async function whole(browser, address, { go, type, choose, tick, open }) {
  const page = await opened(browser, address);
  const button = (name) => page.getByRole("button", { name });
  const link = (name) => page.getByRole("link", { name });
  const told = async (what) => {
    const said = await page.locator("#done").innerText();
    expect(what.test(said), `${what} is told: ${said}`);
  };
  const visit = (path) => page.goto(at(address, path));

  // A release, from a spreadsheet's clipboard.
  await visit("/new/release");
  await type(page, page.locator("#new-name"), "roster-2026");
  await go(page, button("Begin from a spreadsheet"));
  await type(page, page.locator("#title"), "Roster Release");
  const milestones = [["deployment", "3/20/2026", ""], ["test", "4/6/2026", "4/10/2026"], ["release", "4/26/2026", ""]];
  for (const [nth, [name, start, end]] of milestones.entries()) {
    await type(page, page.locator(`[name="milestone:${nth}"]`), name);
    await type(page, page.locator(`[name="start:${nth}"]`), start);
    if (end) await type(page, page.locator(`[name="end:${nth}"]`), end);
  }
  await type(page, page.locator("#sheet"), SHEET);
  await go(page, button("Begin this release, and look at the steps"));
  await go(page, button("Use these 20 changes"));
  await go(page, button(/^Follow (all|the one)/));

  // Two memos: the schedule, and one that prints a telephone.
  const memo = async (name, values, text) => {
    await visit("/new");
    await type(page, page.getByLabel("A short name"), name);
    await go(page, button("Begin the memo"));
    for (const [key, value] of Object.entries(values)) await type(page, field(page, key), value);
    await type(page, page.locator("[name='item:to']").first(), "All County Clerks/Registrars of Voters");
    await choose(page, page.locator("[name='item:from']").first(), "Ana Ruiz");
    await choose(page, field(page, "letterhead"), "Elections Division");
    await choose(page, field(page, "contact"), "the Help Desk");
    if (text.includes("schedule")) await choose(page, field(page, "release"), "Roster Release");
    await type(page, page.locator("#f-body"), text);
    await save(page);
  };
  await memo("plan", { subject: "Schedule of the Roster Release", date: "February 2, 2026" }, "The schedule is attached.");
  await open(page, button("Add the schedule"));
  await page.waitForFunction(() => /^Saved/.test(document.getElementById("kept-state").textContent), null, { timeout: 20000 });
  await memo("hours", { subject: "Help Desk Hours", date: "February 3, 2026" }, "Please call {{ contact.name }} at {{ contact.phone }}.");

  const issue = async (names, numbers) => {
    await visit(`/issue?${names.map((name) => `memo=${name}`).join("&")}`);
    await type(page, page.getByLabel("Why it is issued"), "The chief approved it by telephone.");
    await go(page, button("Show what would be issued"));
    await go(page, button(`Issue ${numbers.join(", ")}`));
    await told(/^Issued/);
  };
  const publish = async () => {
    await visit("/publish?other=www");
    await go(page, button(/^Put \d memos? on www/));
    await told(/published at www/);
  };
  await issue(["plan", "hours"], ["26001", "26002"]);
  await publish();

  // A delay of three milestones: first a proposal, then recorded and told.
  await visit("/slip/roster-2026");
  for (const [name, day] of [["deployment", "3/27/2026"], ["test", "4/13/2026"], ["release", "5/3/2026"]]) {
    await type(page, page.locator(`#to-${name}`), day);
  }
  await type(page, page.locator("#told"), "2/17/2026");
  await type(page, page.locator("#cause"), "the time needed to fix a fault");
  await page.getByText("due to the time needed to fix a fault").waitFor();
  for (const done of await page.getByLabel("It was done", { exact: true }).all()) await tick(page, done);
  await page.waitForTimeout(1000);
  await go(page, page.locator("#propose"));
  await told(/The proposal is saved/);
  await go(page, link("Continue with it"));
  await page.locator("#record").waitFor();
  await go(page, page.locator("#record"));
  await told(/The delay is recorded/);
  await go(page, link("Write the memo that tells it"));
  await type(page, page.getByLabel("A short name"), "moved");
  await go(page, button("Begin the memo"));
  if (/Still right/.test(await page.locator("h1").innerText())) await go(page, button("Go on to the memo"));
  await type(page, field(page, "date"), "February 17, 2026");
  await save(page);
  await issue(["moved"], ["26003"]);
  await publish();

  // A wrong telephone, in all memos that printed it.
  await visit("/office");
  const telephone = field(page, "contacts.help-desk.phone");
  const around = page.locator("details", { has: telephone });
  for (const part of await around.all()) {
    if (!(await part.evaluate((one) => one.open))) await open(page, part.locator("> summary"));
  }
  await type(page, telephone, "(916) 555-0199");
  await save(page);
  await visit("/correct");
  await go(page, button(/^Choose/));
  for (const one of await page.locator("[name='memo']").all()) await tick(page, one);
  await type(page, page.locator("#what"), "the telephone of the Help Desk");
  await go(page, button("Show what this does"));
  await go(page, button(/^Correct /));
  await publish();

  await visit("/memo/26001/withdraw");
  await type(page, page.getByLabel("Why"), "The plan is another.");
  await go(page, button("Show what this does"));
  await go(page, button("Withdraw 26001"));
  await publish();
}

await run({
  keys: (browser, address) => whole(browser, address, ways.keys),
  mouse: (browser, address) => whole(browser, address, ways.mouse),
});
