//! Where words of a memo's Markdown were written.
//!
//! In: words, or a stretch of the Markdown. Out: a place in the YAML, in a text beside it, or in a
//! template. Not here: what is wrong there.

use std::{collections::BTreeMap, ops::Range};

use super::run::MemoRun;
use crate::{
    diagnostic::Place,
    document::as_typed,
    model::{Attachment, Body, Text},
};

/// How many lines above a stretch are looked through for one that was typed.
const REACH: usize = 50;

impl MemoRun<'_> {
    /// Where a stretch of the Markdown was written: its k-th occurrence in the Markdown is its k-th in
    /// the texts that the Markdown is made of.
    pub(super) fn find_span(&self, markdown: &str, span: Range<usize>) -> Place {
        let words = markdown.get(span.clone()).unwrap_or_default().trim();
        // A stretch of several lines is known by its first.
        let words = words.lines().next().unwrap_or_default();
        let before = markdown.get(..span.start).map_or(0, |before| before.matches(words).count());
        let found = self.found(words, before).or_else(|| self.below_typed(markdown, &span));
        found.unwrap_or_else(|| self.memo.source.start())
    }

    /// Where stretches of the Markdown were written, which stand in their order. Each is looked for from the one
    /// before it on, and where it is not found so, as [`find_span`](Self::find_span) does.
    pub(super) fn find_spans(
        &self,
        markdown: &str,
        spans: impl IntoIterator<Item = Range<usize>>,
    ) -> Vec<Place> {
        let mut texts: Vec<_> =
            self.texts().into_iter().map(|text| (text, self.job.sources.pieces(text))).collect();
        let mut in_no_text: BTreeMap<&str, Place> = BTreeMap::new();
        // Where the last stretch begins: in the Markdown, and in which of the texts.
        let (mut in_markdown, mut last, mut in_text) = (0, 0, 0);
        let place = |span: Range<usize>| {
            let words = markdown.get(span.clone()).unwrap_or_default().trim();
            let words = words.lines().next().unwrap_or_default();
            if let Some(place) = in_no_text.get(words) {
                return place.clone();
            }
            let between = markdown.get(in_markdown..span.start).filter(|_| !words.is_empty());
            let mut before = between.map_or(0, |between| between.matches(words).count());
            for (at, (text, pieces)) in texts.iter_mut().enumerate().skip(last).filter(|_| between.is_some())
            {
                let from = if at == last { in_text } else { 0 };
                let mut matches = text.value[from..].match_indices(words);
                let passed = matches.by_ref().take(before).count();
                before -= passed;
                if let Some((found, _)) = matches.next() {
                    (in_markdown, last, in_text) = (span.start, at, from + found);
                    return pieces.place(in_text..in_text + words.len());
                }
            }
            let place = self.find_span(markdown, span);
            if !texts.iter().any(|(text, _)| text.value.contains(words)) {
                in_no_text.insert(words, place.clone());
            }
            place
        };
        spans.into_iter().map(place).collect()
    }

    /// Where words of the Markdown were written, `before` of them standing before: in a text of the
    /// memo or of its plan, or in a template.
    pub(super) fn find(&self, words: &str, before: usize) -> Place {
        self.found(words, before).unwrap_or_else(|| self.memo.source.start())
    }

    fn found(&self, words: &str, before: usize) -> Option<Place> {
        if words.is_empty() {
            return None;
        }
        // What the office's typography has set was typed otherwise.
        let typed = as_typed(words);
        let as_typed = || (typed != words).then(|| self.find_in_texts(&typed, before)).flatten();
        if let Some(place) = self.find_in_texts(words, before).or_else(as_typed) {
            return Some(place);
        }
        let files = [self.memo.source, self.job.office.published_as.place.source];
        let mut files = files.into_iter().chain(self.press.templates.iter().copied());
        files.find_map(|source| {
            let at = self.job.sources.get(source).text.find(words)?;
            Some(source.at(at..at + words.len()))
        })
    }

    /// Where a template made a stretch of the Markdown that nobody typed: the line below the last one above it that was
    /// typed.
    fn below_typed(&self, markdown: &str, span: &Range<usize>) -> Option<Place> {
        let above = markdown.get(..span.start)?.lines().rev().filter(|line| !line.trim().is_empty());
        let texts = self.texts();
        above.take(REACH).find_map(|line| {
            let (text, at) = texts.iter().find_map(|text| Some((text, text.value.find(line)?)))?;
            let below = at + line.len();
            let start = below + text.value[below..].find(|c: char| !c.is_whitespace())?;
            let end = text.value[start..].find('\n').map_or(text.value.len(), |length| start + length);
            Some(self.job.sources.piece(text, start..end))
        })
    }

    fn find_in_texts(&self, words: &str, before: usize) -> Option<Place> {
        let found = self.texts().into_iter().flat_map(|text| {
            text.value.match_indices(words).map(move |(at, found)| (text, at..at + found.len()))
        });
        let found: Vec<_> = found.collect();
        let (text, range) = found.get(before).or(found.first())?;
        Some(self.job.sources.piece(text, range.clone()))
    }

    /// The texts that a memo is made of, in the order in which they are printed.
    fn texts(&self) -> Vec<&Text> {
        let body = match &self.memo.body {
            Body::Text(text) | Body::Template(text) => text,
        };
        let mut texts = vec![&self.memo.subject, body];
        texts.extend(self.memo.attachments.iter().filter_map(|attachment| match attachment {
            Attachment::Text(attached) => Some(&attached.body),
            _ => None,
        }));
        if let Some(plan) = self.memo.plan.as_deref() {
            let around = &plan.schedule;
            texts.extend([&around.title, &around.edition, &around.introduction].into_iter().flatten());
            texts.extend(
                plan.tasks.iter().flat_map(|task| [Some(&task.text), task.warning.as_ref()]).flatten(),
            );
            texts.extend(&around.note);
        }
        texts
    }
}
