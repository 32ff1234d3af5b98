//! A table as HTML, with its meaning: column heads, row heads, bands.
//!
//! In: [`Table`]. Out: markup. The roles are written out because a style sheet that turns rows into
//! cards on a phone takes the table's own roles away. Not here: looks.

use std::fmt::Write as _;

use super::Writer;
use crate::document::{Align, Cell, Row, Table, plain};

impl Writer {
    /// Writes a table. Each band begins a group of rows.
    pub(super) fn table(&mut self, table: &Table) {
        self.out.push_str("<table role=\"table\">\n");
        if let Some(caption) = &table.caption {
            self.element("caption", "", &caption.text);
        }
        self.out.push_str("<thead role=\"rowgroup\">\n<tr role=\"row\">");
        for (cell, align) in table.head.iter().zip(&table.align) {
            let _ = write!(self.out, "<th role=\"columnheader\" scope=\"col\"{}>", class(*align));
            self.inlines(&cell.text);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr>\n</thead>\n<tbody role=\"rowgroup\">\n");
        for (at, row) in table.rows.iter().enumerate() {
            match row {
                Row::Band(cell) => {
                    if at > 0 {
                        self.out.push_str("</tbody>\n<tbody role=\"rowgroup\">\n");
                    }
                    self.band(cell, table.head.len());
                }
                Row::Cells { cells, head } => {
                    self.out.push_str("<tr role=\"row\">");
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
        let _ = write!(
            self.out,
            "<tr role=\"row\" class=\"band\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"{columns}\">"
        );
        self.inlines(&cell.text);
        self.out.push_str("</th></tr>\n");
    }

    fn cell(&mut self, table: &Table, column: usize, cell: &Cell, heads_row: bool) {
        let (name, role) = if heads_row { ("th", "rowheader\" scope=\"row") } else { ("td", "cell") };
        let _ = write!(self.out, "<{name} role=\"{role}\" data-label=\"");
        if let Some(head) = table.head.get(column) {
            self.escape(&plain(&head.text));
        }
        let align = table.align.get(column).copied().unwrap_or(Align::Left);
        let _ = write!(self.out, "\"{}>", class(align));
        self.inlines(&cell.text);
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
