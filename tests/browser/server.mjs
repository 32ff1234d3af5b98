// A folder as a web server of an office would serve it: below a sub-path, folders by their index.html,
// 404.html for what is not there.
//
// In: a folder, a sub-path. Out: the address of a server on this machine. Not here: anything but GET.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".pdf": "application/pdf",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/// Serves a folder below `base` ("/" or "/memos/") until `close` is called.
export async function serve(folder, base) {
  const server = createServer((request, response) => {
    answer(folder, base, request.url).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, address: origin + base, close: () => server.close() };
}

async function answer(folder, base, url) {
  const path = decodeURIComponent(new URL(url, "http://127.0.0.1").pathname);
  const inside = path.startsWith(base) ? normalize(path.slice(base.length)) : "..";
  const file = inside.startsWith("..") ? undefined : await found(folder, inside);
  if (file === "folder") return { status: 301, headers: { location: `${path}/` } };
  const status = file ? 200 : 404;
  const name = file ?? "404.html";
  const body = await readFile(join(folder, name)).catch(() => "not found");
  const type = TYPES[extname(name)] ?? "application/octet-stream";
  return { status, headers: { "content-type": type }, body };
}

/// The file that a path names, or "folder" if its slash is missing.
async function found(folder, path) {
  const wanted = path === "." || path.endsWith("/") ? join(path, "index.html") : path;
  const at = await stat(join(folder, wanted)).catch(() => undefined);
  if (at?.isFile()) return wanted;
  return at?.isDirectory() ? "folder" : undefined;
}
