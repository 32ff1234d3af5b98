// Copies a mail, as text and with its table and links, for a mail program that is open.
const button = document.getElementById("copy");
const form = document.getElementById("mail");

// The newer clipboard takes pages through this page's own policy, which takes the look out of them.
function put(event) {
  event.clipboardData.setData("text/plain", document.getElementById("words").textContent);
  event.clipboardData.setData("text/html", document.getElementById("page").content.textContent);
  event.preventDefault();
}

async function copy() {
  const said = document.getElementById("copied");
  document.addEventListener("copy", put, { once: true });
  const isCopied = document.execCommand("copy");
  document.removeEventListener("copy", put);
  if (!isCopied) {
    said.textContent = "The browser does not let it be copied. Select the text below and copy it, or make the mail.";
    return;
  }
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "copied");
  const noted = await fetch(form.action, { method: "POST", body }).catch(() => null);
  said.textContent = noted?.ok ? "Copied." : "Copied. Home does not know that it is written.";
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
