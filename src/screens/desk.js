// What every page of the desk does: says what a screen reader is to hear.

const live = document.getElementById("live");

export function say(words) {
  if (live) live.textContent = words;
}

// What the head of the page tells after something was done is read out, too.
const done = document.getElementById("done");
if (done) say(done.textContent);
