// Three releases of a year, by two people at two machines on one folder: node tests/browser/year.mjs year ANA LUIS
//
// In: the addresses of two desks on one folder. Out: a line for each thing that is not as it should be. Not here: what the folder
// holds afterward, which the caller looks at.
import { at, expect, field, opened, run, save } from "./desk_page.mjs";

const button = (page, name) => page.getByRole("button", { name });
const done = (page) => page.locator("#done").innerText();

/// Presses a button that leads to another page.
async function go(page, name) {
  await Promise.all([page.waitForNavigation(), button(page, name).first().click()]);
}

/// Opens what a field stands in, from the outside in.
async function unfold(page, key) {
  const around = page.locator("details", { has: field(page, key) });
  for (const part of await around.all()) {
    if (!(await part.evaluate((one) => one.open))) await part.locator("> summary").click();
  }
}

/// Says who sits here.
async function sits(page, address, name) {
  await page.goto(at(address, "/you"));
  await page.getByLabel(name, { exact: false }).first().check();
  await go(page, /^(This is me|Save|Go on|That is me)/);
}

/// Begins a release with the plan of the one before, with new milestones; its first step has days of its own.
async function release(page, address, id, before, days, [start, end]) {
  await page.goto(at(address, `/new/release?name=${id}&from=${before}`));
  for (const [milestone, day] of Object.entries(days)) await page.locator(`[name="to:${milestone}"]`).fill(day);
  await page.waitForFunction(() => document.querySelector('[name="seen"], [name="agreed"]')?.value);
  await page.waitForTimeout(600);
  await go(page, "Begin this release");
  if (/Still right/.test(await page.locator("h1").innerText())) {
    for (const box of await page.locator("[id^='c-']").all()) await box.check();
    await go(page, "Go on to the release");
  }
  await page.goto(at(address, `/release/${id}/tasks`));
  await field(page, "tasks[0].start").fill(start);
  await field(page, "tasks[0].end").fill(end);
  await save(page);
}

/// Begins a memo with the text of another, and dates it.
async function memo(page, address, name, before, values) {
  await page.goto(at(address, "/new"));
  await page.getByLabel("A short name").fill(name);
  await page.getByLabel("A memo of ours").check();
  await page.getByLabel("Which memo").selectOption(before);
  await go(page, "Begin the memo");
  if (/Still right/.test(await page.locator("h1").innerText())) await go(page, "Go on to the memo");
  await page.getByText("More", { exact: true }).click();
  for (const [key, value] of Object.entries(values)) {
    const control = field(page, key);
    const isChoice = await control.evaluate((one) => one.tagName === "SELECT");
    await (isChoice ? control.selectOption(value) : control.fill(value));
  }
  await save(page);
}

/// Sends a memo to the chief, whose approval comes by mail.
async function approve(page, address, name, day) {
  await page.goto(at(address, `/memo/${name}/review`));
  await page.getByLabel("To", { exact: true }).selectOption("dana-cole");
  await page.locator("#sent").fill(day);
  await go(page, "Send for review");
  await page.goto(at(address, "/"));
  expect(/with Dana Cole since/.test(await page.locator("main").innerText()), `Home says who has ${name}`);
  await page.goto(at(address, `/memo/${name}/review`));
  await page.getByLabel("Approved by").selectOption("dana-cole");
  await page.getByLabel("How").fill("by e-mail");
  await page.locator("#approved").fill(day);
  await go(page, "Record the approval");
}

/// Issues a memo, and puts it on the website.
async function out(page, address, name, number) {
  await page.goto(at(address, `/issue?memo=${name}`));
  await go(page, "Show what would be issued");
  await go(page, `Issue ${number}`);
  expect((await done(page)).includes(`Issued ${number}`), await done(page));
  await page.goto(at(address, "/publish?other=www"));
  await go(page, /^Put \d+ memos? on www/);
  expect(/published at www/.test(await done(page)), await done(page));
}

/// Records a delay of a release, and begins the memo that tells it.
async function delay(page, address, id, name, { milestone, to, told, date }) {
  await page.goto(at(address, `/slip/${id}`));
  await page.locator(`[name="to:${milestone}"]`).fill(to);
  await page.getByLabel("Counties are told on").fill(told);
  await page.getByLabel("Due to").fill("the time needed to fix a fault");
  await page.locator("#record").waitFor();
  for (const question of await page.getByLabel("It was done", { exact: true }).all()) await question.check();
  await page.waitForTimeout(1500);
  await go(page, "Record this delay");
  expect(/The delay is recorded/.test(await done(page)), await done(page));
  await page.getByRole("link", { name: "Write the memo that tells it" }).click();
  await page.getByLabel("A short name").fill(name);
  await go(page, "Begin the memo");
  if (/Still right/.test(await page.locator("h1").innerText())) await go(page, "Go on to the memo");
  await page.getByText("More", { exact: true }).click();
  await field(page, "date").fill(date);
  await save(page);
}

/// Both work on one memo: the one's date and the other's subject stand in it, and each is told of the other.
async function together(one, other, addresses, name, subject) {
  await one.goto(at(addresses[0], `/memo/${name}`));
  await other.goto(at(addresses[1], `/memo/${name}`));
  await field(one, "subject").fill(subject);
  await field(other, "analyst").selectOption("ana-ruiz");
  await save(one);
  await save(other);
  expect(/Somebody else changed/.test(await other.locator("#kept-state").innerText()), "the second to save is told of the first");
  expect((await field(other, "subject").inputValue()) === subject, "and has the other's subject");
}

await run({
  async year(browser, ...addresses) {
    const [ana, luis] = [await opened(browser, addresses[0]), await opened(browser, addresses[1])];
    const [at_ana, at_luis] = addresses;
    await sits(ana, at_ana, "Ana Ruiz");
    await sits(luis, at_luis, "Luis Vega");

    // Spring: the plan of the year before, a memo by both, a delay.
    await release(ana, at_ana, "roster-2023", "roster-2026", { deployment: "3/17/2023", test: "4/3/2023", release: "4/23/2023" }, ["2/6/2023", "2/17/2023"]);
    await memo(luis, at_luis, "spring", "26001", { date: "February 2, 2023", release: "roster-2023" });
    await together(luis, ana, [at_luis, at_ana], "spring", "Schedule of the Spring Release");
    await approve(ana, at_ana, "spring", "2/1/2023");
    await out(luis, at_luis, "spring", "23001");
    await delay(ana, at_ana, "roster-2023", "spring-delay", { milestone: "release", to: "5/14/2023", told: "4/10/2023", date: "April 10, 2023" });
    await approve(luis, at_luis, "spring-delay", "4/10/2023");
    await out(ana, at_ana, "spring-delay", "23002");

    // Fall: another Secretary of State, whom the draft's letterhead names and the issued memos' do not.
    await release(luis, at_luis, "roster-2023-2", "roster-2023", { deployment: "9/15/2023", test: "10/2/2023", release: "10/22/2023" }, ["9/6/2023", "9/13/2023"]);
    await memo(luis, at_luis, "fall", "23001", { date: "September 5, 2023", release: "roster-2023-2", subject: "Schedule of the Fall Release" });
    await ana.goto(at(at_ana, "/office"));
    await ana.getByLabel("A new Secretary of State: the name").fill("Maria Santos");
    await save(ana);
    await field(ana, "office_holders[1].title").fill("Secretary of State");
    await field(ana, "office_holders[1].starting").fill("2023-07-01");
    await save(ana);
    await approve(ana, at_ana, "fall", "9/1/2023");
    await out(luis, at_luis, "fall", "23003");

    // The next spring: Luis leaves, and Ana takes his draft over.
    await release(ana, at_ana, "roster-2024", "roster-2023-2", { deployment: "3/15/2024", test: "4/8/2024", release: "4/28/2024" }, ["2/6/2024", "2/16/2024"]);
    await memo(luis, at_luis, "next-spring", "23003", { date: "February 5, 2024", release: "roster-2024", subject: "Schedule of the Next Release" });
    await luis.locator("[name='item:from']").first().selectOption("luis-vega");
    await save(luis);
    await ana.goto(at(at_ana, "/office"));
    await unfold(ana, "people.luis-vega.last_day");
    await field(ana, "people.luis-vega.last_day").fill("2024-01-15");
    await save(ana);
    await ana.reload();
    await ana.getByLabel("Give it to").selectOption("ana-ruiz");
    await go(ana, "Give");
    expect(/next-spring went from Luis Vega to Ana Ruiz/.test(await done(ana)), await done(ana));
    await approve(ana, at_ana, "next-spring", "2/2/2024");
    await out(ana, at_ana, "next-spring", "24001");
  },
});
