//! The kinds of faults, each with the name that tests, filters and explanations use.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The kind of a fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every kind there is.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

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
    MissingFile = "missing-file",
    /// A file is there and cannot be read.
    UnreadableFile = "unreadable-file",
    /// A file's text is not UTF-8.
    NotUtf8 = "not-utf8",
    /// A path leads out of the working folder.
    OutsideFolder = "outside-folder",
    /// The text is not YAML.
    YamlSyntax = "yaml-syntax",
    /// A key that nobody reads.
    UnknownKey = "unknown-key",
    /// A key that must be there.
    MissingKey = "missing-key",
    /// A key that stands twice.
    DuplicateKey = "duplicate-key",
    /// Two keys that exclude each other.
    ConflictingKeys = "conflicting-keys",
    /// A list where text is expected, and the like.
    WrongType = "wrong-type",
    /// A value that its key cannot have.
    BadValue = "bad-value",
    /// A name that cannot serve as an id.
    BadId = "bad-id",
    /// Text that is no date.
    BadDate = "bad-date",
    /// A day that no calendar has.
    ImpossibleDate = "impossible-date",
    /// Two memos or tasks with one id.
    DuplicateId = "duplicate-id",
    /// A person whom office.yaml does not name.
    UnknownPerson = "unknown-person",
    /// A letterhead that office.yaml does not name.
    UnknownLetterhead = "unknown-letterhead",
    /// A contact that office.yaml does not name.
    UnknownContact = "unknown-contact",
    /// A responsible entity that office.yaml does not name.
    UnknownEntity = "unknown-entity",
    /// A calendar that office.yaml does not name.
    UnknownCalendar = "unknown-calendar",
    /// A release without a file.
    UnknownRelease = "unknown-release",
    /// A milestone that the release does not have.
    UnknownMilestone = "unknown-milestone",
    /// A delay that the release does not have.
    UnknownDelay = "unknown-delay",
    /// A template that is neither in `templates/` nor built in.
    UnknownTemplate = "unknown-template",
    /// Nobody holds the office, or a person has no title, on the memo's date.
    NobodyThen = "nobody-then",
    /// A template or text that cannot be read as one.
    TemplateSyntax = "template-syntax",
    /// A name in a template that stands for nothing.
    UndefinedVariable = "undefined-variable",
    /// A template that fails while it is filled in.
    TemplateFailed = "template-failed",
    /// A published path that is none, or leads out of the output folder.
    BadPath = "bad-path",
    /// Two memos that would be published as one file.
    SamePath = "same-path",
    /// HTML in a text; only comments and `<br>` are kept.
    Html = "html",
    /// A picture, which memos cannot hold.
    Picture = "picture",
    /// A character that no typeface of the document has.
    NoGlyph = "no-glyph",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
