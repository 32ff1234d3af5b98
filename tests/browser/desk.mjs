// The desk, used by clicks and keys alone: node tests/browser/desk.mjs CHECK ADDRESS [MORE ...]
//
// In: a desk that runs; which check. Out: a line for each thing that is not as it should be; exit status 1 if there are any.
// Not here: what the working folder holds afterward, which the caller looks at.
import { difference } from "./trees.mjs";
import { accessible, at, choose, expect, field, leave, opened, press, reach, run, save, shown } from "./desk_page.mjs";

const checks = {
  /// Memo 21144, from an office and releases without memos.
  async draft(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/new"));
    await page.getByLabel("A short name").fill("21144");
    await page.getByRole("button", { name: "Begin the memo" }).click();
    await page.waitForURL("**/memo/21144");
    await page.getByText("More", { exact: true }).click();
    await field(page, "subject").fill("{{ release.system }}: {{ environment.name }} – {{ schedule.edition }}");
    await field(page, "date").fill("August 31, 2021");
    await page.locator("[name='item:to']").first().fill("All County Clerks/Registrars of Voters");
    await page.locator("[name='item:from']").first().selectOption("debra-ledsinger");
    await choose(page, "letterhead", "elections");
    await choose(page, "contact", "votecal-help-desk");
    await choose(page, "release", "votecal-2021-2");
    await field(page, "body").fill("");
    await field(page, "template").fill("release-delay");
    await field(page, "knows").fill("1");
    await save(page);
    await page.getByRole("button", { name: "Add the schedule" }).click();
    await page.waitForFunction(() => /^Saved/.test(document.getElementById("kept-state").textContent), null, { timeout: 20000 });
    await shown(page, "was delayed");
    expect((await page.locator("#state").innerText()).includes("shows what is saved"), await page.locator("#state").innerText());
  },

  /// A memo with a table, a note and a form that is uploaded, by clicks and keys.
  async sample(browser, address, form) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/new"));
    await page.getByLabel("A short name").fill("26002");
    await page.getByLabel("Attach files").setInputFiles(form);
    await page.getByRole("button", { name: "Begin the memo" }).click();
    await page.waitForURL("**/memo/26002");
    await field(page, "subject").fill("Help Desk Hours on Election Day");
    await field(page, "date").fill("3/2/2026");
    await page.locator("[name='item:to']").first().fill("All County Clerks/Registrars of Voters");
    await page.locator("[name='item:from']").first().selectOption("ana-ruiz");
    await choose(page, "letterhead", "elections");
    await choose(page, "contact", "help-desk");
    const body = page.locator("#f-body");
    await body.fill("");
    await page.keyboard.type("The Help Desk is open on ");
    await page.locator("#fact").selectOption("{{ elections.general_2026.date }}");
    await page.keyboard.type(":");
    await page.getByText("More marks").click();
    await page.getByRole("button", { name: "Footnote" }).click();
    await page.keyboard.type("And by telephone at {{ contact.phone }}.");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.keyboard.type("\nSend the form that is attached.");
    await page.keyboard.press("Home");
    await page.keyboard.press("Control+Shift+ArrowRight");
    await page.getByRole("button", { name: "Bold" }).click();
    await save(page);
    await shown(page, "Send the form");
    expect(!(await page.getByText("To fix").count()), "nothing is to be fixed");
  },

  /// Forms that nobody touched, sent back as the browser sends them.
  async untouched(browser, address) {
    const page = await opened(browser, address);
    for (const path of ["/memo/26002", "/memo/26001", "/office", "/release/roster-2026"]) {
      await page.goto(at(address, path));
      const status = await page.evaluate(async () => {
        const form = document.getElementById("memo");
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        return [answer.status, answer.redirected, (await answer.text()).match(/id="done">([^<]*)/)?.[1]].join(" ");
      });
      expect(/^200 true Saved [^S]*$/.test(status), `${path}: ${status}`);
    }
  },

  /// Toolbar, facts, undo, a half brace, a list that grows; then another page of the same memo is told.
  async text(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/memo/26002"));
    const body = page.locator("#f-body");
    const before = await body.inputValue();
    await body.focus();
    await page.keyboard.press("Control+End");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    expect((await body.inputValue()).includes("\n\n| Hours | For |"), "the table stands apart");
    await body.focus();
    await page.keyboard.press("Control+z");
    expect((await body.inputValue()) === before, "Ctrl+Z takes a button back");
    // The other marks: each is what the guide says, and Ctrl+Z takes each back.
    const pressed = async (name) => {
      await page.getByRole("button", { name, exact: true }).click();
      return (await body.inputValue()).slice(before.trimEnd().length);
    };
    await page.getByText("More marks").click();
    for (const [name, expected, undo] of [
      ["Letters", "\n\n<!-- letters -->\n1. ", 1],
      ["Dots to the right", "\n\n<!-- leaders -->\n- Last day to file .... August 9, 2024", 1],
      ["Two columns", "\n\n<!-- columns -->\n- ", 1],
      ["Blank to fill in", "\n[blank: what to write here]", 1],
      ["Footnote", "\n[^1]\n\n[^1]: The note.\n", 2],
      ["Page break", "\n\n<!-- page -->\n", 1],
    ]) {
      await body.focus();
      await page.keyboard.press("Control+End");
      const text = await pressed(name);
      expect(text === expected, `${name}: ${JSON.stringify(text)}`);
      await body.focus();
      for (let nth = 0; nth < undo; nth += 1) await page.keyboard.press("Control+z");
      expect((await body.inputValue()) === before, `Ctrl+Z takes ${name} back`);
    }
    // Marks hold within a paragraph, and come off again; a list stands apart from the line below it.
    for (const [typed, name, expected] of [
      ["one\n\ntwo", "Bold", "**one**\n\n**two**"],
      ["**one**", "Bold", "one"],
      ["**one**", "Italic", "***one***"],
    ]) {
      await body.fill(typed);
      await page.keyboard.press("Control+a");
      await page.getByRole("button", { name, exact: true }).click();
      expect((await body.inputValue()) === expected, `${name}: ${JSON.stringify(await body.inputValue())}`);
    }
    await body.fill("one\ntwo");
    await page.keyboard.press("Control+Home");
    await page.getByRole("button", { name: "Bullets", exact: true }).click();
    expect((await body.inputValue()) === "- one\n\ntwo", JSON.stringify(await body.inputValue()));
    await body.fill(before);
    await body.focus();
    // A day: as it is written, or as the fact that is on that day.
    await page.keyboard.press("Control+End");
    await page.getByLabel("Insert a date").fill("11/3/2026");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Tuesday, November 3, 2026", exact: true }).waitFor();
    await page.getByRole("button", { name: /^Elections: .*, which moves with it$/ }).first().click();
    expect((await body.inputValue()) === `${before}{{ elections.general_2026.date }}`, "the fact of that day is inserted");
    await page.keyboard.press("Control+z");
    await page.getByLabel("Insert a date").fill("2/30/2026");
    await page.keyboard.press("Enter");
    await page.getByText("There is no 2/30/2026.").first().waitFor();
    await body.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("See ");
    await page.locator("#fact").selectOption("{{ elections.general_2026.date }}");
    expect((await body.inputValue()).endsWith("See {{ elections.general_2026.date }}"), "a fact is inserted");
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => !document.getElementById("fact-line").hidden);
    const said = await page.locator("#fact-line").innerText();
    expect(said.includes("November 3, 2026"), `the fact under the cursor is told: ${said}`);
    await page.keyboard.press("Control+End");
    await page.keyboard.type(". And {{ half");
    await page.waitForFunction(() => document.getElementById("fact-line").textContent.includes("missing its closing"));
    for (let nth = 0; nth < ". And {{ half".length; nth += 1) await page.keyboard.press("Backspace");
    await page.locator("[name='item:to']").last().fill("A block\nof two lines");
    expect((await page.locator("[name='item:to']").count()) === 3, "a list has room for another");
    await save(page);
    await shown(page, "See November 3, 2026");
    expect((await body.inputValue()).includes("See {{ elections"), "the text stays in the form");
  },

  /// What is pasted becomes Markdown; what came along is told, with the ways to have it otherwise.
  async paste(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/memo/26002"));
    const body = page.locator("#f-body");
    const before = await body.inputValue();
    const html = "<p>From: Ana &lt;ana@example.gov&gt;<br>Sent: Monday, March 2, 2026<br>To: Ben<br>Subject: Hours</p><p>Call <b>now</b> by November 3, 2026.</p><ul><li>one</li><li>two</li></ul><table><tr><th>County</th><th>Day</th></tr><tr><td>Alpine</td><td>1</td></tr></table><img src=x.png>";
    await body.focus();
    await page.keyboard.press("Control+End");
    await page.evaluate((html) => {
      const data = new DataTransfer();
      data.setData("text/html", html);
      data.setData("text/plain", "Call now");
      document.getElementById("f-body").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, html);
    await page.locator("#pasted:not([hidden])").waitFor();
    const said = await page.locator("#pasted p").innerText();
    expect(/^Pasted .*1 table.*left out 1 picture/.test(said), said);
    const text = await body.inputValue();
    expect(text.includes("Call **now** by November 3, 2026.") && text.includes("- one\n- two") && text.includes("| County | Day |"), text.slice(before.length));
    await page.getByRole("button", { name: /Remove the e-mail header: / }).click();
    expect(!(await body.inputValue()).includes("ana@example.gov"), "the head of the mail goes");
    await page.getByRole("button", { name: /Replace November 3, 2026 with Elections: / }).first().click();
    expect((await body.inputValue()).includes("by {{ elections.general_2026.date }}."), "a date becomes the fact that it equals");
    for (let nth = 0; nth < 3; nth += 1) {
      await body.focus();
      await page.keyboard.press("Control+z");
    }
    expect((await body.inputValue()) === before, "Ctrl+Z takes the paste back");
    // Between two paragraphs it joins neither; what was cut out of the text itself stays as it is.
    const paste = (plain) => page.evaluate((plain) => {
      const data = new DataTransfer();
      data.setData("text/plain", plain);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.getElementById("f-body").dispatchEvent(event);
      return event.defaultPrevented;
    }, plain);
    const choose = (from, to) => page.evaluate(([from, to]) => document.getElementById("f-body").setSelectionRange(from, to), [from, to]);
    await body.fill("Above.\nBelow.");
    await choose(7, 7);
    expect(await paste("- one\n- two"), "lines are taken");
    await page.waitForFunction(() => document.getElementById("f-body").value.includes("two"));
    expect((await body.inputValue()) === "Above.\n\n- one\n- two\n\nBelow.", JSON.stringify(await body.inputValue()));
    await body.fill("## Dates\n\n{{ elections.general_2026.date }}\n");
    await choose(0, 30);
    await page.evaluate(() => document.getElementById("f-body").dispatchEvent(new ClipboardEvent("copy", { bubbles: true })));
    const copied = (await body.inputValue()).slice(0, 30);
    expect(!(await paste(copied)), "what was copied here is pasted as it is");
  },

  /// What is typed is kept after a second; told at the next start, and in another window.
  async kept(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/memo/26002"));
    await field(page, "subject").fill("Half a thought");
    await page.waitForFunction(() => document.getElementById("kept-state").textContent.includes("is kept"), null, { timeout: 10000 });
  },
  async offered(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/memo/26002"));
    await page.getByRole("button", { name: "Use what I typed" }).click();
    expect((await field(page, "subject").inputValue()) === "Half a thought", "what was typed comes back");
    expect((await page.locator("#kept-state").innerText()).startsWith("Not saved yet"), "and is not saved by itself");
    await save(page);
  },

  /// Two people in two browsers.
  async two(browser, address) {
    const ana = await opened(browser, address);
    const ben = await opened(browser, address, { timezoneId: "Pacific/Honolulu" });
    for (const page of [ana, ben]) await page.goto(at(address, "/memo/26002"));
    await field(ana, "date").fill("March 9, 2026");
    await save(ana);
    await field(ben, "subject").fill("Ben's subject");
    await save(ben);
    expect((await ben.locator("#kept-state").innerText()).includes("Somebody else changed"), "Ben is told of Ana's date");
    expect((await field(ben, "date").inputValue()) === "March 9, 2026", "Ben sees Ana's date");
    await field(ana, "subject").fill("Ana's subject");
    await ana.keyboard.press("Control+s");
    await ana.getByText("Somebody else wrote:").waitFor();
    expect((await field(ana, "subject").inputValue()) === "Ana's subject", "Ana's text is still there");
    await ana.getByRole("button", { name: "Take theirs" }).click();
    expect((await field(ana, "subject").inputValue()) === "Ben's subject", "Ana takes Ben's");
  },

  /// An open page is told what somebody else saves; what is typed in it stays. Neither a reload nor a page that sleeps ends the desk.
  async told(browser, address) {
    const ana = await opened(browser, address);
    const ben = await opened(browser, address);
    for (const page of [ana, ben]) {
      page.on("dialog", (asked) => asked.accept());
      await page.goto(at(address, "/memo/26002"));
    }
    const news = (page, words) => page.locator("#news").getByText(words).waitFor({ timeout: 10000 });
    await news(ana, "in another window, too");
    await field(ana, "subject").fill("Ana's subject");
    await field(ben, "date").fill("March 9, 2026");
    await save(ben);
    await news(ana, "Somebody changed Date");
    await news(ana, "Save keeps that and what you typed.");
    await field(ben, "subject").fill("Ben's subject");
    await save(ben);
    await news(ana, "Save will show both texts, and you decide.");
    expect((await field(ana, "subject").inputValue()) === "Ana's subject", "what is typed stays as it is");
    await ben.waitForTimeout(1500);
    expect(!(await ben.locator("#news").innerText()).includes("changed"), "what is saved here is no news here");
    await leave(ben);
    await ana.locator("#news").getByText("in another window").waitFor({ state: "detached", timeout: 10000 });
    await ana.goto(at(address, "/memo/26001"));
    const devtools = await ana.context().newCDPSession(ana);
    await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
    await new Promise((then) => setTimeout(then, 5000));
    await devtools.send("Page.setWebLifecycleState", { state: "active" });
    await ana.reload();
    await ana.waitForTimeout(3000);
    await ana.goto(at(address, "/new"));
    await ana.getByLabel("A short name").fill("half-a-name");
    await ana.waitForFunction(() => document.getElementById("kept-state").textContent.includes("is kept"), null, { timeout: 10000 });
    await leave(ana);
  },
  /// Answers to comments are kept as they are typed, and one that is sent takes no other along.
  async comments(browser, address) {
    const page = await opened(browser, address);
    const review = at(address, "/memo/26002/review");
    for (const text of ["Shorter?", "Which day?"]) {
      await page.goto(review);
      await page.getByLabel("Comment", { exact: true }).fill(text);
      await page.getByRole("button", { name: "Add the comment" }).last().click();
      await page.getByText(text).waitFor();
    }
    const answers = page.getByLabel(/^Answer to /);
    await answers.nth(1).fill("The first.");
    await answers.nth(0).fill("Yes.");
    await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: /^Answer / }).first().click()]);
    await page.getByText("Yes.").waitFor();
    await page.getByRole("button", { name: "Use what I typed" }).click();
    expect((await answers.nth(1).inputValue()) === "The first.", "the other answer is offered again");
    expect((await answers.nth(0).inputValue()) === "", "what was sent is not");
    await accessible(page);
    page.on("dialog", (asked) => asked.accept());
    await leave(page);
  },

  /// What was kept is thrown away, and the last window is closed.
  async closed(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/new"));
    await page.getByRole("button", { name: "Use what I typed" }).click();
    expect((await page.getByLabel("A short name").inputValue()) === "half-a-name", "a new memo is kept, too");
    page.on("dialog", (asked) => asked.accept());
    for (const path of ["/new", "/memo/26002"]) {
      await page.goto(at(address, path));
      await page.getByRole("button", { name: "Throw it away" }).click();
      await page.getByRole("button", { name: "Throw it away" }).waitFor({ state: "detached" });
    }
    await leave(page);
  },

  /// A delay with three moves, proposed and recorded by keyboard alone; then the memo that tells it.
  async slip(browser, address) {
    const page = await opened(browser, address);
    const tabTo = (selector) => reach(page, page.locator(selector).first());
    await tabTo('a[href="/slip"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/slip/roster-2026");
    for (const [field, typed] of [["#to-deployment", "4/17/2026"], ["#to-test", "5/4/2026"], ["#to-release", "5/24/2026"]]) {
      await tabTo(field);
      await page.keyboard.type(typed);
    }
    await tabTo("#told");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("3/16/2026");
    await tabTo("#cause");
    await page.keyboard.type("the time needed to fix a fault");
    await page.getByText("5/4/2026 to 5/8/2026").first().waitFor();
    await page.getByText("due to the time needed to fix a fault").waitFor();
    const summary = await page.locator("#summary").innerText();
    expect(/^[78] dates change\. Nothing is written yet\.$/.test(summary), summary);
    expect((await page.locator("#live").innerText()) === summary, "what follows is read out");
    expect((await page.locator("#chart-desc").textContent()).includes("rows move"), "the chart says that rows move");
    await tabTo("summary");
    await page.keyboard.press("Enter");
    expect(await page.getByText(/moved by the delay announced March 16, 2026/).first().isVisible(), "why is shown on demand");
    await tabTo("#propose");
    await page.keyboard.press("Enter");
    await page.getByText("The proposal is saved").first().waitFor();
    await accessible(page);
    await tabTo('a[href="/slip/roster-2026/proposal"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/slip/roster-2026/proposal");
    expect((await page.locator("#to-test").inputValue()) === "5/4/2026", "the form has what is proposed");
    await accessible(page);
    await tabTo("#record");
    await page.keyboard.press("Enter");
    await page.getByText("The delay is recorded").first().waitFor();
    await tabTo('a[href^="/new?from=delay"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/new?from=delay**");
    await tabTo("#name");
    await page.keyboard.type("roster-delay");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/memo/roster-delay");
  },

  /// The steps of a release in their table, by keyboard alone.
  async tasks(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/release/roster-2026"));
    await press(page, page.getByRole("link", { name: "The steps as a table" }));
    const on = () => page.evaluate(() => document.activeElement.id);
    const text = (at) => `f-tasks-${at}--text`;
    await reach(page, page.locator("#f-tasks-1--start"));
    await page.keyboard.press("Enter");
    expect((await on()) === "f-tasks-2--start", `Enter goes to the row below, and not to ${await on()}`);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("{at: deployment, offset: -5wd}");
    await page.locator("#summary").getByText("1 date changes. Nothing is saved yet.").waitFor();
    expect((await page.locator("#h-tasks-1--start").innerText()).includes("3/13/2026: 5 working days before the deployment"), "the date follows");
    await save(page);
    await reach(page, page.locator("#who"));
    await page.keyboard.press("ArrowDown");
    expect(/^\d of 6 steps$/.test(await page.locator("#shown").innerText()), "it says how many steps are shown");
    await page.keyboard.press("ArrowUp");
    await reach(page, page.locator("#d-install summary"));
    await page.keyboard.press("Enter");
    await reach(page, page.getByRole("button", { name: "Insert below step 2" }));
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => document.activeElement.id === id, text(2));
    await page.keyboard.type("Tell counties");
    await save(page);
    await reach(page, page.locator("#d-task-7 summary"));
    await page.keyboard.press("Enter");
    await reach(page, page.getByRole("button", { name: "Move up step 2a" }));
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => document.getElementById(id).value === "Tell counties", text(1));
    expect((await on()) === "up-task-7", `the button stays under the finger: ${await on()}`);
    await accessible(page);
  },

  /// A sheet of twenty tasks pasted into the table of steps, compared, used, and its dates tied to milestones: by keyboard alone.
  async sheet(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/release/roster-2026/tasks"));
    const day = (nth) => new Date(Date.UTC(2026, 2, 23 + 7 * nth)).toLocaleDateString("en-US", { timeZone: "UTC" });
    const rows = [...Array(20)].map((_, nth) => `${nth + 7}\tSOS\tTask "${nth}"\t${nth ? day(nth) : "3/20/2026"}\t`);
    const text = ["No.\tResponsible\tActivity\tStart\tEnd", ...rows].join("\r\n");
    // What Excel would have put on the clipboard.
    await page.locator("#excel").evaluate((part) => (part.open = true));
    await page.locator("#sheet").fill(text);
    await page.locator("#sheet").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+x");
    await page.goto(at(address, "/release/roster-2026/tasks"));
    await reach(page, page.locator("#f-tasks-0--step"));
    await page.keyboard.press("Control+v");
    expect((await page.locator("#f-tasks-0--step").inputValue()) === "1", "a table does not go into a cell");
    expect((await page.locator("#sheet").inputValue()).includes('26\tSOS\tTask "19"'), "it goes to where it is compared");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    const use = (count) => page.getByRole("button", { name: `Use these ${count} changes` });
    await reach(page, page.locator("#take-3-new"));
    await page.keyboard.press("Space");
    await use(19).waitFor();
    expect((await page.evaluate(() => document.activeElement.id)) === "take-3-new", "the tick stays under the finger");
    await accessible(page);
    await press(page, use(19));
    expect(new URL(page.url()).pathname.endsWith("/follow"), "it is asked what the dates follow");
    await accessible(page);
    await press(page, page.getByRole("button", { name: /^Follow (all|the one)/ }));
    expect(/No date has changed/.test(await page.locator("#done").innerText()), "the dates follow");
  },

  /// Two memos issued, one taken back and issued again, published, corrected, withdrawn: by keys alone.
  async gone_out(browser, address) {
    const page = await opened(browser, address);
    const button = (name) => page.getByRole("button", { name });
    const type = async (label, words) => {
      await reach(page, page.getByLabel(label).last());
      await page.keyboard.press("Control+a");
      await page.keyboard.type(words);
    };
    await press(page, page.getByRole("navigation").getByRole("link", { name: "Issue" }));
    await reach(page, page.getByLabel(/^26002/));
    await page.keyboard.press("Space");
    await press(page, button("Show what would be issued"));
    await type("Why it is issued", "The chief approved it.");
    await press(page, button("Show what would be issued"));
    await accessible(page);
    await press(page, button("Issue 26001, 26002"));
    expect(/Issued 26001 and 26002/.test(await page.locator("#done").textContent()), "it says what was issued");

    await page.goto(at(address, "/memo/26002"));
    await press(page, page.getByRole("link", { name: "Take back the issue" }));
    await accessible(page);
    await reach(page, page.getByLabel("No, nobody"));
    await page.keyboard.press("Space");
    await press(page, button("Go on"));
    await press(page, button("Take back the issue of 26002"));
    expect((await page.locator("#f-body").count()) === 1, "it can be changed again");
    await page.goto(at(address, "/issue?memo=26002"));
    await type("Why it is issued", "The chief approved it.");
    await press(page, button("Show what would be issued"));
    await press(page, button("Issue 26002"));

    await type("The folder of the website", "www");
    await press(page, button("Show what would change there"));
    await accessible(page);
    // A slow target: how far it is stands beside the button.
    await page.route("**/publish", async (route) => {
      if (route.request().method() === "POST") await new Promise((then) => setTimeout(then, 2000));
      await route.continue();
    });
    await page.route("**/publish/progress", (route) => route.fulfill({ body: "3 of 40 files" }));
    await page.evaluate(() => {
      const progress = document.getElementById("progress");
      const seen = () => sessionStorage.setItem("seen", progress.parentElement.innerText);
      new MutationObserver(seen).observe(progress, { childList: true });
    });
    await press(page, button("Put 2 memos on www"));
    await page.unrouteAll({ behavior: "wait" });
    const seen = await page.evaluate(() => sessionStorage.getItem("seen"));
    expect(/Publishing… 3 of 40 files/.test(seen), `how far it is: ${seen}`);

    await page.goto(at(address, "/memo/26002/correct"));
    await type("What was wrong", "the network");
    const text = page.locator("#f-body");
    await reach(page, text);
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nThe network was wrong before.");
    await press(page, button("Show what this does"));
    await page.frameLocator('[title="The page as it will be"]').getByText("The network was wrong before.").waitFor();
    await accessible(page);
    await press(page, button("Correct 26002"));
    await press(page, button("Put 1 memo on www"));

    await page.goto(at(address, "/memo/26001/withdraw"));
    await type("Why", "The release does not come.");
    await press(page, button("Show what this does"));
    await accessible(page);
    await press(page, button("Withdraw 26001"));
    await press(page, button(/^Put \d memos? on www/));
    await page.goto(at(address, "/"));
    expect(!(await page.locator("main").innerText()).includes("Not yet at"), "nothing waits");
  },

  /// A file chosen and a file dropped, both with something typed before; then none, and one that is not taken.
  async uploads(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/memo/26002"));
    const [chooser, button] = [page.getByLabel("Upload a file to the attachments"), page.getByRole("button", { name: "Upload the file" })];
    await button.click();
    await page.getByText("Choose a file first.").waitFor();
    await field(page, "subject").fill("Typed before a file was chosen");
    await chooser.setInputFiles({ name: "Hours.csv", mimeType: "text/csv", buffer: Buffer.from("County,Hours\nAlpine,8\n") });
    await press(page, button);
    expect(/Hours\.csv is attached/.test(await page.locator("#done").textContent()), "the chosen file is told");
    await field(page, "date").fill("March 9, 2026");
    const drop = (name, words) => page.evaluate(([name, words]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([words], name));
      const tell = (kind) => document.querySelector("h1").dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      tell("dragover");
      const shown = document.body.classList.contains("drops");
      tell("drop");
      return shown;
    }, [name, words]);
    const [shown] = await Promise.all([drop("Hours.csv", "County,Hours\nInyo,9\n"), page.waitForNavigation()]);
    expect(shown, "the page shows that a file can be dropped");
    const done = await page.locator("#done").textContent();
    expect(/has the name Hours\.csv, so yours is called/.test(done), done);
    const listed = await page.locator('[data-key="attachments"] .item strong').allInnerTexts();
    expect(listed.length === 2 && listed.every((name) => name.startsWith("Hours")), `the memo lists both: ${listed}`);
    expect((await field(page, "subject").inputValue()) === "Typed before a file was chosen", "what was typed is saved");
    await field(page, "date").fill("March 10, 2026");
    await Promise.all([page.waitForNavigation(), drop("setup.exe", "MZ")]);
    expect((await page.locator("main").innerText()).includes("setup.exe"), "a file that is not taken is told");
    await accessible(page);
    await page.goto(at(address, "/memo/26002"));
    expect((await field(page, "date").inputValue()) === "March 10, 2026", "what was typed is saved, though the file is not taken");
    await accessible(page);
    // On Home, a file leads to New memo, and comes along; of a spreadsheet it is asked first what is in it.
    await page.goto(at(address, "/"));
    await Promise.all([page.waitForURL("**/new"), drop("Hours.txt", "Mono 7")]);
    await page.waitForFunction(() => document.getElementById("upload-file").files.length === 1);
    await page.goto(at(address, "/"));
    await Promise.all([page.waitForURL("**/spreadsheet"), drop("Hours.csv", "County,Hours\nMono,7\n")]);
    await press(page, page.getByRole("link", { name: "begin a memo with it" }));
    await page.waitForFunction(() => document.getElementById("upload-file").files.length === 1);
    await page.getByLabel("A short name").fill("hours-again");
    await press(page, page.getByRole("button", { name: "Begin the memo" }));
    expect(/Hours.*\.csv.* attached/.test(await page.locator("#done").textContent()), "a file dropped on Home is attached");
    await page.goto(at(address, "/new"));
    await accessible(page);
    expect((await page.locator("#upload-file").evaluate((input) => input.files.length)) === 0, "and to one memo only");
  },

  /// A memo saved twice: from Home to both side by side, one of them kept, and the office's own then, by keys alone.
  async copies(browser, address) {
    const page = await opened(browser, address);
    expect((await page.getByText("2 files were saved twice").count()) === 1, "Home says so");
    await press(page, page.getByRole("link", { name: "Look at both, and keep one." }));
    const table = page.getByRole("region", { name: "26002.yaml and 26002-SOS-PC-114.yaml" }).getByRole("table");
    const marks = await table.locator("mark").allInnerTexts();
    expect(marks.length === 2 && !marks[0].includes("Our") && marks[1].includes("Our"), `the two lines that differ: ${marks.join(" | ")}`);
    const rows = await table.locator("tbody tr").count();
    const { height } = await table.boundingBox();
    expect(height < (rows + 1) * 80, `a line takes a line or two: ${height} px for ${rows} lines`);
    await accessible(page);
    await press(page, page.getByRole("button", { name: "Keep what 26002-SOS-PC-114.yaml says" }));
    const done = page.locator("#done");
    expect(/26002\.yaml says now what/.test(await done.textContent()), await done.textContent());
    await press(page, page.getByRole("button", { name: "Keep office.yaml" }));
    expect(/office\.yaml stays as it is/.test(await done.textContent()), await done.textContent());
    await page.getByText("No file was saved twice.").waitFor();
    await accessible(page);
    await page.goto(at(address, "/memo/26002"));
    expect((await field(page, "subject").inputValue()).includes("Our Help Desk"), "the memo says what was kept");
  },

  /// The button that takes an offered name, by keys alone; what was typed meanwhile is saved with it.
  async takes_a_name(browser, address) {
    const page = await opened(browser, address);
    await page.goto(at(address, "/memo/26002"));
    await accessible(page);
    await page.reload();
    await field(page, "subject").fill("Typed beside a fault");
    const button = page.getByRole("button", { name: "Use “Ana Ruiz”" });
    await reach(page, button);
    await page.keyboard.press("Enter");
    await button.waitFor({ state: "detached" });
    await page.waitForFunction(() => /^Saved/.test(document.getElementById("kept-state").textContent), null, { timeout: 20000 });
    expect((await page.locator("[name='item:from']").first().inputValue()) === "ana-ruiz", "the name stands in the field");
    expect((await page.getByText("To fix:").count()) === 0, "nothing is left to be fixed");
    expect(await page.evaluate(() => document.activeElement !== document.body), "the keyboard is still at the field");
    await accessible(page);
  },

  /// The trees that a screen reader gets.
  async trees(browser, address) {
    const page = await opened(browser, address);
    const paths = { home: "/", "new-memo": "/new", memo: "/memo/26002", office: "/office", issue: "/issue?memo=26001&memo=26002", slip: "/slip/roster-2026" };
    await page.goto(at(address, "/memo/26002"));
    await shown(page, "Help Desk");
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(at(address, path));
      if (name === "slip") {
        await page.locator("#told").fill("3/16/2026");
        await page.locator("#to-release").fill("5/24/2026");
        await page.locator("#cause").fill("the time needed to fix a fault");
        await page.getByText("due to the time needed to fix a fault").waitFor();
      }
      const differs = await difference(page, name);
      expect(!differs, differs);
    }
  },

  /// Every screen by axe-core, at 320 px, with forced colors; and eight windows at once.
  async everybody(browser, address) {
    const page = await opened(browser, address);
    const paths = ["/", "/new", "/you", "/memo/26002", "/memo/26002/review", "/memo/26002/changes", "/correct", "/memo/26001", "/office", "/release/roster-2026", "/release/roster-2026/tasks", "/release/roster-2026/tasks/paste", "/release/roster-2026/tasks/follow", "/slip/roster-2026", "/new/release", "/new/release?name=r&with=sheet", "/new/release?name=r&from=roster-2026", "/file/memo/26002", "/history/memo/26002", "/find?q=Help", "/issue?memo=26001&memo=26002", "/publish?other=www"];
    for (const path of paths) {
      await page.goto(at(address, path));
      await accessible(page);
    }
    const windows = [];
    for (let nth = 0; nth < 8; nth += 1) {
      const another = await page.context().newPage();
      await another.goto(at(address, "/memo/26002"));
      windows.push(another);
    }
    await field(windows[7], "subject").fill("Seen in eight windows");
    await save(windows[7]);
    await shown(windows[0], "Seen in eight windows");
  },
};

await run(checks);
