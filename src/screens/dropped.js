// Files dropped on Home: they are carried to New memo, or a spreadsheet to the page that asks what it is, and stand in the form of the page
// that takes them; nothing is sent yet. Not here: files dropped on a page that has a place for them (upload.js).

import { begun, say } from "/desk.js";

const input = document.getElementById("upload-file");

// How long a file waits for its page.
const MINUTES = 10;

// The browser's own store for as long as it takes to get from one page to the next.
function store() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("ccrov dropped", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("files");
    asked.onsuccess = () => done(asked.result.transaction("files", "readwrite").objectStore("files"));
    asked.onerror = () => failed(asked.error);
  });
}

const answer = (asked) => new Promise((done, failed) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

async function carry(files) {
  await answer((await store()).put({ files, at: Date.now() }, "files"));
  const isSheet = (file) => /\.(xlsx|xlsm|xls|ods|csv)$/i.test(file.name);
  location.assign(files.length === 1 && isSheet(files[0]) ? "/spreadsheet" : "/new");
}

async function take() {
  const { files, at } = (await answer((await store()).get("files"))) ?? {};
  // The page that asks where a file belongs hands it on.
  if (!("keeps" in input.dataset)) await answer((await store()).delete("files"));
  if (!files?.length || Date.now() - at > MINUTES * 60_000) return;
  if (!input.multiple) files.length = 1;
  const all = new DataTransfer();
  files.forEach((file) => all.items.add(file));
  input.files = all.files;
  const words = input.dataset.carried;
  say(words ? `${files.map((file) => file.name).join(", ")}: ${words}` : begun(files));
}

if (input) {
  // A browser that keeps nothing has nothing to hand on.
  take().catch(() => {});
} else {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    carry([...event.dataTransfer.files]);
  });
}
