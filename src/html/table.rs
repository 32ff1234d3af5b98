//! A table as HTML, with its meaning: column heads, row heads, bands.
//!
//! In: [`Table`]. Out: markup. The roles are written out because a style sheet that turns rows into
//! cards on a phone takes the table's own roles away. Not here: looks.

use std::fmt::Write as _;

use super::{escape, inlines};
use crate::document::{Align, Cell, Row, Table, plain};

/// Writes a table. Each band begins a group of rows.
pub(super) fn write(table: &Table, out: &mut String) {
    out.push_str("<table role=\"table\">\n<thead role=\"rowgroup\">\n<tr role=\"row\">");
    for (cell, align) in table.head.iter().zip(&table.align) {
        let _ = write!(out, "<th role=\"columnheader\" scope=\"col\"{}>", class(*align));
        inlines(&cell.text, out);
        out.push_str("</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody role=\"rowgroup\">\n");
    for (at, row) in table.rows.iter().enumerate() {
        match row {
            Row::Band(cell) => {
                if at > 0 {
                    out.push_str("</tbody>\n<tbody role=\"rowgroup\">\n");
                }
                band(cell, table.head.len(), out);
            }
            Row::Cells { cells, head } => {
                out.push_str("<tr role=\"row\">");
                for (column, cell) in cells.iter().enumerate() {
                    self::cell(table, column, cell, column == *head, out);
                }
                out.push_str("</tr>\n");
            }
        }
    }
    out.push_str("</tbody>\n</table>\n");
}

fn band(cell: &Cell, columns: usize, out: &mut String) {
    let _ = write!(
        out,
        "<tr role=\"row\" class=\"band\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"{columns}\">"
    );
    inlines(&cell.text, out);
    out.push_str("</th></tr>\n");
}

fn cell(table: &Table, column: usize, cell: &Cell, heads_row: bool, out: &mut String) {
    let (name, role) = if heads_row { ("th", "rowheader\" scope=\"row") } else { ("td", "cell") };
    let _ = write!(out, "<{name} role=\"{role}\" data-label=\"");
    if let Some(head) = table.head.get(column) {
        escape(&plain(&head.text), out);
    }
    let align = table.align.get(column).copied().unwrap_or(Align::Left);
    let _ = write!(out, "\"{}>", class(align));
    inlines(&cell.text, out);
    let _ = write!(out, "</{name}>");
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Center => " class=\"center\"",
        Align::Right => " class=\"right\"",
    }
}
