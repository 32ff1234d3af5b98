// Says how far a publication is, while it is under way; and sends the form once.

const status = document.getElementById("publishing");
const progress = document.getElementById("progress");

function say(words, files) {
  status.textContent = words;
  progress.textContent = files;
}

status?.closest("form").addEventListener("submit", (event) => {
  if (status.textContent) {
    event.preventDefault();
    return;
  }
  say("Publishing…", "");
  setInterval(async () => {
    const answer = await fetch("/publish/progress").catch(() => null);
    if (answer?.ok && status.textContent) progress.textContent = await answer.text();
  }, 500);
});

addEventListener("pageshow", (event) => event.persisted && status && say("", ""));
