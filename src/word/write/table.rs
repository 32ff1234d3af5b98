//! What is said of a table and of its cells before their text.
//!
//! In: a table, its widths. Out: XML. Not here: rows.

use super::{
    change::MarkedTable,
    flow::{RowKind, TablePiece},
    look::{Look, color, twips},
};
use crate::word::markup::Markup;

/// The widths of a table's columns, in points: those of the PDF, or all alike.
pub(super) fn widths(look: &Look<'_>, table: &TablePiece, columns: usize) -> Vec<f32> {
    match table.widths.len() == columns {
        true => table.widths.clone(),
        false => vec![(look.text_width(table.turned) - table.indent) / columns as f32; columns],
    }
}

/// What is said of a table.
pub(super) fn about(markup: &mut Markup, table: &MarkedTable, widths: &[f32]) {
    let all = twips(widths.iter().sum());
    let heads = table.rows.iter().find(|row| row.kind == RowKind::Head).map(|row| &row.cells);
    let heads = heads
        .into_iter()
        .flatten()
        .map(|cell| cell.tokens.iter().map(|(_, token)| token.text()).collect::<String>());
    let heads: Vec<String> = heads.collect();
    markup.element("w:tblPr", &[], |about| {
        about.value("w:tblStyle", "MemoTable");
        about.empty("w:tblW", &[("w:w", &all), ("w:type", "dxa")]);
        about.empty("w:tblInd", &[("w:w", &twips(table.form.indent)), ("w:type", "dxa")]);
        about.empty("w:tblLayout", &[("w:type", "fixed")]);
        about.empty(
            "w:tblLook",
            &[
                ("w:val", "04A0"),
                ("w:firstRow", "1"),
                ("w:lastRow", "0"),
                ("w:firstColumn", "1"),
                ("w:lastColumn", "0"),
                ("w:noHBand", "0"),
                ("w:noVBand", "1"),
            ],
        );
        let title = if table.form.title.is_empty() { "Table" } else { &table.form.title };
        about.value("w:tblCaption", title);
        about.value("w:tblDescription", &format!("The columns are {}.", crate::words::series(&heads)));
    });
    markup.element("w:tblGrid", &[], |grid| {
        widths.iter().for_each(|width| grid.empty("w:gridCol", &[("w:w", &twips(*width))]));
    });
}

/// What is said of a cell. `spanned` are the columns that it stands across, if it is a band.
pub(super) fn about_cell(
    markup: &mut Markup,
    look: &Look<'_>,
    width: f32,
    spanned: Option<&[f32]>,
    kind: RowKind,
) {
    let width = spanned.map_or(width, |columns| columns.iter().sum());
    markup.element("w:tcPr", &[], |about| {
        about.empty("w:tcW", &[("w:w", &twips(width)), ("w:type", "dxa")]);
        if let Some(columns) = spanned {
            about.value("w:gridSpan", &columns.len().to_string());
        }
        if kind != RowKind::Cells {
            let fill = color(look.theme.shade);
            about.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &fill)]);
        }
    });
}
