// Marks the line of the file at which a fault stands. Without this script its number and text stand above the file.

const area = document.getElementById("text");
const line = Number(area?.dataset.line);

if (line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  area.scrollTop = (line - 4) * (area.scrollHeight / lines.length);
}
