//! Comments before a block -> what they say of it.
//!
//! In: a piece of HTML. Out: the roles that it names, or the HTML that is none of ours. Not here:
//! what a role does.

use std::ops::Range;

use super::super::{BlockKind, Markers, Remark, Role, Trouble};

/// What a comment on the line before a block can say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Page,
    Letterhead,
    Title,
    Subtitle,
    Lines,
    Columns,
    Leaders,
    Letters,
    Caption,
}

impl Word {
    const ALL: [Word; 9] = [
        Word::Page,
        Word::Letterhead,
        Word::Title,
        Word::Subtitle,
        Word::Lines,
        Word::Columns,
        Word::Leaders,
        Word::Letters,
        Word::Caption,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Word::Page => "page",
            Word::Letterhead => "letterhead",
            Word::Title => "title",
            Word::Subtitle => "subtitle",
            Word::Lines => "lines",
            Word::Columns => "columns",
            Word::Leaders => "leaders",
            Word::Letters => "letters",
            Word::Caption => "caption",
        }
    }

    /// Whether it says something of a block.
    fn suits(self, kind: &BlockKind) -> bool {
        match self {
            Word::Page => true,
            Word::Letterhead | Word::Caption => matches!(kind, BlockKind::Paragraph(_)),
            Word::Title | Word::Subtitle => {
                matches!(kind, BlockKind::Paragraph(_) | BlockKind::Heading { .. })
            }
            Word::Lines => matches!(kind, BlockKind::Paragraph(_) | BlockKind::List(_) | BlockKind::Quote(_)),
            Word::Leaders => matches!(kind, BlockKind::Paragraph(_) | BlockKind::List(_)),
            Word::Columns => matches!(kind, BlockKind::List(list) if list.markers == Markers::Bullets),
            Word::Letters => matches!(kind, BlockKind::List(list) if list.markers != Markers::Bullets),
        }
    }
}

/// What the comments before a block have said of it.
#[derive(Default)]
pub(super) struct BlockComments {
    words: Vec<(Word, Range<usize>)>,
    /// The name of the letterhead that it is.
    letterhead: Option<(String, Range<usize>)>,
}

/// HTML that is no comment: its first line.
pub(super) struct NotAComment(pub String);

impl BlockComments {
    /// Reads comments that stand alone.
    ///
    /// # Errors
    /// [`NotAComment`], with what else stands there.
    pub fn read(&mut self, html: &str, span: &Range<usize>) -> Result<(), NotAComment> {
        let mut rest = html.trim();
        while !rest.is_empty() {
            let comment = rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->"));
            let Some((words, after)) = comment else {
                return Err(NotAComment(rest.lines().next().unwrap_or_default().trim_end().to_owned()));
            };
            let mut words = words.trim();
            if let Some(name) = words.strip_prefix("letterhead:") {
                self.letterhead = Some((name.trim().to_owned(), span.clone()));
                words = Word::Letterhead.name();
            }
            self.words.extend(
                Word::ALL.iter().filter(|word| word.name() == words).map(|word| (*word, span.clone())),
            );
            rest = after.trim_start();
        }
        Ok(())
    }

    pub fn has(&self, word: Word) -> bool {
        self.words.iter().any(|(said, _)| *said == word)
    }

    /// Whose letterhead it is, if that is said.
    pub fn letterhead(&self) -> Option<(String, Range<usize>)> {
        self.letterhead.clone()
    }

    /// Whether the block is to be the caption of what follows.
    pub fn is_caption(&self, kind: &BlockKind) -> bool {
        self.has(Word::Caption) && Word::Caption.suits(kind)
    }

    pub fn role(&self, kind: &BlockKind) -> Option<Role> {
        let mut roles =
            self.words.iter().rev().filter(|(word, _)| word.suits(kind)).filter_map(|(word, _)| match word {
                Word::Letterhead => Some(Role::Letterhead),
                Word::Title => Some(Role::Title),
                Word::Subtitle => Some(Role::Subtitle),
                Word::Columns => Some(Role::Columns),
                Word::Leaders => Some(Role::Leaders),
                Word::Page | Word::Lines | Word::Letters | Word::Caption => None,
            });
        roles.next()
    }

    /// What was said in vain: of a block that cannot be that, or of none.
    pub fn misplaced<'a>(&'a self, kind: Option<&'a BlockKind>) -> impl Iterator<Item = Remark> + 'a {
        let vain = self.words.iter().filter(move |(word, _)| kind.is_none_or(|kind| !word.suits(kind)));
        vain.map(|(word, span)| misplaced(*word, span))
    }

    /// What was said in vain of a caption that no table follows.
    pub fn lost_caption(&self) -> impl Iterator<Item = Remark> {
        let captions = self.words.iter().filter(|(word, _)| *word == Word::Caption);
        captions.map(|(word, span)| misplaced(*word, span))
    }
}

fn misplaced(word: Word, span: &Range<usize>) -> Remark {
    Remark { span: span.clone(), trouble: Trouble::Misplaced { role: word.name() } }
}
