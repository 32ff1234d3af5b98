// Files dropped on Home: they are carried to New memo, where they stand in its form, and nothing is sent yet. Not here: files dropped
// on a page that has a place for them (upload.js).

import { begun, say } from "/desk.js";

const input = document.getElementById("upload-file");

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
  await answer((await store()).put(files, "files"));
  location.assign("/new");
}

async function take() {
  const files = await answer((await store()).get("files"));
  await answer((await store()).delete("files"));
  if (!files?.length) return;
  const all = new DataTransfer();
  files.forEach((file) => all.items.add(file));
  input.files = all.files;
  say(begun(files));
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
