//! What a template may do, so that each ends: rounds, and what it keeps and writes.
//!
//! In: the text of a template. Out: the same with calls that count, and how places in it lead back to the text as it was
//! written. Tera bounds neither loops nor texts that it keeps, and says nothing while it runs; so each loop calls
//! [`round`], and what is kept goes through [`kept`] and [`captured`]. What cannot be counted so is refused. Not here:
//! how a fault is told.

use std::{cell::Cell, ops::Range};

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::tags::{TagKind, TemplateTag, tags};
use crate::diagnostic::{Code, Diagnostic, Place};

/// How many rounds all loops of a template may go together.
const ROUNDS: usize = 500_000;

/// The most that a template may write, in bytes: a memo of a thousand pages.
pub(super) const WRITTEN: usize = 32 << 20;

/// The most that a template may keep under a name, in bytes.
const KEPT: usize = 2 << 20;

/// How many texts one expression may join.
const JOINED: usize = 32;

/// What a fault of a template says that goes on too long.
pub(super) const WITHOUT_END: &str = "this text grows without end";

thread_local! {
    /// What the template that this thread fills in has done so far.
    static SPENT: Cell<Spent> = const { Cell::new(Spent { rounds: 0, written: 0, captured: 0 }) };
}

#[derive(Clone, Copy)]
struct Spent {
    rounds: usize,
    written: usize,
    captured: usize,
}

/// Begins to count anew.
pub(super) fn begin() {
    SPENT.set(Spent { rounds: 0, written: 0, captured: 0 });
}

/// Counts what is written.
pub(super) fn written(bytes: usize) {
    let spent = SPENT.get();
    SPENT.set(Spent { written: spent.written.saturating_add(bytes), ..spent });
}

/// A template with calls that count.
pub(super) struct Metered {
    pub text: String,
    added: Vec<Added>,
}

/// Something that was put in.
struct Added {
    /// Where, in the text that has it.
    range: Range<usize>,
    /// The tag that it belongs to, in the text as it was written.
    tag: Range<usize>,
}

/// Something in a template that cannot be counted.
pub(super) struct Uncounted {
    pub range: Range<usize>,
    pub found: &'static str,
    pub help: &'static str,
}

/// Puts the calls in.
pub(super) fn metered(text: &str) -> Result<Metered, Uncounted> {
    let mut metered = Metered { text: String::with_capacity(text.len()), added: Vec::new() };
    let tags = tags(text);
    let mut done = 0;
    // How many texts are open that are kept instead of written.
    let mut captures = 0_usize;
    for (at, tag) in tags.iter().enumerate() {
        refuse(text, tag)?;
        let dash = if tag.trims_after { " -" } else { " " };
        let mut add = |at: usize, what: &str| {
            metered.text.push_str(&text[done..at]);
            done = at;
            let start = metered.text.len();
            metered.text.push_str(what);
            metered.added.push(Added { range: start..start + what.len(), tag: tag.range.clone() });
        };
        match (tag.kind, tag.word(text)) {
            (TagKind::Block, "for") => {
                let literal = if captures > 0 { literal(text, &tags, at) } else { 0 };
                add(tag.range.end, &format!("{{{{ __round(text={literal}){dash}}}}}"));
            }
            (TagKind::Block, "set" | "set_global") => match tag.value(text) {
                Some(value) => {
                    add(value.start, " __kept(of=");
                    add(value.end, ")");
                }
                None => captures += 1,
            },
            (TagKind::Block, "filter") => captures += 1,
            (TagKind::Block, "endset" | "endfilter") => captures = captures.saturating_sub(1),
            (TagKind::Block, "include") if captures > 0 => {
                return Err(Uncounted {
                    range: tag.range.clone(),
                    found: "a template cannot be included where a text is kept",
                    help: "include it where it is to be printed",
                });
            }
            (TagKind::Print, _) if captures > 0 => {
                add(tag.inner.start, " __captured(of=");
                add(tag.inner.end, ")");
            }
            _ => {}
        }
    }
    metered.text.push_str(&text[done..]);
    Ok(metered)
}

/// What has no tag in which it could be counted.
fn refuse(text: &str, tag: &TemplateTag) -> Result<(), Uncounted> {
    let refused = |found, help| Err(Uncounted { range: tag.range.clone(), found, help });
    if tag.kind == TagKind::Block && tag.word(text) == "component" {
        return refused("a template cannot define components", "write a template of its own, and include it");
    }
    if tag.repeats_inside(text) {
        return refused("a list cannot be made by `for` in brackets", "repeat with {% for %}");
    }
    if tag.joins > JOINED {
        return refused("this expression joins more than 32 texts", "print them one after the other");
    }
    Ok(())
}

/// How many bytes a round of a loop writes besides values, without the loops in it.
fn literal(text: &str, tags: &[TemplateTag], of: usize) -> usize {
    let (mut depth, mut bytes, mut from) = (0_usize, 0, tags[of].range.end);
    for tag in &tags[of + 1..] {
        if depth == 0 {
            bytes += tag.range.start.saturating_sub(from);
        }
        from = tag.range.end;
        match (tag.kind, tag.word(text)) {
            (TagKind::Block, "for") => depth += 1,
            (TagKind::Block, "endfor") if depth == 0 => break,
            (TagKind::Block, "endfor") => depth -= 1,
            _ => {}
        }
    }
    bytes
}

impl Uncounted {
    /// The fault, at its place.
    pub fn fault(&self, place: Place) -> Diagnostic {
        Diagnostic::new(Code::TemplateFailed, place, self.found)
            .expected("ccrov cannot tell that it ends")
            .help(self.help)
    }
}

impl Metered {
    /// A text without calls.
    pub fn unchanged(text: &str) -> Metered {
        Metered { text: text.to_owned(), added: Vec::new() }
    }

    /// Where a stretch was written.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let (start, end) = (self.point(range.start), self.point(range.end));
        match (start, end) {
            (Err(tag), _) => tag,
            (Ok(start), Ok(end)) => start..end.max(start),
            (Ok(start), Err(tag)) => start..tag.end.max(start),
        }
    }

    /// Where a point was written; the tag to which it belongs, if it was not.
    fn point(&self, at: usize) -> Result<usize, Range<usize>> {
        let mut before = 0;
        for added in self.added.iter().take_while(|added| added.range.start < at) {
            if at < added.range.end {
                return Err(added.tag.clone());
            }
            before += added.range.len();
        }
        match self.added.iter().find(|added| added.range.start == at && !added.range.is_empty()) {
            Some(added) => Err(added.tag.clone()),
            None => Ok(at - before),
        }
    }
}

/// Makes the calls known, and filters that make much of little.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("__round", round);
    tera.register_function("__kept", kept);
    tera.register_function("__captured", captured);
    tera.register_filter("join", join);
    tera.register_filter("replace", replace);
    tera.register_filter("indent", indent);
}

fn without_end<T>() -> TeraResult<T> {
    Err(Error::message(WITHOUT_END))
}

/// A round of a loop that writes so many bytes into what is kept.
#[expect(clippy::needless_pass_by_value, reason = "the form of a function")]
fn round(arguments: Kwargs, _: &State) -> TeraResult<&'static str> {
    let mut spent = SPENT.get();
    spent.rounds += 1;
    spent.captured += arguments.get::<usize>("text")?.unwrap_or(0);
    SPENT.set(spent);
    if spent.rounds > ROUNDS || spent.captured > 2 * KEPT || spent.written > WRITTEN {
        return without_end();
    }
    Ok("")
}

/// A value that is kept under a name.
#[expect(clippy::needless_pass_by_value, reason = "the form of a function")]
fn kept(arguments: Kwargs, _: &State) -> TeraResult<Value> {
    let value = arguments.get::<Value>("of")?.unwrap_or_else(Value::undefined);
    let mut room = KEPT;
    if takes(&value, &mut room) { Ok(value) } else { without_end() }
}

/// A value that is printed into what is kept.
#[expect(clippy::needless_pass_by_value, reason = "the form of a function")]
fn captured(arguments: Kwargs, _: &State) -> TeraResult<Value> {
    let value = arguments.get::<Value>("of")?.unwrap_or_else(Value::undefined);
    if value.is_undefined() {
        return Err(Error::message("`undefined` cannot be printed"));
    }
    let mut spent = SPENT.get();
    let mut room = 2 * KEPT - spent.captured.min(2 * KEPT);
    let fits = takes(&value, &mut room);
    spent.captured = 2 * KEPT - room;
    SPENT.set(spent);
    if fits { Ok(value) } else { without_end() }
}

/// Whether a value fits into the room that is left, which it then takes. Lists count as they would be printed.
fn takes(value: &Value, room: &mut usize) -> bool {
    /// What a value takes besides its text.
    const EACH: usize = 16;
    let own = EACH + value.as_str().map_or(0, str::len) + value.as_bytes().map_or(0, <[u8]>::len);
    let Some(left) = room.checked_sub(own) else { return false };
    *room = left;
    let mut items = value.as_array().unwrap_or_default().iter();
    let mut entries = value.as_map().into_iter().flat_map(|map| map.values());
    items.all(|item| takes(item, room)) && entries.all(|item| takes(item, room))
}

/// A text that a filter makes, if it is not too long.
fn made(text: &str, safe: bool) -> Value {
    if safe { Value::safe_string(text) } else { Value::normal_string(text) }
}

/// Tera's `join`, up to a limit.
#[expect(clippy::needless_pass_by_value, reason = "the form of a filter")]
fn join(items: &[Value], arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let between = arguments.get::<StringInput>("sep")?;
    let marked = |item: &Value| item.is_string() && item.is_safe();
    let safe = state.autoescaping_enabled()
        && (items.iter().any(marked) || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        Some(between) if safe => between.rendered(state)?,
        Some(between) => between.as_str().into(),
        None => "".into(),
    };
    let mut joined = String::new();
    for (at, item) in items.iter().enumerate() {
        let mut room = KEPT.saturating_sub(joined.len() + between.len());
        if !takes(item, &mut room) && joined.len() > KEPT / 2 {
            return without_end();
        }
        joined.push_str(if at == 0 { "" } else { &between });
        match safe {
            true if item.is_undefined() => {}
            true => joined.push_str(&state.escape_if_needed(item)?),
            false => joined.push_str(&item.to_string()),
        }
    }
    Ok(made(&joined, safe))
}

/// Tera's `replace`, up to a limit.
#[expect(clippy::needless_pass_by_value, reason = "the form of a filter")]
fn replace(text: StringInput, arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let from = arguments.must_get::<&str>("from")?;
    let to = arguments.must_get::<StringInput>("to")?;
    let safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (text, to) = match safe {
        true => (text.rendered(state)?, to.rendered(state)?),
        false => (text.as_str().into(), to.as_str().into()),
    };
    let more = to.len().saturating_sub(from.len());
    if more > 0 && text.matches(from).count().saturating_mul(more) > KEPT {
        return without_end();
    }
    Ok(made(&text.replace(from, &to), safe))
}

/// Tera's `indent`, up to a limit: lines after the first, or all, are indented by a width, blank ones if that is asked for.
#[expect(clippy::needless_pass_by_value, reason = "the form of a filter")]
fn indent(text: StringInput, arguments: Kwargs, _: &State) -> TeraResult<Value> {
    let width = arguments.get::<usize>("width")?.unwrap_or(4).min(1000);
    let first = arguments.get::<bool>("first")?.unwrap_or(false);
    let blank = arguments.get::<bool>("blank")?.unwrap_or(false);
    let lines = text.as_str();
    if lines.lines().count().saturating_mul(width) > KEPT {
        return without_end();
    }
    let space = " ".repeat(width);
    let indented = |(at, line): (usize, &str)| {
        let wanted = if at == 0 { first } else { blank || !line.trim_end_matches(['\n', '\r']).is_empty() };
        format!("{}{line}", if wanted { space.as_str() } else { "" })
    };
    Ok(text.inherit_safety(lines.split_inclusive('\n').enumerate().map(indented).collect()))
}
