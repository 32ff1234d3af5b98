//! A table as HTML, with its meaning: column heads, row heads, bands.
//!
//! In: [`Table`]. Out: markup. Roles are left to the elements, as the standard demands: a table stays one for
//! who has it read aloud when a style sheet turns its rows into cards. Not here: looks.

use std::fmt::Write as _;

use super::{FragmentWriter, STEP};
use crate::document::{Align, Cell, Table, TableRow, plain};

impl FragmentWriter<'_> {
    /// Writes a table. Each band begins a group of rows.
    pub(super) fn table(&mut self, table: &Table) {
        self.out.push_str("<table>\n");
        if let Some(caption) = &table.caption {
            self.element("caption", "", &caption.text);
        }
        self.out.push_str("<thead>\n<tr>");
        for (cell, align) in table.head.iter().zip(&table.align) {
            let _ = write!(self.out, "<th scope=\"col\"{}>", class(*align));
            self.inlines(&cell.text);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for (at, row) in table.rows.iter().enumerate() {
            match row {
                TableRow::Band(cell) => {
                    if at > 0 {
                        self.out.push_str("</tbody>\n<tbody>\n");
                    }
                    self.band(cell, table.head.len());
                }
                TableRow::Cells { cells, head } => {
                    self.out.push_str("<tr>");
                    for (column, cell) in cells.iter().enumerate() {
                        self.cell(table, column, cell, column == *head);
                    }
                    self.out.push_str("</tr>\n");
                }
            }
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    fn band(&mut self, cell: &Cell, columns: usize) {
        let _ = write!(self.out, "<tr class=\"band\"><th scope=\"rowgroup\" colspan=\"{columns}\">");
        self.inlines(&cell.text);
        self.out.push_str("</th></tr>\n");
    }

    /// The id of a step, so that a link can lead to it: in a table whose first column is headed `#`. Of two tables with
    /// such a step the first has it.
    fn step(&mut self, table: &Table, cell: &Cell) {
        let number = plain(&cell.text);
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_of_steps = table.head.first().is_some_and(|head| plain(&head.text) == "#");
        if is_of_steps && is_number && self.steps.insert(number.clone()) {
            let _ = write!(self.out, " id=\"{STEP}{number}\"");
        }
    }

    fn cell(&mut self, table: &Table, column: usize, cell: &Cell, heads_row: bool) {
        let (name, scope) = if heads_row { ("th", " scope=\"row\"") } else { ("td", "") };
        let _ = write!(self.out, "<{name}{scope}");
        if column == 0 {
            self.step(table, cell);
        }
        self.out.push_str(" data-label=\"");
        if let Some(head) = table.head.get(column) {
            self.escape_value(&plain(&head.text));
        }
        let align = table.align.get(column).copied().unwrap_or(Align::Left);
        let _ = write!(self.out, "\"{}>", class(align));
        self.paragraphs(&cell.text);
        let _ = write!(self.out, "</{name}>");
    }
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Center => " class=\"center\"",
        Align::Right => " class=\"right\"",
    }
}
