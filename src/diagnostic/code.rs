//! The kinds of faults, each with the name that tests, filters and explanations use.

use std::fmt;

/// How grave a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The memo is not written.
    Error,
    /// The memo is written; somebody should look.
    Warning,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $severity:ident $variant:ident = $name:literal,)*) => {
        /// The kind of a fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every kind there is.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// How grave it is.
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$variant => Severity::$severity,)*
                }
            }

            /// Its name: lower-case words with hyphens.
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)*
                }
            }
        }
    };
}

codes! {
    /// A file or folder that was named is not there.
    Error MissingFile = "missing-file",
    /// A second copy of a file, made by OneDrive or Dropbox when two people saved it at a time.
    Error SecondCopy = "second-copy",
    /// The folder of a year is not there, and its memos were built.
    Error MissingFolder = "missing-folder",
    /// A file is there and cannot be read.
    Error UnreadableFile = "unreadable-file",
    /// A file's text is not UTF-8.
    Error NotUtf8 = "not-utf8",
    /// A memo at which the program itself failed.
    Error ProgramFailed = "program-failed",
    /// A path leads out of the working folder.
    Error OutsideFolder = "outside-folder",
    /// The text is not YAML.
    Error YamlSyntax = "yaml-syntax",
    /// A control character.
    Error ControlCharacter = "control-character",
    /// A key that nobody reads.
    Error UnknownKey = "unknown-key",
    /// A key that must be there.
    Error MissingKey = "missing-key",
    /// A key that stands twice.
    Error DuplicateKey = "duplicate-key",
    /// Two keys that exclude each other.
    Error ConflictingKeys = "conflicting-keys",
    /// A list where text is expected, and the like.
    Error WrongType = "wrong-type",
    /// A value that its key cannot have.
    Error BadValue = "bad-value",
    /// A name that cannot serve as an id.
    Error BadId = "bad-id",
    /// Text that is no date.
    Error BadDate = "bad-date",
    /// A day that no calendar has.
    Error ImpossibleDate = "impossible-date",
    /// Two memos or tasks with one id, or two memos' files with one number.
    Error DuplicateId = "duplicate-id",
    /// A person whom office.yaml does not name.
    Error UnknownPerson = "unknown-person",
    /// A letterhead that office.yaml does not name.
    Error UnknownLetterhead = "unknown-letterhead",
    /// A contact that office.yaml does not name.
    Error UnknownContact = "unknown-contact",
    /// A responsible entity that office.yaml does not name.
    Error UnknownEntity = "unknown-entity",
    /// A calendar that office.yaml does not name.
    Error UnknownCalendar = "unknown-calendar",
    /// A release without a file.
    Error UnknownRelease = "unknown-release",
    /// A milestone that the release does not have.
    Error UnknownMilestone = "unknown-milestone",
    /// A task that the plan does not have.
    Error UnknownTask = "unknown-task",
    /// Dates that wait for each other.
    Error RuleCycle = "rule-cycle",
    /// A rule that counts from what names no day.
    Error NoDay = "no-day",
    /// A rule that leads to a closed day and does not say what happens then.
    Error ClosedDayUnsaid = "closed-day-unsaid",
    /// A fixed date that hangs on others, or that a delay moves.
    Error FixedMoves = "fixed-moves",
    /// A task that does not lie in its window.
    Error OutsideWindow = "outside-window",
    /// A task that ends after what it must have ended by.
    Error PastLimit = "past-limit",
    /// A delay that the release does not have.
    Error UnknownDelay = "unknown-delay",
    /// A typeface that is not installed, or that lacks a face.
    Error UnknownTypeface = "unknown-typeface",
    /// A font that PDFs cannot be set in.
    Error UnusableFont = "unusable-font",
    /// Colours of which one is hard to read on the other.
    Error LowContrast = "low-contrast",
    /// A template that is neither in `templates/` nor built in.
    Error UnknownTemplate = "unknown-template",
    /// Nobody holds the office, or a person has no title, on the memo's date.
    Error NobodyThen = "nobody-then",
    /// A template or text that cannot be read as one.
    Error TemplateSyntax = "template-syntax",
    /// A name in a template that stands for nothing.
    Error UndefinedVariable = "undefined-variable",
    /// A template that fails while it is filled in.
    Error TemplateFailed = "template-failed",
    /// A published path that is none, or leads out of the output folder.
    Error BadPath = "bad-path",
    /// A memo that is named and that is not in `memos/`.
    Error UnknownMemo = "unknown-memo",
    /// Memos that change each other, so that none of them holds.
    Error RelationCycle = "relation-cycle",
    /// An end that is before its start.
    Error EndBeforeStart = "end-before-start",
    /// Two memos that would be published as one file.
    Error SamePath = "same-path",
    /// HTML in a text; only comments and `<br>` are kept.
    Error Html = "html",
    /// A logo that a PDF cannot show.
    Error BadLogo = "bad-logo",
    /// A picture, which memos cannot hold.
    Error Picture = "picture",
    /// A bullet pasted from a word processor, which Markdown does not know.
    Error WordBullet = "word-bullet",
    /// A number sign, a space and a number at a line's start, which become a heading.
    Error NumberHeading = "number-heading",
    /// A number with a dot at a line's start, which becomes a list.
    Error NumberList = "number-list",
    /// A colon at a line's start, which makes a label of the text before it.
    Error ColonLine = "colon-line",
    /// Marks that Markdown did not take, and that would be printed.
    Error PrintedMarks = "printed-marks",
    /// Marks that Markdown took, though they mark no word, and that would vanish.
    Error LostMarks = "lost-marks",
    /// Bold or italic text that begins in the middle of a word.
    Warning MarksInWord = "marks-in-word",
    /// A path of which backslashes would vanish.
    Error LostBackslash = "lost-backslash",
    /// Words that would not be printed.
    Error LostWords = "lost-words",
    /// A sign before a figure, which Markdown takes for the beginning of a quotation or list.
    Error SignTaken = "sign-taken",
    /// Lines that begin as items of a list, in a way that Markdown does not know.
    Error NoList = "no-list",
    /// What is indented below an item, and not far enough to belong to it.
    Error NotNested = "not-nested",
    /// A numbered item whose number is not greater than the one before it.
    Error NumberOrder = "number-order",
    /// A line right below a list, note or quotation, which becomes a part of it.
    Error SwallowedLine = "swallowed-line",
    /// Lines of one paragraph that were hardly meant to be joined.
    Warning JoinedLines = "joined-lines",
    /// Dashes under text, which make a heading of it.
    Error UnderlinedText = "underlined-text",
    /// Underscores alone in a line, which become a line across the page.
    Error Underscores = "underscores",
    /// `{#` in a text, which hides what follows.
    Error HiddenText = "hidden-text",
    /// ` #21144` without quotes: YAML cuts the text off there.
    Error CutByHash = "cut-by-hash",
    /// Curly quotes around a value, which YAML does not take as quotes.
    Error CurlyQuotes = "curly-quotes",
    /// A memo, a release or the office in a folder for something else.
    Error WrongFolder = "wrong-folder",
    /// A file with nothing in it.
    Error EmptyFile = "empty-file",
    /// One brace where two are meant, or a pair that does not close.
    Error LoneBrace = "lone-brace",
    /// A name that stands for several values, printed as if it were one.
    Error SeveralValues = "several-values",
    /// Text that is indented so far that it becomes code.
    Error IndentedText = "indented-text",
    /// A tab in a body, of which Markdown makes a space or code.
    Error TabInText = "tab-in-text",
    /// A table without the line of dashes below its head.
    Error TableLine = "table-line",
    /// Marks that begin text to be kept as it is, without an end.
    Error OpenFence = "open-fence",
    /// A line `[name]: text`, which vanishes.
    Error LinkLine = "link-line",
    /// A text of several lines without the bar that keeps them.
    Error FoldedBody = "folded-body",
    /// Delays that do not stand in the order of their dates.
    Error DelayOrder = "delay-order",
    /// A weekday that is not the date's.
    Error WrongWeekday = "wrong-weekday",
    /// A number of days before or after an election that does not fit the date.
    Error WrongENumber = "wrong-e-number",
    /// A day of a text that no calendar has.
    Warning NoSuchDay = "no-such-day",
    /// A month whose name is misspelled beside a day and a year.
    Warning MisspelledMonth = "misspelled-month",
    /// A comma at the end of a name or title.
    Warning TrailingComma = "trailing-comma",
    /// A weekday whose name is misspelled before a date.
    Warning MisspelledWeekday = "misspelled-weekday",
    /// An open memo whose days count from an election that is over.
    Warning PastElection = "past-election",
    /// An election that office.yaml does not name.
    Error UnknownElection = "unknown-election",
    /// A start or end on a day on which its owner is closed.
    Warning ClosedDay = "closed-day",
    /// Steps that do not stand in the order of their numbers.
    Warning StepOrder = "step-order",
    /// An entity that the introduction names and that owns no row.
    Warning EntityWithoutRow = "entity-without-row",
    /// Two entities whose names differ in capitals and signs only.
    Warning TwoSpellings = "two-spellings",
    /// A telephone number written in another way than in office.yaml.
    Warning TelephoneTwoWays = "telephone-two-ways",
    /// A date written out in a template.
    Warning LiteralDate = "literal-date",
    /// A memo that a text names and that is not in `memos/`.
    Warning UnknownReference = "unknown-reference",
    /// A key whose value appears nowhere.
    Warning IdleKey = "idle-key",
    /// An attached PDF that unpacks to more than a reader can take.
    Error AttachedTooLarge = "attached-too-large",
    /// An attached PDF that not everybody can read.
    Warning AttachedFile = "attached-file",
    /// A memo that tells a delay which was announced after the memo's date.
    Warning LaterDelay = "later-delay",
    /// A memo that changes a later one.
    Warning BackwardRelation = "backward-relation",
    /// A memo that does not tell a delay which an older memo has told.
    Warning FewerDelays = "fewer-delays",
    /// A file in memos/ that is not read.
    Warning StrayFile = "stray-file",
    /// A memo's number that does not begin with its year.
    Warning NumberYear = "number-year",
    /// Blocks or emphasis nested too deep.
    Error TooDeep = "too-deep",
    /// Cells beyond a table's last column, which would be lost.
    Error WideRow = "wide-row",
    /// Text right below a table, which becomes a row.
    Error StuckText = "stuck-text",
    /// A link that shows nothing.
    Error EmptyLink = "empty-link",
    /// A link that leads nowhere.
    Error BadAddress = "bad-address",
    /// A reference to a footnote that is not there.
    Error UnknownNote = "unknown-note",
    /// A footnote that nothing refers to.
    Error UnusedNote = "unused-note",
    /// Two footnotes with one name.
    Error NoteTwice = "note-twice",
    /// A footnote that refers to a footnote.
    Error NoteInNote = "note-in-note",
    /// A heading more than one level below the one before it.
    Warning SkippedLevel = "skipped-level",
    /// A link whose text does not say where it leads.
    Warning VagueLink = "vague-link",
    /// A comment that says what a block is, before a block that cannot be that.
    Warning MisplacedRole = "misplaced-role",
    /// A memo that was issued though nobody had approved it.
    Warning NotReviewed = "not-reviewed",
    /// A lock that cannot be read, or that belongs to no memo.
    Error BadLock = "bad-lock",
    /// The lock of an issued memo that is gone.
    Error LostLock = "lost-lock",
    /// A memo that says it was issued, and that no lock keeps.
    Warning IssuedByHand = "issued-by-hand",
    /// An election that has another day than issued memos told.
    Warning MovedElection = "moved-election",
    /// A memo updates one whose release is not there, so its page does not tell what changed.
    Warning GoneRelease = "gone-release",
    /// An issued memo whose YAML, or a file beside it, is not what was issued.
    Error ChangedAfterIssue = "changed-after-issue",
    /// A published file of an issued memo that is missing or is not what was issued.
    Error PublishedFile = "published-file",
    /// A character that no typeface of the document has.
    Error NoGlyph = "no-glyph",
    /// A table with more columns than a page can hold.
    Error TooWide = "too-wide",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
