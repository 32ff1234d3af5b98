//! A Gantt chart of a schedule: where its bars, diamonds and months stand.
//!
//! In: a timeline. Out: a [`Chart`], in units of its own box, which a template draws as SVG. Not here: colors (`desk.css`), and which
//! days there are.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use serde::Serialize;

use crate::{
    desk::{Timeline, TimelineRow},
    model::date,
    words::{counted, cut},
};

/// Where the bars begin: the names stand before.
const LEFT: i64 = 170;
/// Where they end.
const RIGHT: i64 = 960;
/// Where the rows begin: the months stand above.
const TOP: i64 = 26;
const ROW: i64 = 22;
/// How many characters a name has room for.
const NAME: usize = 22;
/// The least room between two months that are named.
const APART: i64 = 64;

/// A chart.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    width: i64,
    height: i64,
    top: i64,
    left: i64,
    /// What it shows, in a sentence or two.
    description: String,
    rows: Vec<ChartRow>,
    months: Vec<Month>,
    /// Left edges and widths.
    closed: Vec<(i64, i64)>,
    moves: bool,
}

#[derive(Debug, Serialize)]
struct ChartRow {
    name: String,
    /// The whole name, what is done, and when.
    words: String,
    y: i64,
    is_milestone: bool,
    completed: bool,
    was: Option<Bar>,
    is: Option<Bar>,
}

/// From where to where; a milestone of one day has its middle alone.
#[derive(Debug, Serialize)]
struct Bar {
    x: i64,
    width: i64,
    middle: i64,
    one_day: bool,
}

#[derive(Debug, Serialize)]
struct Month {
    x: i64,
    name: String,
}

/// Days of a span -> places in the box.
struct Scale {
    first: NaiveDate,
    days: i64,
}

impl Scale {
    fn x(&self, day: NaiveDate) -> i64 {
        LEFT + (day - self.first).num_days() * (RIGHT - LEFT) / self.days
    }

    /// From the morning of one day to the evening of another.
    fn bar(&self, (from, to): (NaiveDate, NaiveDate)) -> Bar {
        let x = self.x(from);
        let end = self.x(to.checked_add_days(Days::new(1)).unwrap_or(to));
        Bar { x, width: (end - x).max(3), middle: (x + end) / 2, one_day: from == to }
    }
}

/// Lays a timeline out; nothing if it has no day.
pub(super) fn chart(timeline: &Timeline) -> Option<Chart> {
    let (first, last) = timeline.span?;
    let scale = Scale { first, days: (last - first).num_days() + 1 };
    let rows: Vec<ChartRow> =
        timeline.rows.iter().zip(0_i64..).map(|(one, at)| row(one, TOP + at * ROW, &scale)).collect();
    let closed = timeline.closed.iter().map(|days| scale.bar(*days));
    Some(Chart {
        // A diamond at the last day has its half beyond it.
        width: RIGHT + 12,
        height: TOP + rows.len() as i64 * ROW + 4,
        top: TOP,
        left: LEFT,
        description: description(timeline, first, last),
        months: months(&scale, last),
        closed: closed.map(|bar| (bar.x, bar.width)).collect(),
        moves: rows.iter().any(|row| row.was.is_some()),
        rows,
    })
}

fn row(one: &TimelineRow, y: i64, scale: &Scale) -> ChartRow {
    let when = |days: Option<(NaiveDate, NaiveDate)>| {
        days.map_or("no date yet".to_owned(), |(a, b)| date::window(a, b))
    };
    let what = if one.what.is_empty() { String::new() } else { format!(", {}", one.what) };
    let was = one.was.map(|was| format!("; it was {}", when(Some(was)))).unwrap_or_default();
    let done = if one.completed { "; completed" } else { "" };
    let short = if one.completed {
        format!("{}, done", cut(&one.name, NAME - 6))
    } else {
        cut(&one.name, NAME).to_string()
    };
    ChartRow {
        name: short,
        words: format!("{}{what}: {}{was}{done}", one.name, when(one.is)),
        y,
        is_milestone: one.is_milestone,
        completed: one.completed,
        was: one.was.map(|days| scale.bar(days)),
        is: one.is.map(|days| scale.bar(days)),
    }
}

fn description(timeline: &Timeline, first: NaiveDate, last: NaiveDate) -> String {
    let count = |wanted: fn(&TimelineRow) -> bool| timeline.rows.iter().filter(|row| wanted(row)).count();
    let steps = count(|row| !row.is_milestone);
    let completed = count(|row| !row.is_milestone && row.completed);
    let moved = count(|row| row.was.is_some());
    let moves = match moved {
        0 => String::new(),
        1 => " 1 row moves; the outline shows when it was.".to_owned(),
        moved => format!(" {moved} rows move; outlines show when they were."),
    };
    format!(
        "{}, {completed} of them completed, and {}, from {} to {}.{moves}",
        counted(steps, "step"),
        counted(timeline.rows.len() - steps, "milestone"),
        date::prose(first),
        date::prose(last)
    )
}

/// The beginnings of months, as many as can be told apart.
fn months(scale: &Scale, last: NaiveDate) -> Vec<Month> {
    let begin = scale.first.with_day(1).unwrap_or(scale.first);
    let all = (0..).map_while(|at| begin.checked_add_months(Months::new(at))).take_while(|day| *day <= last);
    let mut months: Vec<Month> = Vec::new();
    for day in all.filter(|day| *day >= scale.first) {
        let x = scale.x(day);
        if months.last().is_none_or(|before| x - before.x >= APART) && x <= RIGHT - APART {
            let month = date::month(day).chars().take(3).collect::<String>();
            months.push(Month { x, name: format!("{month} {}", day.year()) });
        }
    }
    months
}
