// Files dropped on a memo's page, or chosen: both are the same form. Not here: that the memo is saved first (memo.js).

import { begun, say } from "/desk.js";
import { refuse } from "/kept.js";

const upload = document.getElementById("upload");
// A memo that is begun takes its files along.
const begins = upload?.matches("[data-page]");
const MOST = 20_000_000;

const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

if (upload) {
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("drops");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("drops");
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("drops");
    const input = document.getElementById("upload-file");
    input.files = event.dataTransfer.files;
    if (begins) say(begun([...input.files]));
    else upload.requestSubmit();
  });
  // What is too large is told before it is sent.
  addEventListener("submit", (event) => {
    if (event.target !== upload) return;
    const files = [...document.getElementById("upload-file").files];
    const large = files.filter((file) => file.size > MOST).map((file) => file.name);
    if ((files.length || begins) && !large.length) {
      if (files.length) say("Uploading…");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    refuse(large.length
      ? `${large.join(", ")}: a file can have 20 MB at most. Make it smaller, or attach it in parts.`
      : "Choose a file first.");
  }, true);
}
