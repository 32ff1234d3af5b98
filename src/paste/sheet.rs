//! What style sheets say of classes.
//!
//! In: the text of `<style>` elements. Out: declarations by class, of rules that name nothing but a class, as a spreadsheet
//! writes them (`.xl66 {text-decoration:line-through;}`). Not here: every other rule, which says how paragraphs and cells
//! look that are nothing special.

use std::collections::BTreeMap;

/// The properties that are taken from a class: those that change what is read.
const TAKEN: [&str; 6] =
    ["text-decoration", "text-decoration-line", "display", "font-weight", "font-style", "font-family"];

/// The declarations of classes.
#[derive(Default)]
pub(super) struct PastedSheet {
    /// Of each class, each property with its value and the number of its rule.
    classes: BTreeMap<String, BTreeMap<&'static str, (usize, String)>>,
}

impl PastedSheet {
    /// Reads what stands in a `<style>` element.
    pub fn read(css: &str) -> PastedSheet {
        let css = without_comments(css);
        let mut sheet = PastedSheet::default();
        let mut rest = css.as_str();
        let mut number = 0;
        while let Some((before, body)) = rest.split_once('{') {
            // What stands before a semicolon is a statement without a block: `@import url(x);`.
            let selectors = before.rsplit(';').next().unwrap_or_default().trim();
            let end = match selectors.starts_with('@') {
                true => block_end(body),
                false => body.find('}').unwrap_or(body.len()),
            };
            if !selectors.starts_with('@') {
                for class in selectors.split(',').filter_map(class) {
                    sheet.add(class, &body[..end], number);
                    number += 1;
                }
            }
            rest = body.get(end + 1..).unwrap_or_default();
        }
        sheet
    }

    fn add(&mut self, class: &str, declarations: &str, number: usize) {
        for (name, value) in declarations.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let taken = TAKEN.into_iter().find(|taken| name.trim().eq_ignore_ascii_case(taken));
            if let Some(property) = taken {
                let of_class = self.classes.entry(class.to_owned()).or_default();
                of_class.insert(property, (number, value.trim().to_owned()));
            }
        }
    }

    /// The value of a property for an element of some classes: that of the last rule.
    pub fn get(&self, classes: &str, property: &str) -> Option<&str> {
        if self.classes.is_empty() {
            return None;
        }
        let found = classes.split_whitespace().filter_map(|class| self.classes.get(class)?.get(property));
        found.max_by_key(|(number, _)| *number).map(|(_, value)| value.as_str())
    }
}

/// The class of a selector that names nothing else.
fn class(selector: &str) -> Option<&str> {
    let name = selector.trim().strip_prefix('.')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// Where a block ends that may hold others.
fn block_end(body: &str) -> usize {
    let mut depth = 1_usize;
    for (at, c) in body.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    body.len()
}

/// A style sheet without comments, and without the marks that hide it from programs that know none.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("<!--", "").replace("-->", "")
}
