//! The template engine: named templates, and texts with expressions.
//!
//! In: templates as texts, values. Out: filled-in text, or faults at their places. Not here: which values
//! there are.

use std::collections::BTreeMap;

use tera::Tera;

use super::{
    BUILT_IN, Values, escape, expressions, fault, filters,
    meter::{self, WRITTEN},
    names,
};
use crate::{
    controls,
    diagnostic::{Code, Diagnostic, Faults, Place, SourceId, Sources, offered},
    model::{Text, date},
    prose::names_variable,
};

/// Templates of one kind, with the escape of that kind.
pub struct Engine {
    tera: Tera,
    endings: &'static [&'static str],
    /// Every template by its file name; without a source if it has a fault.
    templates: BTreeMap<String, Option<SourceId>>,
    /// Those of the office's own, and those that it has changed.
    own: Vec<Option<SourceId>>,
}

impl Engine {
    /// The engine for Markdown: templates whose file names end in `.md`; values are escaped so that
    /// they print as written.
    pub fn markdown(files: &[(String, SourceId)], sources: &Sources, faults: &mut Faults) -> Engine {
        let mut tera = Tera::new();
        tera.set_escape_fn(escape::markdown);
        Engine::new(tera, &[".md"], files, sources, faults)
    }

    /// The engine for web pages: templates whose file names end in `.html`, and in `.xml` of what programs read.
    pub fn html(files: &[(String, SourceId)], sources: &Sources, faults: &mut Faults) -> Engine {
        Engine::new(Tera::new(), &[".html", ".xml"], files, sources, faults)
    }

    fn new(
        mut tera: Tera,
        endings: &'static [&'static str],
        files: &[(String, SourceId)],
        sources: &Sources,
        faults: &mut Faults,
    ) -> Engine {
        tera.autoescape_on(endings.to_vec());
        filters::register(&mut tera);
        meter::register(&mut tera);
        let mut engine = Engine { tera, endings, templates: BTreeMap::new(), own: Vec::new() };
        let ours = |name: &str| endings.iter().any(|ending| name.ends_with(ending));
        let waiting: Vec<_> = files.iter().filter(|(name, _)| ours(name)).collect();
        for (name, source) in &waiting {
            literal_dates(name, *source, sources, faults);
        }
        if engine.add_all(&waiting, sources).is_none() {
            engine.add_one_by_one(waiting, sources, faults);
        }
        let is_built_in = |name: &str, source: SourceId| {
            BUILT_IN.iter().any(|(known, text)| *known == name && *text == sources.get(source).text)
        };
        let is_own =
            |name: &str, source: Option<SourceId>| source.is_none_or(|source| !is_built_in(name, source));
        let own = engine.templates.iter().filter(|(name, source)| is_own(name, **source));
        engine.own = own.map(|(_, source)| *source).collect();
        engine
    }

    /// Adds all templates at once, if nothing is wrong with any: Tera looks at all of them each time.
    fn add_all(&mut self, files: &[&(String, SourceId)], sources: &Sources) -> Option<()> {
        let metered = |(name, source): &&(String, SourceId)| {
            Some((name.clone(), meter::metered(&sources.get(*source).text).ok()?.text))
        };
        let metered: Vec<(String, String)> = files.iter().map(metered).collect::<Option<_>>()?;
        self.tera.add_raw_templates(metered).ok()?;
        self.templates.extend(files.iter().map(|(name, source)| (name.clone(), Some(*source))));
        Some(())
    }

    /// Adds each template for itself, so that a fault of one keeps no other back.
    fn add_one_by_one(
        &mut self,
        mut waiting: Vec<&(String, SourceId)>,
        sources: &Sources,
        faults: &mut Faults,
    ) {
        // A template that includes another can only be added after it.
        loop {
            let before = waiting.len();
            let mut errors = Vec::new();
            waiting.retain(|(name, source)| {
                let text = &sources.get(*source).text;
                // As it was written, what is wrong with it has its own words. It is never filled in so.
                let added = self.tera.clone().add_raw_template(name, text);
                let added = added.and_then(|()| match meter::metered(text) {
                    Ok(metered) => self.tera.add_raw_template(name, &metered.text).map(|()| true),
                    Err(uncounted) => {
                        faults.push(uncounted.fault(source.at(uncounted.range.clone())));
                        Ok(false)
                    }
                });
                match added {
                    Ok(false) => {
                        self.templates.insert(name.clone(), None);
                        false
                    }
                    Ok(true) => {
                        self.templates.insert(name.clone(), Some(*source));
                        false
                    }
                    Err(error) => {
                        errors.push((*source, error));
                        true
                    }
                }
            });
            if waiting.is_empty() {
                return;
            }
            if waiting.len() == before {
                for (name, _) in waiting {
                    self.templates.insert(name.clone(), None);
                }
                for (source, error) in &errors {
                    fault::of_written(error, *source, &self.templates, sources, faults);
                }
                return;
            }
        }
    }

    /// Fills a template in. `None` if it has a fault, which is reported once.
    pub fn fill(
        &self,
        name: &str,
        values: &Values,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<String> {
        let source = self.templates.get(name).copied().flatten()?;
        let text = &sources.get(source).text;
        let several = expressions::several_values(text, values);
        let dashed = names::dashed(text, values);
        if !several.is_empty() || !dashed.is_empty() {
            several.into_iter().for_each(|found| faults.push(found.fault(source.at(found.range.clone()))));
            dashed.into_iter().for_each(|found| faults.push(found.fault(source.at(found.range.clone()))));
            return None;
        }
        let mut out = LimitedWriter::default();
        meter::begin();
        self.tera
            .render_to(name, values.context(), &mut out)
            .map_err(|error| fault::of_template(&error, source, &self.templates, values, sources, faults))
            .ok()?;
        out.text(text, source.at(0..text.len()), faults)
    }

    /// A template as it was written, by its name without the ending; `None` if there is none without fault.
    pub fn written<'s>(&self, name: &str, sources: &'s Sources) -> Option<&'s str> {
        let source = self.templates.get(&format!("{name}{}", self.endings[0])).copied().flatten()?;
        Some(sources.get(source).text.as_str())
    }

    /// Whether a template of the office's own, or one that it has changed, names a variable; one with a fault may.
    pub fn own_names_variable(&self, variable: &str, sources: &Sources) -> bool {
        let names = |source: &Option<SourceId>| {
            source.is_none_or(|source| names_variable(&sources.get(source).text, variable))
        };
        self.own.iter().any(names)
    }

    /// Fills in the template that a text names, or reports that there is none.
    pub fn fill_named(
        &self,
        name: &Text,
        values: &Values,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<String> {
        let ending = self.endings[0];
        let file = format!("{}{ending}", name.value);
        if !self.templates.contains_key(&file) {
            let known = self.templates.keys().filter_map(|known| known.strip_suffix(ending));
            faults.push(
                Diagnostic::new(
                    Code::UnknownTemplate,
                    name.place.clone(),
                    format!("there is no template `{}`", name.value),
                )
                .expected(format!("a file templates/{file} is expected"))
                .help(offered(&name.value, known)),
            );
            return None;
        }
        self.fill(&file, values, sources, faults)
    }

    /// Fills the expressions of a plain text in: no escape, white space folded.
    pub fn plain(
        &self,
        text: &Text,
        values: &Values,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<String> {
        let filled = self.unfolded(text, values, sources, faults)?;
        Some(folded(&filled))
    }

    /// Fills the expressions of a plain text in: no escape, line ends kept.
    pub fn unfolded(
        &self,
        text: &Text,
        values: &Values,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<String> {
        self.text(text, values, false, sources, faults)
    }

    /// Fills the expressions of a Markdown text in; their values are escaped.
    pub fn rich(
        &self,
        text: &Text,
        values: &Values,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<String> {
        self.text(text, values, true, sources, faults)
    }

    fn text(
        &self,
        text: &Text,
        values: &Values,
        escape: bool,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<String> {
        let before = faults.errors();
        let mut pieces = sources.pieces(text);
        for found in expressions::several_values(&text.value, values) {
            faults.push(found.fault(pieces.place(found.range.clone())));
        }
        for found in names::dashed(&text.value, values) {
            faults.push(found.fault(pieces.place(found.range.clone())));
        }
        for range in expressions::lone_braces(&text.value) {
            let place = pieces.place(range);
            faults.push(
                Diagnostic::new(Code::LoneBrace, place, "these braces are not a pair on each side")
                    .expected("they would be printed as they are")
                    .help("write two braces on each side: {{ contact.phone }}"),
            );
        }
        if faults.errors() > before {
            return None;
        }
        if !text.value.contains("{{") && !text.value.contains("{%") && !text.value.contains("{#") {
            return Some(text.value.clone());
        }
        let metered = match meter::metered(&text.value) {
            Ok(metered) => metered,
            Err(uncounted) => {
                faults.push(uncounted.fault(sources.piece(text, uncounted.range.clone())));
                return None;
            }
        };
        let mut out = LimitedWriter::default();
        meter::begin();
        self.tera
            .render_str_to(&metered.text, values.context(), escape, &mut out)
            .map_err(|error| fault::of_text(&error, text, &metered, &self.templates, values, sources, faults))
            .ok()?;
        out.text(&text.value, text.place.clone(), faults)
    }
}

/// One line: white space that was typed is one space each; a no-break space stays.
pub(super) fn folded(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A template serves many memos; a date in it is one memo's.
fn literal_dates(name: &str, source: SourceId, sources: &Sources, faults: &mut Faults) {
    let text = &sources.get(source).text;
    for range in date::find(text) {
        let remark =
            text[..range.start].rfind("{#").is_some_and(|open| !text[open..range.start].contains("#}"));
        if remark {
            continue;
        }
        let message = format!("the date {} is written out in the template {name}", &text[range.clone()]);
        faults.push(
            Diagnostic::new(Code::LiteralDate, source.at(range), message)
                .expected("it stays when dates move")
                .help("name what it is the date of: {{ milestones.release.date }}"),
        );
    }
}

/// What a template writes, up to a limit: a template that repeats without end is stopped.
#[derive(Default)]
struct LimitedWriter {
    bytes: Vec<u8>,
}

impl LimitedWriter {
    /// The text; none with a fault at the place of its template if it has control characters.
    fn text(self, template: &str, place: Place, faults: &mut Faults) -> Option<String> {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        let before = faults.errors();
        controls::check(&text, template, place, faults);
        (faults.errors() == before).then_some(text)
    }
}

impl std::io::Write for LimitedWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        meter::written(bytes.len());
        // A loop notices first, and its place is known.
        if self.bytes.len() + bytes.len() > 2 * WRITTEN {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
