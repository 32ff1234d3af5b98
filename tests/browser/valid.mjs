// Pages are HTML by the W3C's own checker (Nu), small, and under a strict policy.
//
// In: a site. Out: what the checker calls an error in pages and fragments; what is too large; policies that
// are missing or let too much through. Not here: whether a page lives with its policy, which the browser says.
//
// The checker is the one that knows the standard as it is today, and it needs no more than the Java that the
// checker of PDFs needs.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/// The most that a page may have, in bytes.
const MOST = 100_000;

export async function valid(site) {
  const out = [];
  for (const { name, text } of [...site.pages, ...site.fragments]) {
    const size = Buffer.byteLength(text);
    if (size >= MOST) out.push({ page: name, check: "size", what: `${size} bytes where less than ${MOST} are wanted` });
  }
  return [...out, ...(await nu(site))];
}

/// What is wrong with a page's policy, from its element's content.
export function lax(policy) {
  if (!policy) return "there is no Content-Security-Policy";
  const directives = new Map(policy.split(";").map((directive) => {
    const [name, ...values] = directive.trim().split(/\s+/);
    return [name, values.join(" ")];
  }));
  if (directives.get("default-src") !== "'none'") return "default-src is not 'none'";
  const tight = new Set(["", "'none'", "'self'", "data:"]);
  const loose = [...directives].find(([, values]) => values.split(" ").some((value) => !tight.has(value)));
  return loose ? `${loose.join(" ")} lets too much through` : undefined;
}

async function nu(site) {
  // A fragment is checked in the barest page; copies are checked, so that names tell nothing.
  const folder = await mkdtemp(join(tmpdir(), "pages-"));
  const put = async ({ name, text }) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  };
  await Promise.all(site.pages.map(put));
  const bare = (text) => `<!DOCTYPE html><html lang="en"><title>Fragment</title><body>\n${text}`;
  await Promise.all(site.fragments.map(({ name, text }) => put({ name, text: bare(text) })));
  const said = await java(["--errors-only", "--format", "json", "--exit-zero-always", "--no-langdetect", "--skip-non-html", folder]);
  await rm(folder, { recursive: true });
  // A fault that a page has in many lines is told once.
  const told = new Map();
  for (const { url, lastLine, message } of JSON.parse(said).messages) {
    const page = decodeURIComponent(new URL(url).pathname).slice(folder.length + 1);
    const key = `${page}\n${message}`;
    const { count, line } = told.get(key) ?? { count: 0, line: lastLine ?? 1 };
    told.set(key, { page, message, line, count: count + 1 });
  }
  return [...told.values()].map(({ page, message, line, count }) => ({
    page,
    check: "html",
    what: `line ${line}${count > 1 ? ` and ${count - 1} more` : ""}: ${message}`,
  }));
}

/// What the checker says of files.
function java(names) {
  const jar = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  return new Promise((done, failed) => {
    const run = spawn("java", ["-jar", jar, ...names]);
    let said = "";
    run.stderr.on("data", (text) => (said += text));
    run.on("error", (error) => failed(new Error(`the checker of HTML needs Java: ${error.message}`)));
    run.on("close", () => (said.includes('"messages"') ? done(said) : failed(new Error(`the checker of HTML: ${said}`))));
  });
}
