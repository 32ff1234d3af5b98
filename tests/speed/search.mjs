// How long the search of a built site takes in Chromium, how much it asks for, and how much comes.
//
//   node tests/speed/search.mjs FOLDER [slow]
//
// FOLDER is a working folder that was built. Each query is asked as an address, in a browser that has seen nothing of the
// site: from the request of the page to the first memo, and to the count. "slow" is Chromium's slow 4G. Prints a line a query.
import { createRequire } from "node:module";
import { serve } from "../browser/server.mjs";

const { chromium } = createRequire(new URL("../browser/", import.meta.url))("playwright-core");
const [folder, network] = process.argv.slice(2);
const QUERIES = ["county", "ballot design", "20101", "\"vote center\"", "vote by mail", "\"vote by mail\"", "hippopotamus", "zyzzyva county"];
// As Chromium's tools for developers have it.
const SLOW = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

const site = await serve(`${folder}/output`, "/memos/");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const milliseconds = (value) => `${Math.round(value)}`.padStart(6);
console.log(" first  count files      KB  query");
for (const query of QUERIES) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const network_of = await context.newCDPSession(page);
  await network_of.send("Network.enable");
  if (network === "slow") await network_of.send("Network.emulateNetworkConditions", SLOW);
  let files = 0, bytes = 0;
  network_of.on("Network.requestWillBeSent", () => files++);
  network_of.on("Network.loadingFinished", ({ encodedDataLength }) => bytes += encodedDataLength);
  // Both are taken in the page, where nothing waits for this program.
  await page.addInitScript(() => {
    const seen = () => {
      if (!window.first && document.querySelector("#search-results > li")) window.first = performance.now();
      const said = document.getElementById("search-count")?.textContent;
      if (!window.counted && said && !said.startsWith("Searching")) [window.counted, window.said] = [performance.now(), said];
    };
    new MutationObserver(seen).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(`${site.address}search/?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => window.counted, null, { timeout: 240_000 });
  await page.waitForTimeout(network === "slow" ? 4000 : 300);
  const { first, counted, said } = await page.evaluate(() => ({ first: window.first, counted: window.counted, said: window.said }));
  console.log(`${first ? milliseconds(first) : "     -"} ${milliseconds(counted)} ${`${files}`.padStart(5)} ${(bytes / 1000).toFixed(0).padStart(7)}  ${query}: ${said}`);
  await context.close();
}
await browser.close();
site.close();
