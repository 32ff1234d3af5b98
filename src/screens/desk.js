// What every page of the desk does: says what a screen reader is to hear, says that it is here, and hears what is new.

const live = document.getElementById("live");

export function say(words) {
  if (live) live.textContent = words;
}

// What the head of the page tells after something was done is read out, too.
const done = document.getElementById("done");
if (done) say(done.textContent);

const token = document.querySelector("[name='token']")?.value;

// This window, as long as it shows this page.
export let here;

function come() {
  if (!token) return;
  const screen = document.getElementById("news")?.dataset.screen ?? "";
  // A desk that does not answer hears of it when it is back.
  fetch("/here", { method: "POST", body: new URLSearchParams({ token, window: here, screen }) }).catch(() => {});
}

function arrive() {
  here = crypto.randomUUID();
  come();
}

addEventListener("pagehide", () => {
  if (token) navigator.sendBeacon("/gone", new URLSearchParams({ token, window: here }));
});
addEventListener("pageshow", (event) => {
  if (event.persisted) arrive();
});

// One connection for all windows: the window that has it tells the others, and another takes its place when it goes.
const others = new BroadcastChannel("ccrov news");
const hears = [["again", come]];

// Calls `then` when there is something new: `built`, `news`; `again`, when all windows are asked whether they are here.
export function hear(what, then) {
  hears.push([what, then]);
}

const told = (what) => hears.forEach(([kind, then]) => kind === what && then());
others.addEventListener("message", ({ data }) => told(data));

const listen = () => navigator.locks.request("ccrov events", () => new Promise((ended) => {
  const events = new EventSource("/events");
  const tell = (what) => {
    others.postMessage(what);
    told(what);
  };
  let first = true;
  events.addEventListener("open", () => {
    // The desk may have taken all windows for gone.
    if (!first) tell("again");
    first = false;
  });
  events.addEventListener("error", () => {
    if (events.readyState !== EventSource.CLOSED) return;
    ended();
    setTimeout(listen, 5000);
  });
  for (const what of ["built", "news", "again"]) events.addEventListener(what, () => tell(what));
}));

arrive();
listen();

// What becomes of files that stand in the form of New memo.
export function begun(files) {
  const names = files.map((file) => file.name).join(", ");
  const word = files.find((file) => file.name.toLowerCase().endsWith(".docx"));
  if (!word) return `${names}: attached when the memo is begun.`;
  return `${names}: attached when the memo is begun. To begin the memo with the text of ${word.name} instead, choose “The text of a Word file”.`;
}
