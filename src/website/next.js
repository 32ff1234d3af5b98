// What is next: dates that are past are hidden, and a reader's county is kept in the browser.
//
// In: a page's dates, the chosen county. Out: fewer rows. Without this script all dates of the page are shown, and each county
// has a page of its own. Not here: which dates are whose, which stands at the rows and at the links of counties.

const KEY = "ccrov-county";

// The day at the reader's place, as 2021-10-08.
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

const one = (selector) => document.querySelector(selector);

function keep(county) {
  try {
    if (county) localStorage.setItem(KEY, county);
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false; // A browser may forbid it.
  }
}

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

// Shows the rows that are not past and are asked of some of `whom`; of nobody in particular, all that are not past.
function show(whom) {
  for (const dates of document.querySelectorAll("[data-next]")) {
    let past = 0;
    let shown = 0;
    for (const row of dates.querySelectorAll("tbody tr")) {
      const isPast = row.querySelector("time").dateTime < today;
      const asked = (row.dataset.asked ?? "").split("|").filter(Boolean);
      row.hidden = isPast || (whom.length > 0 && !asked.some((name) => whom.includes(name)));
      past += isPast;
      shown += !row.hidden;
    }
    dates.querySelector("table").hidden = !shown;
    dates.querySelector(".none").hidden = shown > 0;
    dates.querySelector(".past").hidden = !past;
  }
}

function home() {
  const line = one(".chosen");
  const wanted = new URLSearchParams(location.search).get("county") ?? kept();
  const county = [...document.querySelectorAll("a[data-county]")].find((link) => link.dataset.county === wanted);
  if (!line || !county) return show([]);
  const link = line.querySelector("a");
  link.href = county.href;
  link.textContent = `${county.textContent} County`;
  line.hidden = false;
  show(county.dataset.asked.split("|").filter(Boolean));
  line.querySelector("button").addEventListener("click", () => {
    keep(null);
    line.hidden = true;
    show([]);
    one(".choose summary").focus();
  });
}

const button = one(".keep");
if (button) {
  button.hidden = false;
  button.querySelector("button").addEventListener("click", () => {
    const done = keep(button.dataset.keep);
    button.querySelector("[role=status]").textContent = done
      ? "The home page shows its dates from now on."
      : "Your browser keeps nothing. Keep the address of this page instead.";
  });
}
home();
