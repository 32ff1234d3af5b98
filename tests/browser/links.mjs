// Every link leads somewhere: to a file of the site, to a place in a page that is there, or to another site.
//
// In: links with the pages that they stand in. Out: those that lead nowhere. Not here: whether another site
// answers, since nothing is asked of other hosts.

/// Where links may lead besides the site itself.
const ELSEWHERE = ["https:", "http:", "mailto:", "tel:"];

/// In the browser: the addresses that a document names, as written and resolved, and the names of its places.
/// `root` is the document or a fragment in a document of its own.
export function addresses(root) {
  const links = [];
  const add = (element, written) => {
    const base = element.ownerDocument.baseURI;
    let url = "";
    try {
      url = new URL(written, base).href;
    } catch {
      // Stays empty: it leads nowhere.
    }
    links.push({ written, url });
  };
  for (const name of ["href", "src", "action", "poster", "data"]) {
    for (const element of root.querySelectorAll(`[${name}]`)) add(element, element.getAttribute(name));
  }
  for (const meta of root.querySelectorAll('meta[http-equiv="refresh" i]')) {
    const url = /url\s*=\s*['"]?([^'"]+)/i.exec(meta.content);
    if (url) add(meta, url[1].trim());
  }
  const names = [...root.querySelectorAll("[id]")].map((element) => element.id);
  return { links, names };
}

/// The links of pages that lead nowhere. A page is `{ name, links, names }`; `homes` are the addresses at which
/// the site stands: the server's and the office's.
export function broken(site, pages, homes) {
  const names = new Map(pages.map((page) => [page.name, new Set(page.names)]));
  const out = [];
  for (const page of pages) {
    for (const { written, url } of page.links) {
      const what = astray(site, names, homes, url);
      if (what) out.push({ page: page.name, check: "link", what: `${JSON.stringify(written)} ${what}` });
    }
  }
  return out;
}

function astray(site, names, homes, address) {
  // What a calendar subscribes to is a file of the site under another scheme.
  const url = address.replace(/^webcal:/, new URL(homes.at(-1)).protocol);
  const home = homes.find((home) => url.startsWith(home) || `${url}/` === home);
  if (home === undefined) {
    if (url.startsWith(new URL(homes[0]).origin)) return "leaves the site's folder";
    return ELSEWHERE.some((scheme) => url.startsWith(scheme)) ? undefined : "leads nowhere";
  }
  const { pathname, hash } = new URL(url);
  const path = decodeURIComponent(pathname.slice(new URL(home).pathname.length));
  const file = site.target(path);
  if (file === undefined) return "is no file of the site";
  const place = decodeURIComponent(hash.slice(1));
  if (place && names.has(file) && !names.get(file).has(place)) return `names no place in ${file}`;
  return undefined;
}
