// Asks again when files were saved. What is just being typed is not taken away.

const live = document.getElementById("live");
const form = document.querySelector("form");

new EventSource("/events").addEventListener("built", (event) => {
  if (event.data === document.body.dataset.version) return;
  if (form?.contains(document.activeElement)) live.textContent = "Files were saved since: ask again.";
  else location.reload();
});
