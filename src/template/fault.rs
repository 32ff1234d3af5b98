//! What the template engine says -> faults at their places.
//!
//! In: Tera's errors, the text they came from. Out: diagnostics with the line of the template or of
//! the YAML. Not here: when a template is filled in.

use std::{collections::BTreeMap, ops::Range};

use tera::{Error, ErrorKind};

use super::{
    Values,
    meter::{self, Metered, WITHOUT_END},
    names,
};
use crate::{
    diagnostic::{Code, Diagnostic, Faults, Place, SourceId, Sources, offered},
    model::Text,
};

/// A template's name -> its text; none for a template with a fault.
type Templates = BTreeMap<String, Option<SourceId>>;

/// Reports an error in a template file as it was written.
pub(super) fn of_written(
    error: &Error,
    source: SourceId,
    templates: &Templates,
    sources: &Sources,
    faults: &mut Faults,
) {
    let written = Metered::unchanged(&sources.get(source).text);
    of_file(error, source, &written, templates, &Values::new(), sources, faults);
}

/// Reports an error in a template file as it is filled in.
pub(super) fn of_template(
    error: &Error,
    source: SourceId,
    templates: &Templates,
    values: &Values,
    sources: &Sources,
    faults: &mut Faults,
) {
    of_file(error, source, &as_filled(source, sources), templates, values, sources, faults);
}

fn of_file(
    error: &Error,
    source: SourceId,
    text: &Metered,
    templates: &Templates,
    values: &Values,
    sources: &Sources,
    faults: &mut Faults,
) {
    report(
        error,
        templates,
        values,
        sources,
        faults,
        &|range| {
            let end = sources.get(source).text.len();
            source.at(range.start.min(end)..range.end.min(end))
        },
        text,
    );
}

/// Reports an error in a text of a YAML file, or in a template that the text includes.
pub(super) fn of_text(
    error: &Error,
    text: &Text,
    metered: &Metered,
    templates: &Templates,
    values: &Values,
    sources: &Sources,
    faults: &mut Faults,
) {
    report(error, templates, values, sources, faults, &|range| sources.piece(text, range), metered);
}

/// A template as it is filled in. One that cannot be counted never is: its errors are those of the text as written.
fn as_filled(source: SourceId, sources: &Sources) -> Metered {
    let text = &sources.get(source).text;
    meter::metered(text).unwrap_or_else(|_| Metered::unchanged(text))
}

fn report(
    error: &Error,
    templates: &Templates,
    values: &Values,
    sources: &Sources,
    faults: &mut Faults,
    place_of: &dyn Fn(Range<usize>) -> Place,
    filled: &Metered,
) {
    let place_of = |range: Range<usize>| place_of(filled.original(&range));
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let code = match error.kind() {
                ErrorKind::SyntaxError(_) => Code::TemplateSyntax,
                _ => Code::TemplateFailed,
            };
            // An error inside an included template belongs to that template.
            let place = match templates.get(report.filename()) {
                Some(Some(source)) => source.at(as_filled(*source, sources).original(&report.span().range)),
                _ => place_of(report.span().range.clone()),
            };
            let place = widened(place, sources);
            faults.push(in_words(code, report.message(), place, values, sources));
        }
        // Unknown filters, functions and templates come as text: "error: MESSAGE\n --> NAME:LINE:COLUMN".
        ErrorKind::Msg(text) if text.contains(" --> ") => {
            for part in text.split("\n\nerror: ") {
                let message = part.lines().next().unwrap_or_default().trim_start_matches("error: ");
                let range = line_and_column(part)
                    .and_then(|(line, column)| offset(&filled.text, line, column))
                    .map_or(0..0, |start| start..start + name_in(message).map_or(1, str::len));
                let place = place_of(range);
                faults.push(match message.starts_with("Unknown template") {
                    true => unknown_include(message, place, templates),
                    false => in_words(Code::TemplateSyntax, message, place, values, sources),
                });
            }
        }
        ErrorKind::Io(_) => {
            faults.push(without_end(place_of(0..0)));
        }
        other => {
            faults.push(Diagnostic::new(Code::TemplateFailed, place_of(0..0), other.to_string()));
        }
    }
}

/// A text that goes on and on.
fn without_end(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TemplateFailed, place, WITHOUT_END)
        .expected(
            "at most thirty million letters, two million under a name, and half a million rounds are expected",
        )
        .help("look at what {% for %} repeats, and what {% set %} keeps")
}

/// Tera marks the `a` of `a.b.c`; the whole path is what was written.
fn widened(place: Place, sources: &Sources) -> Place {
    let text = &sources.get(place.source).text;
    let path = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let Some(marked) = text.get(place.range.clone()) else { return place };
    if marked.is_empty() || !marked.chars().all(path) {
        return place;
    }
    let start = text[..place.range.start].trim_end_matches(path).len();
    let end = text.len() - text[place.range.end..].trim_start_matches(path).len();
    place.source.at(start..end)
}

/// A template that is included and cannot be: it is not there, or it waits for this one.
fn unknown_include(message: &str, place: Place, templates: &Templates) -> Diagnostic {
    let name = name_in(message).unwrap_or_default();
    if templates.contains_key(name) {
        return Diagnostic::new(
            Code::TemplateSyntax,
            place,
            format!("the template `{name}` cannot be included"),
        )
        .expected("it includes this one in turn, or has a fault of its own")
        .help("look at its own faults; two templates cannot include each other");
    }
    Diagnostic::new(Code::UnknownTemplate, place, format!("there is no template `{name}`"))
        .expected(format!("a file templates/{name} is expected"))
        .help(offered(name, templates.keys().map(String::as_str)))
}

/// Tera's message in the words of the guide, with what to type.
fn in_words(code: Code, message: &str, place: Place, values: &Values, sources: &Sources) -> Diagnostic {
    let written = sources.get(place.source).text.get(place.range.clone()).unwrap_or_default().to_owned();
    if message == WITHOUT_END {
        return without_end(place);
    }
    let dashed = names::dashed_around(&sources.get(place.source).text, &place.range);
    if let Some(rest) = message.strip_prefix("Variable `").or_else(|| message.strip_prefix("Field `")) {
        let name = rest.split('`').next().unwrap_or_default();
        return undefined(name, message, &written, dashed, place, values);
    }
    if message.contains("expected `}}`")
        || message.contains("but expected }}")
        || message.starts_with("Found `}`")
    {
        let help = match dashed {
            Some(dashed) => underscores(dashed),
            None => "an expression is a name, then filters: {{ memo.date | weekday }}; close it with }}"
                .to_owned(),
        };
        return Diagnostic::new(code, place, "this expression does not end here")
            .expected("`}}` is expected")
            .help(help);
    }
    if message.starts_with("Unknown tag") || message.contains("expected a tag") {
        return Diagnostic::new(code, place, "there is no such instruction")
            .expected("after {% stands if, elif, else, endif, for or endfor")
            .help("write {% if memo.number %} ... {% endif %}, each in one word");
    }
    if message.starts_with("Unexpected end of input") {
        return Diagnostic::new(code, place, "the text ends inside a template expression")
            .expected("something is open here")
            .help(
                "close `{{` with `}}`, and `{% if %}` or `{% for %}` with `{% endif %}` or `{% endfor %}`",
            );
    }
    if message.starts_with("Unknown filter") {
        let name = name_in(message).unwrap_or_default();
        return Diagnostic::new(code, place, format!("there is no filter `{name}`"))
            .expected("the name of a filter is expected")
            .help(offered(name, FILTERS.iter().copied()));
    }
    if message.contains("`undefined`") {
        return undefined_before_filter(dashed, &place, sources);
    }
    if message.starts_with("Invalid type for the value") {
        return Diagnostic::new(code, place, format!("`{written}` is not what the filter takes"))
            .expected("text is expected, such as a date")
            .help("name a part of it, such as `.date`; docs/format.md lists the parts");
    }
    Diagnostic::new(code, place, message.trim_end_matches('.').to_owned())
        .expected("in this template expression")
        .help("docs/format.md shows how expressions are written")
}

/// A name that stands for nothing; `written` is all that stands in the braces.
fn undefined(
    name: &str,
    message: &str,
    written: &str,
    dashed: Option<&str>,
    place: Place,
    values: &Values,
) -> Diagnostic {
    if let Some(dashed) = dashed {
        return Diagnostic::new(Code::UndefinedVariable, place, format!("`{dashed}` stands for nothing"))
            .expected(format!("`{name}` is not known here"))
            .help(underscores(dashed));
    }
    let known = message.rsplit_once(": ").map_or("", |(_, list)| list);
    let names: Vec<&str> = known.split(", ").filter(|name| !name.is_empty()).collect();
    let shown = if written.ends_with(name) && !written.is_empty() { written } else { name };
    let (expected, help) = match names::unsaid(written, name, values) {
        Some(help) => ("this memo does not say which one".to_owned(), help.into()),
        None => (format!("`{name}` is not known here"), offered(name, names)),
    };
    Diagnostic::new(Code::UndefinedVariable, place, format!("`{shown}` stands for nothing"))
        .expected(expected)
        .help(help)
}

/// The same before a filter, which is where Tera sees it.
fn undefined_before_filter(dashed: Option<&str>, filter: &Place, sources: &Sources) -> Diagnostic {
    let place = before_filter(filter, sources);
    let written = sources.get(place.source).text.get(place.range.clone()).unwrap_or_default();
    let name = dashed.unwrap_or(written);
    let help = dashed.map_or_else(|| "look at the list of names in docs/format.md".to_owned(), underscores);
    Diagnostic::new(Code::UndefinedVariable, place, format!("`{name}` stands for nothing"))
        .expected("a name that is known here is expected")
        .help(help)
}

fn underscores(dashed: &str) -> String {
    format!("write `{}`: in braces a hyphen is written as an underscore", dashed.replace('-', "_"))
}

/// What a filter is put to, if the place is the filter's name.
fn before_filter(place: &Place, sources: &Sources) -> Place {
    let before = sources.get(place.source).text.get(..place.range.start).unwrap_or_default();
    let Some(name) = before.trim_end().strip_suffix('|').map(str::trim_end) else { return place.clone() };
    let mut before = name.rmatch_indices(|c: char| c.is_whitespace() || "{(|".contains(c));
    let start = before.next().map_or(0, |(at, found)| at + found.len());
    place.source.at(start..name.len())
}

/// The filters that memos use; Tera has more.
pub(super) const FILTERS: &[&str] = &[
    "prose",
    "table",
    "iso",
    "month",
    "month_day",
    "month_year",
    "short",
    "weekday",
    "weekday_date",
    "upper",
    "lower",
    "capitalize",
    "title",
    "join",
    "length",
    "first",
    "last",
    "safe",
    "default",
    "replace",
    "trim",
];

/// The first name in backquotes.
fn name_in(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// The place that follows an arrow: " --> NAME:LINE:COLUMN", both from 1.
fn line_and_column(text: &str) -> Option<(usize, usize)> {
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = place.rsplit(':');
    let column = parts.next()?.trim().parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((line, column))
}

fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let within = text[start..].char_indices().nth(column.checked_sub(1)?)?.0;
    Some(start + within)
}
