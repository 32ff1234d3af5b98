// What stands in the folder of a site.
//
// In: a folder. Out: its files by their paths, its pages, the bare fragments among them. Not here: what is in
// a page, which the browser says.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

export class Site {
  /// Reads the names of a folder, and its pages.
  static async read(folder) {
    const names = await files(folder);
    const html = names.filter((name) => name.endsWith(".html"));
    const texts = await Promise.all(html.map((name) => readFile(join(folder, name), "utf8")));
    const pages = html.map((name, at) => ({ name, text: texts[at] }));
    return new Site(folder, names, pages);
  }

  constructor(folder, names, pages) {
    this.folder = folder;
    this.names = new Set(names);
    const whole = ({ text }) => /^<!doctype/i.test(text);
    /// Whole pages.
    this.pages = pages.filter(whole);
    /// Pieces of pages, to be pasted into others.
    this.fragments = pages.filter((page) => !whole(page));
  }

  text(name) {
    return readFile(join(this.folder, name), "utf8");
  }

  /// The file that an address below the base leads to, if there is one.
  target(path) {
    const wanted = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    return this.names.has(wanted) ? wanted : undefined;
  }
}

async function files(folder, below = "") {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const name = below + entry.name;
    return entry.isDirectory() ? files(folder, `${name}/`) : [name];
  });
  return (await Promise.all(found)).flat().sort();
}
