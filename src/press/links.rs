//! Links to a memo's attached files, by their own names.
//!
//! In: a document's Markdown and its links to files beside it. Out: which of them lead nowhere; the Markdown with the
//! names under which the files are published. Not here: how files are named, which is `output`'s.

use super::run::MemoRun;
use crate::{
    document::FileLink,
    output::{Form, Piece, harmless},
};

impl MemoRun<'_> {
    /// The links that lead to no published file.
    pub(super) fn lost<'l>(&self, links: &'l [FileLink]) -> Vec<&'l FileLink> {
        links
            .iter()
            .filter(|link| !self.publishes(&link.name) && self.published_name(&link.name).is_none())
            .collect()
    }

    /// The Markdown with the names under which files are published. `None` if it has them.
    pub(super) fn with_published_names(&self, markdown: &str, links: &[FileLink]) -> Option<String> {
        let own = |link: &&FileLink| !self.publishes(&link.name);
        let mut text = String::new();
        let mut done = 0;
        for link in links.iter().filter(own) {
            let published = self.published_name(&link.name)?;
            // A link ends with its address.
            let start = link.span.start + markdown.get(link.span.clone())?.rfind("](")? + "](".len();
            text.push_str(markdown.get(done..start)?);
            text.push_str(&published);
            text.push(')');
            done = link.span.end;
        }
        (done > 0).then(|| text + &markdown[done..])
    }

    /// The name under which an attached file is published.
    fn published_name(&self, name: &str) -> Option<String> {
        let suffix = harmless(&name.replace("%20", " "));
        let attached = self.attached.iter().find(|attached| **attached == suffix)?;
        Some(self.path.beside(attached).file_name().to_owned())
    }

    /// Whether a file of this name is published beside the memo.
    fn publishes(&self, name: &str) -> bool {
        let own = [Piece::Memo, Piece::Schedule]
            .into_iter()
            .flat_map(|piece| Form::ALL.into_iter().map(move |form| (piece, form)));
        let mut own = own.map(|(piece, form)| self.path.of(piece, form));
        let mut attached = self.attached.iter().map(|suffix| self.path.beside(suffix));
        own.any(|path| path.file_name() == name) || attached.any(|path| path.file_name() == name)
    }
}
