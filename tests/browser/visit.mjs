// One page of the site, opened in the browser with and without script.
//
// In: a page's name and address. Out: every check that needs the page open; its links and places. Not here: what
// the checks look for.
import { cards, PHONE } from "./cards.mjs";
import { skip, walk } from "./keyboard.mjs";
import { addresses } from "./links.mjs";
import { looks, NARROW, WIDE } from "./looks.mjs";
import { lax } from "./valid.mjs";

/// Runs the checks on a page and gives its links and places.
export async function visit(browser, server, { name, url, missing }, report) {
  const { context, page } = await open(browser, server);
  let quiet = true;
  listen(page, server, missing ? url : undefined, (check, what) => quiet && report(check, what));
  const response = await page.goto(url, { waitUntil: "networkidle" });
  if (response.status() !== (missing ? 404 : 200)) report("request", `is answered with ${response.status()}`);
  const head = await page.evaluate(() => ({
    policy: document.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.content,
    text: document.querySelector("main")?.innerText.trim(),
    scripts: document.scripts.length,
  }));
  const loose = lax(head.policy);
  if (loose) report("csp", loose);
  const found = await page.evaluate(`(${addresses})(document)`);
  await unscripted(browser, server, url, head, report);
  const again = async (viewport, colorScheme) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(url);
  };
  await skip(page, report);
  await again(WIDE, "light");
  await walk(page, report);
  await again(NARROW, "dark");
  await walk(page, (check, what) => report(check, `${what} (320 px, dark)`));
  await again(PHONE, "light");
  await cards(page, report);
  // What axe-core itself does to a page is no fault of the page.
  quiet = false;
  await looks(page, report);
  await context.close();
  // Its own places are where it is asked for.
  const own = (link) => !(missing && link.url.startsWith(`${url}#`) && found.names.includes(new URL(link.url).hash.slice(1)));
  return { name, names: found.names, links: found.links.filter(own) };
}

/// A page that forwards: it leads on by itself. Where it leads to is visited as a page of its own.
export async function forward(browser, server, { name, text, url }, report) {
  const { policy, to, ...found } = await read(browser, text, url);
  const loose = lax(policy);
  if (loose) report("csp", loose);
  const { context, page } = await open(browser, server);
  // Another site is not asked; that the browser goes there is seen all the same.
  const left = page.waitForRequest((request) => request.url() === to, { timeout: 3000 }).then(() => true, () => false);
  if (to.startsWith(server.origin)) listen(page, server, undefined, report);
  await page.goto(url);
  if (!(await left)) report("link", "does not forward");
  await page.waitForLoadState("networkidle");
  await context.close();
  return { name, ...found };
}

/// What stands in a text at an address, without going where it leads: its links and places, its policy, and where it
/// forwards to.
export async function read(browser, text, url) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.route("**", (route) => route.fulfill({ contentType: "text/html", body: "<!DOCTYPE html><title>Empty</title>" }));
  await page.goto(url);
  const found = await page.evaluate(`(() => {
    const holder = document.createElement("template");
    holder.innerHTML = ${JSON.stringify(text)};
    const policy = holder.content.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.content;
    // In a document of its own, where nothing is fetched.
    const still = document.implementation.createHTMLDocument();
    still.head.append(Object.assign(still.createElement("base"), { href: document.baseURI }));
    still.body.append(still.importNode(holder.content, true));
    const refresh = still.body.querySelector('meta[http-equiv="refresh" i]');
    const to = refresh && new URL(refresh.content.replace(/^[^=]*=\\s*['"]?/, ""), document.baseURI).href;
    return { policy, to, ...(${addresses})(still.body) };
  })()`);
  await context.close();
  return found;
}

/// A window in which nothing is asked of other hosts.
async function open(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  await context.route((url) => /^https?:/.test(url.protocol) && url.origin !== server.origin, (route) => route.abort());
  return { context, page: await context.newPage() };
}

/// Reports what the browser complains about, and what is asked of others. Each complaint is told once, though the
/// page is opened several times.
function listen(page, server, missing, report) {
  const told = new Set();
  const once = (check, what) => {
    if (told.has(what)) return;
    told.add(what);
    report(check, what);
  };
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    // That a file is not there is told with its address below.
    if (message.text().startsWith("Failed to load resource")) return;
    once(message.text().includes("Content Security Policy") ? "csp" : "console", message.text());
  });
  page.on("pageerror", (error) => once("console", error.message));
  page.on("request", (request) => {
    const url = request.url();
    if (/^(https?|wss?):/.test(url) && !url.startsWith(server.origin)) once("request", `asks another host: ${url}`);
  });
  page.on("requestfailed", (request) => {
    const { errorText } = request.failure() ?? {};
    // What the policy refuses is told by the console; what another page's opening has cut short is no fault.
    if (errorText === "csp" || errorText === "net::ERR_ABORTED" || !request.url().startsWith(server.origin)) return;
    once("request", `${request.url()}: ${errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.url() !== missing) once("request", `${response.url()} is answered with ${response.status()}`);
  });
}

/// The page without script says the same. One that has a script says something, and leads on.
async function unscripted(browser, server, url, scripted, report) {
  const { context, page } = await open(browser, server, { javaScriptEnabled: false });
  await page.goto(url);
  const plain = await page.evaluate(() => {
    const main = document.querySelector("main");
    return { text: main?.innerText.trim(), leads: Boolean(main?.querySelector("a[href]")) };
  });
  await context.close();
  if (!plain.text) return report("script", "has no main text without script");
  if (scripted.scripts > 0 && !plain.leads) return report("script", "leads nowhere without script");
  if (scripted.scripts === 0 && plain.text !== scripted.text) report("script", "has another main text without script");
}
