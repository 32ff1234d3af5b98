//! Lines of Markdown that are kept as they are, between marks.
//!
//! In: lines, one after the other. Out: whether each is kept, or is a mark. Not here: what else Markdown makes of lines.

/// The marks that have been opened and not closed, as lines are gone through.
#[derive(Debug, Default)]
pub struct Fence(Option<(char, usize)>);

impl Fence {
    /// Takes a line in; whether it stands between marks or is one. Text ends with marks of the same kind, at least as
    /// many as it begins with, and nothing after them (CommonMark 0.31, 4.5).
    ///
    /// ```
    /// let mut fence = ccrov::prose::Fence::default();
    /// assert!(["````", "```", "a", "````"].iter().all(|line| fence.holds(line)));
    /// assert!(!fence.is_open() && !fence.holds("b"));
    /// ```
    pub fn holds(&mut self, line: &str) -> bool {
        let line = line.trim();
        let mark = line.chars().next().filter(|mark| ['`', '~'].contains(mark));
        let rest = mark.map_or(line, |mark| line.trim_start_matches(mark));
        let count = line.len() - rest.len();
        match (self.0, mark) {
            (None, Some(mark)) if count >= 3 && !(mark == '`' && rest.contains('`')) => {
                self.0 = Some((mark, count));
                true
            }
            (Some((open, least)), Some(mark)) if mark == open && count >= least && rest.is_empty() => {
                self.0 = None;
                true
            }
            (open, _) => open.is_some(),
        }
    }

    /// Whether what was begun has not ended.
    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }
}
