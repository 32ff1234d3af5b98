//! A memo as a Word file for somebody to read.
//!
//! In: the memo's document, the texts that it can be compared with. Out: the file, in which what has changed is tracked. It is no part of what
//! is published. Not here: which memos are sent, where the file stands, XML.

use std::{collections::BTreeMap, sync::Arc};

use super::{job::MemoCopy, run::MemoRun};
use crate::{
    document::{Document, PartId},
    model::Typeface,
    output::digest,
    pdf::LogoPicture,
    template::DocumentText,
    word::{self, WordMemo, WordPicture},
};

/// The typeface of an office that names none.
const TYPEFACE: &str = "Noto Sans";

/// How much of a digest tells texts apart.
const DIGITS: usize = 16;

impl MemoRun<'_> {
    /// The memo as a Word file, if it is to be one.
    pub(super) fn word(
        &self,
        document: &Document,
        markdown: &str,
        part: &DocumentText,
        logos: &BTreeMap<PartId, Arc<LogoPicture>>,
    ) -> Option<MemoCopy> {
        let texts = self.job.copies?.get(self.memo.id.as_str())?;
        // What has no form any more, since the rules of Markdown have changed, cannot be compared with.
        let mut earlier = texts.iter().enumerate().filter(|(_, text)| *text != markdown);
        let earlier = earlier.find_map(|(at, text)| Some((at, Document::parse(text).ok()?)));
        let typeface = match &self.job.office.typeface {
            Some(Typeface::Installed(name)) => name.value.as_str(),
            Some(Typeface::Files(_)) | None => TYPEFACE,
        };
        let editor = self.memo.from.first().map_or(self.memo.analyst.name.as_str(), |who| who.name.as_str());
        let memo = WordMemo {
            id: self.memo.id.as_str(),
            markdown,
            digest: digest(markdown.as_bytes())[..DIGITS].to_owned(),
            title: self.title(part),
            author: &self.rendered.publisher,
            subject: &self.rendered.memo.title,
            date: self.memo.date,
            running_head: &part.running_head,
            mark: self.mark(),
            editor,
            typeface,
            logos: logos.iter().map(|(of, logo)| (*of, self.picture(logo))).collect(),
        };
        let before = earlier.as_ref().map(|(_, document)| document);
        let word = word::write(document, before, &memo, &self.press.faces, &self.press.theme);
        Some(MemoCopy { word, compared: earlier.map(|(at, _)| at) })
    }

    fn picture(&self, logo: &LogoPicture) -> WordPicture {
        let theme = &self.press.theme;
        let (width, height) = logo.size(theme, theme.page_width - 2.0 * theme.margin);
        WordPicture { png: logo.picture.to_png(), width, height, alternative: logo.alternative.clone() }
    }
}
