// A bare list, pasted into a page of another website, with that website's styles and without ours.
//
// In: a fragment; whether our site knows its address, without which links cannot lead to it. Out: what is hidden or cannot be read there; links that would lead into the other
// website; what would change the rest of that page. Not here: whether the fragment is valid, and where its links lead.
import { looks } from "./looks.mjs";

/// A reset and the tables of a usual website: what a style sheet says of bare elements.
const STYLES = `
*, *::before, *::after { box-sizing: border-box; margin: 0; padding: 0; border: 0; font: inherit; }
body { font: 18px/1.6 Georgia, serif; color: #222; background: #fff; }
main, header { max-width: 50rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; }
table { width: 100%; border-collapse: collapse; border-spacing: 0; }
thead { background: #036; color: #fff; text-transform: uppercase; }
th, td { padding: 0.5rem; border: 1px solid #767676; text-align: center; vertical-align: middle; overflow-wrap: anywhere; }
tr:nth-child(even) { background: #f2f2f2; }
a { color: #0a58a8; text-decoration: none; border-bottom: 1px solid; }
span { display: inline-block; }
`;

/// Looks at a fragment in such a page.
export async function pasted(browser, text, hasAddress, report) {
  const page = await browser.newPage();
  await page.setContent(`<!DOCTYPE html><html lang="en"><head><title>Another website</title><style>${STYLES}</style></head>
<body><header><p>Another website</p></header><main><h1>Memoranda</h1>${text}</main></body></html>`);
  const found = await page.evaluate(() => {
    const main = document.querySelector("main");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const hidden = [];
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNode(walker.currentNode);
      const box = range.getBoundingClientRect();
      if (walker.currentNode.data.trim() && (box.width < 1 || box.height < 1)) hidden.push(walker.currentNode.data.trim());
    }
    return {
      hidden,
      links: [...main.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      // Names and rules would be those of the whole page.
      own: [...main.querySelectorAll("style, script, link, [id], [style]")].filter((element) => element !== main).map((element) => element.outerHTML),
    };
  });
  for (const what of found.hidden) report("pasted", `cannot be seen: ${what}`);
  const lost = hasAddress ? found.links.filter((link) => !/^https?:/.test(link)) : [];
  for (const link of lost) report("pasted", `leads into the other website: ${link}`);
  for (const what of found.own) report("pasted", `has a part in the rest of the page: ${what}`);
  await looks(page, (check, what) => report(check, `${what} (pasted into another page)`));
  await page.close();
}
