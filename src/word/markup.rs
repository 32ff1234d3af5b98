//! XML, written element by element.
//!
//! In: names, attributes, text. Out: XML whose elements are closed and whose text is escaped. Not here: which elements there are.

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// XML so far.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
}

impl Markup {
    /// A part of a package that holds one element.
    pub fn part(name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Markup)) -> String {
        let mut markup =
            Markup { out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned() };
        markup.element(name, attributes, inner);
        markup.out
    }

    /// An element with what is written in it.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Markup)) {
        self.open(name, attributes);
        inner(self);
        self.close(name);
    }

    /// The beginning of an element.
    pub fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.out.push('>');
    }

    /// The end of an element.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.out.push_str("/>");
    }

    /// An element that holds nothing but a value.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// An element that holds text.
    pub fn holding(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |markup| markup.text(text));
    }

    /// Text between elements.
    pub fn text(&mut self, text: &str) {
        for character in text.chars().filter(|character| is_allowed(*character)) {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                // Else a reader makes a line end of it.
                '\r' => self.out.push_str("&#13;"),
                character => self.out.push(character),
            }
        }
    }

    /// What was written apart.
    pub fn append(&mut self, other: &Markup) {
        self.out.push_str(&other.out);
    }

    fn begin(&mut self, name: &str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            for (at, line) in value.split('\n').enumerate() {
                if at > 0 {
                    self.out.push_str("&#10;");
                }
                self.text(line);
            }
            self.out.push('"');
        }
    }
}

/// Whether XML can hold a character at all. What a memo says holds no other ones.
fn is_allowed(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
