// A page is walked through with the Tab key: everything is reached, in the order of the text, and is seen to
// have the focus.
//
// In: an open page. Out: what is not reached, what is not seen. Not here: what the keys do beyond that.

/// What a sighted person must be able to make out of an indicator, by WCAG 1.4.11.
const CONTRAST = 3;

export async function walk(page, report) {
  await page.evaluate(remember);
  const count = await page.evaluate(() => window.stops.length);
  const wrong = new Map();
  for (let at = 0; at < count; at += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(focused, CONTRAST);
    if (stop.scroller) {
      at -= 1;
      if (stop.again) break;
      continue;
    }
    if (stop.at !== at) {
      const wanted = await page.evaluate((at) => window.stops[at].element.outerHTML.slice(0, 160), at);
      report("keyboard", `Tab leads to ${stop.html} where ${wanted} is next`);
      break;
    }
    if (stop.unseen) wrong.set(stop.unseen, [...(wrong.get(stop.unseen) ?? []), stop.html]);
  }
  for (const [what, where] of wrong) {
    report("focus", `${what}: ${where.slice(0, 3).join(" | ")}${where.length > 3 ? ` and ${where.length - 3} more` : ""}`);
  }
}

/// The first stop leads past what stands on every page.
export async function skip(page, report) {
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement?.getAttribute("href") ?? "");
  if (!/^#./.test(target)) return report("skip", "the first stop is no link to the text");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const what = await page.evaluate((id) => {
    const place = document.getElementById(id);
    if (!place) return `there is no ${id}`;
    if (!place.matches("main, main *") && !place.querySelector("main")) return `${id} is not the text`;
    const after = (element) => place.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = document.activeElement;
    // Behind the last stop the browser begins anew.
    const more = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].some(after);
    return more && !after(next) ? `after the skip link Tab leads back to ${next.outerHTML.slice(0, 160)}` : undefined;
  }, decodeURIComponent(target.slice(1)));
  if (what) report("skip", what);
}

/// In the browser: what can have the focus and is shown, and what it looks like without.
function remember() {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const shown = [...document.querySelectorAll(can)].filter(
    (element) => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ checkVisibilityCSS: true }),
  );
  window.stops = shown.map((element) => {
    const { backgroundColor, borderColor } = getComputedStyle(element);
    return { element, backgroundColor, borderColor };
  });
  window.scrollers = new Set();
}

/// In the browser: which stop has the focus, and why that is not seen.
function focused(least) {
  const element = document.activeElement;
  const at = window.stops.findIndex((stop) => stop.element === element);
  const html = element === document.body ? "nothing" : element.outerHTML.slice(0, 160);
  if (at < 0) {
    // What scrolls can have the focus too, so that the keys scroll it.
    const scroller = element.scrollWidth > element.clientWidth && element !== document.body;
    const again = window.scrollers.has(element);
    window.scrollers.add(element);
    return { at, html, scroller, again };
  }
  const style = getComputedStyle(element);
  const behind = surroundings(element.parentElement);
  const outline = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" && style.outlineStyle !== "auto";
  const before = window.stops[at];
  const changed = ["backgroundColor", "borderColor"].filter((key) => before[key] !== style[key]);
  const contrasts = changed.map((key) => contrast(colour(style[key]), colour(before[key]), behind));
  if (outline) contrasts.push(contrast(colour(style.outlineColor), behind, behind));
  const box = element.getBoundingClientRect();
  const inSight = box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  let unseen;
  if (!inSight) unseen = "has the focus out of sight";
  else if (style.outlineStyle === "auto") unseen = undefined;
  else if (contrasts.length === 0) unseen = "looks the same with the focus";
  else if (Math.max(...contrasts) < least) unseen = `contrast of the focus ${Math.max(...contrasts).toFixed(1)}`;
  return { at, html, unseen };

  function surroundings(from) {
    for (let node = from; node; node = node.parentElement) {
      const found = colour(getComputedStyle(node).backgroundColor);
      if (found[3] === 1) return found;
    }
    return [255, 255, 255, 1];
  }
  function colour(text) {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }
  function contrast(one, other, behind) {
    const [light, dark] = [luminance(one, behind), luminance(other, behind)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function luminance([r, g, b, a], behind) {
    const [x, y, z] = [r, g, b].map((part, at) => {
      const value = (part * a + behind[at] * (1 - a)) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
}
