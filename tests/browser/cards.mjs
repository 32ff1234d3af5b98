// On a phone a table's rows are cards for the eye, and still a table for who has it read aloud.
//
// In: an open page, at 390 px. Out: where the eye sees no cards; where the tree of accessibility has no table,
// row, head or name. Not here: tables on wide screens, where nothing is done to them.

export const PHONE = { width: 390, height: 800 };

export async function cards(page, report) {
  const seen = await page.evaluate(tables);
  if (seen.length === 0) return;
  const read = await readAloud(page);
  if (read.length !== seen.length) {
    return report("table", `${read.length} of ${seen.length} tables are read as tables`);
  }
  for (const [at, table] of seen.entries()) {
    const say = (what) => report("table", `table ${at + 1} (${table.name}): ${what}`);
    const { rows } = read[at];
    if (rows.length !== table.rows.length) {
      say(`${rows.length} of ${table.rows.length} rows are read`);
      continue;
    }
    for (const [row, wanted] of table.rows.entries()) {
      const got = rows[row].map(({ role, named }) => `${role}${named ? "" : " without a name"}`);
      if (got.join() === wanted.cells.join()) continue;
      say(`row ${row + 1} is read as ${got.join(", ")}; in it stand ${wanted.cells.join(", ")}`);
      break;
    }
    const flat = table.rows.findIndex((row) => !row.stacked);
    if (flat >= 0) report("cards", `table ${at + 1} (${table.name}): the cells of row ${flat + 1} stand side by side`);
    const bare = table.rows.findIndex((row) => row.bare);
    if (bare >= 0) report("cards", `table ${at + 1} (${table.name}): a cell of row ${bare + 1} shows no column's name`);
  }
}

/// In the browser: tables as the document has them, and how their rows are shown.
function tables() {
  // What a script hides is hidden from everybody.
  return [...document.querySelectorAll("table")].filter((table) => table.checkVisibility()).map((table) => ({
    name: (table.caption ?? table).textContent.trim().slice(0, 40),
    rows: [...table.rows].map((row) => {
      const inHead = row.parentElement.matches("thead");
      // An empty cell need not be shown.
      const cells = [...row.cells].filter((cell) => cell.textContent.trim() !== "" || inHead);
      const tops = cells.map((cell) => cell.getBoundingClientRect().top);
      const labelled = cells.filter((cell) => cell.dataset.label);
      return {
        cells: cells.map((cell) => {
          if (cell.tagName === "TD") return "cell";
          return inHead ? "columnheader" : "rowheader";
        }),
        stacked: inHead || tops.every((top, at) => at === 0 || top > tops[at - 1]),
        bare: labelled.some((cell) => ["none", "normal", '""'].includes(getComputedStyle(cell, "::before").content)),
      };
    }),
  }));
}

/// Tables as the tree of accessibility has them.
async function readAloud(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const role = (node) => node.role?.value ?? "";
  const below = (node, wanted) =>
    (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean).flatMap((child) => {
      if (!child.ignored && wanted.includes(role(child))) return [child];
      return role(child) === "table" ? [] : below(child, wanted);
    });
  return nodes
    .filter((node) => !node.ignored && role(node) === "table")
    .map((table) => ({
      rows: below(table, ["row"]).map((row) =>
        below(row, ["cell", "gridcell", "columnheader", "rowheader"])
          .map((cell) => ({ role: role(cell), named: Boolean(cell.name?.value?.trim()) }))
          .filter((cell) => cell.named || cell.role !== "cell"),
      ),
    }));
}
