//! Full stops where a text meets the sentence around it.
//!
//! In: a text that is filled in. Out: the same with as many full stops as a reader expects. Not here: which sentence it
//! stands in.

/// "5:00 p.m." at the end of a sentence keeps one full stop; dots that go on are meant.
pub(super) fn one_stop(text: String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(end) = rest.find(".m..").map(|at| at + ".m..".len()) {
        let half = rest[..end].ends_with("a.m..") || rest[..end].ends_with("p.m..");
        let twice = half && !rest[end..].starts_with('.');
        out.push_str(&rest[..if twice { end - 1 } else { end }]);
        rest = &rest[end..];
    }
    if out.is_empty() { text } else { out + rest }
}

/// A cause reads after "due to", and the sentence has its own full stop. That of "5:00 p.m." is part of the word.
pub(super) fn without_stop(cause: String) -> String {
    match cause.strip_suffix('.') {
        Some(text) if !text.ends_with('.') && !text.ends_with(".m") => text.to_owned(),
        _ => cause,
    }
}
